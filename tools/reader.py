"""Reads of Odoo for one company: only what the allowlist names, page by page, in a fixed order."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from domain.calls import Call
from domain.clock import Clock, SystemClock
from domain.faults import ServerBug
from domain.ports import Domain, Transport
from domain.values import Json, Row
from tools.allowlist import check_context, check_domain, check_fields
from tools.reads.measures import company_zone
from tools.remembered import Remembered

PAGE = 1000
"""Rows a call: Odoo answers pages of 500 to 1,000 rows best."""


class Reader:
    """What may be asked of Odoo on behalf of one company; implements ``domain.ports.Reads``."""

    def __init__(
        self,
        transport: Transport,
        company: int,
        *,
        clock: Clock | None = None,
        language: str = "en_US",
        timezone: str = "UTC",
        page: int = PAGE,
        remembered: Remembered | None = None,
    ) -> None:
        self._transport = transport
        self._company = company
        self._clock = clock or SystemClock()
        self._context: Row = {"allowed_company_ids": [company], "lang": language, "tz": timezone}
        self._page = page
        self._remembered = remembered
        self._calls = 0

    @property
    def company(self) -> int:
        return self._company

    @property
    def calls(self) -> int:
        return self._calls

    @property
    def uid(self) -> int:
        return self._transport.uid

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(company_zone(self))

    def now(self) -> datetime:
        return self._clock.now()

    def rows(
        self,
        model: str,
        fields: Sequence[str],
        domain: Domain = (),
        *,
        order: str = "id",
        limit: int | None = None,
        context: Mapping[str, Json] | None = None,
    ) -> list[Row]:
        """Every matching record, up to the limit; ties in the order are broken by id."""
        check_fields(model, [*fields, *_ordered_by(order)])
        check_domain(model, domain)
        kwargs: Row = {"fields": list(fields), "order": _settled(order), "context": self._with(context)}
        found: list[Row] = []
        while limit is None or len(found) < limit:
            wanted = self._page if limit is None else min(self._page, limit - len(found))
            page = _next_page(domain, order, found)
            got = _rows(self._ask(model, "search_read", **kwargs, limit=wanted, **page))
            found.extend(got)
            if len(got) < wanted:
                break
        return found

    def read(
        self, model: str, ids: Sequence[int], fields: Sequence[str], *, context: Mapping[str, Json] | None = None
    ) -> list[Row]:
        """The named records; Odoo leaves missing ones out silently."""
        check_fields(model, fields)
        kwargs: Row = {"fields": list(fields), "context": self._with(context)}
        pages: list[Json] = [list(ids[at : at + self._page]) for at in range(0, len(ids), self._page)]
        return [row for page in pages for row in _rows(self._ask(model, "read", page, **kwargs))]

    def count(self, model: str, domain: Domain) -> int:
        """How many records match."""
        check_domain(model, domain)
        answer = self._ask(model, "search_count", list(domain), context=self._with(None))
        if not isinstance(answer, int):
            raise ServerBug(f"expected a number from {model}.search_count, found {type(answer).__name__}")
        return answer

    def groups(self, model: str, domain: Domain, sums: Sequence[str], by: Sequence[str]) -> list[Row]:
        """``read_group`` with sums, not lazy; ``by`` may carry a period: ``date:week``."""
        check_fields(model, [name.partition(":")[0] for name in (*sums, *by)])
        check_domain(model, domain)
        totals = [name if ":" in name else f"{name}:sum" for name in sums]
        kwargs: Row = {"fields": list(totals), "groupby": list(by), "lazy": False, "context": self._with(None)}
        return _rows(self._ask(model, "read_group", list(domain), **kwargs))

    def may(self, model: str, operation: str) -> bool:
        """Whether the user it reads as may do this to records of the model at all; record rules may still forbid it."""
        return self._ask(model, "check_access_rights", operation, raise_exception=False) is True

    def holds(self, user: int, group: str) -> bool:
        """Whether somebody is in a group, by itself or by implication; an unknown group is nobody's."""
        return self._ask("res.users", "has_group", [user], group) is True

    def _ask(self, model: str, method: str, *args: Json, **kwargs: Json) -> Json:
        call = Call(model=model, method=method, args=args, kwargs=kwargs)
        known = self._remembered.answer(call) if self._remembered else None
        return self._asked(call) if known is None else known

    def _asked(self, call: Call) -> Json:
        self._calls += 1
        answer = self._transport.execute(call)
        if self._remembered:
            self._remembered.keep(call, answer)
        return answer

    def _with(self, context: Mapping[str, Json] | None) -> Row:
        check_context(context or ())
        return {**(context or {}), **self._context}


def _next_page(domain: Domain, order: str, found: Sequence[Row]) -> Row:
    """Where the next page begins: behind the last id where ids give the order, else by counting."""
    if order != "id" or not found:
        return {"domain": list(domain), "offset": len(found)}
    return {"domain": [*domain, ["id", ">", found[-1]["id"]]], "offset": 0}


def _ordered_by(order: str) -> list[str]:
    return [term.split()[0] for term in order.split(",")]


def _settled(order: str) -> str:
    return order if "id" in _ordered_by(order) else f"{order}, id"


def _rows(answer: Json) -> list[Row]:
    if not isinstance(answer, list):
        raise ServerBug(f"expected a list of records from Odoo, found {type(answer).__name__}")
    return [row for row in answer if isinstance(row, dict)]
