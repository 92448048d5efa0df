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


def test_terms_are_checked_by_themselves_too(tmp_path: Path) -> None:
    file = tmp_path / "my-terms.toml"
    file.write_text("version = 1\n[usual]\nreview_days = 0\n")

    shown = typed(tmp_path, "policy", "check", str(file))

    assert shown.exit_code == 1
    assert "my-terms.toml:3: error: usual.review_days: expected greater than or equal to 1, found 0" in shown.stdout


def test_terms_are_known_by_what_they_say_not_by_their_name(tmp_path: Path) -> None:
    file = tmp_path / "costs.toml"
    file.write_text("version = 1\n[usual]\nreview_days = 0\n")

    shown = typed(tmp_path, "policy", "check", str(file)).stdout

    assert "costs.toml:3: error: usual.review_days" in shown
    assert "`roles` is missing" not in shown


def test_a_policy_that_is_named_like_terms_is_still_a_policy(tmp_path: Path) -> None:
    file = tmp_path / "my-terms.toml"
    file.write_text(DEFAULT_POLICY.read_text())

    assert typed(tmp_path, "policy", "check", str(file)).exit_code == 0


def test_what_was_not_looked_at_yet_is_said(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("version = 1\nsurprise = true\n")

    shown = typed(tmp_path, "policy", "check", str(file)).stdout

    assert "local policies are looked at once this is put right" in shown
    assert "put right" not in typed(tmp_path, "policy", "check", str(DEFAULT_POLICY)).stdout


def house(folder: Path, **local: str) -> Path:
    """A copy of the usual policy, with local ones beside it: ``w3`` is warehouse 3 of company 1."""
    file = folder / "house" / "mine.toml"
    file.parent.mkdir()
    file.write_text(DEFAULT_POLICY.read_text())
    file.with_name("1").mkdir()
    for name, text in local.items():
        file.parent.joinpath("1", f"{name.removeprefix('w')}.toml").write_text(f"version = 1\n{text}\n")
    return file


CAP = '[caps]\nstep = "{} GBP"'


def test_without_a_file_the_policy_in_force_is_checked_with_its_local_ones_and_terms(tmp_path: Path) -> None:
    file = house(tmp_path, w3=CAP.format(900), company=CAP.format(5000))

    shown = typed(tmp_path, "policy", "check", DESK_POLICY=str(file))
    found = json.loads(typed(tmp_path, "policy", "check", "--json", DESK_POLICY=str(file)).stdout)

    assert shown.exit_code == 0
    assert [line for line in shown.stdout.splitlines() if line.startswith("read ")] == [
        f"read {file}",
        f"read {file.parent}/1/company.toml",
        f"read {file.parent}/1/3.toml",
    ]
    assert found["usable"] is True
    assert len(found["files"]) == 3


def test_terms_beside_the_policy_are_checked_too(tmp_path: Path) -> None:
    file = house(tmp_path)
    file.with_name("terms.toml").write_text("version = 1\nsurprise = 1\n")

    shown = typed(tmp_path, "policy", "check", DESK_POLICY=str(file))

    assert shown.exit_code == 1
    assert f"{file.parent}/terms.toml:2: error: surprise" in shown.stdout
    assert f"{file.parent}/terms.toml cannot be used." in shown.stdout
    assert "mine.toml cannot be used" not in shown.stdout


def test_terms_in_the_home_hold_whatever_policy_is_named(tmp_path: Path) -> None:
    tmp_path.joinpath("terms.toml").write_text("version = 1\nsurprise = 1\n")

    at_home = typed(tmp_path, "policy", "check")
    elsewhere = typed(tmp_path, "policy", "check", DESK_POLICY=str(house(tmp_path)))

    for shown in (at_home, elsewhere):
        assert shown.exit_code == 1
        assert "terms.toml:2: error: surprise" in shown.stdout
        assert f"read {tmp_path}/terms.toml" in shown.stdout


def test_a_local_policy_that_loosens_is_named_by_line_and_makes_the_policy_unusable(tmp_path: Path) -> None:
    file = house(tmp_path, w3=CAP.format(100_001))

    for words in ((), (str(file),)):
        shown = typed(tmp_path, "policy", "check", *words, DESK_POLICY=str(file))

        assert shown.exit_code == 1
        assert f"{file.parent}/1/3.toml:3: error: caps.step: 100,001.00 GBP is over 100,000.00 GBP" in shown.stdout
        assert f"{file} cannot be used." in shown.stdout
    assert typed(tmp_path, "scan", DESK_POLICY=str(file)).exit_code == 1


def test_a_local_policy_is_checked_against_the_policy_it_belongs_to(tmp_path: Path) -> None:
    file = house(tmp_path, w3=CAP.format(900), w4="surprise = 1")
    third, fourth = (file.parent / "1" / name for name in ("3.toml", "4.toml"))

    fine = typed(tmp_path, "policy", "check", str(third), DESK_POLICY=str(file))
    wrong = typed(tmp_path, "policy", "check", str(fourth), DESK_POLICY=str(file))

    assert (fine.exit_code, fine.stdout) == (0, f"read {file}\nread {third}\n{third} can be used.\n")
    assert wrong.exit_code == 1
    assert f"{fourth}:2: error: surprise: unknown key `surprise`" in wrong.stdout


def test_a_local_policy_without_a_policy_above_it_is_told_what_is_missing(tmp_path: Path) -> None:
    file = house(tmp_path, w3=CAP.format(900))
    local = file.parent / "1" / "3.toml"

    orphan = typed(tmp_path, "policy", "check", str(local))
    file.write_text("version = 2\n")
    fallen = typed(tmp_path, "policy", "check", str(local), DESK_POLICY=str(file))

    assert orphan.exit_code == 2
    assert "name that in DESK_POLICY" in orphan.stderr
    assert fallen.exit_code == 1
    assert f"the policy it belongs to, {file}, cannot be used" in fallen.stdout


def test_a_local_policy_of_a_company_that_is_never_scanned_is_a_warning(tmp_path: Path) -> None:
    file = house(tmp_path, w3=CAP.format(900))

    shown = typed(tmp_path, "policy", "check", DESK_POLICY=str(file), DESK_COMPANIES="2,7")

    assert shown.exit_code == 0
    assert "1/3.toml: warning: company 1 is not among DESK_COMPANIES" in shown.stdout


def test_a_missing_policy_is_told_by_name(tmp_path: Path) -> None:
    shown = typed(tmp_path, "policy", "check", DESK_POLICY=str(tmp_path / "gone.toml"))

    assert shown.exit_code == 1
    assert "gone.toml: error: the file cannot be read: No such file or directory" in shown.stdout


def test_a_policy_is_explained_with_what_would_have_changed_it(demo: Demo) -> None:
    case = demo.shown["waiting"][0]["request"]["case"]

    shown, found = demo.run("policy", "explain", case), demo.data("policy", "explain", case)

    assert shown.exit_code == 0
    assert "default.toml:" in shown.stdout
    assert "otherwise:" in shown.stdout
    assert found["case"] == case
    assert found["verdict"]["rulings"]


def test_an_answer_of_an_earlier_policy_is_not_told_as_if_in_force(demo: Demo, tmp_path: Path) -> None:
    request = demo.data("inbox")["requests"][0]
    file = house(tmp_path, company=CAP.format(5000))

    now = demo.run("policy", "explain", request["case"]).stdout
    for words in (["policy", "explain", request["case"]], ["case", request["case"]], ["inbox"], ["doctor"]):
        changed = typed(demo.home, *words, DESK_POLICY=str(file))

        assert "judged anew when" in " ".join(changed.stdout.split()), words
    assert "judged anew when" not in now


def test_a_policy_that_cannot_be_used_is_told_where_people_look(demo: Demo, tmp_path: Path) -> None:
    request = demo.data("inbox")["requests"][0]
    file = house(tmp_path, w3="surprise = 1")

    for words in (["policy", "explain", request["case"]], ["case", request["case"]], ["inbox"]):
        shown = typed(demo.home, *words, DESK_POLICY=str(file))

        assert shown.exit_code == 0
        assert "the policy in force cannot be used" in " ".join(shown.stdout.split()), words
