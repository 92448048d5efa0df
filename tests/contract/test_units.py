"""Quantities in dozens and money of other countries mean to the desk what they mean to Odoo."""

from decimal import Decimal

import pytest

from domain.intents import Compensated, Undo
from domain.money import Money
from domain.plans import Draft
from domain.refusals import Refusal
from domain.values import Row
from tests.contract.drafts import rfq, transfer
from tests.contract.ground import Ground
from tools.reads.measures import units
from tools.reads.moves import open_moves
from tools.reads.purchases import purchase_lines
from tools.reads.sales import sale_lines


def own_money(ground: Ground, amount: str) -> Money:
    return Money(amount=Decimal(amount), currency=ground.code(ground.own_currency))


def test_dozens_bought_come_as_units(ground: Ground) -> None:
    goods = ground.product("Jug")
    order = ground.buy(goods, 2, uom=ground.dozen, price=42)

    (line,) = purchase_lines(ground.reader(), ground.lines(order), goods)
    (coming,) = open_moves(ground.reader(), goods)

    assert (line.quantity, coming.quantity) == (Decimal(24), Decimal(24))
    assert line.net == Decimal(84)


def test_dozens_sold_leave_as_units(ground: Ground) -> None:
    goods = ground.product("Jug")
    order = ground.sell(goods, 2, uom=ground.dozen, price=100)

    (leaving,) = open_moves(ground.reader(), goods)
    (line,) = sale_lines(ground.reader(), ground.lines(order, "sale.order"))

    assert leaving.quantity == Decimal(24)
    assert (line.quantity, line.unit, line.net) == (Decimal(2), ground.dozen, Decimal(200))


def test_what_is_reserved_is_told_in_the_units_of_the_move(ground: Ground) -> None:
    goods, (north, _) = ground.product("Jug"), ground.warehouses
    ground.stock(goods, north, 18)
    (delivery,) = ground.deliveries(ground.sell(goods, 2, uom=ground.dozen))
    ground.call("stock.picking", "action_assign", [delivery])
    known = {each.id: each for each in units(ground.reader())}

    (leaving,) = open_moves(ground.reader(), goods)

    in_stock_units = leaving.reserved / known[leaving.unit].factor
    assert round(in_stock_units, 4) == Decimal(18)


def test_a_request_in_dozens_is_exposed_in_units(ground: Ground) -> None:
    goods, vendor = ground.product("Jug", bought_in=ground.dozen), ground.vendor()
    listed = {"product_uom_id": ground.dozen} if ground.version >= 19 else {}
    ground.price(goods, vendor, 42, **listed)
    draft = rfq(ground, goods, vendor, "2", uom=ground.dozen, price="42")
    step = ground.priced(draft)

    intent, undo = ground.done(draft)

    assert (step.exposure.quantity, step.exposure.amount) == (Decimal(24), own_money(ground, "84.00"))
    (line,) = ground.rows("purchase.order.line", [["product_id", "=", goods]], ["product_qty", "product_uom_qty"])
    assert (line["product_qty"], line["product_uom_qty"]) == (2, 24)
    assert isinstance(ground.undo(intent, undo), Compensated)


def test_an_order_in_dozens_is_confirmed_and_exposed_in_units(ground: Ground) -> None:
    order = ground.buy(ground.product("Jug"), 2, uom=ground.dozen, price=42, confirm=False)
    params: Row = {"order": order, "warehouse": ground.warehouses[0].id}
    draft = Draft(action="purchase.confirm", params=params)

    step = ground.priced(draft)
    intent, undo = ground.done(draft)

    assert (step.exposure.quantity, step.exposure.amount) == (Decimal(24), own_money(ground, "84.00"))
    (receipt,) = ground.receipts(order)
    assert sum(move["product_uom_qty"] for move in ground.moves(receipt)) in {2, 24}
    assert isinstance(ground.undo(intent, undo), Compensated)


