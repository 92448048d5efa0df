"""People decide on the command line; nobody is believed without proof, and nothing is decided twice."""

from collections.abc import Sequence

import pytest

from tests.inbox.terminal.conftest import Demo, typed


def test_nobody_is_believed_without_proof(demo: Demo) -> None:
    request = demo.shown["waiting"][0]["request"]["id"]

    shown = demo.run("approve", request, "--as", "buyer")

    assert shown.exit_code == 2
    assert "DESK_USER_KEY" in shown.stderr


def test_nobody_is_believed_with_a_wrong_key(demo: Demo) -> None:
    request = demo.shown["waiting"][0]["request"]["id"]

    shown = typed(demo.home, "approve", request, "--as", "buyer", key="not-the-key")

    assert shown.exit_code == 1
    assert "does not accept" in shown.stderr
    assert "not-the-key" not in shown.output


def test_whoever_lacks_the_role_is_told_who_could(demo: Demo) -> None:
    asked = demo.waiting("stock.transfer")

    shown = demo.run("approve", asked["request"]["id"], "--as", "sales", by="sales")

    assert shown.exit_code == 1
    assert "needs warehouse-lead" in shown.stderr
    assert demo.waiting("stock.transfer")["request"]["id"] == asked["request"]["id"]


def test_a_digest_that_is_not_the_plans_is_refused(demo: Demo) -> None:
    asked = demo.waiting("stock.transfer")["request"]

    shown = demo.run("approve", asked["id"], "--as", "warehouse", "--digest", "0123456789abcdef0", by="warehouse")

    assert shown.exit_code == 1
    assert asked["digest"][:12] in shown.stderr


def test_an_empty_digest_is_bad_usage_and_approves_nothing(demo: Demo) -> None:
    asked = demo.waiting("stock.transfer")["request"]

    shown = demo.run("approve", asked["id"], "--as", "warehouse", "--digest", "", by="warehouse")

    assert shown.exit_code == 2
    assert demo.waiting("stock.transfer")["request"]["id"] == asked["id"]


@pytest.mark.parametrize("edits", [["quantity"], ["quantity="], ["quantity=NaN"], ["=3"], ["quantity=1", "quantity=2"]])
def test_an_edit_that_is_no_number_is_bad_usage(demo: Demo, edits: Sequence[str]) -> None:
    request = demo.shown["waiting"][0]["request"]["id"]
    said = [word for edit in edits for word in ("--set", edit)]

    shown = demo.run("approve", request, "--as", "buyer", *said, by="buyer")

    assert shown.exit_code == 2
    assert "--set" in shown.stderr


def test_an_edit_out_of_bounds_is_refused_with_the_bounds(demo: Demo) -> None:
    asked = demo.waiting("purchase.create_rfq")["request"]

    for edit in ("quantity=999999999", "quantity=0.5", "price=3"):
        shown = demo.run("approve", asked["id"], "--as", "buyer", "--set", edit, by="buyer")

        assert shown.exit_code in (1, 2), edit
        assert "Traceback" not in shown.output


def test_deciding_from_approval_to_rollback(demo: Demo) -> None:
    asked = demo.waiting("stock.transfer")["request"]
    words = ("approve", asked["id"], "--as", "warehouse")

    approved = demo.data(*words, "--digest", asked["digest"][:12], by="warehouse")["outcomes"][0]

    assert approved["request"]["state"] == "approved"
    assert approved["case"]["state"] == "closed"

    again = demo.run(*words, by="warehouse")

    assert again.exit_code == 1
    assert "was approved by" in again.stderr

    dry = demo.run("rollback", asked["case"], "--as", "warehouse", "--dry-run", by="warehouse")

    assert dry.exit_code == 0
    assert "Nothing was changed." in dry.stdout
    seen = demo.data("rollback", asked["case"], "--as", "warehouse", "--dry-run", by="warehouse")
    assert seen["plan"]["purpose"] == "rollback"
    assert demo.data("case", asked["case"])["case"]["plan_version"] == asked["plan_version"]

    real = demo.run("rollback", asked["case"], "--as", "warehouse", by="warehouse")

    assert real.exit_code == 0
    case = demo.data("case", asked["case"])
    assert case["plan"]["purpose"] == "rollback"
    if case["case"]["state"] == "waiting":
        pending = next(one for one in case["requests"] if one["state"] == "pending")
        assert f"approve {pending['id']}" in real.stdout
        assert demo.run("approve", pending["id"], "--as", "warehouse", by="warehouse").exit_code == 1


