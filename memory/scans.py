"""Every look at Odoo: when, how many calls, how long, and what it found."""

from decimal import Decimal

from sqlalchemy import insert, select, update
from sqlmodel import col

from domain.clock import Clock
from domain.errors import NotFound
from domain.values import Instant, Row, Value
from memory.database import Database
from memory.journal import Journal
from memory.tables import ScanRow
from memory.upserts import next_number


class Scan(Value):
    """One look at Odoo; without an end it runs, or was killed."""

    number: int
    kind: str
    company: int
    started_at: Instant
    ended_at: Instant | None
    calls: int
    seconds: Decimal
    opened: int
    updated: int
    error: str | None


class Scans:
    """The book of scans."""

    def __init__(self, database: Database, journal: Journal, clock: Clock) -> None:
        self._database = database
        self._journal = journal
        self._clock = clock

    def start(self, kind: str, company: int) -> int:
        """A scan begins; its number."""
        nothing = {"calls": 0, "seconds": "0", "opened": 0, "updated": 0}
        with self._database.writing() as tx:
            number = next_number(tx, ScanRow)
            row = {"number": number, "kind": kind, "company": company, "started_at": self._clock.now(), **nothing}
            tx.execute(insert(ScanRow).values(**row))
            self._journal.append(tx, "scan.begun", {"scan": number, "kind": kind, "company": company})
        return number

    def done(
        self,
        number: int,
        *,
        calls: int,
        seconds: Decimal,
        opened: int = 0,
        updated: int = 0,
        error: str | None = None,
    ) -> Scan:
        """A scan is over; raises NotFound when none of that number runs."""
        told = {"calls": calls, "seconds": str(seconds), "opened": opened, "updated": updated, "error": error}
        running = update(ScanRow).where(col(ScanRow.number) == number, col(ScanRow.ended_at).is_(None))
        with self._database.writing() as tx:
            if tx.execute(running.values(**told, ended_at=self._clock.now())).rowcount != 1:
                raise NotFound(f"no scan {number} is running")
            row = tx.execute(select(ScanRow).where(col(ScanRow.number) == number)).mappings().one()
            scan = Scan.model_validate(dict(row))
            facts: Row = {**scan.plain(), "scan": number}
            self._journal.append(tx, "scan.done", facts)
        return scan

    def companies(self) -> tuple[int, ...]:
        """Every company that was ever looked at."""
        query = select(col(ScanRow.company)).distinct().order_by(col(ScanRow.company))
        with self._database.reading() as tx:
            return tuple(tx.execute(query).scalars())

    def recent(self, limit: int = 20) -> list[Scan]:
        """The newest scans, newest first."""
        query = select(ScanRow).order_by(col(ScanRow.number).desc()).limit(limit)
        with self._database.reading() as tx:
            return [Scan.model_validate(dict(row)) for row in tx.execute(query).mappings()]
