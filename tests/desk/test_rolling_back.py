"""What a case did is taken back in reverse order, or refused with a reason."""

from datetime import timedelta
from decimal import Decimal

import pytest

from desk.deciding import Decided, decide
from desk.proposing import Proposed, propose
from desk.rolling_back import preview, rollback
from domain.cases import Case
from domain.plans import Plan
from domain.refusals import Refusal
from graphs.gating import oldest_effect
from scenarios.stage import Stage
from tests.desk.doing import asked, only_case, scanned, writes
from tests.shortages import large_transfer, small_purchase, small_transfer

IGNORED = ("write_date", "write_uid", "sequences", "chatter", "create_date")


def test_a_small_rollback_is_done_at_once_and_the_reservation_is_free_again(scene: Stage) -> None:
    small_transfer(scene.world)
    scanned(scene)
    case = only_case(scene)

    outcome = rollback(scene.desk, case.id, scene.person("warehouse"))

    assert isinstance(outcome, Case)
    assert outcome.state == "closed"
    assert writes(scene)[-1] == "stock.picking.action_cancel"
    with scene.engine.transaction() as env:
        (picking,) = env.rows("stock.picking", env.search("stock.picking", [["origin", "like", "DESK-"]]))
        quants = env.rows("stock.quant", env.search("stock.quant", [["location_id.usage", "=", "internal"]]))
    assert picking["state"] == "cancel"
    assert all(q["reserved_quantity"] in (0, 2) for q in quants)


def test_a_preview_changes_nothing_and_says_what_would_be_done(scene: Stage) -> None:
    small_transfer(scene.world)
    scanned(scene)
    before, rows = scene.engine.digest(), len(scene.desk.store.journal.entries())

    plan = preview(scene.desk, only_case(scene).id, scene.person("warehouse"))

    assert isinstance(plan, Plan)
    assert [step.direction for step in plan.steps] == ["undo"]
    assert plan.title == f"Roll back what was done because {only_case(scene).title}"
    assert "cancel" in plan.steps[0].words
    assert scene.engine.digest() == before
    assert len(scene.desk.store.journal.entries()) == rows


def test_a_purchase_rolled_back_is_gone_from_odoo(scene: Stage) -> None:
    small_purchase(scene.world)
    before = scene.engine.digest(IGNORED)
    scanned(scene)

    outcome = rollback(scene.desk, only_case(scene).id, scene.person("buyer"))

    assert isinstance(outcome, Case)
    assert outcome.state == "closed"
    assert scene.engine.digest(IGNORED) == before


