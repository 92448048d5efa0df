"""Odoo lists a new vendor with the product when an order is confirmed, and leaves it there when that is cancelled."""

import pytest

from domain.intents import Compensated
from tests.contract.ground import Ground
from tests.contract.traps.seeing import confirm, state

PRICE = "product.supplierinfo"
MAY = {"service": False, "manager": True}
"""Purchase/Administrator may delete a price; the least privilege of the desk may not."""


@pytest.mark.parametrize("who", MAY)
def test_it_is_taken_off_where_the_user_may_and_named_where_not(ground: Ground, who: str) -> None:
    north, _ = ground.warehouses
    goods = ground.product()
    order = ground.buy(goods, 10, warehouse=north, confirm=False)
    listed = [["product_tmpl_id", "=", ground.template(goods)]]

    intent, undo = ground.done(confirm(order, north), who)
    assert ground.count(PRICE, listed) == 1

    back = ground.undo(intent, undo, who)

    assert isinstance(back, Compensated), back
    assert state(ground, order) == "draft"
    assert ground.count(PRICE, listed) == (0 if MAY[who] else 1)
    assert ("stays on the price list" in (back.remains or "")) is not MAY[who]
    assert ("price list" in (intent.rollback.remains or "")) is not MAY[who]


def test_a_price_that_somebody_agreed_with_the_vendor_since_stays(ground: Ground) -> None:
    north, _ = ground.warehouses
    goods = ground.product()
    order = ground.buy(goods, 10, warehouse=north, confirm=False)
    intent, undo = ground.done(confirm(order, north), "manager")
    (price,) = ground.rows(PRICE, [["product_tmpl_id", "=", ground.template(goods)]], [])
    ground.write(PRICE, price["id"], {"delay": 21})

    back = ground.undo(intent, undo, "manager")

    assert isinstance(back, Compensated), back
    assert ground.count(PRICE, [["id", "=", price["id"]]]) == 1
    assert "stays on the price list" in (back.remains or "")
