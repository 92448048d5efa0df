"""Every verb explains itself, and the program as a whole behaves as a program should."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from inbox.terminal.main import app, main
from tests.inbox.terminal.conftest import Demo

ROOT = Path(__file__).resolve().parents[3]
WORK = {"demo", "scan", "serve", "replay", "sandbox", "doctor"}
DECISIONS = {"approve", "reject", "propose", "close", "pause", "resume", "rollback"}
PEOPLE = {"ask", "answer", "take", "dismiss", "snooze"}
PAGES = {"cases", "case", "inbox", "audit.show", "audit.verify", "policy.check", "policy.explain"}
KEYS = {"audit.rotate", "audit.erase"}


def commands(group: typer.Typer, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for command in group.registered_commands:
        name = command.name or str(getattr(command.callback, "__name__", ""))
        yield (*before, str(name))
    for inner in group.registered_groups:
        if inner.typer_instance is not None:
            yield from commands(inner.typer_instance, (*before, str(inner.name)))


def python_app(*words: str, home: Path, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DESK_")}
    return subprocess.run(
        [sys.executable, str(ROOT / "app.py"), *words],
        env={**clean, "DESK_HOME": str(home), **env},
        cwd=home.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_every_verb_of_the_product_is_there() -> None:
    assert {".".join(words) for words in commands(app)} == WORK | DECISIONS | PEOPLE | PAGES | KEYS


@pytest.mark.parametrize("words", list(commands(app)), ids=" ".join)
def test_every_verb_explains_itself_with_an_example(words: Sequence[str]) -> None:
    result = CliRunner().invoke(app, [*words, "--help"])

    assert result.exit_code == 0
    assert f"Example: python app.py {' '.join(words)}" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_help_comes_at_once(tmp_path: Path) -> None:
    python_app("--help", home=tmp_path)
    began = time.perf_counter()

    helped = python_app("--help", home=tmp_path)

    assert helped.returncode == 0
    assert "demo" in helped.stdout
    assert time.perf_counter() - began < 2


def test_help_imports_nothing_heavy() -> None:
    heavy = "{'pydantic', 'langgraph', 'sqlmodel', 'rich'}"
    told = f"import sys, inbox.terminal.main; print(sorted({heavy} & set(sys.modules)))"

    found = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)

    assert found.stdout == "[]\n"


@pytest.mark.parametrize(
    "words",
    [
        ["no-such-verb"],
        ["approve"],
        ["approve", "R1"],
        ["cases", "--company", "nought"],
        ["cases", "--company", "0"],
        ["audit", "show", "--limit", "0"],
        ["sandbox", "--port", "99999"],
        ["cases", "--state", "nowhere"],
    ],
    ids=" ".join,
)
def test_bad_usage_ends_with_2(words: Sequence[str], tmp_path: Path) -> None:
    result = CliRunner().invoke(app, list(words), env={"DESK_HOME": str(tmp_path)})

    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_exit_codes_reach_the_shell(tmp_path: Path) -> None:
    missing, misused = python_app("cases", home=tmp_path), python_app("cases", "--state", "nowhere", home=tmp_path)

    assert (missing.returncode, misused.returncode) == (1, 2)
    assert missing.stderr.startswith("error: there is no desk in")
    assert missing.stdout == ""


def test_a_reader_who_leaves_early_is_no_error_of_ours(demo: Demo) -> None:
    shell = f"{sys.executable} {ROOT / 'app.py'} audit show --json --limit 10000 | head -c 10"

    home = {**os.environ, "DESK_HOME": str(demo.home)}
    done = subprocess.run(["bash", "-c", shell], env=home, capture_output=True, text=True, check=False)

    assert done.stderr == ""
    assert len(done.stdout) == 10


@pytest.mark.parametrize("words", ["cases", "case C1", "inbox", "audit show", "audit show --json --limit 10000"])
def test_a_page_that_is_read_in_part_ends_well(demo: Demo, words: str) -> None:
    """The pipe is closed before the first line is written."""
    shell = f"set -o pipefail; {sys.executable} {ROOT / 'app.py'} {words} | true"

    done = subprocess.run(["bash", "-c", shell], env=at(demo), capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("words", ["cases", "cases --json", "doctor --json", "case C999 --json"])
def test_a_device_without_room_is_told_in_a_sentence(demo: Demo, words: str) -> None:
    shell = f"{sys.executable} {ROOT / 'app.py'} {words} > /dev/full"

    done = subprocess.run(["bash", "-c", shell], env=at(demo), capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def at(demo: Demo) -> dict[str, str]:
    """What a process needs to work on the demo's home."""
    return {**os.environ, "DESK_HOME": str(demo.home)}


@pytest.mark.parametrize("columns", ["40", "60", "100"])
def test_a_narrow_terminal_is_shown_narrow_pages(demo: Demo, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inbox.terminal.showing.WIDEST", int(columns))

    for words in (("cases",), ("inbox",), ("case", "C1")):
        shown = demo.run(*words)

        assert shown.exit_code == 0
        assert max(map(len, shown.stdout.splitlines())) <= int(columns)


def test_a_terminal_that_cannot_show_a_sign_is_no_error(demo: Demo) -> None:
    shown = python_app("cases", home=demo.home, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")

    assert shown.returncode == 0
    assert shown.stdout.isascii()
    assert "C1" in shown.stdout


def test_nothing_is_coloured_for_a_file(demo: Demo) -> None:
    assert "\x1b" not in python_app("cases", home=demo.home).stdout


def test_the_entrance_runs_what_was_typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["app.py", "audit", "--help"])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 0
    assert "python app.py audit" in capsys.readouterr().out
