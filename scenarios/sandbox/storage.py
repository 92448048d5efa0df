"""Keeps the sandbox's records in one SQLite file, so that a killed server loses nothing it had answered."""

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from domain.errors import DeskError
from scenarios.sandbox.tables import Row

SCHEMA = """
CREATE TABLE IF NOT EXISTS record (model TEXT NOT NULL, id INTEGER NOT NULL, row TEXT NOT NULL, PRIMARY KEY (model, id))
WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counter (model TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
"""


class BrokenStorage(DeskError):
    """The sandbox's file cannot be read or written."""


class SqliteStorage:
    """Every commit is one SQLite transaction, on disk before the call is answered."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.executescript(SCHEMA)
        except sqlite3.Error as problem:
            raise self._broken(problem) from problem
        path.chmod(0o600)

    def load(self) -> Mapping[str, Any] | None:
        """Everything kept, as ``Engine.snapshot`` shapes it; None when the file is new."""
        try:
            counters = dict(self._db.execute("SELECT model, last FROM counter"))
            records = self._db.execute("SELECT model, id, row FROM record").fetchall()
            tables: dict[str, Any] = {model: {"last": last, "rows": {}} for model, last in counters.items()}
            for model, record, row in records:
                tables[model]["rows"][str(record)] = json.loads(row)
        except (sqlite3.Error, ValueError, KeyError) as problem:
            raise self._broken(problem) from problem
        return {"version": self.version(), "tables": tables} if tables else None

    def version(self) -> int:
        """The Odoo version that the records are of; a file from before there was a choice is an Odoo 18's."""
        try:
            (marked,) = self._db.execute("PRAGMA user_version").fetchone()
        except sqlite3.Error as problem:
            raise self._broken(problem) from problem
        return int(marked) or 18

    def mark(self, version: int) -> None:
        """Remember which Odoo version the records are of."""
        try:
            self._db.execute(f"PRAGMA user_version = {version:d}")
        except sqlite3.Error as problem:
            raise self._broken(problem) from problem

    def keep(self, changed: Mapping[str, Mapping[int, Row | None]], last: Mapping[str, int]) -> None:
        """Keep the changed records (None is deleted) and the highest id of each table."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            for model, rows in changed.items():
                self._keep_rows(model, rows)
            self._db.executemany("INSERT OR REPLACE INTO counter VALUES (?, ?)", list(last.items()))
            self._db.execute("COMMIT")
        except sqlite3.Error as problem:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise self._broken(problem) from problem

    def replace(self, tables: Mapping[str, Any]) -> None:
        """Forget everything and keep these tables instead, in one transaction."""
        rows = {name: {int(i): row for i, row in each["rows"].items()} for name, each in tables.items()}
        try:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("DELETE FROM record")
            self._db.execute("DELETE FROM counter")
            for model, kept in rows.items():
                self._keep_rows(model, kept)
            counters = [(name, each["last"]) for name, each in tables.items()]
            self._db.executemany("INSERT INTO counter VALUES (?, ?)", counters)
            self._db.execute("COMMIT")
        except sqlite3.Error as problem:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise self._broken(problem) from problem

    def close(self) -> None:
        self._db.close()

    def _keep_rows(self, model: str, rows: Mapping[int, Row | None]) -> None:
        kept = [(model, i, json.dumps(row, separators=(",", ":"))) for i, row in rows.items() if row is not None]
        gone = [(model, i) for i, row in rows.items() if row is None]
        self._db.executemany("INSERT OR REPLACE INTO record VALUES (?, ?, ?)", kept)
        self._db.executemany("DELETE FROM record WHERE model = ? AND id = ?", gone)

    def _broken(self, problem: Exception) -> BrokenStorage:
        return BrokenStorage(
            f"expected a readable and writable sandbox file at {self._path}, found: {problem}; "
            "free the disk or delete the file to begin with an empty sandbox"
        )
