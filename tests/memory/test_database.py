"""A database that cannot be trusted or reached stops the desk with a clear error, and nothing is half written."""

import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import event, insert, text

from domain.clock import SetClock
from memory.database import Database
from memory.errors import Corrupt, DiskFull, Locked, NotADatabase, ReadOnly, Unreadable
from memory.store import Store
from memory.tables import DeskRow
from tests.memory.builders import a_case, a_finding


def test_every_file_is_for_the_desk_alone(store: Store) -> None:
    a_case(store)
    store.seals.seal_now()

    files = [path for path in store.home.rglob("*") if path.is_file() and path.suffix != ".pub"]
    modes = {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in files}

    assert set(modes.values()) == {"0o600"}, modes
    assert {"desk.db", "seals.jsonl", "seal.key"} <= set(modes)


def test_a_file_that_was_open_to_others_is_closed_to_them(store: Store, clock: SetClock) -> None:
    store.close()
    (store.home / "desk.db").chmod(0o644)

    Store.open(store.home, clock).close()

    assert stat.S_IMODE((store.home / "desk.db").stat().st_mode) == 0o600


def test_the_database_is_as_durable_as_promised(store: Store) -> None:
    with store.database.reading() as tx:
        found = [
            tx.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        ]

    assert found == ["wal", 2, 1, 1]


def test_a_writing_transaction_is_alone_from_its_first_statement(store: Store) -> None:
    other = sqlite3.connect(store.home / "desk.db", timeout=0)

    with store.database.writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")

    other.close()


def test_a_database_locked_by_another_process_is_said_to_be_locked(store: Store, clock: SetClock) -> None:
    impatient = Store.open(store.home, clock, patience_s=0.05)
    other = sqlite3.connect(store.home / "desk.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(Locked, match="another process"):
        a_case(impatient)

    other.execute("ROLLBACK")
    assert impatient.cases.list() == []
    other.close()
    impatient.close()


def test_a_new_file_that_another_process_is_making_is_waited_for(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "desk.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    done = threading.Timer(0.1, lambda: other.execute("COMMIT"))
    done.start()

    with Database(tmp_path / "desk.db").reading() as tx:
        assert tx.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"

    done.join()
    other.close()


def test_a_new_file_that_another_process_keeps_is_said_to_be_locked(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "desk.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(Locked), Database(tmp_path / "desk.db", patience_s=0.05).reading():
        pass

    other.close()


def test_a_writer_inside_a_writer_is_told_instead_of_waiting_for_ever(tmp_path: Path) -> None:
    database = Database(tmp_path / "desk.db", patience_s=0.05)

    with database.writing(), pytest.raises(Locked), database.writing():
        pass

    database.close()


def test_an_error_inside_a_transaction_undoes_all_of_it(store: Store) -> None:
    def fail_half_way() -> None:
        with store.database.writing() as tx:
            tx.execute(insert(DeskRow).values(name="half", value="done"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()

    with store.database.reading() as tx:
        assert tx.execute(text("SELECT count(*) FROM desk WHERE name = 'half'")).scalar_one() == 0


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, clock: SetClock) -> None:
    (tmp_path / "desk.db").write_text("these are my notes on the desk, not a database\n" * 50)

    with pytest.raises(NotADatabase, match="restore a backup"):
        Store.open(tmp_path, clock)

    assert (tmp_path / "desk.db").read_text().startswith("these are my notes")


def test_a_damaged_page_is_found(store: Store, clock: SetClock) -> None:
    store.cases.record([a_finding(f"product:{number}") for number in range(200)], graph="g")
    store.database.forget()
    store.close()
    path = store.home / "desk.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192 - 4096) + whole[-4096:])

    with pytest.raises(Corrupt, match="restore a backup"):
        Store.open(store.home, clock).verify()


def test_rows_that_point_nowhere_are_damage(store: Store) -> None:
    raw = sqlite3.connect(store.home / "desk.db")
    raw.execute("INSERT INTO evidence VALUES ('C99', 'd', x'00', '2026-03-02T12:00:00.000000Z')")
    raw.commit()
    raw.close()

    with pytest.raises(Corrupt):
        store.database.check()


def test_a_full_disk_leaves_nothing_half_done(store: Store) -> None:
    _no_more_pages(store)

    with pytest.raises(DiskFull, match="nothing was written"):
        store.cases.record([a_finding(f"product:{number}") for number in range(500)], graph="g")

    assert store.cases.list() == []
    assert [entry.kind for entry in store.journal.entries()] == ["desk.made"]


def test_a_database_that_cannot_be_written_says_so(store: Store) -> None:
    _each_connection(store, "PRAGMA query_only=ON")

    with pytest.raises(ReadOnly, match="read-only, and even reading"):
        a_case(store)


def test_a_home_that_cannot_be_made_says_where(tmp_path: Path, clock: SetClock) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")

    with pytest.raises(Unreadable, match="home"):
        Store.open(tmp_path / "home", clock)


def _no_more_pages(store: Store) -> None:
    with store.database.reading() as tx:
        pages = tx.execute(text("PRAGMA page_count")).scalar_one()
    _each_connection(store, f"PRAGMA max_page_count={pages + 3}")


def _each_connection(store: Store, pragma: str) -> None:
    def set_up(raw: sqlite3.Connection, entry: object) -> None:
        raw.execute(pragma)

    store.database.engine.dispose()
    event.listen(store.database.engine, "connect", set_up)
