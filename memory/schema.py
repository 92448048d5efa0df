"""Brings a database file to the newest schema, all at once or not at all."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, text

from memory.database import Database
from memory.errors import NewerSchema

NEWEST = "0004"
"""The revision this desk works with."""

MIGRATIONS = Path(__file__).parent / "migrations"


def bring_up(database: Database) -> None:
    """Migrate to the newest schema; raises NewerSchema for a file of a newer desk."""
    with database.reading() as tx:
        found = revision(tx)
    if found == NEWEST:
        return
    if found is not None and not known(found):
        raise NewerSchema(f"{(NewerSchema.__doc__ or '').strip()} (expected {NEWEST}, found {found})")
    with database.writing() as tx:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = tx
        command.upgrade(config, "head")


def revision(tx: Connection) -> str | None:
    """The schema revision of a file, None for an empty one."""
    if not inspect(tx).has_table("alembic_version"):
        return None
    return tx.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def known(found: str) -> bool:
    return any(path.name.startswith(f"{found}_") for path in (MIGRATIONS / "versions").glob("*.py"))
