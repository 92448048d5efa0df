"""People ask, take, snooze, dismiss and propose on the command line, and the pages tell it by login."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desk.dossiers import dossier
from domain.clock import SystemClock
from inbox.terminal.dossier_page import show_dossier
from inbox.terminal.founding import stop
from memory.store import Store
from tests.inbox.terminal.conftest import Demo, typed

Say = Callable[..., str]


@pytest.fixture
def own(demo: Demo, tmp_path: Path) -> Iterator[Demo]:
    """A desk as the demo left it, for one test alone."""
    home = tmp_path / "home"
    shutil.copytree(demo.pristine, home)
    yield Demo(home=home, pristine=demo.pristine, shown=demo.shown)
    stop(home)


def request_for(demo: Demo, role: str) -> dict[str, Any]:
    """A request that asks this role."""
    return next(dict(one["request"]) for one in demo.shown["waiting"] if one["request"]["role"] == role)


def said(demo: Demo, *words: str, by: str) -> str:
    """What a verb answers that does what it was told."""
    shown = demo.run(*words, "--as", by, by=by)
    assert shown.exit_code == 0, shown.output
    return " ".join(shown.stdout.split())


def test_a_question_stands_in_the_inbox_and_on_the_case_until_it_is_answered(own: Demo) -> None:
    request = request_for(own, "buyer")

    put = said(own, "ask", request["case"], "Is that price agreed? [bold]", "--to", "buymgr", by="buyer")
    question = put.partition(",")[0]
    inbox, case = own.run("inbox").stdout, own.run("case", request["case"]).stdout
    answered = said(own, "answer", question, "Until Friday", by="buymgr")
    after = own.run("inbox").stdout

    assert f"python app.py answer {question} --as buymgr" in put
    assert all(word in page for page in (put, inbox, case) for word in ("agreed?", "[bold]"))
    assert f"(open: {question})" in " ".join(inbox.split())
    assert "buymgr" in answered
    assert "Until Friday" in answered
    assert question not in after
    assert "Until Friday" in own.run("case", request["case"]).stdout


def test_the_desks_answer_is_data_too(own: Demo) -> None:
    case = request_for(own, "buyer")["case"]

    found = own.data("ask", case, "who decides?", "--as", "buyer", by="buyer")

    assert (found["asked_of"], found["answered_by"]) == ("desk", "desk")
    assert "asks buyer about" in found["answer"]


def test_the_inbox_says_who_may_decide_and_what_is_at_risk(own: Demo) -> None:
    request, waiting = request_for(own, "buyer"), own.data("inbox")
    at_risk = own.data("case", request["case"])["case"]["money_at_risk"]

    page = " ".join(own.run("inbox").stdout.split())

    assert waiting["may_decide"][request["id"]][0] == "buyer"
    assert waiting["at_risk"][request["case"]] == at_risk
    assert "buyer or" in page
    assert f"{float(at_risk['amount']):,.2f} {at_risk['currency']}" in page


def test_the_inbox_is_shown_though_the_policy_cannot_be_read(own: Demo, tmp_path: Path) -> None:
    tmp_path.joinpath("policy.toml").write_text("nonsense")

    shown = typed(own.home, "inbox", DESK_POLICY=str(tmp_path / "policy.toml"))

    assert shown.exit_code == 0
    assert request_for(own, "buyer")["id"] in shown.stdout


def test_a_case_in_hand_is_shown_with_its_owner_until_it_is_given_back(own: Demo) -> None:
    request = request_for(own, "buyer")

    taken = said(own, "take", request["case"], "--reason", "I call them", by="buyer")
    inbox, case = " ".join(own.run("inbox").stdout.split()), " ".join(own.run("case", request["case"]).stdout.split())
    back = said(own, "take", request["case"], "--give-back", by="buyer")

    assert f"{request['case']} is queued: taken: I call them" in taken
    assert "In hand" in inbox
    assert "taken by buyer (user:" in case
    assert request["id"] not in own.data("inbox")["may_decide"]
    assert "approve R" in back


def test_a_snoozed_case_is_in_no_inbox_and_says_when_it_comes_back(own: Demo) -> None:
    case = request_for(own, "buyer")["case"]

    told = said(own, "snooze", case, "--days", "30", "--reason", "the vendor is closed", by="buyer")

    assert "or as soon as its facts worsen" in told
    assert "the harm begins before that" in told
    assert f"case {case} " not in own.run("inbox").stdout
    assert case not in {one["id"] for one in own.data("inbox")["queue"]}
    assert "snoozed by buyer" in " ".join(own.run("case", case).stdout.split())


def test_a_dismissed_case_is_closed_for_a_later_scan_too(own: Demo) -> None:
    case = request_for(own, "buyer")["case"]

    told = said(own, "dismiss", case, "--reason", "sold out on purpose", by="buyer")
    own.run("scan")

    assert "stays closed while its facts do not worsen" in told
    assert own.data("case", case)["case"]["state"] == "closed"


def test_an_option_is_proposed_by_the_name_that_the_case_shows(own: Demo) -> None:
    request = request_for(own, "buyer")
    plan = own.data("case", request["case"])["plan"]

    shown = own.run("case", request["case"]).stdout
    told = said(own, "propose", request["case"], "--option", plan["option"], "--reason", "as it is", by="buymgr")

    assert plan["option"] in shown
    assert "Plan 2, chosen by buymgr (user:" in told
    assert own.data("case", request["case"])["plan"]["edited_by"]


def test_an_approval_during_a_pause_says_by_what_it_goes_on(own: Demo) -> None:
    request = request_for(own, "warehouse-lead")
    said(own, "pause", "action:stock.transfer", "--reason", "forklift broken", by="warehouse")

    first = said(own, "approve", request["id"], by="warehouse")
    again = own.run("approve", request["id"], "--as", "warehouse", by="warehouse")

    assert "the next scan, or serve, goes on with it" in first
    assert "python app.py resume" in first
    assert "is acting: held by a pause before step 1 of 1" in " ".join(first.split())
    assert "is paused by warehouse (user:" in " ".join(first.split())
    assert again.exit_code == 1
    assert "was approved by warehouse (user:" in again.stderr
    assert "is acting" in again.stderr
    assert "goes on with it" in again.stderr


def test_a_plan_of_an_earlier_round_is_marked(own: Demo, capsys: pytest.CaptureFixture[str]) -> None:
    case = request_for(own, "buyer")["case"]
    store = Store.open(own.home, SystemClock())
    store.cases.move(case, "open", "to be planned again", expected="waiting")

    show_dossier(dossier(store, case), None, whole=False)

    store.close()
    assert "of an earlier round" in capsys.readouterr().out
    assert "of an earlier round" not in own.run("case", own.shown["done"][0]["intent"]["case"]).stdout


def test_people_are_shown_by_login_in_the_journal(own: Demo) -> None:
    case = request_for(own, "buyer")["case"]
    closed = said(own, "close", case, "--reason", "sold out", by="buyer")

    assert "A scan that finds it with other facts brings it back" in closed
    assert "buyer (user:" in " ".join(own.run("audit", "show", "--case", case).stdout.split())