def test_an_edited_plan_is_judged_anew(demo: Demo) -> None:
    asked = demo.waiting("purchase.create_rfq")["request"]
    knob = demo.data("case", asked["case"])["plan"]["knobs"][0]
    less = int(float(knob["maximum"])) - int(float(knob["step"]))

    shown = demo.run("approve", asked["id"], "--as", "buymgr", "--set", f"{knob['name']}={less}", by="buymgr")

    assert shown.exit_code in (0, 1), shown.output
    if shown.exit_code == 0:
        assert f"{asked['id']} is over" in shown.stdout
        assert demo.data("case", asked["case"])["case"]["plan_version"] > asked["plan_version"]
    else:
        assert knob["name"] in shown.stderr


def test_a_rejection_needs_a_reason_and_queues_the_case(demo: Demo) -> None:
    asked = demo.waiting("purchase.create_rfq")["request"]

    silent = demo.run("reject", asked["id"], "--as", "buymgr", by="buymgr")
    told = demo.run("reject", asked["id"], "--as", "buymgr", "--reason", "not this week", by="buymgr")

    assert silent.exit_code == 2
    assert "--reason" in silent.stderr
    assert told.exit_code == 0
    assert f"{asked['id']} is rejected." in told.stdout
    assert demo.data("case", asked["case"])["case"]["state"] == "queued"


def test_a_queued_case_is_closed_by_hand(demo: Demo) -> None:
    queued = demo.data("inbox")["queue"][-1]["id"]

    silent = demo.run("close", queued, "--as", "buyer", by="buyer")
    closed = demo.data("close", queued, "--as", "buyer", "--reason", "sold out on purpose", by="buyer")
    again = demo.run("close", queued, "--as", "buyer", "--reason", "again", by="buyer")

    assert silent.exit_code == 2
    assert closed["case"]["state"] == "closed"
    assert again.exit_code == 1
    assert "closed" in again.stderr


def test_a_case_that_did_nothing_cannot_be_rolled_back(demo: Demo) -> None:
    case = demo.data("cases", "--state", "waiting")["cases"]
    waiting = case[0]["id"] if case else demo.data("inbox")["queue"][0]["id"]

    shown = demo.run("rollback", waiting, "--as", "buyer", by="buyer")

    assert shown.exit_code == 1
    assert waiting in shown.stderr


def test_a_pause_stops_scans_until_it_is_resumed(demo: Demo) -> None:
    paused = demo.run("pause", "kind:stockout", "--as", "buyer", "--reason", "stock-taking", by="buyer")
    held = demo.run("scan")
    resumed = demo.run("resume", "kind:stockout", "--as", "buyer", "--reason", "done", by="buyer")
    twice = demo.run("resume", "kind:stockout", "--as", "buyer", "--reason", "done", by="buyer")

    assert "python app.py resume kind:stockout" in paused.stdout
    assert (held.exit_code, held.stdout) == (1, "")
    assert "paused" in held.stderr
    assert resumed.stdout == "kind:stockout goes on.\n"
    assert "was not paused" in twice.stdout


def test_only_somebody_with_a_role_pauses_and_only_what_exists(demo: Demo) -> None:
    stranger = demo.run("pause", "all", "--as", "auditor", "--reason", "x", by="auditor")
    nowhere = demo.run("pause", "everything", "--as", "buyer", "--reason", "x", by="buyer")

    assert stranger.exit_code == 1
    assert nowhere.exit_code == 2
    assert "kind:NAME" in nowhere.stderr


def test_several_requests_are_decided_at_once_and_every_outcome_is_shown(demo: Demo) -> None:
    requests = [one["request"] for one in map(dict, demo.shown["waiting"])]
    pending = {one["id"]: one["digest"] for one in demo.data("inbox")["requests"]}
    decided = next(one["id"] for one in requests if one["id"] not in pending)
    open_one = next(iter(pending))

    shown = demo.run("reject", decided, open_one, "--as", "buymgr", "--reason", "not now", by="buymgr")

    assert shown.exit_code == 1
    assert f"{open_one} is rejected." in shown.stdout
    assert f"refused: {decided}" in shown.stderr
