"""One user's view of the sandbox inside one running transaction: rights, companies, context, and the records."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from scenarios.sandbox import calling, reading, records, sequences
from scenarios.sandbox.database import Database
from scenarios.sandbox.env import DATETIME, Raw, Record, Values
from scenarios.sandbox.people import access
from scenarios.sandbox.searches import searching


class View:
    """Implements ``Env``, which says what each of these promises."""

    def __init__(
        self, engine: Database, uid: int, context: Mapping[str, Any] | None = None, *, su: bool = False
    ) -> None:
        self.engine = engine
        self.uid = uid
        self.su = su
        self.context: dict[str, Any] = dict(context or {})

    @property
    def now(self) -> datetime:
        return self.engine.now()

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def stamp(self) -> str:
        return self.now.strftime(DATETIME)

    @cached_property
    def companies(self) -> tuple[int, ...]:
        return access.companies(self)

    @property
    def company(self) -> int:
        return self.companies[0]

    def sudo(self) -> "View":
        return self if self.su else View(self.engine, self.uid, self.context, su=True)

    def with_context(self, **more: Raw) -> "View":
        return View(self.engine, self.uid, {**self.context, **more}, su=self.su)

    def with_company(self, company: int) -> "View":
        others = [c for c in self.companies if c != company]
        return self.with_context(allowed_company_ids=[company, *others])

    def has_group(self, xmlid: str) -> bool:
        return self.su or access.has_group(self, self.uid, xmlid)

    def ref(self, xmlid: str) -> int:
        return sequences.reference(self, xmlid)[1]

    def search(
        self, model: str, domain: Sequence[Any], order: str = "", limit: int | None = None, offset: int = 0
    ) -> list[int]:
        return searching.search(self, model, domain, order, limit, offset)

    def rows(self, model: str, ids: Sequence[int]) -> list[Record]:
        return reading.rows(self, model, ids)

    def row(self, model: str, record: int) -> Record:
        return reading.row(self, model, record)

    def value(self, model: str, ids: Sequence[int], fields: Sequence[str]) -> list[Record]:
        return reading.values(self, model, ids, fields)

    def looked_up(self, model: str, record: int, field: str) -> Raw:
        return reading.value_of(self, model, record, field)

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
        positional = args if ids is None else (list(ids), *args)
        return calling.call(self, model, method, list(positional), kwargs)

    def next_name(self, code: str) -> str:
        return sequences.next_name(self, code)
