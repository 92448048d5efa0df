"""What is bought for one order serves that order, and nothing else does."""

import pytest

from domain.plans import Option
from tests.agents.stockout.scene import Scene


@pytest.fixture
def to_order(shop: Scene) -> Scene:
    """Lanterns are bought for each order; the vendor needs five days."""
    shop.world.vendor_price("lantern", "1.90", delay=5)
    shop.world.to_order("lantern")
    return shop


def confirm(shop: Scene, *, late: int = 0) -> int:
    """The request that Odoo drafted is confirmed, and comes so many days later than its order needs it."""
    with shop.world.engine.transaction() as env:
        (order,) = env.search("purchase.order", [])
        env.call("purchase.order", "button_confirm", [order])
    shop.world.postpone(order, late)
    return order


def named(shop: Scene, kind: str) -> list[Option]:
    return [option for name, option in shop.options().items() if name.startswith(f"{kind}:")]


def test_an_order_whose_own_goods_come_in_time_is_no_exception(to_order: Scene) -> None:
    to_order.world.sell("lantern", "WH", 10, in_days=8)
    confirm(to_order)

    assert to_order.findings() == ()


def test_an_order_whose_own_goods_come_late_is_found_by_its_own_words(to_order: Scene) -> None:
    to_order.world.sell("lantern", "WH", 10, in_days=8)
    confirm(to_order, late=6)

    (finding,) = to_order.findings()
    projection = to_order.projection()

    assert projection.own_goods_due == to_order.world.day(8).date()
    assert projection.own_goods_on is not None
    assert f"comes on {projection.own_goods_on} for an order of 2026-12-01" in finding.title
    assert finding.money_at_risk.amount > 0
    assert finding.deadline is not None
    assert finding.deadline.date() == projection.own_goods_due


def test_the_remedy_is_its_own_purchase_never_a_second_one(to_order: Scene) -> None:
    to_order.world.stock("lantern", "NTH", 50)
    to_order.world.sell("lantern", "WH", 10, in_days=8)
    order = confirm(to_order, late=15)
    with to_order.world.engine.transaction() as env:
        env.write("purchase.order", order, {"user_id": to_order.world.users["buyer"].uid})

    (hurry,) = named(to_order, "expedite")

    assert hurry.feasible
    assert not to_order.options()["rfq"].feasible
    assert not to_order.options()["transfer:NTH"].feasible, "stock of Leeds would not serve it"


def test_its_goods_serve_no_other_order(to_order: Scene) -> None:
    to_order.world.sell("lantern", "WH", 10, in_days=8)
    confirm(to_order)
    with to_order.world.engine.transaction() as env:
        env.write("product.product", to_order.world.products["lantern"], {"route_ids": [(5, 0, 0)]})
    to_order.world.sell("lantern", "WH", 10, in_days=10)

    assert to_order.projection().gap == 10


def test_while_its_request_is_drafted_nothing_else_is_bought(to_order: Scene) -> None:
    to_order.world.sell("lantern", "WH", 10, in_days=2)

    projection = to_order.projection()

    assert projection.on_its_way == 10
    assert projection.to_order == 0
    assert projection.own_goods_on is not None, "a request that nobody confirms is late"


def test_an_order_whose_purchase_was_called_off_is_short_like_any_other(to_order: Scene) -> None:
    to_order.world.sell("lantern", "WH", 10, in_days=8)
    order = confirm(to_order)
    with to_order.world.engine.transaction() as env:
        env.call("purchase.order", "button_cancel", [order])

    assert to_order.projection().to_order == 10


def test_what_was_only_ever_bought_to_order_asks_for_no_stock(to_order: Scene) -> None:
    to_order.world.history("lantern", "WH", 20, weeks=12)
    to_order.world.sell("lantern", "WH", 10, in_days=8)
    confirm(to_order)

    assert to_order.findings() == ()
