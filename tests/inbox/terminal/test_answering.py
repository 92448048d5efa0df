"""Whatever a verb runs into, the answer is a sentence and an exit code."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from domain.errors import DeskError, Misuse
from domain.refusals import Refusal
from inbox.terminal.answering import answered


def answer(
    verb: Callable[..., Refusal | int | None], *, as_json: bool = False, home: Path | None = None
) -> tuple[int, type]:
    try:
        answered(verb)(as_json=as_json, home=home)
    except typer.Exit as ended:
        return ended.exit_code, type(ended)
    return 0, type(None)


def raising(problem: BaseException) -> Callable[..., None]:
    def verb(as_json: bool, home: Path | None) -> None:
        raise problem

    return verb


@pytest.mark.parametrize(
    ("problem", "code", "said"),
    [
        (DeskError("the desk is closed"), 1, "error: the desk is closed\n"),
        (Misuse("give a reason"), 2, "error: give a reason\n"),
        (PermissionError(13, "Permission denied", "policy.toml"), 1, "error: policy.toml: permission denied"),
        (KeyboardInterrupt(), 130, "stopped. What was begun"),
        (typer.Abort(), 130, "stopped."),
    ],
)
def test_a_problem_becomes_a_sentence_and_an_exit_code(
    problem: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found, _ = answer(raising(problem))

    assert found == code
    assert capsys.readouterr().err.startswith(said)


def test_a_refusal_is_told_with_its_guard(capsys: pytest.CaptureFixture[str]) -> None:
    def verb(as_json: bool, home: Path | None) -> Refusal:
        return Refusal(guard="role", reason="ask the buyer")

    code, _ = answer(verb, as_json=True)

    told = capsys.readouterr()
    assert code == 1
    assert told.err == "refused: ask the buyer\n"
    assert json.loads(told.out) == {"error": {"type": "Refusal", "message": "ask the buyer", "guard": "role"}}


def test_a_program_is_told_the_kind_of_error(capsys: pytest.CaptureFixture[str]) -> None:
    answer(raising(Misuse("give a reason")), as_json=True)

    assert json.loads(capsys.readouterr().out) == {"error": {"type": "Misuse", "message": "give a reason"}}


def test_every_line_of_a_long_message_stays_a_line_and_cannot_steer_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer(raising(DeskError("first\nsecond \x1b[31mred")))

    assert capsys.readouterr().err == "error: first\nsecond \\x1b[31mred\n"


def test_a_defect_is_one_line_and_its_traceback_is_kept_in_the_home(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _ = answer(raising(ZeroDivisionError("by nothing")), home=tmp_path)

    log = next(tmp_path.glob("error-*.log"))
    assert code == 1
    assert str(log) in capsys.readouterr().err
    assert "ZeroDivisionError: by nothing" in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_a_defect_is_kept_elsewhere_where_the_home_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))

    answer(raising(ZeroDivisionError()), home=tmp_path / "missing")

    assert "temporary" in capsys.readouterr().err


def test_a_defect_that_can_be_kept_nowhere_is_still_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))

    answer(raising(ZeroDivisionError()), home=tmp_path / "missing")

    assert "written nowhere" in capsys.readouterr().err


def test_bad_usage_found_inside_a_verb_is_left_to_the_command_line() -> None:
    with pytest.raises(typer.BadParameter):
        answered(raising(typer.BadParameter("no")))(as_json=False, home=None)


def test_a_verb_may_name_its_own_exit_code() -> None:
    def verb(as_json: bool, home: Path | None) -> int:
        return 1

    assert answer(verb)[0] == 1


def test_whoever_interrupts_is_told_that_nothing_is_lost(capsys: pytest.CaptureFixture[str]) -> None:
    answer(raising(KeyboardInterrupt()))

    assert "goes on" in capsys.readouterr().err
