"""What the sandbox answered is kept: over a restart, over a kill, over a failed call."""

import fcntl
import json
import os
import signal
import socket
import sqlite3
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import odoorpc
import pytest

from domain.clock import SystemClock
from domain.errors import Misuse
from scenarios.sandbox import process
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.faults import WrongValue
from scenarios.sandbox.process import Address, NoSandbox
from scenarios.sandbox.storage import BrokenStorage, SqliteStorage
from tests.scenarios.sandbox.shop import shop

ROOT = Path(__file__).resolve().parents[3]

SERVE = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from domain.clock import SystemClock
from scenarios.sandbox import process
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.storage import SqliteStorage

home = Path(sys.argv[1])

def engine():
    made = Engine(SystemClock(), storage=SqliteStorage(home / "sandbox.sqlite"))
    with made.transaction() as env:
        env.write("res.users", [2], {{"password": "admin-pw"}})
    return made

(home / "starts").open("a").write("x")
process.serve(home, engine, idle_s=20)
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home whose sandbox, if one was started, is stopped at the end."""
    yield tmp_path
    stop(tmp_path)


def command(home: Path) -> list[str]:
    return [sys.executable, "-c", SERVE, str(home)]


def stop(home: Path) -> None:
    """Kill the home's server, if there is one, and wait until the kernel took its lock away."""
    port_file = home / "sandbox.port"
    if process.find(home) is None:
        return
    os.kill(json.loads(port_file.read_text())["pid"], signal.SIGKILL)
    with (home / process.SERVING_FILE).open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)


def client(address: Address) -> Any:
    odoo = odoorpc.ODOO(address.host, port=address.port, timeout=10)
    odoo.login(address.database, "admin", "admin-pw")
    return odoo


def test_restarted_engine_has_all_that_was_committed(tmp_path: Path) -> None:
    storage = SqliteStorage(tmp_path / "db")
    here = shop(storage)
    here.ask("admin", "res.partner", "unlink", [here.ids["branch"]])
    with pytest.raises(WrongValue):
        here.ask("admin", "res.partner", "create", [{"name": "gone"}, {"nope": 1}])
    storage.close()

    reopened = SqliteStorage(tmp_path / "db")
    again = Engine(here.clock, storage=reopened)

    assert again.digest() == here.engine.digest()
    assert again.login("sandbox", "buyer", "buyer-key") == here.ids["buyer"]
    reopened.close()


def test_ids_of_deleted_records_are_not_given_again_after_a_restart(tmp_path: Path) -> None:
    storage = SqliteStorage(tmp_path / "db")
    here = shop(storage)
    last = here.ask("admin", "res.partner", "create", {"name": "x"})
    here.ask("admin", "res.partner", "unlink", [last])

    again = Engine(here.clock, storage=storage)
    with again.transaction() as env:
        assert env.create("res.partner", {"name": "y"}) > last
    storage.close()


def test_restored_snapshot_is_kept_too(tmp_path: Path) -> None:
    storage = SqliteStorage(tmp_path / "db")
    here = shop(storage)
    before = here.engine.snapshot()
    here.ask("admin", "res.partner", "create", {"name": "x"})

    here.engine.restore(before)

    assert Engine(here.clock, storage=storage).snapshot() == before
    storage.close()


def test_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "db").write_text("not a database, but a letter to the reader" * 100)

    with pytest.raises(BrokenStorage, match="delete the file"):
        SqliteStorage(tmp_path / "db")


def test_commit_that_cannot_be_kept_is_taken_back(tmp_path: Path) -> None:
    storage = SqliteStorage(tmp_path / "db")
    here = shop(storage)
    before = here.engine.digest()
    blocker = sqlite3.connect(tmp_path / "db")
    blocker.execute("DROP TABLE counter")
    blocker.commit()
    blocker.close()

    with pytest.raises(BrokenStorage):
        here.ask("admin", "res.partner", "create", {"name": "x"})
    with pytest.raises(BrokenStorage):
        here.engine.restore(here.engine.snapshot())

    assert here.engine.digest() == before
    with pytest.raises(BrokenStorage):
        storage.load()
    storage.close()


def test_file_is_for_its_owner_only(tmp_path: Path) -> None:
    SqliteStorage(tmp_path / "db").close()

    assert (tmp_path / "db").stat().st_mode & 0o777 == 0o600


def test_killed_server_loses_nothing_it_answered(home: Path) -> None:
    first = process.ensure(home, command(home))
    made = client(first).execute_kw("res.partner", "create", [{"name": "Answered"}], {})
    stop(home)

    second = process.ensure(home, command(home))

    assert client(second).execute_kw("res.partner", "read", [[made], ["name"]], {}) == [
        {"id": made, "name": "Answered"}
    ]
    assert (home / "sandbox.port").stat().st_mode & 0o777 == 0o600


def test_two_starters_end_with_one_server(home: Path) -> None:
    found: list[Address] = []
    threads = [threading.Thread(target=lambda: found.append(process.ensure(home, command(home)))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 3
    assert len(set(found)) == 1
    assert (home / "starts").read_text() == "x"
    assert found[0].url == f"http://127.0.0.1:{found[0].port}"


def test_server_that_will_not_start_is_told(home: Path) -> None:
    with pytest.raises(NoSandbox, match=r"exit code 3; .*sandbox.log says why"):
        process.ensure(home, [sys.executable, "-c", "raise SystemExit(3)"])


def test_server_that_never_answers_is_given_up(home: Path) -> None:
    with pytest.raises(NoSandbox, match="did not answer"):
        process.ensure(home, [sys.executable, "-c", "import time; time.sleep(60)"], wait_s=0.2)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"host": "127.0.0.1", "port": 1, "database": "sandbox"}'])
def test_stale_port_file_leads_nowhere(home: Path, text: str) -> None:
    (home / "sandbox.port").write_text(text)

    assert process.find(home) is None


def test_second_server_of_a_home_is_refused_and_the_first_ends_when_idle(home: Path) -> None:
    refused: list[NoSandbox] = []

    def engine() -> Engine:
        with pytest.raises(NoSandbox, match=r"serves .* already") as caught:
            process.serve(home, engine, idle_s=0.05, takeover_s=0.0)
        refused.append(caught.value)
        return shop().engine

    process.serve(home, engine, idle_s=0.05)

    assert len(refused) == 1
    assert not (home / "sandbox.port").exists()


def test_port_that_is_taken_is_told(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(NoSandbox, match="to be free for the sandbox"):
        process.serve(home, lambda: shop().engine, idle_s=0.05, port=taken.getsockname()[1])


def test_a_file_remembers_the_version_it_was_made_as(tmp_path: Path) -> None:
    storage = SqliteStorage(tmp_path / "db")
    Engine(SystemClock(), version=19, storage=storage)
    storage.close()
    reopened = SqliteStorage(tmp_path / "db")

    with pytest.raises(Misuse, match="an Odoo 18, found those of an Odoo 19"):
        Engine(SystemClock(), storage=reopened)
    assert Engine(SystemClock(), version=reopened.version(), storage=reopened).version == 19


def test_a_file_from_before_there_was_a_choice_is_an_odoo_18s(tmp_path: Path) -> None:
    assert SqliteStorage(tmp_path / "db").version() == 18
