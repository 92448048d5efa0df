"""People hold cases back and ask about them; an actor is known by a login until forgotten."""

import sqlalchemy as sa
from alembic import op

from memory.columns import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "holds",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=True),
        sa.Column("money_at_risk", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("deadline", Moment(), nullable=True),
        sa.CheckConstraint("kind IN ('taken', 'snoozed', 'dismissed')", name="known_hold"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_table(
        "questions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("asked_of", sa.String(), nullable=False),
        sa.Column("asked_login", sa.String(), nullable=True),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("ix_questions_case_id", "questions", ["case_id"], unique=False)
    with_login()


def with_login() -> None:
    """SQLite appends a column as text that no longer reads like the rest, so the table is made anew there."""
    if op.get_bind().dialect.name != "sqlite":
        op.add_column("subjects", sa.Column("login", sa.String(), nullable=True))
        return
    op.execute("CREATE TEMPORARY TABLE known_before AS SELECT * FROM subjects")
    op.drop_table("subjects")
    op.create_table(
        "subjects",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("login", sa.String(), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("erased_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("subject"),
    )
    held = "subject, key, made_at, erased_at"
    op.execute(f"INSERT INTO subjects ({held}) SELECT {held} FROM known_before")  # noqa: S608
    op.execute("DROP TABLE known_before")
