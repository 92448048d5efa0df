"""Plans as they were stored, read back and checked against their digest."""

import hashlib

from sqlalchemy import Connection, func, select
from sqlmodel import col

from domain.errors import NotFound
from domain.plans import Plan
from memory.errors import Corrupt
from memory.tables import PlanRow


def stored_plan(tx: Connection, case: str, version: int) -> Plan:
    """One version of a case's plan; raises NotFound, or Corrupt when its bytes are not what was stored."""
    query = select(col(PlanRow.body), col(PlanRow.digest))
    row = tx.execute(query.where(col(PlanRow.case_id) == case, col(PlanRow.version) == version)).first()
    if row is None:
        raise NotFound(f"case {case} has no plan version {version}")
    return Plan.model_validate_json(checked(row.body, row.digest, f"plan {version} of case {case}"))


def stored_digest(tx: Connection, case: str, version: int) -> str | None:
    """The digest one version was stored under, None when there is no such version."""
    query = select(col(PlanRow.digest)).where(col(PlanRow.case_id) == case, col(PlanRow.version) == version)
    return tx.execute(query).scalar_one_or_none()


def newest_version(tx: Connection, case: str) -> int:
    """The newest version of a case's plan, 0 when there is none."""
    newest = select(func.coalesce(func.max(col(PlanRow.version)), 0)).where(col(PlanRow.case_id) == case)
    return int(tx.execute(newest).scalar_one())


def checked(body: bytes, digest: str, what: str) -> bytes:
    """The bytes, when they are those the digest was made of."""
    if hashlib.sha256(body).hexdigest() != digest:
        raise Corrupt(f"{what} was changed in the database: its bytes do not match their digest; restore a backup")
    return body
