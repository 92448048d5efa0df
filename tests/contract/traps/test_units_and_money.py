"""An order in dozens and in foreign money is judged in single units and in the company's own money."""

from decimal import Decimal
from typing import Any

from tests.contract.ground import Ground
from tests.contract.traps.seeing import coming, confirm


def mixed(ground: Ground, goods: int) -> int:
    """Two dozen at 24 a dozen and three single ones at 2, in money of which two are worth one of the company's."""
    north, _ = ground.warehouses
    lines: list[dict[str, Any]] = [
        {"product_id": goods, "product_qty": 2, "product_uom": ground.dozen, "price_unit": 24},
        {"product_id": goods, "product_qty": 3, "product_uom": ground.unit, "price_unit": 2},
    ]
    head = {"partner_id": ground.vendor(), "currency_id": ground.currency(rate=2), "picking_type_id": north.receipts}
    return ground.make("purchase.order", {**head, "order_line": [[0, 0, line] for line in lines]})


def test_exposure_is_in_units_and_in_own_money(ground: Ground) -> None:
    north, _ = ground.warehouses
    order = mixed(ground, ground.product())

    step = ground.priced(confirm(order, north))

    own = ground.code(ground.own_currency)
    assert (step.exposure.quantity, step.exposure.amount.currency) == (Decimal(27), own)
    assert step.exposure.amount.amount == Decimal(27)


def test_what_comes_is_counted_in_units(ground: Ground) -> None:
    north, _ = ground.warehouses
    goods = ground.product()
    order = mixed(ground, goods)
    assert coming(ground, goods, north) == 27

    ground.done(confirm(order, north))

    assert coming(ground, goods, north) == 27


def test_money_without_a_rate_cannot_be_judged(ground: Ground) -> None:
    north, _ = ground.warehouses
    order = ground.buy(ground.product(), 5, confirm=False, currency_id=ground.currency(rate=None))

    refused = ground.refused(confirm(order, north))

    assert "rate" in refused.reason
