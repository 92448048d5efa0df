"""Runs the migrations inside the transaction that was handed in."""

from alembic import context
from sqlmodel import SQLModel

from memory import tables

assert tables.JournalRow.metadata is SQLModel.metadata  # noqa: S101

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
