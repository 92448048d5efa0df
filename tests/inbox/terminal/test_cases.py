"""The pages that show where things stand, Odoo up or down."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from inbox.terminal.founding import stop
from tests.inbox.terminal.conftest import Demo, typed


def test_cases_come_with_most_money_at_risk_first(demo: Demo) -> None:
    found = demo.data("cases", "--company", "1")["cases"]

    at_risk = [float(case["money_at_risk"]["amount"]) for case in found]
    assert at_risk == sorted(at_risk, reverse=True)
    assert {"id", "kind", "state", "title"} <= found[0].keys()


def test_cases_can_be_narrowed(demo: Demo) -> None:
    everything = demo.data("cases")["cases"]

    abroad = demo.data("cases", "--company", "2", "--kind", "stockout")["cases"]

    assert 0 < len(abroad) < len(everything)
    assert demo.data("cases", "--state", "unknown") == {"cases": []}


def test_what_people_were_told_is_listed_only_where_it_is_asked_for(demo: Demo) -> None:
    told = demo.data("cases", "--kind", "notice")["cases"]

    assert {case["kind"] for case in demo.data("cases")["cases"]} == {"stockout"}
    assert {case["kind"] for case in told} == {"notice"}


def test_a_case_says_who_was_told_of_its_request(demo: Demo) -> None:
    request = demo.shown["waiting"][0]["request"]

    assert f"{request['id']} was told in Odoo to buyer (user:" in demo.run("case", request["case"]).stdout


def test_the_list_is_a_narrow_page(demo: Demo) -> None:
    shown = demo.run("cases")

    assert shown.exit_code == 0
    assert "C1" in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 100


def test_an_empty_list_says_what_to_do(demo: Demo) -> None:
    assert "python app.py scan" in demo.run("cases", "--state", "undoing").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--kind", "returns"), "there is no kind 'returns'; there is notice, stockout"),
        (("--company", "77"), "company 77 was never scanned; scanned so far: 1, 2"),
    ],
)
def test_a_typing_error_is_no_day_without_cases(demo: Demo, words: Sequence[str], said: str) -> None:
    shown = demo.run("cases", *words)

    assert shown.exit_code == 2
    assert said in shown.stderr


def test_a_case_is_shown_whole(demo: Demo) -> None:
    case = demo.shown["waiting"][0]["request"]["case"]

    shown = demo.run("case", case, "--all").stdout

    for heading in ("Facts", "Read from Odoo", "Options", "Plan 1", "rollback:", "Policy says", "Journal"):
        assert heading in shown
    assert "Short by" in shown
    assert max(map(len, shown.splitlines())) <= 100


def test_a_case_is_short_until_all_of_it_is_asked_for(demo: Demo) -> None:
    case = demo.shown["waiting"][0]["request"]["case"]

    short = demo.run("case", case).stdout

    assert "Read from Odoo" not in short
    assert "case.opened" not in short
    assert f"python app.py case {case} --all" in short
    assert "case.opened" in demo.run("case", case, "--all").stdout


def test_a_case_names_the_roles_that_may_decide_as_the_inbox_does(demo: Demo) -> None:
    inbox = demo.data("inbox")
    request = next(one for one in inbox["requests"] if "finance" in inbox["may_decide"][one["id"]])

    assert "finance" in demo.run("inbox").stdout
    assert "finance" in demo.run("case", request["case"]).stdout


def test_a_case_that_did_something_shows_its_effects(demo: Demo) -> None:
    case = demo.shown["done"][0]["intent"]["case"]

    shown = demo.run("case", case).stdout

    assert "Done in Odoo" in shown
    assert f"{case}:1:do:0" in shown


def test_a_case_is_data_for_a_program(demo: Demo) -> None:
    case = demo.shown["waiting"][0]["request"]["case"]

    found = demo.data("case", case)

    assert found["case"]["id"] == case
    assert found["plan"]["steps"][0]["rollback"]["words"]
    assert [option["chosen"] for option in found["options"]].count(True) == 1
    assert found["journal"][0]["kind"] == "case.opened"


def test_the_inbox_lists_requests_and_the_human_queue(demo: Demo) -> None:
    waiting, shown = demo.data("inbox"), demo.run("inbox").stdout

    first = waiting["requests"][0]
    assert {"role", "amount", "expires_at", "digest"} <= first.keys()
    assert f"python app.py approve {first['id']} --as LOGIN" in shown
    assert f"--digest {first['digest'][:12]}" in shown
    assert {case["state"] for case in waiting["queue"]} <= {"queued", "unknown"}
    assert all(case["id"] in shown for case in waiting["queue"])


def test_everything_is_shown_while_odoo_is_down(demo: Demo) -> None:
    stop(demo.home)

    case = demo.data("cases")["cases"][0]["id"]

    for words in (["case", case], ["inbox"], ["audit", "show"], ["audit", "verify"], ["policy", "explain", case]):
        assert demo.run(*words).exit_code == 0
    assert not demo.home.joinpath("sandbox.port").exists()


def test_a_home_without_a_desk_says_how_to_begin(tmp_path: Path) -> None:
    shown = typed(tmp_path, "inbox")

    assert shown.exit_code == 1
    assert "python app.py demo" in shown.stderr
    assert not list(tmp_path.iterdir())


def test_an_inbox_with_nothing_in_it_says_so(tmp_path: Path, demo: Demo) -> None:
    from domain.clock import SystemClock
    from memory.store import Store

    Store.open(tmp_path, SystemClock()).close()

    assert typed(tmp_path, "inbox").stdout == "Nothing waits for a person.\n"
