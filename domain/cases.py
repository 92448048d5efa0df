"""A case is one business exception on its way from detection to close."""

from typing import Literal

from domain.errors import IllegalMove
from domain.money import Money
from domain.values import Instant, Value

CaseState = Literal["open", "waiting", "acting", "undoing", "unknown", "queued", "closed"]
"""open: found or to be planned again; waiting: for a person's decision; acting: its steps run; undoing: its steps are
taken back; unknown: frozen, a call's outcome cannot be told; queued: for a person to handle; closed: over."""

MOVES: dict[CaseState, frozenset[CaseState]] = {
    "open": frozenset({"waiting", "acting", "unknown", "queued", "closed"}),
    "waiting": frozenset({"open", "waiting", "acting", "unknown", "queued", "closed"}),
    "acting": frozenset({"open", "undoing", "unknown", "queued", "closed"}),
    "undoing": frozenset({"unknown", "queued", "closed"}),
    "unknown": frozenset({"acting", "undoing", "queued", "closed"}),
    "queued": frozenset({"open", "waiting", "acting", "queued", "closed"}),
    "closed": frozenset({"open", "waiting", "acting", "queued"}),
}
"""Every legal move of a case; whatever is not here is a defect. Waiting and queued lead to themselves: another plan,
the same answer."""

Rung = Literal["model", "rules", "propose-only", "read-only", "stopped"]
"""How far the desk may go by itself, from most to least."""

NOTICE = "notice"
"""The kind of the desk's own words to people about what it asks them: a case like any other, and no exception."""


def check_move(case: str, now: CaseState, then: CaseState) -> None:
    """Raise IllegalMove unless a case may go from one state to the other."""
    if then not in MOVES[now]:
        raise IllegalMove(
            f"case {case} is {now} and cannot become {then}; it may become {', '.join(sorted(MOVES[now]))}"
        )


class Finding(Value):
    """What a scan found: one exception, told apart by its fingerprint."""

    kind: str
    company: int
    subject: str
    """What it is about, stable over scans: ``product:12@warehouse:3``."""
    title: str
    money_at_risk: Money
    deadline: Instant | None
    """When the harm begins."""
    facts_digest: str
    """Changes when the facts change."""

    @property
    def fingerprint(self) -> str:
        """Unique among open cases."""
        return f"{self.kind}/{self.company}/{self.subject}"


class Case(Value):
    """One exception and where it stands; the row behind it is the truth."""

    id: str
    kind: str
    company: int
    subject: str
    title: str
    state: CaseState
    money_at_risk: Money
    deadline: Instant | None
    plan_version: int
    """The newest plan's version; 0 before the first."""
    thread: str
    """The graph thread that carries it now."""
    graph: str
    """Fingerprint of the graph that thread runs in."""
    rung: Rung
    opened_at: Instant
    updated_at: Instant
    why: str
    """Why it stands where it stands, in words."""
    relapses: int = 0

    @property
    def over(self) -> bool:
        return self.state == "closed"
