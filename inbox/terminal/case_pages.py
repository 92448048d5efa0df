"""The list of cases as a table."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast, get_args

from domain.cases import Case, CaseState
from domain.errors import Misuse
from inbox.terminal.showing import clean, moment, money, table

if TYPE_CHECKING:
    from rich.table import Table


def known_state(wanted: str | None) -> CaseState | None:
    """The state a person typed; raises Misuse for one that no case is ever in."""
    if wanted is not None and wanted not in get_args(CaseState):
        raise Misuse(f"there is no state {wanted!r}; expected one of {', '.join(get_args(CaseState))}")
    return cast("CaseState | None", wanted)


LONGEST = 80
"""Characters of a reason in a list; the case itself tells all of it."""


def shortened(words: str, longest: int = LONGEST) -> str:
    """The beginning of a long text, and a sign that there is more."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def case_table(cases: Sequence[Case], title: str = "") -> "Table":
    """One line a case: what it is, where it stands and why."""
    page = table(title, "case", "state", "at risk", "by", "what", "why", right=("at risk",), rigid=("case", "state"))
    for one in cases:
        page.add_row(
            one.id,
            one.state,
            money(one.money_at_risk),
            moment(one.deadline)[:10] if one.deadline else "",
            clean(one.title),
            shortened(clean(one.why)),
        )
    return page
