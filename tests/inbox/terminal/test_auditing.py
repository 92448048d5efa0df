"""Auditors read the journal and find whoever changed it."""

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

from inbox.terminal.founding import stop
from tests.inbox.terminal.conftest import Demo, typed


def test_the_journal_is_shown_whole_or_in_part(demo: Demo) -> None:
    case = demo.shown["done"][0]["intent"]["case"]

    everything = demo.data("audit", "show", "--limit", "100000")["entries"]
    mine = demo.data("audit", "show", "--case", case)["entries"]
    later = demo.data("audit", "show", "--since", "5", "--limit", "100000")["entries"]

    assert [entry["seq"] for entry in everything] == list(range(1, len(everything) + 1))
    assert {entry["case"] for entry in mine} == {case}
    assert {"intent", "effect.done"} <= {entry["kind"] for entry in mine}
    assert later[0]["seq"] == 6
    assert [entry["seq"] for entry in demo.data("audit", "show", "--limit", "2")["entries"]] == [
        len(everything) - 1,
        len(everything),
    ]


def test_the_journal_is_a_narrow_page(demo: Demo) -> None:
    shown = demo.run("audit", "show", "--limit", "10").stdout

    assert "Journal" in shown
    assert max(map(len, shown.splitlines())) <= 100


def test_nothing_after_the_end_of_the_journal(demo: Demo) -> None:
    assert demo.run("audit", "show", "--since", "1000000").stdout == "The journal has no such entry.\n"


def test_a_whole_journal_is_said_to_be_whole(demo: Demo) -> None:
    shown, found = demo.run("audit", "verify"), demo.data("audit", "verify")

    assert shown.exit_code == 0
    assert "The journal is whole" in shown.stdout
    assert found["intact"] is True
    assert found["entries"] > 50
    assert found["seals"] >= 1


def test_an_edited_entry_is_found_and_named(demo: Demo, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(demo.pristine, home)
    forged = sqlite3.connect(home / "desk.db")
    for (name,) in forged.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        forged.execute(f"DROP TRIGGER {name}")
    forged.execute("UPDATE journal SET body = replace(body, '\"desk\"', '\"dusk\"') WHERE seq = 7")
    forged.commit()
    forged.close()

    shown = typed(home, "audit", "verify")

    assert shown.exit_code == 1
    assert "NOT" in shown.stdout
    assert "entry 7" in shown.stdout
    assert typed(home, "audit", "verify", "--json").exit_code == 1


def test_a_new_key_signs_from_now_on_and_the_journal_stays_whole(demo: Demo, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(demo.home, home)

    rotated = typed(home, "audit", "rotate", "--as", "finance", key=demo.password("finance"))

    assert rotated.exit_code == 0, rotated.output
    assert "from now on" in rotated.stdout
    assert typed(home, "audit", "verify").exit_code == 0
    stop(home)


def test_a_person_is_forgotten_and_the_journal_stays_whole(demo: Demo, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(demo.home, home)
    typed(home, "pause", "all", "--as", "finance", "--reason", "year's end", key=demo.password("finance"))
    (paused,) = (e for e in _entries(home) if e["kind"] == "pause")

    erased = typed(home, "audit", "erase", paused["actor"], "--as", "buymgr", key=demo.password("buymgr"))
    again = typed(home, "audit", "erase", paused["actor"], "--as", "buymgr", key=demo.password("buymgr"))

    assert erased.exit_code == 0, erased.output
    assert again.exit_code == 1
    (paused,) = (e for e in _entries(home) if e["kind"] == "pause")
    assert paused["facts"]["reason"] == "(erased)"
    assert typed(home, "audit", "verify").exit_code == 0
    stop(home)


def test_whom_to_forget_is_named_as_the_journal_does(demo: Demo) -> None:
    shown = demo.run("audit", "erase", "Bob", "--as", "finance", by="finance")

    assert shown.exit_code == 2
    assert "user:7" in shown.stderr


def test_a_copy_of_the_seals_may_be_checked_against(demo: Demo, tmp_path: Path) -> None:
    copy = shutil.copy(demo.home / "seals.jsonl", tmp_path / "copy.jsonl")

    assert demo.run("audit", "verify", "--seals", str(copy)).exit_code == 0
    assert demo.run("audit", "verify", "--seals", str(tmp_path / "none")).exit_code == 2


def _entries(home: Path) -> list[dict[str, Any]]:
    found = json.loads(typed(home, "audit", "show", "--limit", "100000", "--json").stdout)["entries"]
    return list(found)
