"""A plan may wait for several people: a request is about some of its steps, and there is one for each role."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from domain.values import canonical
from memory.columns import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PENDING = sa.text("state = 'pending'")
BEFORE = (
    "id, number, case_id, plan_version, plan_digest, policy_digest, role, four_eyes, amount, currency, title, "
    "requested_by, edited_by, state, made_at, expires_at, decided_by, decided_at, reason"
)


def upgrade() -> None:
    """What was asked before keeps no steps: it was about the whole plan."""
    if op.get_bind().dialect.name == "sqlite":
        made_anew()
    else:
        altered()
    reword_verdicts()


def made_anew() -> None:
    """SQLite drops no constraint. Rows are put back into a table of the old name: only so grants find theirs again."""
    op.execute("PRAGMA defer_foreign_keys=ON")
    op.execute("CREATE TEMPORARY TABLE asked_before AS SELECT * FROM requests")
    op.drop_table("requests")
    op.create_table(
        "requests",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("plan_digest", sa.String(), nullable=False),
        sa.Column("policy_digest", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("steps", sa.String(), nullable=False),
        sa.Column("four_eyes", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("requested_by", sa.String(), nullable=False),
        sa.Column("edited_by", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'approved', 'rejected', 'expired', 'superseded')", name="known_answer"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "plan_version", "role", name="one_request_a_role"),
        sa.UniqueConstraint("number"),
    )
    op.execute(f"INSERT INTO requests ({BEFORE}, steps) SELECT {BEFORE}, '' FROM asked_before")  # noqa: S608
    op.execute("DROP TABLE asked_before")
    op.create_index("ix_requests_state", "requests", ["state"], unique=False)
    op.create_index("one_pending_request", "requests", ["case_id", "role"], unique=True, sqlite_where=PENDING)


def altered() -> None:
    """The same by ALTER TABLE, where the database knows it."""
    op.add_column("requests", sa.Column("steps", sa.String(), nullable=False, server_default=""))
    op.alter_column("requests", "steps", server_default=None)
    op.drop_constraint("one_request_a_plan", "requests", type_="unique")
    op.create_unique_constraint("one_request_a_role", "requests", ["case_id", "plan_version", "role"])
    op.drop_index("one_pending_request", "requests")
    op.create_index("one_pending_request", "requests", ["case_id", "role"], unique=True, postgresql_where=PENDING)


def reword_verdicts() -> None:
    """A verdict named one role for the whole plan; it names whom it asks about which steps now."""
    tx = op.get_bind()
    judged = sa.text(
        "SELECT p.case_id, p.version, p.body, p.verdict, r.amount, r.currency FROM plans p "
        "LEFT JOIN requests r ON r.case_id = p.case_id AND r.plan_version = p.version WHERE p.verdict IS NOT NULL"
    )
    reworded = sa.text("UPDATE plans SET verdict = :verdict WHERE case_id = :case_id AND version = :version")
    for row in tx.execute(judged).mappings().all():
        key = {"case_id": row["case_id"], "version": row["version"]}
        tx.execute(reworded, {**key, "verdict": canonical(in_parts(row))})


def in_parts(row: sa.RowMapping) -> dict[str, Any]:
    """One verdict as it is written now."""
    verdict = json.loads(row["verdict"])
    role, steps = verdict.pop("role"), len(json.loads(row["body"])["steps"])
    whole = {"steps": list(range(steps)), "amount": {"amount": row["amount"], "currency": row["currency"]}}
    return {**verdict, "asks": [] if role is None else [{"role": role, **whole}]}
