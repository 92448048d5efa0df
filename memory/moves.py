"""One case moves from state to state: checked, journalled, and with it whatever the case held back or let go."""

from collections.abc import Collection, Sequence, Set

from sqlalchemy import Connection, bindparam, select, update
from sqlmodel import col

from domain.cases import Case, CaseState, check_move
from domain.clock import Clock
from domain.holds import HoldKind
from domain.people import DESK
from domain.values import Row
from memory import grants, usage
from memory.case_rows import find
from memory.errors import Conflict
from memory.hold_rows import end_hold
from memory.journal import Journal
from memory.requests import Requests
from memory.tables import CaseRow

States = CaseState | Sequence[CaseState] | Set[CaseState]
"""One state, or any of several."""

MOVED = (
    update(CaseRow)
    .where(col(CaseRow.id) == bindparam("of_id"), col(CaseRow.state) == bindparam("of_state"))
    .values(state=bindparam("then"), why=bindparam("words"), why_by=bindparam("actor"))
    .values(updated_at=bindparam("now"), closed_at=bindparam("closed"))
)


class Moves:
    """Moves cases, always within the caller's transaction."""

    def __init__(self, journal: Journal, clock: Clock, requests: Requests) -> None:
        self._journal = journal
        self._clock = clock
        self._requests = requests

    def move(
        self,
        tx: Connection,
        id: str,  # noqa: A002
        then: CaseState,
        why: str,
        *,
        actor: str = DESK,
        as_hold: HoldKind | None = None,
    ) -> Case:
        """Bring a case to another state; raises IllegalMove, or Conflict when another case stands in its place.

        What it asked for ends with who moved it, and ``as_hold`` where that was to hold it back.
        """
        case = find(tx, id)
        check_move(id, case.state, then)
        if case.over:
            _check_alone(tx, case)
        self._set_state(tx, case, then, why, actor)
        by = f" by {actor}" if actor.startswith("user:") else ""
        self._let_go(tx, id, then, f"the case was {as_hold or then}{by}")
        end_hold(tx, id, then)
        self._journal_move(tx, case, then, why, actor)
        return find(tx, id)

    def _set_state(self, tx: Connection, case: Case, then: CaseState, why: str, actor: str) -> None:
        now = self._clock.now()
        closed_at = now if then == "closed" else None
        still = {"of_id": case.id, "of_state": case.state}
        moved = {"then": then, "words": why, "actor": actor, "now": now, "closed": closed_at}
        if tx.execute(MOVED, {**still, **moved}).rowcount != 1:
            raise Conflict(f"case {case.id} was moved by somebody else; read it again")

    def _let_go(self, tx: Connection, case: str, then: CaseState, why: str) -> None:
        """A case that rests commits nothing more; one that is over keeps no leave to take back either."""
        if then in ("queued", "closed"):
            self._requests.withdraw(tx, case, why)
            usage.release(tx, case)
            grants.revoke(tx, case, self._clock.now(), undo_too=then == "closed")

    def _journal_move(self, tx: Connection, case: Case, then: CaseState, why: str, actor: str) -> None:
        facts: Row = {"from": case.state, "to": then}
        if actor.startswith("user:"):
            self._journal.append(tx, "case.moved", facts, case=case.id, actor=actor, personal={"why": why})
        else:
            self._journal.append(tx, "case.moved", {**facts, "why": why}, case=case.id, actor=actor)


def several(wanted: States) -> Collection[CaseState]:
    """The states, however few."""
    return (wanted,) if isinstance(wanted, str) else wanted


def check_expected(case: Case, expected: States) -> None:
    """Raise Conflict unless the case is where whoever read it left it."""
    if case.state not in several(expected):
        wanted = " or ".join(sorted(several(expected)))
        raise Conflict(f"case {case.id} was expected to be {wanted} and is {case.state}; read it again")


def _check_alone(tx: Connection, case: Case) -> None:
    """A closed case comes back only where no newer one stands about the same fact."""
    same = (
        col(CaseRow.kind) == case.kind,
        col(CaseRow.company) == case.company,
        col(CaseRow.subject) == case.subject,
    )
    other = tx.execute(select(col(CaseRow.id)).where(*same, col(CaseRow.state) != "closed")).scalar()
    if other is not None:
        raise Conflict(f"case {case.id} cannot come back while case {other} is about the same; close that one first")
