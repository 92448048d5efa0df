"""A case is held by one worker at a time; a lease that is not renewed runs out by itself."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import or_, select, update
from sqlmodel import col

from domain.clock import Clock
from memory.database import Database
from memory.tables import CaseRow


class Leases:
    """Who works on which case, for how long."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def take(self, case: str, holder: str, for_s: float) -> bool:
        """Hold a case that nobody holds; False when somebody does, the same holder included."""
        now = self._clock.now()
        free = or_(col(CaseRow.held_until).is_(None), col(CaseRow.held_until) < now)
        taken = update(CaseRow).where(col(CaseRow.id) == case, free)
        with self._database.writing() as tx:
            return tx.execute(taken.values(held_by=holder, held_until=now + timedelta(seconds=for_s))).rowcount == 1

    def renew(self, case: str, holder: str, for_s: float) -> bool:
        """Hold on; False when the lease went to somebody else or was let go."""
        mine = update(CaseRow).where(col(CaseRow.id) == case, col(CaseRow.held_by) == holder)
        with self._database.writing() as tx:
            return tx.execute(mine.values(held_until=self._clock.now() + timedelta(seconds=for_s))).rowcount == 1

    def release(self, case: str, holder: str) -> bool:
        """Let go; False when the lease was not the holder's any more."""
        mine = update(CaseRow).where(col(CaseRow.id) == case, col(CaseRow.held_by) == holder)
        with self._database.writing() as tx:
            return tx.execute(mine.values(held_by=None, held_until=None)).rowcount == 1

    def end(self, case: str, dead: Callable[[str], bool]) -> bool:
        """Let go a case whose holder is dead; False when nobody holds it or its holder may live."""
        held = select(col(CaseRow.held_by)).where(col(CaseRow.id) == case)
        with self._database.reading() as tx:
            holder = tx.execute(held).scalar_one_or_none()
        return holder is not None and dead(holder) and self.release(case, holder)
