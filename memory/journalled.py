"""What the journal says of the rows a decision rests on: rows change, entries do not."""

import json
from collections.abc import Iterator

from sqlalchemy import Connection, select
from sqlmodel import col

from domain.values import Json, Row
from memory.tables import JournalRow


def proposed(tx: Connection, case: str, version: int) -> Json:
    """The digest under which a plan version was proposed, None where it never was."""
    return next((facts["digest"] for facts in _facts(tx, case, "plan.proposed") if facts["version"] == version), None)


def issued(tx: Connection, case: str, grant: str) -> Json:
    """The digest under which a grant was issued, None where it never was."""
    for facts in _facts(tx, case, "grant.issued"):
        digests = facts.get("digests")
        if isinstance(digests, dict) and grant in digests:
            return digests[grant]
    return None


def _facts(tx: Connection, case: str, kind: str) -> Iterator[Row]:
    """The facts of a case's entries of one kind; the first that speaks of something is believed."""
    of_case = select(col(JournalRow.body)).where(col(JournalRow.case_id) == case, col(JournalRow.kind) == kind)
    for body in tx.execute(of_case.order_by(col(JournalRow.seq))).scalars():
        yield json.loads(body)["facts"]
