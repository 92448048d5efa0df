"""What is wrong around the desk (Odoo, settings, files, time) is told in a sentence; see also test_wrong_arguments."""

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from typer.testing import Result

from guardrails.loading import DEFAULT_POLICY
from inbox.terminal.founding import stop
from tests.inbox.terminal.conftest import Demo, typed

NOWHERE = "http://127.0.0.1:9"
ODOO = {"DESK_ODOO_DATABASE": "sandbox", "DESK_ODOO_USER": "desk", "DESK_ODOO_SECRET": "hidden-secret"}


def told(result: Result, code: int, *words: str) -> None:
    """One helpful sentence and the right exit code."""
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    assert "hidden-secret" not in result.output
    assert result.stderr.count("\n") >= 1
    for word in words:
        assert word in result.stderr


def sandbox_url(demo: Demo) -> str:
    """Where the demo's sandbox answers."""
    found = demo.data("doctor")["checks"]
    return str(next(check["found"] for check in found if check["name"] == "Odoo").split()[0])


def test_an_odoo_that_cannot_be_reached(tmp_path: Path) -> None:
    told(typed(tmp_path / "home", "scan", DESK_ODOO_URL=NOWHERE, **ODOO), 1, "127.0.0.1:9", "nothing was sent")


@pytest.mark.parametrize("url", ["odoo.example.com", "ftp://odoo.example.com", "http://", "http://host:port"])
def test_an_address_that_is_none(tmp_path: Path, url: str) -> None:
    told(typed(tmp_path / "home", "scan", DESK_ODOO_URL=url, **ODOO), 2)


def test_an_odoo_with_half_its_settings(tmp_path: Path) -> None:
    told(typed(tmp_path / "home", "scan", DESK_ODOO_URL=NOWHERE), 2, "DESK_ODOO_DATABASE", "DESK_ODOO_SECRET")


def test_a_wrong_password(demo: Demo, tmp_path: Path) -> None:
    told(typed(tmp_path / "home", "scan", DESK_ODOO_URL=sandbox_url(demo), **ODOO), 1, "'desk'", "password")


def test_a_wrong_database(demo: Demo, tmp_path: Path) -> None:
    wrong = {**ODOO, "DESK_ODOO_DATABASE": "elsewhere"}

    told(typed(tmp_path / "home", "scan", DESK_ODOO_URL=sandbox_url(demo), **wrong), 1, "elsewhere")


def test_no_odoo_and_no_demo(tmp_path: Path) -> None:
    told(typed(tmp_path / "home", "scan"), 1, "DESK_ODOO_URL", "python app.py demo")


def test_a_wrong_variable_is_named_and_its_value_is_not(tmp_path: Path) -> None:
    told(typed(tmp_path / "home", "scan", DESK_ODOO_TIMEOUT_S="hidden-secret"), 2, "DESK_ODOO_TIMEOUT_S")


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")

    told(typed(tmp_path / "home", "demo"), 1, "home")


def ruined(demo: Demo, tmp_path: Path, ruin: Callable[[Path], object]) -> Path:
    """A copy of the demo's home with something broken in it."""
    home = tmp_path / "home"
    shutil.copytree(demo.pristine, home)
    ruin(home)
    return home


def untouched(home: Path) -> None:
    """Nothing is broken."""


def scribble(home: Path) -> None:
    with home.joinpath("desk.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 40_000)


@pytest.mark.parametrize(
    "ruin",
    [
        lambda home: home.joinpath("desk.db").write_bytes(b"this is a letter to my aunt, not a database" * 100),
        scribble,
        lambda home: sqlite3.connect(home / "desk.db").execute("DROP TABLE cases").connection.close(),
    ],
    ids=["another file", "overwritten", "a table gone"],
)
@pytest.mark.parametrize("words", [["cases"], ["audit", "verify"], ["inbox", "--json"]], ids=" ".join)
def test_a_broken_database(demo: Demo, tmp_path: Path, ruin: Callable[[Path], object], words: Sequence[str]) -> None:
    home = ruined(demo, tmp_path, ruin)

    shown = typed(home, *words)

    assert shown.exit_code in ((0, 1) if words == ["audit", "verify"] else (1,)), shown.output
    assert "Traceback" not in shown.output
    assert "defect" not in shown.output


def test_a_lost_database_is_not_taken_for_a_fresh_start(demo: Demo, tmp_path: Path) -> None:
    home = ruined(demo, tmp_path, lambda place: place.joinpath("desk.db").unlink())

    told(typed(home, "audit", "verify"), 1, "desk.db is gone")


def test_a_database_that_another_process_writes_to_can_still_be_read(demo: Demo, tmp_path: Path) -> None:
    home = ruined(demo, tmp_path, untouched)
    other = sqlite3.connect(home / "desk.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    shown = typed(home, "cases")

    other.close()
    assert shown.exit_code == 0


def test_a_damaged_demo_file(demo: Demo, tmp_path: Path) -> None:
    home = ruined(demo, tmp_path, lambda place: place.joinpath("demo.json").write_text("{"))

    told(typed(home, "scan"), 1, "python app.py demo")


def test_a_policy_that_cannot_be_read(demo: Demo, tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('version = 1\ndefault_role = "nobody"\nsurprise = 3\n')

    told(typed(demo.home, "scan", DESK_POLICY=str(policy)), 1, "policy.toml:3", "surprise")


def test_a_request_of_another_policy_is_asked_anew(demo: Demo, tmp_path: Path) -> None:
    one = demo.shown["waiting"][0]
    home = ruined(demo, tmp_path, untouched)
    policy = tmp_path / "policy.toml"
    policy.write_text(DEFAULT_POLICY.read_text().replace("request_hours = 24", "request_hours = 23"))
    words = ("approve", one["request"]["id"], "--as", one["may_decide"][0])

    shown = typed(home, *words, key=demo.password(one["may_decide"][0]), DESK_POLICY=str(policy))

    stop(home)
    told(shown, 1, "policy changed")


def test_an_approval_that_comes_too_late(demo: Demo, tmp_path: Path) -> None:
    one = demo.shown["waiting"][0]
    home = ruined(demo, tmp_path, outdated)
    words = ("approve", one["request"]["id"], "--as", one["may_decide"][0])

    shown = typed(home, *words, key=demo.password(one["may_decide"][0]))

    stop(home)
    told(shown, 1, "expired", "it is asked again as R")


def outdated(home: Path) -> None:
    """Every request ran out a while ago."""
    rows = sqlite3.connect(home / "desk.db")
    rows.execute("UPDATE requests SET expires_at = made_at")
    rows.commit()
    rows.close()
