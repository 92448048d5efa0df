"""A demo desk, made once, for every test of the command line to work on."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from inbox.terminal.founding import stop
from inbox.terminal.main import app

Run = Callable[..., Result]


@dataclass(frozen=True)
class Demo:
    """The demo's home, what it showed, and the way to type at it."""

    home: Path
    pristine: Path
    """A copy of the home as the demo left it, for tests that break something."""
    shown: Mapping[str, Any]

    def run(self, *words: str, by: str | None = None) -> Result:
        """Type a verb, as a user who proves it with the password."""
        return typed(self.home, *words, key=self.password(by) if by else None)

    def data(self, *words: str, by: str | None = None) -> Any:
        """What a verb prints for a program."""
        return json.loads(self.run(*words, "--json", by=by).stdout)

    def password(self, login: str) -> str:
        return str(next(one["user"]["password"] for one in self.shown["people"] if one["user"]["login"] == login))

    def waiting(self, action: str) -> Mapping[str, Any]:
        """A pending request that asks for this action, and who may decide it."""
        for one in self.shown["waiting"]:
            case = self.data("case", one["request"]["case"])
            request = self.data("inbox")["requests"]
            still = one["request"]["id"] in {pending["id"] for pending in request}
            if still and case["plan"]["steps"][0]["action"] == action:
                return dict(one)
        raise AssertionError(f"the demo holds no pending request for {action}")


def typed(home: Path, *words: str, key: str | None = None, **env: str) -> Result:
    """Type a verb at the desk of a home."""
    secrets = {"DESK_USER_KEY": key} if key else {}
    return CliRunner().invoke(app, list(words), env={"DESK_HOME": str(home), **secrets, **env})


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo, run once; its sandbox serves until the tests are over."""
    home = tmp_path_factory.mktemp("demo") / "home"
    result = typed(home, "demo", "--json")
    assert result.exit_code == 0, result.output
    stop(home)
    pristine = home.with_name("pristine")
    shutil.copytree(home, pristine)
    yield Demo(home=home, pristine=pristine, shown=json.loads(result.stdout))
    stop(home)


@pytest.fixture(autouse=True)
def nobody_elses_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable and no ``.env`` of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("DESK_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
