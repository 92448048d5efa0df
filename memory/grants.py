"""A grant is leave to carry out one step once; it is spent by the step it was given for and by nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, bindparam, insert, or_, select, update
from sqlmodel import col

from domain.exposures import Exposure
from domain.intents import Intent
from domain.plans import Direction, Plan, RecordRef, RollbackPlan
from domain.refusals import Refusal
from domain.values import Json, Row, digest
from domain.words import minute
from memory.columns import spell
from memory.journalled import issued
from memory.tables import GrantRow
from memory.upserts import next_number

GUARD = "grant"

BY_ID = select(GrantRow).where(col(GrantRow.id) == bindparam("id"))
BY_KEY = (
    select(col(GrantRow.id))
    .where(col(GrantRow.case_id) == bindparam("case"), col(GrantRow.version) == bindparam("version"))
    .where(col(GrantRow.direction) == bindparam("direction"), col(GrantRow.step) == bindparam("step"))
)
UNUSED = update(GrantRow).where(
    col(GrantRow.case_id) == bindparam("of_case"), col(GrantRow.spent_at).is_(None), col(GrantRow.revoked_at).is_(None)
)
REVOKED = UNUSED.values(revoked_at=bindparam("now"))
KEPT_TO_UNDO = REVOKED.where(or_(col(GrantRow.direction) == "do", col(GrantRow.params_digest).is_not(None)))
"""Revokes all but leave to take back what a step left."""

NEVER = datetime.max.replace(tzinfo=UTC)
"""When leave to take back what a step left runs out: it lasts until its case closes."""

SAYS = (
    "id",
    "case_id",
    "version",
    "step",
    "direction",
    "plan_digest",
    "action",
    "params_digest",
    "bounds_digest",
    "policy_digest",
    "company",
    "request_id",
)


@dataclass(frozen=True, kw_only=True)
class Leave:
    """What a batch of grants has in common."""

    policy_digest: str
    request: str | None
    """The request whose approval was the last that the plan waited for, None where policy allowed it."""
    issued_at: datetime
    expires_at: datetime


def issue(tx: Connection, plan: Plan, leave: Leave) -> Row:
    """Grants for each step of a plan, and for taking back each step that does something; their digests by id."""
    number = next_number(tx, GrantRow)
    plan_digest = plan.digest
    rows: list[dict[str, object]] = [
        {"id": f"G{number + index}", "number": number + index, "plan_digest": plan_digest}
        | {"case_id": plan.case, "version": plan.version, "company": plan.company}
        | {"step": leaf.step, "direction": leaf.direction, "action": leaf.action}
        | {"params_digest": leaf.params_digest, "bounds_digest": leaf.bounds_digest}
        | {"policy_digest": leave.policy_digest, "request_id": leave.request}
        | {"issued_at": leave.issued_at, "expires_at": leave.expires_at if leaf.params_digest else NEVER}
        for index, leaf in enumerate(_leaves(plan))
    ]
    if rows:
        tx.execute(insert(GrantRow), rows)
    return {str(row["id"]): grant_digest(row) for row in rows}


def grant_digest(row: Mapping[str, Any] | RowMapping) -> str:
    """SHA-256 over all that a grant says; whether it was used or taken back is not part of it."""
    moments = {name: spell(row[name]) for name in ("issued_at", "expires_at")}
    return digest({**{name: row[name] for name in SAYS}, **moments})


def spend(tx: Connection, intent: Intent, grant: str | None, now: datetime, *, earned: bool) -> str | Refusal:
    """Spend the one grant that was given for exactly this intent; its id, or what did not match.

    Leave to take back whatever a step left names no parameters: it is good only where that was ``earned``, when the
    intent takes back exactly what its own step left behind.
    """
    wanted = grant or _by_key(tx, intent)
    if wanted is None:
        return Refusal(guard=GUARD, reason=f"no grant was given for {intent.key}")
    if _forged(tx, wanted):
        return Refusal(guard=GUARD, reason=f"grant {wanted} is not as it was journalled; verify the journal")
    spent = update(GrantRow).where(col(GrantRow.id) == wanted, *_matches(intent, earned), *_usable(now))
    if tx.execute(spent.values(spent_at=now)).rowcount == 1:
        return wanted
    return Refusal(guard=GUARD, reason=_mismatch(tx, intent, wanted, now))


def expiry(tx: Connection, grant: str) -> datetime:
    """Until when a grant was good."""
    return tx.execute(select(col(GrantRow.expires_at)).where(col(GrantRow.id) == grant)).scalar_one()


def revoke(tx: Connection, case: str, now: datetime, *, undo_too: bool) -> None:
    """Unused grants of a case end; leave to take back what was done may stay."""
    tx.execute(REVOKED if undo_too else KEPT_TO_UNDO, {"of_case": case, "now": now})


class _Leaf(NamedTuple):
    step: int
    direction: Direction
    action: str
    params_digest: str | None
    bounds_digest: str


def _leaves(plan: Plan) -> Iterator[_Leaf]:
    for index, step in enumerate(plan.steps):
        bounds = bounds_digest(plan.kind, step.exposure, step.touches, step.rollback)
        yield _Leaf(index, step.direction, step.action, step.params_digest, bounds)
        if step.direction == "do":
            bounds = bounds_digest(plan.kind, step.exposure, (), step.rollback)
            yield _Leaf(index, "undo", step.action, None, bounds)


def bounds_digest(kind: str, exposure: Exposure, touches: Sequence[RecordRef], rollback: RollbackPlan) -> str:
    """One digest over all that limits a step beside its parameters."""
    relied_on: Json = [ref.plain() for ref in touches]
    return digest({"kind": kind, "exposure": exposure.plain(), "touches": relied_on, "rollback": rollback.plain()})


def _forged(tx: Connection, grant: str) -> bool:
    """Whether a grant stands in the table that was never issued, or not so."""
    row = tx.execute(BY_ID, {"id": grant}).mappings().first()
    return row is not None and issued(tx, row["case_id"], grant) != grant_digest(row)


def _by_key(tx: Connection, intent: Intent) -> str | None:
    key = {"case": intent.case, "version": intent.plan_version, "direction": intent.direction, "step": intent.step}
    return tx.execute(BY_KEY, key).scalar_one_or_none()


def _matches(intent: Intent, earned: bool) -> list[ColumnElement[bool]]:
    terms = [getattr(GrantRow, name) == wanted for name, wanted in _terms(intent).items()]
    named = col(GrantRow.params_digest) == intent.params_digest
    return [*terms, or_(named, col(GrantRow.params_digest).is_(None)) if earned else named]


def _usable(now: datetime) -> list[ColumnElement[bool]]:
    return [col(GrantRow.spent_at).is_(None), col(GrantRow.revoked_at).is_(None), col(GrantRow.expires_at) > now]


def _mismatch(tx: Connection, intent: Intent, grant: str, now: datetime) -> str:
    row = tx.execute(BY_ID, {"id": grant}).mappings().first()
    if row is None:
        return f"there is no grant {grant}"
    return f"grant {grant} does not cover {intent.key}: {'; '.join(_differences(row, intent, now))}"


def _differences(row: RowMapping, intent: Intent, now: datetime) -> Iterator[str]:
    if row["spent_at"] is not None:
        yield f"it was used at {minute(row['spent_at'])}"
    if row["revoked_at"] is not None:
        yield f"it was taken back at {minute(row['revoked_at'])}"
    if row["expires_at"] <= now:
        yield f"it ran out at {minute(row['expires_at'])}"
    for name, wanted in _terms(intent).items():
        if row[name] != wanted:
            yield f"its {name.replace('_', ' ')} is {row[name]}, not {wanted}"
    if row["params_digest"] is None:
        yield "it takes back only what its own step left"
    elif row["params_digest"] != intent.params_digest:
        yield f"its params digest is {row['params_digest']}, not {intent.params_digest}"


def _terms(intent: Intent) -> dict[str, str | int]:
    return {
        "case_id": intent.case,
        "version": intent.plan_version,
        "step": intent.step,
        "direction": intent.direction,
        "plan_digest": intent.plan_digest,
        "action": intent.action,
        "bounds_digest": bounds_digest(intent.kind, intent.exposure, intent.touches, intent.rollback),
        "policy_digest": intent.policy_digest,
        "company": intent.company,
    }
