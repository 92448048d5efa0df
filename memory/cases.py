"""The cases: opened by scans, moved by graphs and people, held by one worker at a time."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy import select, update
from sqlmodel import col

from domain.cases import NOTICE, Case, CaseState, Finding
from domain.clock import Clock
from domain.people import DESK
from domain.values import Row
from memory.case_rows import find, to_case
from memory.database import Database
from memory.findings import Recorded, record
from memory.journal import Journal
from memory.leases import Leases
from memory.moves import Moves, States, check_expected, several
from memory.tables import CaseRow


class Cases:
    """Every case and where it stands; the row is the truth, whatever a checkpoint says."""

    def __init__(
        self, database: Database, journal: Journal, clock: Clock, moves: Moves, *, relapse_within: timedelta
    ) -> None:
        self._database = database
        self._journal = journal
        self._clock = clock
        self._moves = moves
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

    def list(self, *, state: States | None = None, kind: str | None = None, company: int | None = None) -> list[Case]:
        """Cases by money at risk, the most first, then by deadline; notices only where their kind is asked for."""
        query = select(CaseRow) if kind else select(CaseRow).where(col(CaseRow.kind) != NOTICE)
        if state is not None:
            query = query.where(col(CaseRow.state).in_(several(state)))
        for column, wanted in ((CaseRow.kind, kind), (CaseRow.company, company)):
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
        expected: States | None = None,
    ) -> Case:
        """Bring a case to another state; raises IllegalMove, or Conflict when it is not where it was expected."""
        with self._database.writing() as tx:
            if expected is not None:
                check_expected(find(tx, id), expected)
            return self._moves.move(tx, id, then, why, actor=actor)

    def lease(
        self,
        id: str,  # noqa: A002
        holder: str,
        for_s: float,
        *,
        alive: Callable[[str], bool] | None = None,
    ) -> bool:
        """Hold a case that nobody holds; False when somebody does, or held it too long and is still ``alive``."""
        return self._leases.take(id, holder, for_s, alive)

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


def _urgency(case: Case) -> tuple[object, ...]:
    never = case.deadline is None
    return (-case.money_at_risk.amount, never, case.deadline or case.opened_at, case.opened_at)
