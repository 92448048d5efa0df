"""The store opens what is there, makes what is not, and stays what it is."""

from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from sqlalchemy import text

from domain.clock import SetClock
from domain.ports import Register, Usage
from memory.database import Database
from memory.effects import EffectsRegister
from memory.errors import JournalMissing
from memory.store import Store
from memory.usage import CountedUsage, Own
from memory.verifying import Verified
from tests.memory.builders import NOON, a_case


def test_a_desk_keeps_its_id(store: Store, clock: SetClock) -> None:
    again = Store.open(store.home, clock)

    assert again.desk == store.desk
    assert [entry.kind for entry in again.journal.entries()] == ["desk.made"]
    again.close()


def test_two_desks_have_two_ids(store: Store, tmp_path: Path, clock: SetClock) -> None:
    other = Store.open(tmp_path / "other", clock)

    assert other.desk != store.desk
    other.close()


def test_what_was_stored_is_there_after_a_restart(store: Store, clock: SetClock) -> None:
    case = a_case(store)
    store.close()

    again = Store.open(store.home, clock)

    assert again.cases.get(case.id) == case
    again.close()


@pytest.mark.parametrize("left", ["nothing", "no bytes", "no tables"])
def test_seals_without_their_journal_are_no_fresh_start(store: Store, clock: SetClock, left: str) -> None:
    store.seals.seal_now()
    store.close()
    path = store.home / "desk.db"
    path.unlink()
    if left == "no bytes":
        path.touch()
    if left == "no tables":
        _without_tables(path)
    before = path.read_bytes() if path.exists() else None

    with pytest.raises(JournalMissing, match=r"desk\.db is gone or empty; restore a backup"):
        Store.open(store.home, clock)

    assert (path.read_bytes() if path.exists() else None) == before


def test_an_empty_file_without_seals_is_a_fresh_start(tmp_path: Path, clock: SetClock) -> None:
    (tmp_path / "desk.db").touch()
    (tmp_path / "seals.jsonl").touch()

    Store.open(tmp_path, clock).close()


def test_two_processes_open_a_new_home_at_once(tmp_path: Path, clock: SetClock) -> None:
    context = get_context("spawn")
    barrier = context.Barrier(2)
    openers = [context.Process(target=_open, args=(tmp_path / "home", barrier)) for _ in range(2)]

    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join(60)

    assert [opener.exitcode for opener in openers] == [0, 0]
    store = Store.open(tmp_path / "home", clock)
    assert isinstance(store.verify(), Verified)
    assert [entry.kind for entry in store.journal.entries()] == ["desk.made"]
    store.close()


def test_the_ports_are_implemented(store: Store) -> None:
    register: Register = store.register
    with store.database.reading() as tx:
        usage: Usage = CountedUsage(tx, NOON, Own("C1", 1))

    assert isinstance(register, EffectsRegister)
    assert isinstance(usage, CountedUsage)


def _open(home: Path, barrier: Barrier) -> None:
    barrier.wait(30)
    Store.open(home, SetClock(NOON)).close()


def _without_tables(path: Path) -> None:
    database = Database(path)
    with database.writing() as tx:
        tx.execute(text("CREATE TABLE passing (number INTEGER)"))
        tx.execute(text("DROP TABLE passing"))
    database.close()
