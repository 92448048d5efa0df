"""The migrated database is the one the tables describe, rules included."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlmodel import SQLModel

from domain.clock import SetClock
from memory.database import Database
from memory.errors import NewerSchema, StoreError
from memory.schema import MIGRATIONS, NEWEST, bring_up
from memory.store import Store
from memory.triggers import TRIGGERS


def test_the_migrated_schema_is_what_the_tables_describe(store: Store, tmp_path: Path) -> None:
    plain = Database(tmp_path / "plain.db")
    with plain.writing() as tx:
        SQLModel.metadata.create_all(tx)

    with store.database.reading() as tx:
        assert compare_metadata(MigrationContext.configure(tx), SQLModel.metadata) == []
    assert _schema(store.database) == _schema(plain)
    plain.close()


def test_the_rules_of_the_journal_stand_after_migration(store: Store) -> None:
    with store.database.reading() as tx:
        rows = tx.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        standing = {row.name: row.sql for row in rows}

    assert standing == TRIGGERS


def test_the_newest_revision_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))

    assert ScriptDirectory.from_config(config).get_current_head() == NEWEST


def test_a_database_of_a_newer_desk_is_left_alone(store: Store, clock: SetClock) -> None:
    with store.database.writing() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(NewerSchema, match="found 9999"):
        Store.open(store.home, clock)


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    raw = sqlite3.connect(tmp_path / "desk.db")
    raw.execute("CREATE TABLE scans (number INTEGER)")
    raw.commit()
    raw.close()
    database = Database(tmp_path / "desk.db")

    with pytest.raises(StoreError, match="already exists"):
        bring_up(database)

    assert set(_schema(database)) == {"scans"}
    database.close()


def _schema(database: Database) -> dict[str, frozenset[str]]:
    with database.reading() as tx:
        rows = tx.execute(text("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')")).all()
    return {row.name: _parts(row.sql) for row in rows if row.sql and row.name != "alembic_version"}


def _parts(sql: str) -> frozenset[str]:
    return frozenset(part.strip(" ,\t") for part in sql.replace("(", "(\n", 1).splitlines() if part.strip(" ,\t"))
