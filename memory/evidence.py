"""What was known of a case when a plan was made, kept by its digest."""

import hashlib
import json

from sqlalchemy import bindparam, insert, select
from sqlmodel import col

from domain.clock import Clock
from domain.errors import NotFound
from domain.plans import Evidence
from domain.values import Row, canonical
from memory.database import Database
from memory.journal import Journal
from memory.stored import checked
from memory.tables import EvidenceRow

BY_DIGEST = select(col(EvidenceRow.body)).where(col(EvidenceRow.digest) == bindparam("digest"))
KEPT = (
    select(col(EvidenceRow.digest))
    .where(col(EvidenceRow.digest) == bindparam("digest"))
    .where(col(EvidenceRow.case_id) == bindparam("case"))
)
NEWEST = (
    select(col(EvidenceRow.digest))
    .where(col(EvidenceRow.case_id) == bindparam("case"))
    .order_by(col(EvidenceRow.saved_at).desc())
    .limit(1)
)


class EvidenceBook:
    """Evidence by digest; the same evidence is kept once a case."""

    def __init__(self, database: Database, journal: Journal, clock: Clock) -> None:
        self._database = database
        self._journal = journal
        self._clock = clock

    def save(self, case: str, evidence: Evidence) -> str:
        """Keep the evidence; its digest."""
        body = canonical(evidence.plain())
        digest = hashlib.sha256(body).hexdigest()
        with self._database.writing() as tx:
            if tx.execute(KEPT, {"digest": digest, "case": case}).first() is None:
                row = {"case_id": case, "digest": digest, "body": body, "saved_at": self._clock.now()}
                tx.execute(insert(EvidenceRow).values(**row))
                facts: Row = {"digest": digest, "sources": len(evidence.sources)}
                self._journal.append(tx, "evidence.gathered", facts, case=case)
        return digest

    def get(self, digest: str) -> Row:
        """The evidence as plain JSON, for its kind to parse; raises NotFound."""
        with self._database.reading() as tx:
            body = tx.execute(BY_DIGEST, {"digest": digest}).scalars().first()
        if body is None:
            raise NotFound(f"there is no evidence {digest}")
        plain: Row = json.loads(checked(body, digest, f"evidence {digest}"))
        return plain

    def newest(self, case: str) -> Row | None:
        """What was gathered last about a case, None where nothing ever was."""
        with self._database.reading() as tx:
            digest = tx.execute(NEWEST, {"case": case}).scalars().first()
        return None if digest is None else self.get(digest)
