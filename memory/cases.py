"""The cases: opened by scans, moved by graphs and people, held by one worker at a time."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy import Connection, select, update
from sqlmodel import col

from domain.cases import Case, CaseState, Finding, check_move
from domain.clock import Clock
from domain.people import DESK
from domain.values import Row
from memory import grants, usage
from memory.case_rows import find, to_case
from memory.database import Database
from memory.errors import Conflict
from memory.findings import Recorded, record
from memory.journal import Journal
from memory.leases import Leases
from memory.requests import Requests
from memory.tables import CaseRow


class Cases:
    """Every case and where it stands; the row is the truth, whatever a checkpoint says."""

    def __init__(
        self, database: Database, journal: Journal, clock: Clock, requests: Requests, *, relapse_within: timedelta
    ) -> None:
        self._database = database
        self._journal = journal
        self._clock = clock
        self._requests = requests
        self._relapse_within = relapse_within
        self._leases = Leases(database, clock)

    def record(self, findings: Sequence[Finding], *, graph: str) -> Recorded:
        """Turn what a scan found into cases, in one transaction: one case per fact."""
        with self._database.writing() as tx:
            now = self._clock.now()
            return record(tx, self._journal, findings, graph=graph, now=now, relapse_within=self._relapse_within)

    def get(self, id: str) -> Case:  # noqa: A002
        """One case; raises NotFound."""
        with self._database.reading() as tx:
            return find(tx, id)

    def list(
        self, *, state: CaseState | None = None, kind: str | None = None, company: int | None = None
    ) -> list[Case]:
        """Cases by money at risk, the most first, then by deadline."""
        query = select(CaseRow)
        for column, wanted in ((CaseRow.state, state), (CaseRow.kind, kind), (CaseRow.company, company)):
            query = query if wanted is None else query.where(col(column) == wanted)
        with self._database.reading() as tx:
            found = [to_case(row) for row in tx.execute(query.order_by(col(CaseRow.number))).mappings()]
        return sorted(found, key=_urgency)

    def move(
        self,
        id: str,  # noqa: A002
        then: CaseState,
        why: str,
        *,
        actor: str = DESK,
        expected: CaseState | None = None,
    ) -> Case:
        """Bring a case to another state; raises IllegalMove, or Conflict when it is not where it was expected."""
        with self._database.writing() as tx:
            case = find(tx, id)
            if expected is not None and case.state != expected:
                raise Conflict(f"case {id} was expected to be {expected} and is {case.state}; read it again")
            check_move(id, case.state, then)
            if case.over:
                _check_alone(tx, case)
            self._set_state(tx, case, then, why, actor)
            if then == "closed":
                self._let_go(tx, id)
            self._journal_move(tx, case, then, why, actor)
            return find(tx, id)

    def lease(self, id: str, holder: str, for_s: float) -> bool:  # noqa: A002
        """Hold a case that nobody holds; False when somebody does, the same holder included."""
        return self._leases.take(id, holder, for_s)

    def renew(self, id: str, holder: str, for_s: float) -> bool:  # noqa: A002
        """Hold on to a case; False when the lease went to somebody else or was let go."""
        return self._leases.renew(id, holder, for_s)

    def release(self, id: str, holder: str) -> bool:  # noqa: A002
        """Let a case go; False when the lease was not the holder's any more."""
        return self._leases.release(id, holder)

    def end_lease(self, id: str, dead: Callable[[str], bool]) -> bool:  # noqa: A002
        """Let go a case whose holder is dead; False when nobody holds it or its holder may live."""
        return self._leases.end(id, dead)

    def set_thread(self, id: str, thread: str, graph: str) -> Case:  # noqa: A002
        """Name the graph thread that carries a case from now on, and the graph's fingerprint."""
        return self._set(id, {"thread": thread, "graph": graph}, "case.threaded", {"thread": thread, "graph": graph})

    def remark(self, id: str, why: str) -> Case:  # noqa: A002
        """Say why a case rests where it is."""
        return self._set(id, {"why": why, "why_by": DESK}, "case.rests", {"why": why})

    def _set(self, id: str, values: dict[str, str], kind: str, facts: Row) -> Case:  # noqa: A002
        with self._database.writing() as tx:
            find(tx, id)
            tx.execute(update(CaseRow).where(col(CaseRow.id) == id).values(**values, updated_at=self._clock.now()))
            self._journal.append(tx, kind, facts, case=id)
            return find(tx, id)

    def _set_state(self, tx: Connection, case: Case, then: CaseState, why: str, actor: str) -> None:
        now = self._clock.now()
        still = update(CaseRow).where(col(CaseRow.id) == case.id, col(CaseRow.state) == case.state)
        closed_at = now if then == "closed" else None
        moved = still.values(state=then, why=why, why_by=actor, updated_at=now, closed_at=closed_at)
        if tx.execute(moved).rowcount != 1:
            raise Conflict(f"case {case.id} was moved by somebody else; read it again")

    def _let_go(self, tx: Connection, case: str) -> None:
        self._requests.withdraw(tx, case, "the case was closed")
        usage.release(tx, case)
        grants.revoke(tx, case, self._clock.now(), undo_too=True)

    def _journal_move(self, tx: Connection, case: Case, then: CaseState, why: str, actor: str) -> None:
        facts: Row = {"from": case.state, "to": then}
        if actor == DESK:
            self._journal.append(tx, "case.moved", {**facts, "why": why}, case=case.id)
        else:
            self._journal.append(tx, "case.moved", facts, case=case.id, actor=actor, personal={"why": why})


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


def _urgency(case: Case) -> tuple[object, ...]:
    never = case.deadline is None
    return (-case.money_at_risk.amount, never, case.deadline or case.opened_at, case.opened_at)
