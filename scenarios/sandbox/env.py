"""The sandbox as methods, computed fields and hooks see it: records, rights and companies of one user."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol, TypeAlias

from scenarios.sandbox.database import Database

DATETIME = "%Y-%m-%d %H:%M:%S"
DATE = "%Y-%m-%d"

Raw: TypeAlias = Any
"""What a column holds: a many2one is an id or False, an x2many a list of ids, a date a string as Odoo writes it."""

Values: TypeAlias = Mapping[str, Raw]


class Env(Protocol):
    """Records as one user sees them; rights and record rules are skipped when ``su`` is set.

    Creating a ``product.product`` or ``res.users`` creates its ``product.template`` or ``res.partner`` first, with
    ``create_product_product`` False in the context, so that a hook on templates knows not to add a variant of its own.
    A user's ``password`` and the ``key`` of a ``res.users.apikeys`` record can be written, and never read.
    """

    @property
    def engine(self) -> Database: ...

    @property
    def uid(self) -> int: ...

    @property
    def su(self) -> bool: ...

    @property
    def context(self) -> dict[str, Any]: ...

    @property
    def now(self) -> datetime:
        """The clock's time in UTC, in whole seconds."""
        ...

    @property
    def today(self) -> date: ...

    @property
    def stamp(self) -> str:
        """The time as Odoo writes it."""
        ...

    @property
    def companies(self) -> tuple[int, ...]:
        """The companies in view: ``allowed_company_ids`` when given, else the user's own with the default one first."""
        ...

    @property
    def company(self) -> int: ...

    def sudo(self) -> "Env":
        """The same user and context, rights not asked."""
        ...

    def with_context(self, **more: Raw) -> "Env": ...

    def with_company(self, company: int) -> "Env":
        """The same view with this company first."""
        ...

    def has_group(self, xmlid: str) -> bool: ...

    def ref(self, xmlid: str) -> int:
        """The id behind an external id such as ``stock.stock_location_customers``; WrongValue when there is none."""
        ...

    def search(
        self, model: str, domain: Sequence[Any], order: str = "", limit: int | None = None, offset: int = 0
    ) -> list[int]:
        """The ids that match and that the user may see; archived ones only when asked (``active_test``)."""
        ...

    def rows(self, model: str, ids: Sequence[int]) -> list["Record"]:
        """Each existing record, raw: a many2one as id or False, an x2many as a list of ids, dates as Odoo strings.

        A record looks its x2many, inherited, related and computed fields up when they are first asked for.
        """
        ...

    def row(self, model: str, record: int) -> "Record":
        """One record; MissingError when it is not there."""
        ...

    def value(self, model: str, ids: Sequence[int], fields: Sequence[str]) -> list["Record"]:
        """The named fields (and ``id``) raw, computed ones too, worked out for all ids at once."""
        ...

    def looked_up(self, model: str, record: int, field: str) -> Raw:
        """One field of one record that is in the caller's hands already: rights are not asked."""
        ...

    def exists(self, model: str, ids: Sequence[int]) -> list[int]: ...

    def create(self, model: str, vals: Values) -> int: ...

    def write(self, model: str, ids: Sequence[int] | int, vals: Values) -> None: ...

    def unlink(self, model: str, ids: Sequence[int]) -> None: ...

    def call(self, model: str, method: str, ids: Sequence[int] | None, *args: Raw, **kwargs: Raw) -> Any:
        """Any method, private ones too; ``ids`` is None for a method of the model as a whole."""
        ...

    def next_name(self, code: str) -> str:
        """The next name of a sequence: ``purchase.order`` gives ``P00001``; rows of ``ir.sequence`` hold the count."""
        ...


class Record(dict[str, Any]):
    """One record, raw; what is not among its filled columns is looked up when it is asked for."""

    __slots__ = ("_env", "_model")

    def __init__(self, env: Env, model: str, columns: dict[str, Any]) -> None:
        super().__init__(columns)
        self._env = env
        self._model = model

    def __missing__(self, field: str) -> Any:
        return self._env.looked_up(self._model, dict.__getitem__(self, "id"), field)

    def get(self, field: str, default: Any = None) -> Any:
        """The field's value, an unset one included; the default only where the model has no such field."""
        return self[field] if field in self._env.engine.model(self._model).fields else default
