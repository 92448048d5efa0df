"""Whoever writes policy is told what is wrong with it, and why it decided as it did."""

import json
from pathlib import Path

from guardrails.loading import DEFAULT_POLICY
from tests.inbox.terminal.conftest import Demo, typed


def test_the_default_policy_can_be_used(tmp_path: Path) -> None:
    shown = typed(tmp_path, "policy", "check", str(DEFAULT_POLICY))

    assert shown.exit_code == 0
    assert "can be used" in shown.stdout


def test_what_is_wrong_is_named_by_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("version = 1\nsurprise = true\n")

    shown = typed(tmp_path, "policy", "check", str(file))
    found = json.loads(typed(tmp_path, "policy", "check", str(file), "--json").stdout)

    assert shown.exit_code == 1
    assert "mine.toml:2: error: surprise" in shown.stdout
    assert "cannot be used" in shown.stdout
    assert found["usable"] is False
    assert any(problem["line"] == 2 for problem in found["problems"])


def test_a_policy_is_explained_with_what_would_have_changed_it(demo: Demo) -> None:
    case = demo.shown["waiting"][0]["request"]["case"]

    shown, found = demo.run("policy", "explain", case), demo.data("policy", "explain", case)

    assert shown.exit_code == 0
    assert "default.toml:" in shown.stdout
    assert "otherwise:" in shown.stdout
    assert found["case"] == case
    assert found["verdict"]["rulings"]
