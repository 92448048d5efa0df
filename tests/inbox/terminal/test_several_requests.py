"""Several requests in one decision: each bound to its own digest, every outcome shown, and who is waited for."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from desk.deciding import Seen, decide_each
from domain.errors import Misuse
from inbox.terminal.decided_pages import seen_alone, show_answers, what_was_seen
from inbox.terminal.inbox_page import Waiting, show_inbox
from scenarios.stage import Stage, stage
from tests.desk.combined import asking_two, both_asked

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def waiting() -> Iterator[Stage]:
    """A plan waits for a buyer and a warehouse lead."""
    with stage(AT) as scene:
        yield asking_two(scene)


def test_without_digests_requests_go_by_their_ids() -> None:
    assert what_was_seen(["R1", "R2"], []) == [Seen("R1"), Seen("R2")]


def test_digests_are_of_the_requests_in_order() -> None:
    assert what_was_seen(["R1", "R2"], ["abc", "def"]) == [Seen("R1", "abc"), Seen("R2", "def")]


def test_digests_may_name_their_requests() -> None:
    assert what_was_seen(["R1", "R2"], ["R2=def", "r1=abc"]) == [Seen("R1", "abc"), Seen("R2", "def")]


@pytest.mark.parametrize(
    "digests",
    [["abc"], ["abc", "def", "012"], ["R1=abc"], ["R1=abc", "def"], ["R1=abc", "R1=def"], ["R1=abc", "R9=def"]],
)
def test_some_digests_and_not_others_are_bad_usage(digests: list[str]) -> None:
    with pytest.raises(Misuse, match="one --digest for each of R1, R2"):
        what_was_seen(["R1", "R2"], digests)


def test_a_request_named_twice_is_bad_usage() -> None:
    with pytest.raises(Misuse, match="R1 is named twice"):
        what_was_seen(["R1", "R2", "R1"], [])


def test_only_one_request_can_be_edited_at_a_time(waiting: Stage) -> None:
    lead, buyer = both_asked(waiting)

    with pytest.raises(Misuse, match="name one"):
        seen_alone(waiting.desk.store.requests, [Seen(lead.id), Seen(buyer.id)])


def test_the_first_of_two_is_told_who_is_still_waited_for(waiting: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    lead, buyer = both_asked(waiting)

    code = show_answers(decide_each(waiting.desk, [Seen(lead.id)], waiting.person("warehouse"), "approve"), False, {})

    assert code == 0
    shown = capsys.readouterr().out
    assert f"{lead.id} is approved; C1 waits for buyer, {buyer.id}.\n" in shown
    assert f"python app.py approve {buyer.id} --as LOGIN --digest {buyer.digest[:12]}" in shown


def test_every_outcome_is_shown_and_one_refusal_fails_the_whole(
    waiting: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    lead, buyer = both_asked(waiting)
    seen = [Seen(lead.id, "01234567"), Seen(buyer.id, buyer.digest[:12])]

    code = show_answers(decide_each(waiting.desk, seen, waiting.person("buymgr"), "approve"), False, {})

    shown = capsys.readouterr()
    assert code == 1
    assert f"{buyer.id} is approved; C1 waits for warehouse-lead, {lead.id}." in shown.out
    assert shown.err.startswith(f"refused: {lead.id} has the digest {lead.digest[:12]}, not 0123")


def test_a_program_is_given_every_outcome_in_order(waiting: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    lead, buyer = both_asked(waiting)
    seen = [Seen(lead.id, "01234567"), Seen(buyer.id)]

    show_answers(decide_each(waiting.desk, seen, waiting.person("buymgr"), "approve"), True, {})

    refused, decided = json.loads(capsys.readouterr().out)["outcomes"]
    assert (refused["request"]["id"], refused["error"]["guard"]) == (lead.id, "changed")
    assert (decided["request"]["digest"], decided["case"]["state"]) == (buyer.digest, "waiting")
    assert [one["id"] for one in decided["waits_for"]] == [lead.id]


def test_a_part_that_ended_with_the_other_says_so(waiting: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    lead, buyer = both_asked(waiting)
    seen = [Seen(lead.id), Seen(buyer.id)]

    code = show_answers(decide_each(waiting.desk, seen, waiting.person("buymgr"), "reject", "not now"), False, {})

    assert code == 0
    assert f"{buyer.id} is superseded: {lead.id} was rejected by" in capsys.readouterr().out


def test_the_inbox_says_which_requests_are_about_one_plan(waiting: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    lead, buyer = both_asked(waiting)

    show_inbox(Waiting.of(waiting.desk.store, waiting.desk.policy))

    shown = capsys.readouterr().out
    assert f"with {lead.id}" in shown
    assert f"with {buyer.id}" in shown
