"""The desk's whole memory behind one door: open it with a folder and a clock."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Self

from sqlalchemy import insert, select
from sqlmodel import col

from domain.clock import Clock
from domain.ports import StandingLimits
from memory.cases import Cases
from memory.database import PATIENCE_S, Database
from memory.effects import EffectsRegister
from memory.errors import JournalMissing, file_trouble
from memory.evidence import EvidenceBook
from memory.holds import Holds
from memory.journal import Journal
from memory.moves import Moves
from memory.notices import Notices
from memory.pauses import Pauses
from memory.people import People
from memory.plans import Plans
from memory.questions import Questions
from memory.requests import Requests
from memory.scans import Scans
from memory.schema import bring_up, revision
from memory.seal_keys import SealKeys
from memory.seals import Seals
from memory.tables import DeskRow
from memory.verifying import Tampering, Verified, verify

FILE = "desk.db"
SEALS = "seals.jsonl"
KEYS = "keys"
GRANT_LIFE = timedelta(hours=1)
RELAPSE_WITHIN = timedelta(days=7)
LOST = (
    "{home} holds the seals of a journal and not the journal itself: desk.db is gone or empty; restore a backup of it"
)


@dataclass(frozen=True, kw_only=True)
class Store:
    """Everything that is remembered, each part by its name."""

    desk: str
    """This desk's own id, made once."""
    home: Path
    database: Database
    journal: Journal
    cases: Cases
    evidence: EvidenceBook
    plans: Plans
    requests: Requests
    register: EffectsRegister
    holds: Holds
    questions: Questions
    notices: Notices
    people: People
    pauses: Pauses
    scans: Scans
    seals: Seals

    @classmethod
    def open(
        cls,
        home: Path,
        clock: Clock,
        *,
        limits: StandingLimits | None = None,
        keys: Path | None = None,
        grant_life: timedelta = GRANT_LIFE,
        relapse_within: timedelta = RELAPSE_WITHIN,
        patience_s: float = PATIENCE_S,
    ) -> Self:
        """Open the desk's home, made and migrated where needed; raises StoreError and leaves nothing half done."""
        database = opened(home, patience_s)
        journal = Journal(database, clock)
        desk = desk_id(database, journal)
        requests = Requests(database, journal, clock, grant_life=grant_life)
        moves = Moves(journal, clock, requests)
        return cls(
            desk=desk,
            home=home,
            database=database,
            journal=journal,
            cases=Cases(database, journal, clock, moves, relapse_within=relapse_within),
            evidence=EvidenceBook(database, journal, clock),
            plans=Plans(database, journal, clock, requests, moves, grant_life=grant_life),
            requests=requests,
            register=EffectsRegister(database, journal, clock, desk=desk, limits=limits),
            holds=Holds(database, journal, clock, moves),
            questions=Questions(database, journal, clock),
            notices=Notices(database),
            people=People(database, clock),
            pauses=Pauses(database, journal, clock),
            scans=Scans(database, journal, clock),
            seals=Seals(home / SEALS, SealKeys(keys or home / KEYS), database, journal, clock),
        )

    def verify(self, seals: Path | None = None) -> Verified | tuple[Tampering, ...]:
        """Check journal and seals; hand in an older copy of the seals file to find what was cut from both."""
        self.database.check()
        return verify(self.database, seals or self.seals.path, self.seals.keys)

    def close(self) -> None:
        self.database.close()


def opened(home: Path, patience_s: float) -> Database:
    """The database of a home, newly made only where no seals tell of an older one; raises JournalMissing."""
    sealed = has_bytes(home / SEALS)  # looked at first: another process may be making this home and seal it next
    if sealed and not has_bytes(home / FILE):
        raise JournalMissing(LOST.format(home=home))
    database = Database(home / FILE, patience_s=patience_s)
    with database.reading() as tx:
        empty = revision(tx) is None
    if sealed and empty:
        database.close()
        raise JournalMissing(LOST.format(home=home))
    bring_up(database)
    return database


def has_bytes(path: Path) -> bool:
    """Whether there is a file with anything in it."""
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError as fault:
        raise file_trouble(path, fault) from fault


def desk_id(database: Database, journal: Journal) -> str:
    """The id of this desk, made and journalled when there is none."""
    query = select(col(DeskRow.value)).where(col(DeskRow.name) == "id")
    with database.reading() as tx:
        found = tx.execute(query).scalar_one_or_none()
    if found is not None:
        return found
    with database.writing() as tx:
        found = tx.execute(query).scalar_one_or_none()
        if found is None:
            found = secrets.token_hex(8)
            tx.execute(insert(DeskRow).values(name="id", value=found))
            journal.append(tx, "desk.made", {"desk": found})
        return found
