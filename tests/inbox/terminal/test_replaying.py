"""Engineers replay scenarios and are told what does not end as it should."""

import json
from pathlib import Path

import pytest

from inbox.terminal.replayed_page import SUITE, show_outcomes
from scenarios.replay import Outcome
from tests.inbox.terminal.conftest import typed


def test_a_scenario_that_ends_as_it_should(tmp_path: Path) -> None:
    scenario = sorted(SUITE.glob("*.toml"))[0]

    shown = typed(tmp_path, "replay", str(scenario), "--json")

    assert [one["passed"] for one in json.loads(shown.stdout)["outcomes"]] == [True], shown.output
    assert shown.exit_code == 0


def test_a_file_that_is_no_scenario_is_bad_usage(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text("surprise = true")

    shown = typed(tmp_path, "replay", str(file))

    assert shown.exit_code == 2
    assert "wrong.toml" in shown.stderr


def test_what_differs_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    ended = Outcome(title="trough", path="trough.toml", passed=False, failures=("found no case",), seconds=0.5)

    show_outcomes([ended])

    assert "FAIL" in capsys.readouterr().out


def test_build_servers_read_the_outcome(tmp_path: Path) -> None:
    scenario, report = sorted(SUITE.glob("*.toml"))[0], tmp_path / "report.xml"

    shown = typed(tmp_path, "replay", str(scenario), "--junit", str(report))

    assert shown.exit_code == 0
    assert "1 of 1 scenarios" in shown.stdout
    assert 'tests="1" failures="0"' in report.read_text()


def test_a_report_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    scenario = sorted(SUITE.glob("*.toml"))[0]

    shown = typed(tmp_path, "replay", str(scenario), "--junit", str(tmp_path / "missing" / "report.xml"))

    assert shown.exit_code == 1
    assert "report.xml: no such file" in shown.stderr
