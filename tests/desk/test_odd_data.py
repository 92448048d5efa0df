"""A typing error in Odoo reaches a person, and no other case waits for it."""

from scenarios.stage import Stage
from tests.desk.doing import scanned
from tests.shortages import small_transfer


def test_a_product_that_cannot_be_understood_is_queued_and_the_others_are_solved(scene: Stage) -> None:
    small_transfer(scene.world)
    scene.world.reorder("jug", "STH", 1e12, 1e12)

    scanned(scene)

    solved, puzzle = sorted(scene.desk.store.cases.list(), key=lambda case: case.money_at_risk.amount, reverse=True)
    assert (solved.state, puzzle.state) == ("closed", "queued")
    assert "the minimum of its reordering rule is 1,000,000,000,000" in puzzle.why


def test_a_mistyped_vendor_line_does_not_keep_a_transfer_from_being_made(scene: Stage) -> None:
    small_transfer(scene.world)
    for price, quantity, delay in (("1.90", 1e8, 3), ("100000000000000000", 1, 3), ("1.90", 1, 10**8)):
        vendor = scene.world.another_vendor(f"Typo {quantity:g} {delay} (approved by finance)")
        scene.world.vendor_price("lantern", price, min_qty=quantity, delay=delay, vendor=vendor)

    scanned(scene)

    (case,) = scene.desk.store.cases.list()
    plan = scene.desk.store.plans.newest(case.id)
    assert plan is not None
    assert plan.option.startswith("transfer:")
    assert sum("correct the" in (option.why_not or "") for option in plan.rejected) == 3


def test_stock_that_nobody_can_hold_hides_no_stockout(scene: Stage) -> None:
    small_transfer(scene.world)
    scene.world.stock("bunting", "WH", 1e15)
    scene.world.sell("bunting", "WH", 5, 2)

    outcome = scanned(scene)

    assert len(outcome.opened) == 2
