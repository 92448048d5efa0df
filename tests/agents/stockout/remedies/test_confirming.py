"""A drafted request is hoped for; confirming it secures the goods, whole."""

import pytest

from domain.money import Money
from tests.agents.stockout.scene import Scene


@pytest.fixture
def drafted(shop: Scene) -> int:
    """Ten lanterns ordered for the ninth day; a request for ten was drafted, five days from the vendor."""
    shop.world.vendor_price("lantern", "1.80", delay=5)
    shop.world.sell("lantern", "WH", 10, in_days=9)
    return shop.world.buy("lantern", "WH", 10, in_days=5, confirm=False)


def test_confirming_saves_what_waiting_for_the_next_review_would_lose(shop: Scene, drafted: int) -> None:
    evidence, option = shop.evidence(), shop.options()[f"confirm:{drafted}"]

    assert option.feasible
    assert option.risk_removed == evidence.finding.money_at_risk == Money.model_validate("1.95 GBP"), (
        "three of thirty days late is a tenth of the margin of ten lanterns"
    )
    assert option.drafts[0].action == "purchase.confirm"
    assert option.drafts[0].params == {"order": drafted, "warehouse": shop.world.warehouses["WH"].id}
    assert option.cost == Money.model_validate("0.00 GBP")


def test_what_is_drafted_is_confirmed_and_not_asked_for_again(shop: Scene, drafted: int) -> None:
    assert not shop.options()["rfq"].feasible
    assert shop.choice().option == f"confirm:{drafted}"


def test_the_title_names_the_whole_amount_that_is_ordered(shop: Scene, drafted: int) -> None:
    with shop.world.engine.transaction() as env:
        line = {"order_id": drafted, "product_id": shop.world.products["jug"], "product_qty": 100, "price_unit": 3.0}
        env.create("purchase.order.line", line)

    option = shop.options()[f"confirm:{drafted}"]

    assert "318.00 GBP in all, for 10 Units of “[71053] White metal lantern” on 2026-11-28" in option.title


def test_two_lines_of_one_request_are_one_option(shop: Scene, drafted: int) -> None:
    with shop.world.engine.transaction() as env:
        line = {"order_id": drafted, "product_id": shop.world.products["lantern"], "product_qty": 4, "price_unit": 1.8}
        env.create("purchase.order.line", line)

    confirming = [option for name, option in shop.options().items() if name.startswith("confirm")]

    assert len(confirming) == 1
    assert "for 14 Units" in confirming[0].title
    assert confirming[0].cost is None, "four too many are kept, at a cost nobody named"


def test_a_request_that_is_planned_for_later_is_not_hastened_by_confirming(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.80", delay=5)
    shop.world.sell("lantern", "WH", 10, in_days=9)
    order = shop.world.buy("lantern", "WH", 10, in_days=20, confirm=False)

    assert shop.options()[f"confirm:{order}"].risk_removed == Money.zero("GBP")


def test_a_request_without_a_price_is_not_confirmed(shop: Scene, drafted: int) -> None:
    with shop.world.engine.transaction() as env:
        lines = env.search("purchase.order.line", [("order_id", "=", drafted)])
        env.write("purchase.order.line", lines, {"price_unit": 0})

    option = shop.options()[f"confirm:{drafted}"]

    assert not option.feasible
    assert "has no price for it yet" in (option.why_not or "")


def test_a_request_that_waits_for_a_manager_is_left_to_the_manager(shop: Scene, drafted: int) -> None:
    with shop.world.engine.transaction() as env:
        env.write("purchase.order", drafted, {"state": "to approve"})

    option = shop.options()[f"confirm:{drafted}"]

    assert not option.feasible
    assert "waits for a manager's approval" in (option.why_not or "")


def test_a_request_dearer_than_usual_costs_the_difference(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "2.00", delay=5)
    shop.world.sell("lantern", "WH", 10, in_days=9)
    order = shop.world.buy("lantern", "WH", 10, in_days=5, confirm=False)

    assert shop.options()[f"confirm:{order}"].cost == Money.model_validate("2.00 GBP")
