"""A home's sandbox is found, stopped and cleared without touching anything else."""

import json
from pathlib import Path

import pytest

from domain.clock import SystemClock
from domain.errors import DeskError
from inbox.terminal.founding import clear, found, stop
from inbox.terminal.server_clock import server_time
from scenarios.sandbox import process
from tests.inbox.terminal.conftest import Demo
from tools.transports.wire import OdooAddress


def test_a_sandbox_whose_process_is_not_known_is_left_alone(demo: Demo, tmp_path: Path) -> None:
    demo.run("doctor")
    serving = json.loads(demo.home.joinpath(process.PORT_FILE).read_text())
    del serving["pid"]
    tmp_path.joinpath(process.PORT_FILE).write_text(json.dumps(serving))

    with pytest.raises(DeskError, match="stop it by hand"):
        stop(tmp_path)

    assert process.find(demo.home) is not None


def test_a_sandbox_never_replaces_the_terms_of_its_home(tmp_path: Path) -> None:
    tmp_path.joinpath("terms.toml").write_text("precious")

    found(tmp_path, "demo", SystemClock())

    assert tmp_path.joinpath("terms.toml").read_text() == "precious"


def test_clearing_leaves_what_is_not_the_demos(tmp_path: Path) -> None:
    for name in ("desk.db", "desk.db-wal", "seals.jsonl", "notes.txt", "demo.json"):
        tmp_path.joinpath(name).write_text("")
    tmp_path.joinpath("keys").mkdir()
    tmp_path.joinpath("keys", "seal.key").write_text("")

    clear(tmp_path)

    assert sorted(left.name for left in tmp_path.iterdir()) == ["demo.json", "notes.txt"]


def test_a_server_that_does_not_answer_tells_no_time() -> None:
    assert server_time(OdooAddress(host="127.0.0.1", port=9, database="x", timeout_s=1)) is None
