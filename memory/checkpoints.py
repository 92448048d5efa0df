"""Where graphs stand, in a file of its own; a checkpoint is disposable and is read as data, never as code."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite import SqliteSaver

from memory.database import PATIENCE_S, make_private
from memory.errors import CheckpointsDamaged, Corrupt, NotADatabase, StoreError, told

FILE = "checkpoints.db"
PLAIN = frozenset({"null", "bytes", "bytearray", "msgpack"})
"""The encodings the desk writes; others, JSON constructors and pickle among them, are never read."""


class PlainSerializer(JsonPlusSerializer):
    """Brings back plain values and LangGraph's own control values; anything else stays data."""

    def __init__(self) -> None:
        super().__init__(pickle_fallback=False, allowed_json_modules=None, allowed_msgpack_modules=None)

    def loads_typed(self, data: tuple[str, bytes]) -> Any:
        if data[0] not in PLAIN:
            raise ValueError(f"a checkpoint is encoded as {data[0]!r}; expected one of {', '.join(sorted(PLAIN))}")
        return super().loads_typed(data)


class PlainSaver(SqliteSaver):
    """A saver whose file may be locked, full or damaged while a graph runs, and which says so in words that help."""

    def __init__(self, raw: sqlite3.Connection, path: Path) -> None:
        super().__init__(raw, serde=PlainSerializer())
        self.path = path

    @contextmanager
    def cursor(self, transaction: bool = True) -> Iterator[sqlite3.Cursor]:
        """The one way by which everything that is inherited reaches the file."""
        with plainly(self.path), super().cursor(transaction) as cursor:
            yield cursor


def open_checkpoints(home: Path, *, patience_s: float = PATIENCE_S) -> SqliteSaver:
    """One saver for all threads of the process; synchronous NORMAL, for a lost checkpoint costs only a restart."""
    path = home / FILE
    make_private(path)
    raw = sqlite3.connect(path, timeout=patience_s, check_same_thread=False)
    saver = PlainSaver(raw, path)
    try:
        with plainly(path):
            raw.execute("PRAGMA journal_mode=WAL")
            raw.execute("PRAGMA synchronous=NORMAL")
            saver.setup()
    except StoreError:
        raw.close()
        raise
    return saver


def check_checkpoints(home: Path) -> None:
    """Read every page of the checkpoints of a home that has some; raises StoreError saying what to do."""
    if not home.joinpath(FILE).exists():
        return
    saver = open_checkpoints(home)
    try:
        with saver.cursor(transaction=False) as cursor:
            found = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise sqlite3.DatabaseError(f"database disk image is malformed: {found}")
    finally:
        saver.conn.close()


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Turn what the driver raises into a StoreError that says what to do; a case is never to blame for it."""
    try:
        yield
    except sqlite3.DatabaseError as fault:
        trouble = told(fault, path.parent)
        if not isinstance(trouble, Corrupt | NotADatabase):
            raise trouble from fault
        raise CheckpointsDamaged(
            f"{path} is damaged; delete it: every case restarts from its rows ({fault})"
        ) from fault
