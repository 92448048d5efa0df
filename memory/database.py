"""The one way into the desk's database file: reading and writing transactions that fail closed."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import OperationalError

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor

from memory.errors import Corrupt, Locked, file_trouble, plainly

PATIENCE_S = 5.0
"""How long a writer waits for another one."""

PAUSE_S = 0.01
"""How long until it asks again where SQLite itself does not wait."""

WRITER = threading.Lock()
"""One writer at a time in this process: threads that queue here never meet inside SQLite."""


class Database:
    """A SQLite file in WAL mode, synchronous FULL: what was committed survives a kill and a power cut."""

    def __init__(self, path: Path, *, patience_s: float = PATIENCE_S) -> None:
        make_private(path)
        self.path = path
        self.patience_s = patience_s
        self.engine = engine(path, patience_s)
        self._writers = self.engine.execution_options(writer=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database and changes nothing."""
        with plainly(self.path.parent), self.engine.connect() as tx:
            yield tx

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that alone may write, from its first statement; an error inside undoes all of it."""
        if not WRITER.acquire(timeout=self.patience_s):
            raise Locked
        try:
            with plainly(self.path.parent), self._writers.begin() as tx:
                yield tx
        finally:
            WRITER.release()

    def check(self) -> None:
        """Read every page; raises Corrupt when the file is damaged or rows point nowhere."""
        with self.reading() as tx:
            found = tx.execute(text("PRAGMA integrity_check(1)")).scalar_one()
            strays = tx.execute(text("PRAGMA foreign_key_check")).first()
        if found != "ok" or strays is not None:
            raise Corrupt(f"{(Corrupt.__doc__ or '').strip()} (found: {strays or found})")

    def forget(self) -> None:
        """Empty the write-ahead log, so that bytes which were overwritten are gone from it too."""
        with plainly(self.path.parent), self.engine.execution_options(bare=True).connect() as tx:
            tx.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self.engine.dispose()


def engine(path: Path, patience_s: float) -> Engine:
    """An engine that begins every transaction by itself: the driver would begin too late."""
    made = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": patience_s, "check_same_thread": False, "isolation_level": None}
    )
    event.listen(made, "connect", lambda raw, _: _set_up(raw, patience_s))
    event.listen(made, "begin", _begin)
    return made


def make_private(path: Path) -> None:
    """Make the file and its folder if they are missing, for nobody else's eyes; WAL files inherit the mode."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))
        if path.stat().st_uid == os.geteuid():
            path.chmod(0o600)
    except OSError as fault:
        raise file_trouble(path, fault) from fault


def _set_up(raw: DBAPIConnection, patience_s: float) -> None:
    cursor = raw.cursor()
    _log_ahead(cursor, time.monotonic() + patience_s)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _log_ahead(cursor: DBAPICursor, until: float) -> None:
    """Bring the file to WAL; SQLite does not wait by itself while another process does just that to a new file."""
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except OperationalError as fault:
            if "locked" not in str(fault) or time.monotonic() >= until:
                raise
            time.sleep(PAUSE_S)
        else:
            return


def _begin(tx: Connection) -> None:
    options = tx.get_execution_options()
    if options.get("bare"):
        return
    tx.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writer") else "BEGIN")
