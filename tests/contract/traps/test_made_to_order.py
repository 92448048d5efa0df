"""What is bought for one customer's delivery is that customer's: it serves nobody else, and is not cancelled."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from domain.exposures import Risk
from domain.refusals import Refusal
from tests.contract.ground import Ground
from tests.contract.traps.seeing import confirm, set_to, shelf_of, state

ROUTES = ("stock.route_warehouse0_mto", "purchase_stock.route_warehouse0_buy")


class Bespoke(NamedTuple):
    """A sale that Odoo buys for at once, and the request that it makes."""

    goods: int
    order: int


@pytest.fixture
def bespoke(ground: Ground) -> Iterator[Bespoke]:
    """Fifty stand on the shelf, and seven are bought for the sale all the same."""
    to_order, buy = map(ground.ref, ROUTES)
    north, _ = ground.warehouses
    with set_to(ground, "stock.route", to_order, active=True):
        goods = ground.product(route_ids=[[6, 0, [to_order, buy]]])
        ground.price(goods, ground.vendor(), 4)
        ground.stock(goods, north, 50)
        ground.sell(goods, 7, warehouse=north)
        (line,) = ground.rows("purchase.order.line", [["product_id", "=", goods]], ["order_id"])
        yield Bespoke(goods, ground.keep("purchase.order", line["order_id"][0]))


def test_its_own_goods_serve_it_and_the_shelf_does_not(ground: Ground, bespoke: Bespoke) -> None:
    north, _ = ground.warehouses

    drafted = shelf_of(ground, bespoke.goods, north)
    ground.call("purchase.order", "button_confirm", [bespoke.order])
    ordered = shelf_of(ground, bespoke.goods, north)

    for seen in (drafted, ordered):
        assert [each.claim.quantity for each in seen.tied] == [7]
        assert (seen.claims, seen.supplies) == ((), ())
        assert sum(batch.quantity for batch in seen.free) == 50


def test_its_order_is_confirmed_for_good_and_never_taken_back(ground: Ground, bespoke: Bespoke) -> None:
    """Odoo cancels it, and the customer's delivery takes from the shelf or waits for nothing."""
    north, _ = ground.warehouses
    intent, undo = ground.done(confirm(bespoke.order, north))

    refused = ground.undo(intent, undo)

    assert intent.exposure.risk == Risk.IRREVERSIBLE
    assert isinstance(refused, Refusal)
    assert "a delivery waits for goods" in refused.reason
    assert state(ground, bespoke.order) == "purchase"


def test_once_somebody_cancelled_its_purchase_the_shelf_serves_it(ground: Ground, bespoke: Bespoke) -> None:
    north, _ = ground.warehouses
    ground.call("purchase.order", "button_confirm", [bespoke.order])

    ground.call("purchase.order", "button_cancel", [bespoke.order])

    seen = shelf_of(ground, bespoke.goods, north)
    assert (seen.tied, [claim.quantity for claim in seen.claims]) == ((), [7])
