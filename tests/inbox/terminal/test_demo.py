"""The demo shows the desk at work, begins afresh when run again, and touches no real desk."""

import os
import shlex
from pathlib import Path

from inbox.terminal.demo_home import read_demo
from inbox.terminal.demo_run import foreign
from inbox.terminal.founding import stop
from scenarios.sandbox import process
from tests.inbox.terminal.conftest import Demo, typed
from tests.inbox.terminal.test_main import python_app


def test_the_demo_finds_acts_asks_and_seals(demo: Demo) -> None:
    shown = demo.shown

    assert len(shown["cases"]) >= 10
    assert {case["company"] for case in shown["cases"]} == {1, 2}
    assert shown["done"]
    assert shown["waiting"]
    assert all(one["may_decide"] for one in shown["waiting"])
    assert all(plan["words"] for one in shown["waiting"] for plan in one["rollback"])
    assert shown["journal"]["intact"] is True
    assert shown["journal"]["seals"] >= 1


def test_a_plan_of_the_demo_waits_for_two_people_each_about_their_own_part(demo: Demo) -> None:
    together = demo.shown["together"]

    assert len({one["request"]["case"] for one in together}) == 1
    assert {one["request"]["role"] for one in together} == {"warehouse-lead", "buyer"}
    assert set.intersection(*(set(one["may_decide"]) for one in together))


def test_the_demo_tells_in_odoo_whoever_is_asked_where_there_is_a_document(demo: Demo) -> None:
    notices = demo.data("cases", "--kind", "notice")["cases"]

    assert set(demo.shown["told"]) <= {case["id"] for case in notices if case["state"] == "closed"}
    assert 0 < len(demo.shown["told"]) <= len(demo.shown["waiting"])


def test_the_demo_asks_as_people_and_is_answered(demo: Demo) -> None:
    to_the_desk, to_a_colleague = demo.shown["talk"]

    assert to_the_desk["answered_by"] == "desk"
    assert "It was not chosen: it saves" in to_the_desk["answer"]
    assert demo.shown["logins"][to_the_desk["asked_by"]] == "buyer"
    assert demo.shown["logins"][to_a_colleague["answered_by"]] == "warehouse"


def test_the_demo_looks_at_a_rollback_and_changes_nothing(demo: Demo) -> None:
    plan = demo.shown["previewed"]["plan"]

    (step,) = plan["steps"]
    assert (plan["purpose"], step["action"]) == ("rollback", "stock.transfer")
    assert demo.data("case", plan["case"])["case"]["state"] == "closed"


def test_the_demo_has_terms_of_its_own(demo: Demo) -> None:
    assert "DESK_TERMS" not in os.environ

    shown = demo.run("policy", "check")

    assert f"read {demo.home}/terms.toml" in shown.stdout.splitlines()


def test_the_demos_secrets_are_for_this_user_alone(demo: Demo) -> None:
    assert demo.home.stat().st_mode & 0o077 == 0
    assert demo.home.joinpath("demo.json").stat().st_mode & 0o077 == 0


def test_the_demo_run_again_begins_afresh_and_its_commands_work(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = python_app("demo", home=home)
    before = process.find(home)
    second = typed(home, "demo")
    after = process.find(home)
    page, _, following = second.stdout.partition("What to type next:")

    outcomes = {line: obeyed(home, line) for line in following.splitlines() if line.strip()}

    stop(home)
    assert (first.returncode, first.stderr) == (0, "")
    assert second.exit_code == 0, second.output
    assert after not in (before, None)
    assert process.find(home) is None
    assert len(outcomes) == 13
    assert set(outcomes.values()) == {0}, outcomes
    assert max(map(len, page.splitlines())) <= 100
    for heading in (
        "Cases by money",
        "Done by the desk",
        "Waiting for a person",
        "Told in Odoo, by an activity on the document",
        "waits for several people",
        "As buyer, the demo asked; the desk answered by itself",
        "As buyer, the demo asked and, as warehouse, answered",
        "How it is taken back",
        "As warehouse, the demo looked at what taking",
        "The journal is whole",
    ):
        assert heading in page


def obeyed(home: Path, line: str) -> int:
    """Type a line that the demo proposes; its exit code."""
    words = shlex.split(line)
    key = words.pop(0).removeprefix("DESK_USER_KEY=") if words[0].startswith("DESK_USER_KEY=") else None
    assert words[:2] == ["python", "app.py"]
    return typed(home, *words[2:], key=key).exit_code


def test_the_demo_refuses_where_a_real_odoo_is_configured(tmp_path: Path) -> None:
    odoo = {"DESK_ODOO_DATABASE": "x", "DESK_ODOO_USER": "x", "DESK_ODOO_SECRET": "x"}

    shown = typed(tmp_path / "home", "demo", DESK_ODOO_URL="http://127.0.0.1:9", **odoo)

    assert shown.exit_code == 1
    assert "DESK_ODOO_URL" in shown.stderr
    assert not (tmp_path / "home").exists()


def test_the_demo_never_replaces_a_real_desk(tmp_path: Path) -> None:
    tmp_path.joinpath("desk.db").write_text("precious")

    shown = typed(tmp_path, "demo")

    assert shown.exit_code == 1
    assert "no demo" in shown.stderr
    assert tmp_path.joinpath("desk.db").read_text() == "precious"
    assert read_demo(tmp_path) is None


def test_the_demo_fills_no_folder_of_somebody_elses(tmp_path: Path) -> None:
    tmp_path.joinpath("thesis.odt").write_text("precious")

    shown = typed(tmp_path, "demo")

    assert shown.exit_code == 1
    assert "it holds thesis.odt" in shown.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["thesis.odt"]


def test_a_demo_that_was_killed_before_it_was_whole_is_begun_again(tmp_path: Path) -> None:
    for name in ("sandbox.db", "sandbox.db-wal", "demo.json.new"):
        tmp_path.joinpath(name).write_text("half")

    assert foreign(tmp_path) == []


def test_the_demo_never_replaces_terms_that_somebody_wrote(tmp_path: Path) -> None:
    tmp_path.joinpath("terms.toml").write_text("precious")

    shown = typed(tmp_path, "demo")

    assert shown.exit_code == 1
    assert tmp_path.joinpath("terms.toml").read_text() == "precious"
