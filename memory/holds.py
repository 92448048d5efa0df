"""The cases that a person holds back, each as one row; made and ended together with the move of the case."""

from sqlalchemy import select
from sqlmodel import col

from domain.cases import Case
from domain.clock import Clock
from domain.holds import HELD, Hold, HoldKind
from domain.people import DESK, Person
from domain.values import Instant, Row
from memory.case_rows import find
from memory.database import Database
from memory.errors import Conflict
from memory.hold_rows import hold_of, keep, to_hold
from memory.journal import Journal
from memory.moves import Moves, States, check_expected
from memory.tables import HoldRow


class Holds:
    """Who holds which case, and until when."""

    def __init__(self, database: Database, journal: Journal, clock: Clock, moves: Moves) -> None:
        self._database = database
        self._journal = journal
        self._clock = clock
        self._moves = moves

    def of_case(self, case: str) -> Hold | None:
        """What a case is held by, None where nothing does."""
        with self._database.reading() as tx:
            return hold_of(tx, case)

    def all(self, kind: HoldKind | None = None) -> list[Hold]:
        """Every hold, the oldest first."""
        query = select(HoldRow).order_by(col(HoldRow.since), col(HoldRow.case_id))
        with self._database.reading() as tx:
            rows = tx.execute(query if kind is None else query.where(col(HoldRow.kind) == kind)).mappings()
            return [to_hold(row) for row in rows]

    def make(
        self,
        case_id: str,
        kind: HoldKind,
        person: Person,
        reason: str,
        *,
        until: Instant | None,
        expected: States,
        instead_of: Hold | None,
    ) -> Case:
        """Hold a case back and move it to where it rests meanwhile.

        Raises Conflict when it has left the states it is ``expected`` in, or is held by another than ``instead_of``.
        """
        with self._database.writing() as tx:
            case = find(tx, case_id)
            check_expected(case, expected)
            _check_held(hold_of(tx, case_id), instead_of, case_id)
            hold = Hold(
                case=case_id,
                kind=kind,
                by=person.actor,
                reason=reason,
                since=self._clock.now(),
                until=until,
                money_at_risk=case.money_at_risk,
                deadline=case.deadline,
            )
            moved = self._moves.move(tx, case_id, HELD[kind], hold.words, actor=person.actor, as_hold=kind)
            keep(tx, hold)
            words = {"login": person.login, "name": person.name, "reason": reason}
            facts = {**_told(hold), "from": instead_of.by if instead_of else None}
            self._journal.append(tx, f"case.{kind}", facts, case=case_id, actor=person.actor, personal=words)
            return moved

    def end(self, hold: Hold, why: str, *, actor: str = DESK) -> Case:
        """Give a held case back to the desk, which plans it again; raises Conflict when it is not held so any more."""
        with self._database.writing() as tx:
            _check_held(hold_of(tx, hold.case), hold, hold.case)
            moved = self._moves.move(tx, hold.case, "open", why, actor=actor)
            if actor != DESK:
                self._journal.append(tx, "case.given_back", {"from": hold.by}, case=hold.case, actor=actor)
            return moved


def _check_held(found: Hold | None, known: Hold | None, case: str) -> None:
    if found != known:
        stands = f"is {found.kind} by {found.by}" if found else "is not held any more"
        raise Conflict(f"case {case} {stands}; read it again")


def _told(hold: Hold) -> Row:
    """What the journal keeps of a hold in clear."""
    return hold.model_dump(mode="json", include={"until", "money_at_risk", "deadline"})
