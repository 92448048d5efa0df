"""What the journal says of the rows a decision rests on: rows change, entries do not."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from domain.values import Json, Row, digest
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


def asked(tx: Connection, case: str, version: int) -> dict[str, str]:
    """What was asked about a plan version: the digest of each question by its request's id."""
    return {
        str(facts["id"]): digest(facts)
        for facts in reversed([*_facts(tx, case, "request.made")])
        if facts["plan_version"] == version
    }


def answers(tx: Connection, case: str) -> dict[str, tuple[Json, Json]]:
    """What was answered to each request of a case, and by whom."""
    decided = reversed([*_entries(tx, case, "request.decided")])
    return {str(entry["facts"]["id"]): (entry["facts"]["answer"], entry["actor"]) for entry in decided}


def _facts(tx: Connection, case: str, kind: str) -> Iterator[Row]:
    """The facts of a case's entries of one kind; the first that speaks of something is believed."""
    for entry in _entries(tx, case, kind):
        yield entry["facts"]


def _entries(tx: Connection, case: str, kind: str) -> Iterator[dict[str, Any]]:
    of_case = select(col(JournalRow.body)).where(col(JournalRow.case_id) == case, col(JournalRow.kind) == kind)
    for body in tx.execute(of_case.order_by(col(JournalRow.seq))).scalars():
        yield json.loads(body)
