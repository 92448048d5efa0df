"""Speaks to one Odoo as its administrator or as a person, and remembers what was made there."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from secrets import token_hex
from typing import Any

from domain.calls import Call
from domain.faults import Refused
from tests.contract.targets import Target
from tools.transports.connection import Patient


class Asking:
    """An Odoo 18 in words, whatever its version; calls are for the first company unless their context says more."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.live = target.live
        self.prefix = f"DC-{token_hex(4)}"
        self.made: dict[str, list[int]] = {}
        """Ids of what was made, by model, oldest first."""
        self._gone: set[int] = set()
        self._admin = target.furnish()
        self._count = 0

    @cached_property
    def version(self) -> int:
        """The major version of this Odoo."""
        return int(self._admin.version.removeprefix("saas~").partition(".")[0])

    @cached_property
    def company(self) -> int:
        """The administrator's own."""
        row: Any = self._admin.execute(Call(model="res.users", method="read", args=([self._admin.uid], ["company_id"])))
        return int(row[0]["company_id"][0])

    def as_(self, who: str) -> Patient:
        """A person, logged in by the way under test."""
        raise NotImplementedError

    def call(self, model: str, method: str, *args: Any, who: str = "admin", **kwargs: Any) -> Any:
        """One call; raises OdooFault."""
        context = {"allowed_company_ids": [self.company], "lang": "en_US", **kwargs.pop("context", {})}
        line = self._admin if who == "admin" else self.as_(who)
        return line.execute(Call(model=model, method=method, args=args, kwargs={**kwargs, "context": context}))

    def make(self, model: str, values: Mapping[str, Any], *, who: str = "admin", **context: Any) -> int:
        """A record that is taken away in the end; its id."""
        made = self.call(model, "create", dict(values), who=who, context=context)
        return self.keep(model, made[0] if isinstance(made, list) else made)

    def keep(self, model: str, record: int) -> int:
        """Something that a call made is to be taken away in the end as well."""
        self.made.setdefault(model, []).append(record)
        return record

    def write(self, model: str, record: int, values: Mapping[str, Any], *, who: str = "admin", **context: Any) -> None:
        self.call(model, "write", [record], dict(values), who=who, context=context)

    def rows(
        self, model: str, domain: Sequence[Any], fields: Sequence[str], *, who: str = "admin", **context: Any
    ) -> list[Any]:
        """Matching records, oldest first; archived ones with ``active_test=False``."""
        asked = {"domain": list(domain), "fields": list(fields), "order": "id"}
        return list(self.call(model, "search_read", **asked, who=who, context=context))

    def row(self, model: str, record: int, *fields: str, **context: Any) -> Any:
        """One record, asked again each time."""
        return self.call(model, "read", [record], list(fields), context=context)[0]

    def count(self, model: str, domain: Sequence[Any], **context: Any) -> int:
        return int(self.call(model, "search_count", list(domain), context=context))

    def ref(self, xmlid: str) -> int:
        """The record behind an external id."""
        module, _, name = xmlid.partition(".")
        (row,) = self.rows("ir.model.data", [["module", "=", module], ["name", "=", name]], ["res_id"])
        return int(row["res_id"])

    def has(self, model: str) -> bool:
        """Whether this Odoo has a model: the module that brings it is installed."""
        try:
            self.call(model, "search_count", [])
        except Refused:
            return False
        return True

    def name(self, words: str) -> str:
        """A name that nothing else in this Odoo has."""
        self._count += 1
        return f"{self.prefix} {words} {self._count}"

    @property
    def words(self) -> str:
        """Which Odoo this is, for the report."""
        return (
            f"Odoo {self.as_('admin').version} at {self.target.address.place}, database {self.target.address.database}"
        )
