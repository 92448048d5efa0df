"""What the documents say can be typed can be typed, and what can be set is in the table."""

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer.main

from desk.settings import Settings
from inbox.terminal.main import app

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
TYPED = re.compile(r"python app\.py((?: [^`\n|;]+)?)")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def typed() -> list[tuple[str, str]]:
    return [(path.name, words.strip()) for path in DOCUMENTS for words in TYPED.findall(path.read_text("utf-8"))]


@pytest.mark.parametrize(("document", "words"), typed())
def test_a_command_in_the_documents_exists(document: str, words: str) -> None:
    command: Any = typer.main.get_command(app)
    rest = shlex.split(words.replace("…", ""))

    while hasattr(command, "commands") and rest:
        assert rest[0] in command.commands, f"{document}: there is no verb {rest[0]}"
        command, rest = command.commands[rest[0]], rest[1:]

    options = {name for parameter in command.params for name in parameter.opts}
    assert [word for word in rest if word.startswith("--") and word not in options] == [], f"{document}: {words}"


def test_every_verb_is_in_the_readme() -> None:
    group: Any = typer.main.get_command(app)

    assert group.commands
    assert [verb for verb in group.commands if not re.search(rf"python app\.py {verb}\b|`{verb}`", README)] == []


def test_every_setting_is_in_the_readme() -> None:
    assert [name for name in Settings.model_fields if f"`DESK_{name.upper()}`" not in README] == []


def test_every_folder_of_the_tree_is_in_the_readme() -> None:
    folders = [path.name for path in ROOT.iterdir() if path.is_dir() and (path / "__init__.py").exists()]

    assert [name for name in folders if f"{name}/" not in README] == []


def test_every_dependency_has_its_reason() -> None:
    reasons = (ROOT / "docs/decisions/0002-dependencies.md").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.split(r"[<>=]", one)[0] for one in asked]

    assert [name for name in names if name.removeprefix("langgraph-checkpoint") not in reasons] == []
