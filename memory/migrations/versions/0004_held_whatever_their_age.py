"""What is reserved counts whatever its age, so that it is found by its state before its moment."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("reservations_in_window", "reservations")
    op.create_index("reservations_in_window", "reservations", ["company", "state", "at"], unique=False)
