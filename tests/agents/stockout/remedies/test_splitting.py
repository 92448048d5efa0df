"""What is there of an order is shipped now, where it would wait for the rest otherwise; the seller is asked."""

import json
from decimal import Decimal

import pytest

from agents.stockout.remedies.splitting import ABOUT
from agents.terms import Terms
from tests.agents.stockout.remedies.customers_scene import accepted, delivery, one
from tests.agents.stockout.scene import Scene
from tools.activity import ActivityParams


@pytest.fixture
def partly(shop: Scene) -> Scene:
    """Six of ten lanterns are there, the rest comes on the 18th; the order leaves whole."""
    shop.world.vendor_price("lantern", "1.80", delay=20)
    shop.world.stock("lantern", "WH", 6)
    order = shop.world.sell("lantern", "WH", 10, in_days=3)
    shop.world.buy("lantern", "WH", 4, in_days=18)
    ships(shop, order, "one")
    return shop


def ships(shop: Scene, order: int, how: str) -> None:
    """The order's delivery leaves whole (``one``), or piece by piece (``direct``)."""
    picking = delivery(shop, order)
    with shop.world.engine.transaction() as env:
        env.write("stock.picking", picking, {"move_type": how})


def test_the_seller_is_asked_to_ship_what_is_there(partly: Scene) -> None:
    option = one(partly, "split")
    asked = ActivityParams.model_validate_json(json.dumps(option.drafts[0].params))

    assert option.name == "split:1"
    assert option.feasible
    assert accepted(partly, option)
    assert (asked.model, asked.record, asked.user) == ("sale.order", 1, partly.world.users["sales"].uid)
    assert asked.summary == f"{ABOUT}: 6 Units of “[71053] White metal lantern” now, 4 when they come"


def test_it_saves_half_of_what_the_part_that_is_there_would_lose_by_waiting(partly: Scene) -> None:
    option = one(partly, "split", Terms())
    at_risk = partly.evidence().finding.money_at_risk

    assert at_risk.amount == Decimal("3.90"), "4 units, 15 of 30 days late"
    assert option.risk_removed.amount == Decimal("1.95"), "never more than half of what is at risk"


def test_a_delivery_that_ships_what_is_there_needs_no_asking(partly: Scene) -> None:
    ships(partly, 1, "direct")

    assert "ships what is there without waiting for the rest" in (one(partly, "split").why_not or "")


def test_an_order_of_which_nothing_is_there_cannot_be_split(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=3)

    assert not any(name.startswith("split:") for name in shop.options())


def test_an_order_without_a_seller_has_nobody_to_ask(partly: Scene) -> None:
    with partly.world.engine.transaction() as env:
        env.write("sale.order", 1, {"user_id": False})

    assert "nobody answers for it in Odoo" in (one(partly, "split").why_not or "")