def test_a_large_rollback_is_asked_and_never_of_its_requester(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    decide(scene.desk, asked(scene).id, scene.person("warehouse"), "approve")

    outcome = rollback(scene.desk, only_case(scene).id, scene.person("buymgr"))

    assert isinstance(outcome, Case)
    assert outcome.state == "waiting"
    own = decide(scene.desk, asked(scene).id, scene.person("buymgr"), "approve")
    assert isinstance(own, Refusal)
    assert own.guard == "requester"
    other = decide(scene.desk, asked(scene).id, scene.person("finance"), "approve")
    assert isinstance(other, Decided)
    assert other.case.state == "closed"
    assert writes(scene)[-1] == "stock.picking.action_cancel"


def test_an_old_effect_is_asked_before_it_is_taken_back(scene: Stage) -> None:
    small_transfer(scene.world)
    scanned(scene)
    scene.clock.move(timedelta(hours=30))

    outcome = rollback(scene.desk, only_case(scene).id, scene.person("warehouse"))

    assert isinstance(outcome, Case)
    assert outcome.state == "waiting"


def test_what_somebody_progressed_since_is_not_taken_back(scene: Stage) -> None:
    small_transfer(scene.world)
    scanned(scene)
    with scene.engine.transaction() as env:
        env.call("stock.picking", "button_validate", env.search("stock.picking", [["origin", "like", "DESK-"]]))

    outcome = rollback(scene.desk, only_case(scene).id, scene.person("warehouse"))

    assert isinstance(outcome, Case)
    assert outcome.state == "queued"
    assert "return" in outcome.why


def test_nothing_is_rolled_back_twice(scene: Stage) -> None:
    small_transfer(scene.world)
    scanned(scene)
    rollback(scene.desk, only_case(scene).id, scene.person("warehouse"))
    done = writes(scene)

    again = rollback(scene.desk, only_case(scene).id, scene.person("warehouse"))

    assert isinstance(again, Refusal)
    assert "nothing" in again.reason
    assert writes(scene) == done


def test_what_is_done_again_after_a_rollback_can_be_taken_back_again(scene: Stage) -> None:
    rule = least_for_nothing(scene)
    lowered(scene, rule)
    rolled_back(scene)

    lowered(scene, rule)
    preview_of_second = preview(scene.desk, only_case(scene).id, scene.person("warehouse"))
    rolled_back(scene)

    assert isinstance(preview_of_second, Plan)
    assert len(preview_of_second.steps) == 1
    assert limits(scene, rule) == (10, 10)
    assert writes(scene) == ["stock.warehouse.orderpoint.write"] * 4


def test_what_was_taken_back_long_ago_does_not_make_a_fresh_effect_old(scene: Stage) -> None:
    rule = least_for_nothing(scene)
    lowered(scene, rule)
    rolled_back(scene)
    scene.clock.move(timedelta(hours=30))
    lowered(scene, rule)
    plan = preview(scene.desk, only_case(scene).id, scene.person("warehouse"))

    assert isinstance(plan, Plan)

    assert oldest_effect(scene.desk.store, plan) == scene.clock.now()


def least_for_nothing(scene: Stage) -> int:
    """A shop short of jugs for its reordering rule only, whose buyer wants none; the rule."""
    scene.world.vendor_price("jug", "2.90", delay=4)
    scene.world.stock("jug", "STH", 4)
    rule = scene.world.reorder("jug", "STH", 10, 10)
    scanned(scene)
    decide(scene.desk, asked(scene).id, scene.person("buyer"), "reject", "keep what there is")
    return rule


def lowered(scene: Stage, rule: int) -> None:
    """The rule is lowered by a person, with whoever is asked saying yes."""
    knobs = {"minimum": Decimal(4), "maximum": Decimal(4)}
    outcome = propose(scene.desk, only_case(scene).id, scene.person("warehouse"), f"minimum:{rule}", knobs)
    assert isinstance(outcome, Proposed)
    approved(scene, "warehouse")
    assert limits(scene, rule) == (4, 4)


def rolled_back(scene: Stage) -> None:
    outcome = rollback(scene.desk, only_case(scene).id, scene.person("warehouse"))
    assert isinstance(outcome, Case)
    approved(scene, "buymgr")
    assert only_case(scene).state == "closed"


def approved(scene: Stage, login: str) -> None:
    for request in scene.desk.store.requests.pending():
        assert isinstance(decide(scene.desk, request.id, scene.person(login), "approve"), Decided)


def limits(scene: Stage, rule: int) -> tuple[float, float]:
    row = scene.engine.root().row("stock.warehouse.orderpoint", rule)
    return row["product_min_qty"], row["product_max_qty"]


@pytest.mark.parametrize("login", ["auditor"])
def test_a_rollback_needs_a_role(scene: Stage, login: str) -> None:
    small_transfer(scene.world)
    scanned(scene)

    outcome = rollback(scene.desk, only_case(scene).id, scene.person(login))

    assert isinstance(outcome, Refusal)
    assert outcome.guard == "role"


def test_a_waiting_case_cannot_be_rolled_back(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)

    outcome = rollback(scene.desk, only_case(scene).id, scene.person("buymgr"))

    assert isinstance(outcome, Refusal)
    assert outcome.guard == "state"
    assert "only a closed or queued case" in outcome.reason


def test_a_waiting_case_that_did_something_says_which_request_to_reject_first(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    decide(scene.desk, asked(scene).id, scene.person("warehouse"), "approve")
    rollback(scene.desk, only_case(scene).id, scene.person("buymgr"))

    again = rollback(scene.desk, only_case(scene).id, scene.person("warehouse"))

    assert isinstance(again, Refusal)
    assert f"reject its request first: python app.py reject {asked(scene).id} " in again.reason
