"""Receipts in the sandbox follow their order's day, price and end as in Odoo 18, and so does what waits for them."""

import pytest

from scenarios.sandbox.env import Record
from scenarios.sandbox.faults import AccessError, UserError
from tests.scenarios.sandbox.business.shop import Shop

DUE, LATER = "2026-11-27 12:00:00", "2026-12-20 10:00:00"


def to_order(shop: Shop, quantity: float) -> tuple[int, Record]:
    """A purchase order, confirmed, for tea that one delivery waits for."""
    with shop.engine.transaction() as env:
        routes = [env.ref("stock.route_warehouse0_mto"), env.ref("purchase_stock.route_warehouse0_buy")]
        env.write("product.product", shop.tea, {"route_ids": [(6, 0, routes)]})
    shop.sold(shop.tea, quantity, commitment_date="2026-12-01 08:00:00")
    (line,) = shop.found("purchase.order.line", ("product_id", "=", shop.tea))
    shop.call("purchase.order", "button_confirm", [line["order_id"]])
    return line["order_id"], delivery(shop)


def delivery(shop: Shop) -> Record:
    return shop.found("stock.move", ("sale_line_id", "!=", False))[-1]


def dates(shop: Shop, order: int) -> list[tuple[str, str]]:
    return [(move["date"], move["date_deadline"]) for move in shop.moves_of(order)]


def test_a_confirmed_order_hands_what_waits_for_it_on_to_its_receipt(shop: Shop) -> None:
    order, waiting = to_order(shop, 5)

    assert shop.lines_of(order)[0]["move_dest_ids"] == []
    assert shop.moves_of(order)[0]["move_dest_ids"] == [waiting["id"]]


def test_a_new_promise_moves_the_deadline_of_what_waits_by_as_much(shop: Shop) -> None:
    order, waiting = to_order(shop, 5)
    line = shop.lines_of(order)[0]
    assert (line["date_planned"], waiting["date_deadline"]) == ("2026-12-01 08:00:00", "2026-12-01 08:00:00")

    shop.call("purchase.order.line", "write", [line["id"]], {"date_planned": "2026-12-04 08:00:00"})

    assert delivery(shop)["date_deadline"] == "2026-12-04 08:00:00"
    assert delivery(shop)["date"] == waiting["date"]


def test_a_buyer_moves_the_day_of_a_move_and_its_receipt_follows(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)
    moves = [move["id"] for move in shop.moves_of(order)]

    shop.call("stock.move", "write", moves, {"date": LATER}, user=shop.buyer)

    assert dates(shop, order) == [(LATER, DUE)]
    assert shop.receipt(order)["scheduled_date"] == LATER
    assert shop.receipt(order)["has_deadline_issue"] is True
    assert shop.lines_of(order)[0]["date_planned"] == DUE


def test_a_receipt_shows_the_earliest_day_of_what_it_brings(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)
    shop.call("purchase.order", "write", [order], {"order_line": [[0, 0, {"product_id": shop.mug, "product_qty": 3}]]})
    tea = [move["id"] for move in shop.moves_of(order) if move["product_id"] == shop.tea]

    shop.call("stock.move", "write", tea, {"date": LATER})

    assert shop.receipt(order)["scheduled_date"] == min(date for date, _ in dates(shop, order)) != LATER


def test_a_day_written_on_the_receipt_reaches_everything_on_it(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)
    shop.call("purchase.order", "write", [order], {"order_line": [[0, 0, {"product_id": shop.mug, "product_qty": 3}]]})

    shop.call("stock.picking", "write", [shop.receipt(order)["id"]], {"scheduled_date": LATER}, user=shop.buyer)

    assert {date for date, _ in dates(shop, order)} == {LATER}


def test_only_a_buyer_changes_a_purchase_line(shop: Shop) -> None:
    line = shop.lines_of(shop.confirmed(shop.tea, 10))[0]["id"]
    with shop.engine.transaction() as env:
        groups = [[6, 0, [env.ref("stock.group_stock_user")]]]
        stocker = env.create("res.users", {"name": "Stocker", "login": "stocker", "groups_id": groups})

    shop.call("purchase.order.line", "write", [line], {"date_planned": LATER}, user=shop.buyer)
    with pytest.raises(AccessError):
        shop.call("purchase.order.line", "write", [line], {"date_planned": DUE}, user=stocker)
    with pytest.raises(AccessError):
        shop.call("purchase.order", "button_confirm", [shop.ordered(shop.tea, 1)], user=stocker)


