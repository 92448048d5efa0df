"""Stories of defects are kept in the home and never shown on a page."""

import logging
from pathlib import Path

import pytest

from inbox.terminal.logs import kept_in


def test_a_defects_story_goes_to_the_log_of_the_home(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    handlers = list(logging.getLogger().handlers)

    with kept_in(tmp_path):
        try:
            _ = 1 / 0
        except ZeroDivisionError:
            logging.getLogger("graphs").exception("case C1 cannot be carried on")

    log = tmp_path / "desk.log"
    assert "ZeroDivisionError: division by zero" in log.read_text()
    assert log.stat().st_mode & 0o077 == 0
    assert capfd.readouterr().err == ""
    assert logging.getLogger().handlers == handlers
