"""Auditors read the journal and find whoever changed it."""

import shutil
import sqlite3
from pathlib import Path

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
