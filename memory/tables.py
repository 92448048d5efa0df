"""The tables behind the desk: one row per case, plan, request, grant, effect, and every journal entry."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from memory.columns import Moment


class DeskRow(SQLModel, table=True):
    """Facts about this desk itself, by name."""

    __tablename__ = "desk"

    name: str = Field(primary_key=True)
    value: str


class JournalRow(SQLModel, table=True):
    """One entry of the append-only journal: the bytes, chained by hash."""

    __tablename__ = "journal"

    seq: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment)
    kind: str
    case_id: str | None = Field(index=True)
    body: bytes = Field(sa_type=LargeBinary)
    prev: str
    hash: str


class SubjectRow(SQLModel, table=True):
    """The key to one person's words in the journal; without it they cannot be read."""

    __tablename__ = "subjects"

    subject: str = Field(primary_key=True)
    key: bytes | None = Field(sa_type=LargeBinary)
    login: str | None
    made_at: datetime = Field(sa_type=Moment)
    erased_at: datetime | None = Field(sa_type=Moment)


class CaseRow(SQLModel, table=True):
    """One exception and where it stands."""

    __tablename__ = "cases"
    __table_args__ = (
        Index(
            "one_open_case",
            "fingerprint",
            unique=True,
            sqlite_where=text("state <> 'closed'"),
            postgresql_where=text("state <> 'closed'"),
        ),
        CheckConstraint(
            "state IN ('open', 'waiting', 'acting', 'undoing', 'unknown', 'queued', 'closed')", name="known_state"
        ),
    )

    id: str = Field(primary_key=True)
    number: int = Field(unique=True)
    fingerprint: str = Field(index=True)
    kind: str
    company: int
    subject: str
    title: str
    state: str = Field(index=True)
    money_at_risk: str
    currency: str
    deadline: datetime | None = Field(sa_type=Moment)
    facts_digest: str
    plan_version: int
    thread: str
    graph: str
    rung: str
    opened_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(sa_type=Moment)
    why: str
    why_by: str
    relapses: int
    held_by: str | None
    held_until: datetime | None = Field(sa_type=Moment)


class EvidenceRow(SQLModel, table=True):
    """What was known of a case at one moment, by its digest."""

    __tablename__ = "evidence"

    case_id: str = Field(primary_key=True, foreign_key="cases.id")
    digest: str = Field(primary_key=True, index=True)
    body: bytes = Field(sa_type=LargeBinary)
    saved_at: datetime = Field(sa_type=Moment)


class PlanRow(SQLModel, table=True):
    """One version of a case's plan, and what the gate said of it."""

    __tablename__ = "plans"

    case_id: str = Field(primary_key=True, foreign_key="cases.id")
    version: int = Field(primary_key=True)
    digest: str
    body: bytes = Field(sa_type=LargeBinary)
    saved_at: datetime = Field(sa_type=Moment)
    verdict: bytes | None = Field(sa_type=LargeBinary)


