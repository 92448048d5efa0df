"""The doctor works when everything is broken, and says what to put right."""

import json
import shutil
from pathlib import Path
from typing import Any

from tests.inbox.terminal.conftest import Demo, typed


def checks(home: Path, **env: str) -> dict[str, Any]:
    shown = typed(home, "doctor", "--json", **env)
    assert "Traceback" not in shown.output
    return {check["name"]: check for check in json.loads(shown.stdout)["checks"]}


def test_a_healthy_desk(demo: Demo) -> None:
    shown = demo.run("doctor")

    assert shown.exit_code == 0, shown.output
    assert shown.stdout.splitlines()[-1] == "The desk can work."
    assert "fail" not in shown.stdout


def test_everything_is_looked_at(demo: Demo) -> None:
    names = set(checks(demo.home))

    assert names >= {
        "settings", "home", "database", "journal", "policy", "Odoo", "clock", "login", "round trip", "reading",
        "stock.transfer", "purchase.create_rfq", "mail.activity", "mail.note", "groups", "modules", "fields",
        "agent stockout", "agent notice", "currencies", "roles",
    }  # fmt: skip


def test_what_is_entered_in_odoo_is_looked_at_when_asked(demo: Demo) -> None:
    names = set(checks(demo.home))

    looked = demo.run("doctor", "--data", "--json")

    more = {check["name"] for check in json.loads(looked.stdout)["checks"]} - names
    assert more
    assert all(name.startswith("data ") for name in more)


def test_version_way_and_database_are_named(demo: Demo) -> None:
    found = checks(demo.home)

    assert "version 18.0" in found["Odoo"]["found"]
    assert found["login"]["found"].endswith("of database sandbox, 18.0 over JSON-RPC")


def test_wrong_settings_end_the_examination(tmp_path: Path) -> None:
    found = checks(tmp_path, DESK_ODOO_URL="nonsense")

    assert list(found) == ["settings"]
    assert found["settings"]["outcome"] == "fail"


def test_a_long_line_of_the_doctor_goes_on_further_in(tmp_path: Path) -> None:
    shown = typed(tmp_path / "home", "doctor").stdout

    said = next(line for line in shown.splitlines() if line.startswith("fail Odoo"))
    after = shown.splitlines()[shown.splitlines().index(said) + 1]
    assert "no Odoo is configured" in said
    assert after.startswith("    ")
    assert "to do" not in after


def test_no_odoo_is_told_and_the_rest_is_still_looked_at(tmp_path: Path) -> None:
    found = checks(tmp_path / "home")

    assert found["home"]["outcome"] == "warn"
    assert found["database"]["outcome"] == "warn"
    assert found["policy"]["outcome"] == "ok"
    assert found["Odoo"]["outcome"] == "fail"
    assert typed(tmp_path / "home", "doctor").exit_code == 1


def test_an_unreachable_odoo(tmp_path: Path) -> None:
    odoo = {"DESK_ODOO_DATABASE": "x", "DESK_ODOO_USER": "x", "DESK_ODOO_SECRET": "hidden-secret"}

    shown = typed(tmp_path, "doctor", DESK_ODOO_URL="http://127.0.0.1:9", **odoo)

    assert shown.exit_code == 1
    assert "fail Odoo" in shown.stdout
    assert "to do:" in shown.stdout
    assert "hidden-secret" not in shown.output


def test_a_wrong_login(demo: Demo, tmp_path: Path) -> None:
    url = checks(demo.home)["Odoo"]["found"].split()[0]
    odoo = {"DESK_ODOO_DATABASE": "sandbox", "DESK_ODOO_USER": "desk", "DESK_ODOO_SECRET": "hidden-secret"}

    found = checks(tmp_path, DESK_ODOO_URL=url, **odoo)

    assert found["Odoo"]["outcome"] == "ok"
    assert found["login"]["outcome"] == "fail"


def test_a_way_that_this_odoo_does_not_know_is_put_right_by_its_own_setting(demo: Demo, tmp_path: Path) -> None:
    url = checks(demo.home)["Odoo"]["found"].split()[0]
    odoo = {"DESK_ODOO_DATABASE": "sandbox", "DESK_ODOO_USER": "admin", "DESK_ODOO_SECRET": "any"}

    found = checks(tmp_path, DESK_ODOO_URL=url, DESK_ODOO_TRANSPORT="json2", **odoo)

    assert "expected an Odoo with /json/2" in found["login"]["found"]
    assert "_TRANSPORT" in found["login"]["fix"]


def test_a_user_with_too_few_and_one_with_too_many_rights(demo: Demo, tmp_path: Path) -> None:
    url = checks(demo.home)["Odoo"]["found"].split()[0]
    secrets = {login: demo.password(login) for login in ("auditor", "admin")}
    odoo = {"DESK_ODOO_URL": url, "DESK_ODOO_DATABASE": "sandbox"}

    few = checks(tmp_path, DESK_ODOO_USER="auditor", DESK_ODOO_SECRET=secrets["auditor"], **odoo)
    many = checks(tmp_path, DESK_ODOO_USER="admin", DESK_ODOO_SECRET=secrets["admin"], **odoo)

    assert few["purchase.create_rfq"]["outcome"] == "fail"
    assert "create purchase.order" in few["purchase.create_rfq"]["found"]
    assert many["purchase.create_rfq"]["outcome"] == "ok"
    assert many["groups"]["outcome"] == "warn"


def test_a_damaged_database_and_an_open_home(demo: Demo, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(demo.pristine, home)
    home.joinpath("desk.db").write_bytes(b"a letter to my aunt" * 1000)
    home.joinpath("demo.json").write_text("{")
    home.chmod(0o755)

    found = checks(home)

    assert found["home"]["outcome"] == "warn"
    assert "chmod 700" in found["home"]["fix"]
    assert found["database"]["outcome"] == "fail"
    assert found["Odoo"]["outcome"] == "fail"


def test_a_policy_with_errors(tmp_path: Path) -> None:
    policy = tmp_path / "mine.toml"
    policy.write_text("version = 1\n")

    found = checks(tmp_path, DESK_POLICY=str(policy))

    assert found["policy"]["outcome"] == "fail"
    assert "policy check" in found["policy"]["fix"]


def test_damaged_checkpoints_are_told_with_what_to_do(demo: Demo, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(demo.pristine, home)
    with home.joinpath("checkpoints.db").open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 4096)

    found = checks(home)["checkpoints"]

    assert found["outcome"] == "fail"
    assert "delete it" in found["fix"]
    assert checks(demo.home)["checkpoints"]["outcome"] == "ok"


def test_a_home_without_checkpoints_is_not_given_any(tmp_path: Path) -> None:
    assert checks(tmp_path)["checkpoints"]["outcome"] == "ok"
    assert not tmp_path.joinpath("checkpoints.db").exists()
