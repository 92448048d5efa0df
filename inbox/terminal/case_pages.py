"""The list of cases as a table."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, cast, get_args

from domain.cases import NOTICE, Case, CaseState
from domain.errors import Misuse
from domain.words import with_logins
from graphs import KINDS
from inbox.terminal.showing import clean, moment, money, table
from memory.store import Store

if TYPE_CHECKING:
    from rich.table import Table


def known_state(wanted: str | None) -> CaseState | None:
    """The state a person typed; raises Misuse for one that no case is ever in."""
    if wanted is not None and wanted not in get_args(CaseState):
        raise Misuse(f"there is no state {wanted!r}; expected one of {', '.join(get_args(CaseState))}")
    return cast("CaseState | None", wanted)


def check_kind(wanted: str | None) -> None:
    """Raise Misuse for a kind of exception that the desk does not know."""
    known = sorted({*KINDS, NOTICE})
    if wanted is not None and wanted not in known:
        raise Misuse(f"there is no kind {wanted!r}; there is {', '.join(known)}")


def check_company(store: Store, wanted: int | None) -> None:
    """Raise Misuse for a company that was never scanned, so that no typing error looks like a day without cases."""
    scanned = store.scans.companies()
    if wanted is not None and wanted not in scanned:
        known = f"scanned so far: {', '.join(map(str, scanned))}" if scanned else "nothing was scanned yet"
        raise Misuse(f"company {wanted} was never scanned; {known}")


NOBODY: Mapping[str, str] = MappingProxyType({})

LONGEST = 80
"""Characters of a reason in a list; the case itself tells all of it."""


def shortened(words: str, longest: int = LONGEST) -> str:
    """The beginning of a long text, and a sign that there is more."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def case_table(cases: Sequence[Case], title: str = "", people: Mapping[str, str] = NOBODY) -> "Table":
    """One line a case: what it is, where it stands and why; whoever is known goes by login."""
    page = table(title, "case", "state", "at risk", "by", "what", "why", right=("at risk",), rigid=("case", "state"))
    for one in cases:
        page.add_row(
            one.id,
            one.state,
            money(one.money_at_risk),
            moment(one.deadline)[:10] if one.deadline else "",
            clean(one.title),
            shortened(clean(with_logins(one.why, people))),
        )
    return page
