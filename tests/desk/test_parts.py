"""A transfer with a purchase waits for a warehouse lead and a buyer: nothing of it is done before both say yes."""

from datetime import timedelta
from decimal import Decimal

import pytest
from langgraph.runtime import Runtime
from sqlalchemy import text

from desk.deciding import Decided, Seen, decide, decide_each
from desk.editing import Edited, edit
from desk.recovering import recover
from domain.cases import Case
from domain.errors import Misuse, NotFound
from domain.money import Money
from domain.people import Person
from domain.refusals import Refusal
from graphs import lifecycle
from guardrails.policy import Policy
from scenarios.stage import Stage
from tests.desk.combined import BOUGHT, TRANSFERRED, asking_two, both_asked, under
from tests.desk.doing import only_case, writes
from tests.memory.builders import anybody


@pytest.fixture
def waiting(scene: Stage) -> Stage:
    return asking_two(scene)


def carried_out(outcome: object) -> Decided:
    assert isinstance(outcome, Decided), outcome
    return outcome


def refused(outcome: object) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    return outcome


def holding(scene: Stage, login: str, *roles: str) -> Person:
    """Somebody who holds exactly these roles."""
    return scene.person(login).but(roles=roles)


def interrupts(scene: Stage, case: Case) -> list[str]:
    """The requests that the waiting graph shows."""
    snapshot = scene.desk.runner.graph.get_state({"configurable": {"thread_id": case.thread}})
    return [shown["request"] for asked in snapshot.interrupts for shown in asked.value["requests"]]


def test_the_graph_shows_every_request_that_waits(waiting: Stage) -> None:
    lead, buyer = both_asked(waiting)

    assert interrupts(waiting, only_case(waiting)) == [buyer.id, lead.id]


def test_after_the_first_yes_the_case_waits_for_the_other(waiting: Stage) -> None:
    lead, buyer = both_asked(waiting)

    outcome = carried_out(decide(waiting.desk, lead.id, waiting.person("warehouse"), "approve"))

    assert (outcome.case.state, outcome.waits_for) == ("waiting", (buyer,))
    assert writes(waiting) == []


def test_approvals_that_nobody_gave_bring_the_case_to_a_person(waiting: Stage) -> None:
    lead, _ = both_asked(waiting)
    decide(waiting.desk, lead.id, waiting.person("warehouse"), "approve")
    with waiting.desk.store.database.writing() as tx:
        tx.execute(text("UPDATE requests SET state = 'approved', decided_by = 'user:4' WHERE state = 'pending'"))

    recover(waiting.desk)

    case = only_case(waiting)
    assert (case.state, writes(waiting)) == ("queued", [])
    assert case.why.endswith("is not one that was journalled; verify the journal")


@pytest.mark.parametrize("first", [0, 1])
def test_after_the_second_yes_everything_is_done_once(waiting: Stage, first: int) -> None:
    steps = list(zip(both_asked(waiting), ("warehouse", "buyer"), strict=True))

    for request, login in (steps[first], steps[1 - first]):
        outcome = carried_out(decide(waiting.desk, request.id, waiting.person(login), "approve"))

    assert outcome.case.state == "closed"
    assert writes(waiting) == BOUGHT + TRANSFERRED


def test_nobody_answers_for_the_other(waiting: Stage) -> None:
    lead, buyer = both_asked(waiting)

    for request, login in ((lead, "buyer"), (buyer, "warehouse")):
        assert refused(decide(waiting.desk, request.id, waiting.person(login), "approve")).guard == "role"

    assert both_asked(waiting) == (lead, buyer)


def test_a_case_half_answered_is_left_where_it_is_by_recovery(waiting: Stage) -> None:
    lead, _ = both_asked(waiting)
    decide(waiting.desk, lead.id, waiting.person("warehouse"), "approve")

    recover(waiting.desk)

    assert only_case(waiting).state == "waiting"
    assert writes(waiting) == []


def test_a_case_half_answered_taken_up_on_a_fresh_thread_waits_for_the_rest(waiting: Stage) -> None:
    lead, buyer = both_asked(waiting)
    decide(waiting.desk, lead.id, waiting.person("warehouse"), "approve")

    waiting.desk.runner.run(only_case(waiting).id)

    assert interrupts(waiting, only_case(waiting)) == [buyer.id]
    assert lifecycle.first_phase({"case": "C1"}, Runtime(context=waiting.desk.runner.services())) == "approve"
    assert writes(waiting) == []


