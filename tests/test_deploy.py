"""The compose file, which nobody can run here, speaks of settings, verbs, files and volumes that there are."""

import importlib
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer.main

from desk.settings import Settings
from inbox.terminal.main import app

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
TEXT = (DEPLOY / "compose.yaml").read_text("utf-8")
EXAMPLE = (DEPLOY / "env.example").read_text("utf-8")
COMPOSE: dict[str, Any] = importlib.import_module("yaml").safe_load(TEXT)
SERVICES: dict[str, Any] = COMPOSE["services"]
KNOWN = {f"DESK_{name.upper()}" for name in Settings.model_fields}


def test_it_is_an_odoo_its_database_and_the_desk() -> None:
    assert set(SERVICES) == {"postgres", "odoo", "desk"}


@pytest.mark.parametrize("text", [TEXT, EXAMPLE], ids=["compose.yaml", "env.example"])
def test_every_variable_of_the_desk_is_a_setting(text: str) -> None:
    assert set(re.findall(r"DESK_[A-Z_]+", text)) <= KNOWN


def test_whatever_has_to_be_filled_in_stands_in_the_example_without_a_value() -> None:
    wanted = set(re.findall(r"\$\{([A-Z_]+):\?", TEXT))
    given = dict(line.split("=", 1) for line in EXAMPLE.splitlines() if "=" in line and not line.startswith("#"))

    assert wanted
    assert {name: given.get(name) for name in wanted} == dict.fromkeys(wanted, "")


def test_no_secret_is_written_in_it() -> None:
    told = [value for one in SERVICES.values() for name, value in one["environment"].items() if secret(name)]

    assert len(told) == 3
    assert all(value.startswith("${") for value in told)


def secret(name: str) -> bool:
    return any(word in name for word in ("PASSWORD", "SECRET", "KEY"))


@pytest.mark.parametrize("service", SERVICES)
def test_every_image_names_its_major_version(service: str) -> None:
    assert re.fullmatch(r"[a-z]+:\d+[\w.-]*", SERVICES[service]["image"])


def test_the_desk_runs_on_the_python_that_it_is_locked_for() -> None:
    assert 'requires-python = ">=3.11"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert SERVICES["desk"]["image"].startswith("python:3.11")


@pytest.mark.parametrize("service", SERVICES)
def test_every_part_says_how_it_is_and_keeps_what_it_has_in_a_named_volume(service: str) -> None:
    named = [volume.split(":")[0] for volume in SERVICES[service]["volumes"] if not volume.startswith(".")]

    assert SERVICES[service]["healthcheck"]["test"]
    assert named
    assert set(named) <= set(COMPOSE["volumes"])


def test_whatever_waits_for_another_waits_until_it_is_well() -> None:
    waits = {name: one.get("depends_on", {}) for name, one in SERVICES.items()}

    assert set(waits["desk"]) == {"odoo"}
    assert set(waits["odoo"]) == {"postgres"}
    assert all(how == {"condition": "service_healthy"} for one in waits.values() for how in one.values())


def test_every_verb_of_the_desk_in_it_exists() -> None:
    group: Any = typer.main.get_command(app)
    typed = [*SERVICES["desk"]["command"], " ".join(SERVICES["desk"]["healthcheck"]["test"])]
    verbs = [words for line in typed for words in re.findall(r"app\.py ([^&;|]+)", line)]

    assert len(verbs) == 2
    for words in verbs:
        verb, *options = shlex.split(words)
        known = {name for parameter in group.commands[verb].params for name in parameter.opts}
        assert set(options) <= known, words


def test_a_policy_and_companies_of_ones_own_can_be_named() -> None:
    for name in ("DESK_POLICY", "DESK_COMPANIES"):
        assert SERVICES["desk"]["environment"][name] == f"${{{name}:-}}"
        assert f"{name}=" in EXAMPLE


def test_every_file_that_it_names_is_in_the_checkout() -> None:
    command = " ".join(SERVICES["desk"]["command"])

    assert "requirements.lock" in command
    assert all((ROOT / name).is_file() for name in ("requirements.lock", "app.py"))


def test_the_documents_say_that_it_has_not_been_run() -> None:
    assert "has not been run" in (ROOT / "docs" / "odoo.md").read_text("utf-8")
    assert "has not been run" in TEXT
