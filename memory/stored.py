"""Plans as they were stored, read back and checked against their digest."""

import hashlib

from sqlalchemy import Connection, bindparam, func, select
from sqlmodel import col

from domain.errors import NotFound
from domain.plans import Plan
from memory.errors import Corrupt
from memory.tables import PlanRow

OF_CASE = col(PlanRow.case_id) == bindparam("case")
VERSION = select(col(PlanRow.body), col(PlanRow.digest)).where(OF_CASE, col(PlanRow.version) == bindparam("version"))
NEWEST = select(func.coalesce(func.max(col(PlanRow.version)), 0)).where(OF_CASE)


def stored_plan(tx: Connection, case: str, version: int) -> Plan:
    """One version of a case's plan; raises NotFound, or Corrupt when its bytes are not what was stored."""
    row = tx.execute(VERSION, {"case": case, "version": version}).first()
    if row is None:
        raise NotFound(f"case {case} has no plan version {version}")
    return Plan.model_validate_json(checked(row.body, row.digest, f"plan {version} of case {case}"))


def stored_digest(tx: Connection, case: str, version: int) -> str | None:
    """The digest one version was stored under, None when there is no such version."""
    row = tx.execute(VERSION, {"case": case, "version": version}).first()
    return None if row is None else str(row.digest)


def newest_version(tx: Connection, case: str) -> int:
    """The newest version of a case's plan, 0 when there is none."""
    return int(tx.execute(NEWEST, {"case": case}).scalar_one())


def checked(body: bytes | str, digest: str, what: str) -> bytes:
    """The bytes, when they are those the digest was made of; SQLite keeps text in their place when told to."""
    if isinstance(body, str) or hashlib.sha256(body).hexdigest() != digest:
        raise Corrupt(f"{what} was changed in the database: its bytes do not match their digest; restore a backup")
    return body