def test_an_approval_whose_process_died_before_it_was_carried_out_is_taken_up(waiting: Stage) -> None:
    lead, buyer = both_asked(waiting)
    decide(waiting.desk, lead.id, waiting.person("warehouse"), "approve")
    store, person = waiting.desk.store, waiting.person("buyer")
    store.requests.decide(
        buyer.id,
        person,
        "approve",
        "",
        digest=buyer.digest,
        policy_digest=buyer.policy_digest,
        may=anybody,
    )

    recover(waiting.desk)

    assert only_case(waiting).state == "closed"
    assert writes(waiting) == BOUGHT + TRANSFERRED


def test_a_rejection_after_the_others_yes_queues_the_case(waiting: Stage) -> None:
    lead, buyer = both_asked(waiting)
    decide(waiting.desk, lead.id, waiting.person("warehouse"), "approve")

    outcome = carried_out(decide(waiting.desk, buyer.id, waiting.person("buyer"), "reject", "too dear"))

    assert (outcome.case.state, outcome.waits_for) == ("queued", ())
    assert f"{buyer.id} was rejected: too dear" in outcome.case.why
    assert writes(waiting) == []


def test_a_rejection_before_the_other_answered_takes_the_question_from_them(waiting: Stage) -> None:
    lead, buyer = both_asked(waiting)
    decide(waiting.desk, lead.id, waiting.person("warehouse"), "reject", "we count stock")

    outcome = refused(decide(waiting.desk, buyer.id, waiting.person("buyer"), "approve"))

    assert outcome.guard == "superseded"
    assert f"{lead.id} was rejected by" in outcome.reason
    assert waiting.person("warehouse").actor in outcome.reason
    assert only_case(waiting).state == "queued"


def test_when_one_is_not_answered_in_time_both_are_asked_anew(waiting: Stage) -> None:
    lead, buyer = both_asked(waiting)
    decide(waiting.desk, lead.id, waiting.person("warehouse"), "approve")
    waiting.clock.move(timedelta(hours=25))

    outcome = refused(decide(waiting.desk, buyer.id, waiting.person("buyer"), "approve"))

    assert outcome.guard == "expired"
    again = both_asked(waiting)
    assert {one.plan_version for one in again} == {lead.plan_version + 1}
    assert writes(waiting) == []


def test_an_edit_while_one_has_said_yes_asks_both_anew(waiting: Stage) -> None:
    lead, buyer = both_asked(waiting)
    decide(waiting.desk, buyer.id, waiting.person("buyer"), "approve")

    edited = edit(waiting.desk, lead.id, waiting.person("warehouse"), {"quantity": Decimal(300)})

    assert isinstance(edited, Edited)
    assert [one.role for one in edited.requests] == ["buyer", "warehouse-lead"]
    anew, _ = both_asked(waiting)
    outcome = carried_out(decide(waiting.desk, anew.id, waiting.person("buymgr"), "approve"))
    assert [one.role for one in outcome.waits_for] == ["buyer"]
    assert writes(waiting) == []


def test_above_the_four_eyes_limit_of_the_whole_an_editor_may_not_approve_even_a_small_part(waiting: Stage) -> None:
    lead, _ = both_asked(waiting)
    edit(waiting.desk, lead.id, waiting.person("warehouse"), {"quantity": Decimal(300)})
    anew, _ = both_asked(waiting)

    assert anew.amount < Money(amount=Decimal(2000), currency="GBP")
    assert refused(decide(waiting.desk, anew.id, waiting.person("warehouse"), "approve")).guard == "four-eyes"


def test_the_digest_of_an_edited_plans_request_is_worth_nothing(waiting: Stage) -> None:
    lead, _ = both_asked(waiting)
    edit(waiting.desk, lead.id, waiting.person("warehouse"), {"quantity": Decimal(300)})
    anew, _ = both_asked(waiting)

    outcome = refused(decide(waiting.desk, anew.id, waiting.person("warehouse"), "approve", seen=lead.digest[:12]))

    assert outcome.guard == "changed"
    assert anew.digest[:12] in outcome.reason


