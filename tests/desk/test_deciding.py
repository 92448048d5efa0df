"""Whoever decides a request, decides it once, entitled, and for exactly what they saw."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from desk.deciding import Decided, decide
from desk.desk import assemble
from desk.editing import Edited, edit
from domain.errors import Misuse, NotFound
from domain.refusals import Refusal
from guardrails.policy import Policy
from scenarios.stage import Stage, stage
from tests.desk.conftest import AT
from tests.desk.doing import asked, journal_kinds, only_case, scanned, writes
from tests.shortages import large_purchase, large_transfer


@pytest.fixture
def waiting(scene: Stage) -> Stage:
    """A transfer waits for the warehouse lead."""
    large_transfer(scene.world)
    scanned(scene)
    return scene


def refused(outcome: object) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    return outcome


def test_an_approval_by_the_right_person_is_carried_out(waiting: Stage) -> None:
    outcome = decide(waiting.desk, asked(waiting).id, waiting.person("warehouse"), "approve")

    assert isinstance(outcome, Decided)
    assert outcome.case.state == "closed"
    assert outcome.request.decided_by == waiting.person("warehouse").actor
    assert writes(waiting) == ["stock.picking.create", "stock.picking.action_confirm"]


@pytest.mark.parametrize("login", ["buyer", "sales", "auditor"])
def test_nobody_approves_without_the_role(waiting: Stage, login: str) -> None:
    outcome = refused(decide(waiting.desk, asked(waiting).id, waiting.person(login), "approve"))

    assert "warehouse-lead" in outcome.reason
    assert writes(waiting) == []
    assert "request.refused" in journal_kinds(waiting)


def test_the_second_answer_is_told_who_gave_the_first(waiting: Stage) -> None:
    request = asked(waiting)
    decide(waiting.desk, request.id, waiting.person("warehouse"), "approve")

    outcome = refused(decide(waiting.desk, request.id, waiting.person("buymgr"), "reject", "too much"))

    assert outcome.guard == "decided"
    assert waiting.person("warehouse").actor in outcome.reason


def test_a_rejection_needs_a_reason(waiting: Stage) -> None:
    with pytest.raises(Misuse, match="--reason"):
        decide(waiting.desk, asked(waiting).id, waiting.person("warehouse"), "reject", "  ")


def test_a_rejected_case_waits_in_the_human_queue_with_the_reason(waiting: Stage) -> None:
    decide(waiting.desk, asked(waiting).id, waiting.person("warehouse"), "reject", "they get a delivery tomorrow")

    assert only_case(waiting).state == "queued"
    assert "they get a delivery tomorrow" in only_case(waiting).why
    with waiting.desk.store.database.reading() as tx:
        bodies = tx.exec_driver_sql("SELECT body FROM journal").scalars().all()
    assert not any(b"delivery tomorrow" in body for body in bodies), "a person's words are locked under their key"
    assert writes(waiting) == []


def test_too_late_is_never_yes_and_the_case_is_asked_again(waiting: Stage) -> None:
    request = asked(waiting)
    waiting.clock.move(timedelta(hours=25))

    outcome = refused(decide(waiting.desk, request.id, waiting.person("warehouse"), "approve"))

    assert outcome.guard == "expired"
    assert asked(waiting).id != request.id
    assert writes(waiting) == []


def test_a_request_that_does_not_exist_is_said_so(scene: Stage) -> None:
    with pytest.raises(NotFound, match="R99"):
        decide(scene.desk, "R99", scene.person("warehouse"), "approve")


def test_a_changed_policy_makes_a_new_request() -> None:
    with stage(AT) as scene:
        large_transfer(scene.world)
        scanned(scene)
        request = asked(scene)
        parts = replace(scene.parts, policy=tightened(scene.desk.policy))
        stricter = replace(scene, parts=parts, desk=assemble(parts))

        outcome = refused(decide(stricter.desk, request.id, stricter.person("buymgr"), "approve"))

        assert outcome.guard == "changed"
        assert asked(stricter).id != request.id
        assert asked(stricter).policy_digest == stricter.desk.policy.digest
        assert writes(scene) == []


def tightened(policy: Policy) -> Policy:
    return policy.but(rules=tuple(rule for rule in policy.rules if rule.name != "transfer"))


def test_an_edited_quantity_needs_a_new_approval(waiting: Stage) -> None:
    request = asked(waiting)

    outcome = edit(waiting.desk, request.id, waiting.person("warehouse"), {"quantity": Decimal(300)})

    assert isinstance(outcome, Edited)
    assert outcome.superseded.state == "superseded"
    (anew,) = outcome.requests
    assert anew.digest != request.digest
    assert anew.edited_by == waiting.person("warehouse").actor
    assert str(anew.amount) in outcome.case.why
    assert writes(waiting) == []


def test_below_the_four_eyes_limit_an_editor_may_approve_their_edit(waiting: Stage) -> None:
    edited = edit(waiting.desk, asked(waiting).id, waiting.person("warehouse"), {"quantity": Decimal(300)})
    assert isinstance(edited, Edited)

    outcome = decide(waiting.desk, asked(waiting).id, waiting.person("warehouse"), "approve")

    assert isinstance(outcome, Decided)
    assert outcome.case.state == "closed"
    with waiting.engine.transaction() as env:
        (move,) = env.rows("stock.move", env.search("stock.move", [["picking_id.origin", "like", "DESK-"]]))
    assert move["product_uom_qty"] == 300


def test_a_case_closed_by_an_edited_plan_says_what_stays_at_risk(waiting: Stage) -> None:
    offered = asked(waiting).amount
    edited = edit(waiting.desk, asked(waiting).id, waiting.person("warehouse"), {"quantity": Decimal(300)})
    assert isinstance(edited, Edited)

    outcome = decide(waiting.desk, asked(waiting).id, waiting.person("warehouse"), "approve")

    assert isinstance(outcome, Decided)
    plan = waiting.desk.store.plans.newest(outcome.case.id)
    assert plan is not None
    stays = plan.money_at_risk - plan.risk_removed
    assert outcome.request.amount < offered
    assert stays.amount > 0
    assert outcome.case.why.endswith(f"; edited: quantity = 300 in place of 408; {stays} stays at risk")


def test_above_the_four_eyes_limit_an_editor_may_not(scene: Stage) -> None:
    large_transfer(scene.world)
    scene.world.sell("jug", "STH", 600, 2)
    scanned(scene)
    edited = edit(scene.desk, asked(scene).id, scene.person("warehouse"), {"quantity": Decimal(900)})
    assert isinstance(edited, Edited)

    own = refused(decide(scene.desk, asked(scene).id, scene.person("warehouse"), "approve"))
    other = decide(scene.desk, asked(scene).id, scene.person("buymgr"), "approve")

    assert own.guard == "four-eyes"
    assert isinstance(other, Decided)


@pytest.mark.parametrize("quantity", ["0", "-5", "100000", "10.5"])
def test_a_knob_out_of_bounds_is_refused_and_nothing_changes(waiting: Stage, quantity: str) -> None:
    request = asked(waiting)

    refused(edit(waiting.desk, request.id, waiting.person("warehouse"), {"quantity": Decimal(quantity)}))

    assert asked(waiting) == request


def test_an_unknown_knob_is_refused(waiting: Stage) -> None:
    outcome = refused(edit(waiting.desk, asked(waiting).id, waiting.person("warehouse"), {"price": Decimal(1)}))

    assert "price" in outcome.reason


def test_nobody_edits_without_the_role(waiting: Stage) -> None:
    request = asked(waiting)

    refused(edit(waiting.desk, request.id, waiting.person("buyer"), {"quantity": Decimal(300)}))

    assert asked(waiting) == request


def test_a_large_purchase_is_asked_of_a_buyer_and_drafted_when_approved(scene: Stage) -> None:
    large_purchase(scene.world)
    scanned(scene)
    assert asked(scene).role == "buyer"

    outcome = decide(scene.desk, asked(scene).id, scene.person("buyer"), "approve")

    assert isinstance(outcome, Decided)
    assert outcome.case.state == "closed"
    assert writes(scene) == ["purchase.order.create"]


def test_the_desks_own_user_decides_nothing(waiting: Stage) -> None:
    with pytest.raises(Misuse, match="the desk's own user"):
        waiting.person("desk")