class RequestRow(SQLModel, table=True):
    """A question to one role about some steps of one plan version."""

    __tablename__ = "requests"
    __table_args__ = (
        UniqueConstraint("case_id", "plan_version", "role", name="one_request_a_role"),
        Index(
            "one_pending_request",
            "case_id",
            "role",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        CheckConstraint("state IN ('pending', 'approved', 'rejected', 'expired', 'superseded')", name="known_answer"),
    )

    id: str = Field(primary_key=True)
    number: int = Field(unique=True)
    case_id: str = Field(foreign_key="cases.id")
    plan_version: int
    plan_digest: str
    policy_digest: str
    role: str
    steps: str
    four_eyes: bool
    amount: str
    currency: str
    title: str
    requested_by: str
    edited_by: str | None
    state: str = Field(index=True)
    made_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    decided_by: str | None
    decided_at: datetime | None = Field(sa_type=Moment)
    reason: str | None


class GrantRow(SQLModel, table=True):
    """Leave to carry out one step once."""

    __tablename__ = "grants"
    __table_args__ = (Index("grants_by_key", "case_id", "version", "direction", "step", unique=True),)

    id: str = Field(primary_key=True)
    number: int = Field(unique=True)
    case_id: str = Field(foreign_key="cases.id")
    version: int
    step: int
    direction: str
    plan_digest: str
    action: str
    params_digest: str | None
    bounds_digest: str
    policy_digest: str
    company: int
    request_id: str | None = Field(foreign_key="requests.id")
    issued_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    spent_at: datetime | None = Field(sa_type=Moment)
    revoked_at: datetime | None = Field(sa_type=Moment)


class ReservationRow(SQLModel, table=True):
    """What one step commits, counted against the limits."""

    __tablename__ = "reservations"
    __table_args__ = (
        Index("reservations_in_window", "company", "state", "at"),
        CheckConstraint("state IN ('pending', 'reserved', 'spent', 'released')", name="known_reservation"),
    )

    case_id: str = Field(primary_key=True, foreign_key="cases.id")
    version: int = Field(primary_key=True)
    step: int = Field(primary_key=True)
    state: str
    at: datetime = Field(sa_type=Moment)
    company: int
    currency: str
    amount: int = Field(sa_type=BigInteger)
    quantity: int = Field(sa_type=BigInteger)
    action: str
    product: str | None
    vendor: str | None
    customer: str | None


class EffectRow(SQLModel, table=True):
    """One step as carried out: intended, done, dropped or unknown."""

    __tablename__ = "effects"
    __table_args__ = (CheckConstraint("state IN ('intended', 'done', 'dropped', 'unknown')", name="known_effect"),)

    key: str = Field(primary_key=True)
    number: int = Field(unique=True)
    case_id: str = Field(foreign_key="cases.id", index=True)
    version: int
    step: int
    direction: str
    intent: bytes = Field(sa_type=LargeBinary)
    intent_digest: str
    grant_id: str = Field(foreign_key="grants.id", unique=True)
    state: str = Field(index=True)
    result: bytes | None = Field(sa_type=LargeBinary)
    why: str | None
    at: datetime = Field(sa_type=Moment)


class HoldRow(SQLModel, table=True):
    """A case that a person holds back from the desk, and what was known of it then."""

    __tablename__ = "holds"
    __table_args__ = (CheckConstraint("kind IN ('taken', 'snoozed', 'dismissed')", name="known_hold"),)

    case_id: str = Field(primary_key=True, foreign_key="cases.id")
    kind: str
    by: str
    reason: str
    since: datetime = Field(sa_type=Moment)
    until: datetime | None = Field(sa_type=Moment)
    money_at_risk: str
    currency: str
    deadline: datetime | None = Field(sa_type=Moment)


class QuestionRow(SQLModel, table=True):
    """A question about a case, and its answer."""

    __tablename__ = "questions"

    id: str = Field(primary_key=True)
    number: int = Field(unique=True)
    case_id: str = Field(foreign_key="cases.id", index=True)
    asked_by: str
    asked_at: datetime = Field(sa_type=Moment)
    asked_of: str
    asked_login: str | None
    question: str
    answered_by: str | None
    answered_at: datetime | None = Field(sa_type=Moment)
    answer: str | None


class PauseRow(SQLModel, table=True):
    """A switch that a person turned off."""

    __tablename__ = "pauses"

    scope: str = Field(primary_key=True)
    actor: str
    reason: str
    since: datetime = Field(sa_type=Moment)


class ScanRow(SQLModel, table=True):
    """One look at Odoo, and what it cost and found."""

    __tablename__ = "scans"

    number: int = Field(primary_key=True)
    kind: str
    company: int
    started_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(sa_type=Moment)
    calls: int
    seconds: str
    opened: int
    updated: int
    error: str | None