def test_a_changed_policy_asks_both_anew_though_one_has_said_yes(waiting: Stage) -> None:
    lead, buyer = both_asked(waiting)
    decide(waiting.desk, lead.id, waiting.person("warehouse"), "approve")
    changed = under(waiting, waiting.desk.policy.but(irreversible_allowed=("mail.*",)))

    outcome = refused(decide(changed.desk, buyer.id, changed.person("buyer"), "approve"))

    again = both_asked(changed)
    assert outcome.reason.endswith(f"it is asked again as {again[1].id} and {again[0].id}")
    assert writes(waiting) == []


def test_whoever_holds_both_roles_may_give_both_answers(waiting: Stage) -> None:
    both = holding(waiting, "buymgr", "warehouse-lead", "buyer")

    outcomes = [carried_out(decide(waiting.desk, one.id, both, "approve")) for one in both_asked(waiting)]

    assert outcomes[-1].case.state == "closed"


def test_whoever_holds_both_roles_does_not_get_past_the_limit_of_either_by_answering_twice(scene: Stage) -> None:
    waiting = asking_two(scene, lowered(scene.desk.policy))
    both = holding(waiting, "buymgr", "warehouse-lead", "buyer")
    lead, buyer = both_asked(waiting)
    carried_out(decide(waiting.desk, lead.id, both, "approve"))

    outcome = refused(decide(waiting.desk, buyer.id, both, "approve"))

    assert outcome.guard == "amount"
    assert "approved of this plan before, 2,815.20 GBP is over the limit of buyer" in outcome.reason
    assert f"or another buyer decides {buyer.id}" in outcome.reason
    assert carried_out(decide(waiting.desk, buyer.id, waiting.person("buyer"), "approve")).case.state == "closed"


def lowered(policy: Policy) -> Policy:
    """The same, but leads and buyers decide up to 2,000 only."""
    most = (Money(amount=Decimal(2000), currency="GBP"),)
    low = {name: policy.roles[name].but(limits=most) for name in ("warehouse-lead", "buyer")}
    return policy.but(roles={**policy.roles, **low})


def test_several_requests_are_answered_in_one_decision(waiting: Stage) -> None:
    lead, buyer = both_asked(waiting)
    seen = [Seen(lead.id, lead.digest[:12]), Seen(buyer.id, buyer.digest[:12])]

    outcomes = [one.outcome for one in decide_each(waiting.desk, seen, waiting.person("buymgr"), "approve")]

    assert [carried_out(outcome).case.state for outcome in outcomes] == ["waiting", "closed"]
    assert writes(waiting) == BOUGHT + TRANSFERRED


def test_of_several_answers_one_that_is_refused_holds_up_no_other(waiting: Stage) -> None:
    lead, buyer = both_asked(waiting)
    seen = [Seen(lead.id, "01234567"), Seen(buyer.id, buyer.digest)]

    first, second = (one.outcome for one in decide_each(waiting.desk, seen, waiting.person("buymgr"), "approve"))

    assert refused(first).guard == "changed"
    assert carried_out(second).waits_for == (lead,)


def test_nothing_is_answered_when_one_of_several_does_not_exist(waiting: Stage) -> None:
    lead, _ = both_asked(waiting)

    with pytest.raises(NotFound, match="R99"):
        decide_each(waiting.desk, [Seen(lead.id), Seen("R99")], waiting.person("buymgr"), "approve")

    assert waiting.desk.store.requests.get(lead.id).state == "pending"


def test_rejecting_both_parts_at_once_is_one_rejection_and_no_complaint(waiting: Stage) -> None:
    lead, buyer = both_asked(waiting)
    seen = [Seen(lead.id), Seen(buyer.id)]

    answered = decide_each(waiting.desk, seen, waiting.person("buymgr"), "reject", "not this week")

    assert [carried_out(one.outcome).request.state for one in answered] == ["rejected", "superseded"]
    assert only_case(waiting).state == "queued"


@pytest.mark.parametrize("digits", [0, 1, 7])
def test_a_digest_that_is_met_by_chance_is_no_digest(waiting: Stage, digits: int) -> None:
    lead, _ = both_asked(waiting)

    with pytest.raises(Misuse, match="--digest expects the first 8 hex digits"):
        decide(waiting.desk, lead.id, waiting.person("warehouse"), "approve", seen=f" {lead.digest[:digits]} ")


def test_eight_digits_of_a_digest_are_enough_in_either_case(waiting: Stage) -> None:
    lead, _ = both_asked(waiting)

    carried_out(decide(waiting.desk, lead.id, waiting.person("warehouse"), "approve", seen=lead.digest[:8].upper()))