def test_a_written_price_is_the_price_of_what_has_not_come(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)
    shop.receive(order, 4)

    shop.call("purchase.order.line", "write", [shop.lines_of(order)[0]["id"]], {"price_unit": 9.5})

    assert {move["state"]: move["price_unit"] for move in shop.moves_of(order)} == {"done": 1.5, "assigned": 9.5}


def test_a_cancelled_order_gives_its_delivery_back_to_the_stock(shop: Shop) -> None:
    order, _ = to_order(shop, 5)
    shop.put(shop.tea, 20)

    shop.call("purchase.order", "button_cancel", [order])

    waiting = delivery(shop)
    assert (waiting["procure_method"], waiting["state"], waiting["quantity"]) == ("make_to_stock", "confirmed", 0)
    assert waiting["move_orig_ids"] == []
    shop.call("stock.picking", "action_assign", [waiting["picking_id"]])
    assert delivery(shop)["state"] == "assigned"


def test_a_delivery_that_waits_for_another_order_too_goes_on_waiting(shop: Shop) -> None:
    order, waiting = to_order(shop, 5)
    other = shop.confirmed(shop.tea, 3)
    with shop.engine.transaction() as env:
        env.write("stock.move", [move["id"] for move in shop.moves_of(other)], {"move_dest_ids": [(4, waiting["id"])]})

    shop.call("purchase.order", "button_cancel", [order])

    assert (delivery(shop)["procure_method"], delivery(shop)["state"]) == ("make_to_order", "waiting")


def test_a_request_again_stands_in_the_calendar_where_it_stood(shop: Shop) -> None:
    order = shop.ordered(shop.tea, 10)
    before = shop.row("purchase.order", order)["date_calendar_start"]
    shop.clock.move(shop.clock.now() - shop.clock.now().replace(hour=3))
    shop.call("purchase.order", "button_confirm", [order])
    approved = shop.row("purchase.order", order)["date_calendar_start"]

    shop.call("purchase.order", "button_cancel", [order])
    shop.call("purchase.order", "button_draft", [order])

    assert approved == shop.row("purchase.order", order)["date_approve"] != before
    assert shop.row("purchase.order", order)["date_calendar_start"] == before


def test_an_order_that_receives_at_another_company_is_made_and_cannot_be_confirmed(shop: Shop) -> None:
    with shop.engine.transaction() as env:
        second = env.create("res.company", {"name": "Second", "currency_id": env.ref("base.EUR")})
        warehouse = env.create("stock.warehouse", {"name": "Abroad", "code": "AB", "company_id": second})
        foreign = env.row("stock.warehouse", warehouse)["in_type_id"]
    order = shop.ordered(shop.tea, 10)
    shop.call("purchase.order", "write", [order], {"picking_type_id": foreign})

    with pytest.raises(UserError, match="Incompatible companies"):
        shop.call("purchase.order", "button_confirm", [order])

    assert shop.row("purchase.order", order)["state"] == "draft"


def test_a_draft_whose_receipt_stayed_open_is_confirmed_without_a_second_one(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)
    shop.call("purchase.order", "button_draft", [order])

    shop.call("purchase.order", "button_confirm", [order])

    assert [move["state"] for move in shop.moves_of(order)] == ["assigned"]


def test_a_line_on_a_locked_order_takes_another_day(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)
    shop.call("purchase.order", "button_done", [order])

    shop.call("purchase.order.line", "write", [shop.lines_of(order)[0]["id"]], {"date_planned": LATER})

    assert dates(shop, order) == [(DUE, LATER)]


def test_an_order_in_another_currency_waits_for_approval_by_the_company_s_own_limit(shop: Shop) -> None:
    with shop.engine.transaction() as env:
        usd = env.ref("base.USD")
        env.create("res.currency.rate", {"currency_id": usd, "name": "2026-11-01", "rate": 2.0})
        env.write("res.company", 1, {"po_double_validation": "two_step", "po_double_validation_amount": 16.0})
    orders = {}
    for currency, extra in (("USD", {"currency_id": usd}), ("own", {})):
        lines = [[0, 0, {"product_id": shop.tea, "product_qty": 10, "price_unit": 20.0 / 10}]]
        values = {"partner_id": shop.vendor, "order_line": lines, **extra}
        orders[currency] = shop.call("purchase.order", "create", values, user=shop.buyer)

    shop.call("purchase.order", "button_confirm", [*orders.values()], user=shop.buyer)

    states = {name: shop.row("purchase.order", order)["state"] for name, order in orders.items()}
    assert states == {"USD": "purchase", "own": "to approve"}