def test_reservations_in_dozens_change_hands_whole(ground: Ground) -> None:
    goods, (north, _) = ground.product("Bunting"), ground.warehouses
    ground.stock(goods, north, 25)
    giver, taker = (ground.deliveries(ground.sell(goods, 2, uom=uom))[0] for uom in (ground.dozen, ground.unit))
    for picking in (giver, taker):
        ground.call("stock.picking", "action_assign", [picking])
    params: Row = {"product": goods, "quantity": "1", "warehouse": north.id, "from_picking": giver, "to_picking": taker}

    intent, undo = ground.done(Draft(action="stock.reallocate", params=params))

    assert ground.free(goods, north) == 0
    assert isinstance(ground.undo(intent, undo), Compensated)


def test_a_transfer_is_counted_in_the_products_own_unit(ground: Ground) -> None:
    goods, (_, south) = ground.product("Oil", uom=ground.dozen), ground.warehouses
    ground.stock(goods, south, 5)

    in_units = ground.perform(transfer(ground, goods, "3"))
    in_dozens = ground.perform(transfer(ground, goods, "3", uom=ground.dozen))

    assert isinstance(in_units, Refusal)
    assert isinstance(in_dozens, Undo), in_dozens
    assert ground.free(goods, south) == 2


@pytest.mark.parametrize("quantity", ["2.5", "0.333333"])
def test_parts_of_a_dozen_are_what_odoo_makes_of_them(ground: Ground, quantity: str) -> None:
    """Odoo rounds to its own precision: the desk reads what stands there."""
    goods = ground.product("Jug")
    order = ground.buy(goods, float(quantity), uom=ground.dozen, confirm=False)

    (line,) = purchase_lines(ground.reader(), [], goods)
    kept = ground.row("purchase.order.line", ground.lines(order)[0], "product_uom_qty")["product_uom_qty"]

    assert abs(float(line.quantity) - kept) < 1e-6
    assert abs(float(line.quantity) - float(quantity) * 12) < 0.13


def test_foreign_money_is_exposed_at_the_days_rate(ground: Ground) -> None:
    goods, vendor, foreign = ground.product("Jug"), ground.vendor(), ground.currency(rate=2)
    ground.price(goods, vendor, 7, currency_id=foreign)
    draft = rfq(ground, goods, vendor, price="7", currency=ground.code(foreign))

    step = ground.priced(draft)
    intent, undo = ground.done(draft)

    assert step.exposure.amount == own_money(ground, "84.00")
    (order,) = ground.rows("purchase.order", [["id", "=", undo.records[0].id]], ["currency_id", "amount_untaxed"])
    assert (order["currency_id"][0], order["amount_untaxed"]) == (foreign, 168)
    assert isinstance(ground.undo(intent, undo), Compensated)


def test_a_price_in_other_money_is_converted_by_odoo_as_by_the_desk(ground: Ground) -> None:
    """The vendor quotes in one currency, the request is made in the company's own."""
    goods, vendor, foreign = ground.product("Jug"), ground.vendor(), ground.currency(rate=2)
    ground.price(goods, vendor, 7, currency_id=foreign)

    intent, undo = ground.done(rfq(ground, goods, vendor, price="3.5"))

    (line,) = ground.rows("purchase.order.line", [["product_id", "=", goods]], ["price_unit"])
    assert line["price_unit"] == 3.5
    assert isinstance(ground.undo(intent, undo), Compensated)


def test_money_without_a_rate_is_never_taken_for_ones_own(ground: Ground) -> None:
    goods, vendor, foreign = ground.product("Jug"), ground.vendor(), ground.currency(rate=None)
    ground.price(goods, vendor, 7, currency_id=foreign)

    refused = ground.refused(rfq(ground, goods, vendor, price="7", currency=ground.code(foreign)))

    assert "rate" in refused.reason


def test_another_price_than_was_approved_is_not_ordered(ground: Ground) -> None:
    goods, vendor = ground.product("Jug"), ground.vendor()
    ground.price(goods, vendor, 3.5)

    outcome = ground.perform(rfq(ground, goods, vendor, price="3.0"))

    assert isinstance(outcome, Refusal)
    assert ground.count("purchase.order.line", [["product_id", "=", goods]]) == 0
