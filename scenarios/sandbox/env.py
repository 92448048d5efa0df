"""One user's view of the sandbox inside one running transaction: rights, companies, context, and the records."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from scenarios.sandbox import access, calling, reading, records, searching, sequences
from scenarios.sandbox.reading import Record
from scenarios.sandbox.registry import Raw, Values

if TYPE_CHECKING:
    from scenarios.sandbox.engine import Engine

__all__ = ["Env", "Record"]

DATETIME = "%Y-%m-%d %H:%M:%S"
DATE = "%Y-%m-%d"


class Env:
    """Records as one user sees them; rights and record rules are skipped when ``su`` is set.

    Creating a ``product.product`` or ``res.users`` creates its ``product.template`` or ``res.partner`` first, with
    ``create_product_product`` False in the context, so that a hook on templates knows not to add a variant of its own.
    A user's ``password`` and the ``key`` of a ``res.users.apikeys`` record can be written, and never read.
    """

    def __init__(
        self, engine: "Engine", uid: int, context: Mapping[str, Any] | None = None, *, su: bool = False
    ) -> None:
        self.engine = engine
        self.uid = uid
        self.su = su
        self.context: dict[str, Any] = dict(context or {})

    @property
    def now(self) -> datetime:
        """The clock's time in UTC, in whole seconds."""
        return self.engine.now()

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def stamp(self) -> str:
        """The time as Odoo writes it."""
        return self.now.strftime(DATETIME)

    @cached_property
    def companies(self) -> tuple[int, ...]:
        """The companies in view: ``allowed_company_ids`` when given, else the user's own with the default one first."""
        return access.companies(self)

    @property
    def company(self) -> int:
        return self.companies[0]

    def sudo(self) -> "Env":
        """The same user and context, rights not asked."""
        return self if self.su else Env(self.engine, self.uid, self.context, su=True)

    def with_context(self, **more: Raw) -> "Env":
        return Env(self.engine, self.uid, {**self.context, **more}, su=self.su)

    def with_company(self, company: int) -> "Env":
        """The same view with this company first."""
        others = [c for c in self.companies if c != company]
        return self.with_context(allowed_company_ids=[company, *others])

    def has_group(self, xmlid: str) -> bool:
        return self.su or access.has_group(self, self.uid, xmlid)

    def ref(self, xmlid: str) -> int:
        """The id behind an external id such as ``stock.stock_location_customers``; WrongValue when there is none."""
        return sequences.reference(self, xmlid)[1]

    def search(
        self, model: str, domain: Sequence[Any], order: str = "", limit: int | None = None, offset: int = 0
    ) -> list[int]:
        """The ids that match and that the user may see; archived ones only when asked (``active_test``)."""
        return searching.search(self, model, domain, order, limit, offset)

    def rows(self, model: str, ids: Sequence[int]) -> list[Record]:
        """Each existing record, raw: a many2one as id or False, an x2many as a list of ids, dates as Odoo strings.

        A record looks its x2many, inherited, related and computed fields up when they are first asked for.
        """
        return reading.rows(self, model, ids)

    def row(self, model: str, record: int) -> Record:
        """One record; MissingError when it is not there."""
        return reading.row(self, model, record)

    def value(self, model: str, ids: Sequence[int], fields: Sequence[str]) -> list[Record]:
        """The named fields (and ``id``) raw, computed ones too, worked out for all ids at once."""
        return reading.values(self, model, ids, fields)

    def exists(self, model: str, ids: Sequence[int]) -> list[int]:
        table = self.engine.table(model)
        return [i for i in ids if i in table.rows]

    def create(self, model: str, vals: Values) -> int:
        return records.create(self, model, vals)

    def write(self, model: str, ids: Sequence[int] | int, vals: Values) -> None:
        records.write(self, model, [ids] if isinstance(ids, int) else list(ids), vals)

    def unlink(self, model: str, ids: Sequence[int]) -> None:
        records.unlink(self, model, list(ids))

    def call(self, model: str, method: str, ids: Sequence[int] | None, *args: Raw, **kwargs: Raw) -> Any:
        """Any method, private ones too; ``ids`` is None for a method of the model as a whole."""
        positional = args if ids is None else (list(ids), *args)
        return calling.call(self, model, method, list(positional), kwargs)

    def next_name(self, code: str) -> str:
        """The next name of a sequence: ``purchase.order`` gives ``P00001``; rows of ``ir.sequence`` hold the count."""
        return sequences.next_name(self, code)
