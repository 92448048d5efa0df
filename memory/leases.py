"""A case is held by one worker at a time; a lease that is not renewed runs out by itself."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import bindparam, select, update
from sqlmodel import col

from domain.clock import Clock
from memory.database import Database
from memory.tables import CaseRow

HELD = select(col(CaseRow.held_by), col(CaseRow.held_until)).where(col(CaseRow.id) == bindparam("id"))


class Leases:
    """Who works on which case, for how long."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def take(self, case: str, holder: str, for_s: float, alive: Callable[[str], bool] | None = None) -> bool:
        """Hold a case that nobody holds; False when somebody does, the same holder included.

        A lease whose time is over still stands while its holder is known to be ``alive``: it is late, not gone.
        """
        now = self._clock.now()
        mine = update(CaseRow).where(col(CaseRow.id) == case)
        with self._database.writing() as tx:
            row = tx.execute(HELD, {"id": case}).first()
            if row is None or (row.held_by and (row.held_until >= now or (alive and alive(row.held_by)))):
                return False
            tx.execute(mine.values(held_by=holder, held_until=now + timedelta(seconds=for_s)))
        return True

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
        with self._database.reading() as tx:
            row = tx.execute(HELD, {"id": case}).first()
        return row is not None and row.held_by is not None and dead(row.held_by) and self.release(case, row.held_by)
