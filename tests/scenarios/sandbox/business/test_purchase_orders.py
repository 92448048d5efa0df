"""Purchase orders in the sandbox behave as captured from Odoo 18, traps included."""

import pytest

from scenarios.sandbox.faults import MissingError, UserError, ValidationError
from tests.scenarios.sandbox.business.shop import Shop


def test_a_new_order_gets_number_price_date_and_amount(shop: Shop) -> None:
    order = shop.ordered(shop.tea, 10)

    head, line = shop.row("purchase.order", order), shop.lines_of(order)[0]
    assert head["name"] == "P00001"
    assert head["state"] == "draft"
    assert (line["price_unit"], line["price_subtotal"], head["amount_total"]) == (1.5, 15.0, 15.0)
    assert line["date_planned"] == head["date_planned"] == "2026-11-27 12:00:00"
    assert line["name"] == "[TEA] Tea"
    assert head["picking_type_id"] == shop.row("stock.warehouse", shop.main)["in_type_id"]


def test_a_new_line_is_priced_for_the_smallest_quantity_on_the_list(shop: Shop) -> None:
    order = shop.ordered(shop.tea, 100)

    assert shop.lines_of(order)[0]["price_unit"] == 1.5


def test_a_written_quantity_takes_the_price_break_the_discount_and_the_date(shop: Shop) -> None:
    order = shop.ordered(shop.tea, 100, date_planned="2026-12-24 09:00:00")
    _discount(shop, 10)
    line = shop.lines_of(order)[0]["id"]

    shop.call("purchase.order.line", "write", [line], {"product_qty": 100})

    told = shop.row("purchase.order.line", line)
    assert (told["price_unit"], told["discount"], told["price_subtotal"]) == (1.2, 10.0, 108.0)
    assert told["date_planned"] == "2026-11-27 12:00:00"


def test_a_vendor_s_price_is_kept_in_cents(shop: Shop) -> None:
    with shop.engine.transaction() as env:
        wanted = {"partner_id": shop.vendor, "product_tmpl_id": 1, "price": 1.2345}
        made = env.create("product.supplierinfo", wanted)
    created = shop.row("product.supplierinfo", made)["price"]

    with shop.engine.transaction() as env:
        env.write("product.supplierinfo", made, {"price": 1.999})

    assert (created, shop.row("product.supplierinfo", made)["price"]) == (1.23, 2.0)


def test_a_new_line_leaves_the_vendor_s_discount_out(shop: Shop) -> None:
    _discount(shop, 10)

    order = shop.ordered(shop.tea, 10)

    assert shop.lines_of(order)[0]["discount"] == 0.0


def test_a_confirmed_line_follows_the_price_break_until_it_is_billed(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)
    line = shop.lines_of(order)[0]["id"]

    shop.call("purchase.order.line", "write", [line], {"product_qty": 100})
    assert shop.row("purchase.order.line", line)["price_unit"] == 1.2

    with shop.engine.transaction() as env:
        bill = env.create("account.move", {"move_type": "in_invoice", "state": "draft", "name": "/"})
        env.write("purchase.order", order, {"invoice_ids": [[6, 0, [bill]]]})
    shop.call("purchase.order.line", "write", [line], {"product_qty": 10})
    assert shop.row("purchase.order.line", line)["price_unit"] == 1.2


def test_below_the_smallest_quantity_the_cost_is_taken_and_the_date_stays(shop: Shop) -> None:
    order = shop.ordered(shop.tea, 10, date_planned="2026-12-24 09:00:00")
    line = shop.lines_of(order)[0]["id"]

    shop.call("purchase.order.line", "write", [line], {"product_qty": 0.5})

    told = shop.row("purchase.order.line", line)
    assert (told["price_unit"], told["date_planned"]) == (2.0, "2026-12-24 09:00:00")


def test_without_a_list_a_price_stays_when_the_quantity_changes(shop: Shop) -> None:
    order = shop.ordered(shop.mug, 2, price_unit=2.5)
    line = shop.lines_of(order)[0]["id"]

    shop.call("purchase.order.line", "write", [line], {"product_qty": 3})

    assert shop.row("purchase.order.line", line)["price_unit"] == 2.5


def test_a_given_price_stays(shop: Shop) -> None:
    order = shop.ordered(shop.tea, 10, price_unit=9.0, date_planned="2026-12-24 09:00:00")

    line = shop.lines_of(order)[0]
    assert (line["price_unit"], line["date_planned"]) == (9.0, "2026-12-24 09:00:00")


def test_without_a_vendor_price_the_cost_is_taken(shop: Shop) -> None:
    order = shop.ordered(shop.mug, 2)

    assert shop.lines_of(order)[0]["price_unit"] == 3.0
    assert shop.lines_of(order)[0]["date_planned"] == "2026-11-20 12:00:00"


def test_dozens_are_ordered_at_the_unit_s_price_until_they_are_written_and_arrive_as_units(shop: Shop) -> None:
    dozen = shop.engine.root().ref("uom.product_uom_dozen")
    order = shop.ordered(shop.tea, 2, product_uom=dozen)
    assert shop.lines_of(order)[0]["price_unit"] == 1.5

    shop.call("purchase.order.line", "write", [shop.lines_of(order)[0]["id"]], {"product_qty": 2})
    shop.call("purchase.order", "button_confirm", [order])

    line, move = shop.lines_of(order)[0], shop.moves_of(order)[0]
    assert (line["price_unit"], line["price_subtotal"], line["product_uom_qty"]) == (18.0, 36.0, 24.0)
    assert (move["product_uom_qty"], move["product_qty"], move["price_unit"]) == (24.0, 24.0, 1.5)

    shop.receive(order)
    assert shop.lines_of(order)[0]["qty_received"] == 2.0
    assert shop.free(shop.tea) == 24.0


def test_a_negative_quantity_is_accepted(shop: Shop) -> None:
    order = shop.ordered(shop.tea, -3)

    assert shop.row("purchase.order", order)["amount_total"] < 0


def test_an_unknown_product_is_missing_and_nothing_is_kept(shop: Shop) -> None:
    before = shop.engine.digest()

    with pytest.raises(MissingError):
        shop.ordered(999999, 1)

    assert shop.engine.digest() == before


def test_a_vendor_is_mandatory(shop: Shop) -> None:
    with pytest.raises(ValidationError):
        shop.call("purchase.order", "create", {"order_line": []})


def test_confirming_makes_the_receipt_with_the_promised_date(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)

    head, receipt, move = shop.row("purchase.order", order), shop.receipt(order), shop.moves_of(order)[0]
    assert (head["state"], head["date_approve"], head["receipt_status"]) == (
        "purchase",
        "2026-11-20 12:00:00",
        "pending",
    )
    assert (receipt["name"], receipt["state"], receipt["origin"]) == ("WH/IN/00001", "assigned", "P00001")
    assert receipt["scheduled_date"] == receipt["date_deadline"] == "2026-11-27 12:00:00"
    assert (move["date"], move["date_deadline"], move["quantity"]) == ("2026-11-27 12:00:00",) * 2 + (10.0,)
    assert shop.call("product.product", "read", [shop.tea], ["incoming_qty"])[0]["incoming_qty"] == 10.0


def test_confirming_twice_or_a_cancelled_order_is_true_and_nothing(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)
    before = shop.engine.digest()
    assert shop.call("purchase.order", "button_confirm", [order]) is True
    assert shop.engine.digest() == before

    shop.call("purchase.order", "button_cancel", [order])
    assert shop.call("purchase.order", "button_confirm", [order]) is True
    assert shop.row("purchase.order", order)["state"] == "cancel"


def test_a_new_vendor_is_remembered_even_after_cancelling(shop: Shop) -> None:
    order = shop.confirmed(shop.mug, 2, price_unit=2.5)

    shop.call("purchase.order", "button_cancel", [order])

    template = shop.row("product.product", shop.mug)["product_tmpl_id"]
    remembered = shop.found("product.supplierinfo", ("product_tmpl_id", "=", template))
    assert [(row["partner_id"], row["price"], row["delay"]) for row in remembered] == [(shop.vendor, 2.5, 0)]


def test_above_the_limit_a_buyer_s_confirmation_waits_and_the_approval_is_a_silent_no(shop: Shop) -> None:
    with shop.engine.transaction() as env:
        env.write("res.company", 1, {"po_double_validation": "two_step", "po_double_validation_amount": 10.0})
    order = shop.ordered(shop.tea, 10)

    assert shop.call("purchase.order", "button_confirm", [order], user=shop.buyer) is True
    assert shop.row("purchase.order", order)["state"] == "to approve"
    assert shop.call("purchase.order", "button_approve", [order], user=shop.buyer) == {}
    assert shop.row("purchase.order", order)["state"] == "to approve"

    shop.call("purchase.order", "button_approve", [order])
    assert shop.row("purchase.order", order)["state"] == "purchase"
    assert shop.moves_of(order)


def test_a_buyer_below_the_limit_confirms_alone(shop: Shop) -> None:
    with shop.engine.transaction() as env:
        env.write("res.company", 1, {"po_double_validation": "two_step", "po_double_validation_amount": 1000.0})
    order = shop.ordered(shop.tea, 10)

    shop.call("purchase.order", "button_confirm", [order], user=shop.buyer)

    assert shop.row("purchase.order", order)["state"] == "purchase"


def test_a_draft_cannot_be_deleted_before_it_is_cancelled(shop: Shop) -> None:
    order = shop.ordered(shop.tea, 10)
    with pytest.raises(UserError, match="must cancel it first"):
        shop.call("purchase.order", "unlink", [order])

    shop.call("purchase.order", "button_cancel", [order])
    shop.call("purchase.order", "unlink", [order])

    assert not shop.found("purchase.order.line")


def test_cancelling_calls_the_receipt_off(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)

    assert shop.call("purchase.order", "button_cancel", [order]) is None

    assert shop.row("purchase.order", order)["state"] == "cancel"
    assert shop.receipt(order)["state"] == "cancel"
    assert shop.lines_of(order)[0]["state"] == "cancel"


def test_a_received_order_cannot_be_cancelled(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)
    shop.receive(order, 4)

    with pytest.raises(UserError, match="receipts that are already done"):
        shop.call("purchase.order", "button_cancel", [order])


def test_a_billed_order_cannot_be_cancelled(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)
    with shop.engine.transaction() as env:
        bill = env.create("account.move", {"name": "BILL/1", "move_type": "in_invoice", "state": "posted"})
        env.write("purchase.order", order, {"invoice_ids": [[6, 0, [bill]]]})

    with pytest.raises(UserError, match="vendor bills"):
        shop.call("purchase.order", "button_cancel", [order])


def test_resetting_a_confirmed_order_leaves_its_receipt_open(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)

    assert shop.call("purchase.order", "button_draft", [order]) == {}

    assert shop.row("purchase.order", order)["state"] == "draft"
    assert shop.receipt(order)["state"] == "assigned"


def test_cancelled_and_confirmed_again_has_a_second_receipt(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)
    first = shop.receipt(order)["id"]

    shop.call("purchase.order", "button_cancel", [order])
    shop.call("purchase.order", "button_draft", [order])
    shop.call("purchase.order", "button_confirm", [order])

    assert shop.receipt(order)["id"] != first
    assert shop.receipt(order)["state"] == "assigned"


def test_unlocking_a_cancelled_order_makes_it_a_purchase(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)
    shop.call("purchase.order", "button_done", [order])
    assert shop.row("purchase.order", order)["state"] == "done"
    shop.call("purchase.order", "button_cancel", [order])

    shop.call("purchase.order", "button_unlock", [order])

    assert shop.row("purchase.order", order)["state"] == "purchase"


def test_more_on_a_confirmed_line_is_more_on_its_move(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)
    line = shop.lines_of(order)[0]["id"]

    shop.call("purchase.order.line", "write", [line], {"product_qty": 16})

    assert [(m["product_uom_qty"], m["quantity"], m["state"]) for m in shop.moves_of(order)] == [
        (16.0, 16.0, "assigned")
    ]


def test_less_on_a_confirmed_line_is_less_on_its_move(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)
    line = shop.lines_of(order)[0]["id"]

    shop.call("purchase.order.line", "write", [line], {"product_qty": 4})

    assert [(m["product_uom_qty"], m["quantity"], m["state"]) for m in shop.moves_of(order)] == [(4.0, 4.0, "assigned")]


def test_nothing_left_cancels_the_move_and_the_old_quantity_makes_a_new_one(shop: Shop) -> None:
    order = shop.confirmed(shop.mug, 10)
    line = shop.lines_of(order)[0]["id"]

    shop.call("purchase.order.line", "write", [line], {"product_qty": 0})
    assert [m["state"] for m in shop.moves_of(order)] == ["cancel"]

    shop.call("purchase.order.line", "write", [line], {"product_qty": 10})
    assert [m["state"] for m in shop.moves_of(order)] == ["cancel", "assigned"]


def test_less_than_received_is_refused(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)
    shop.receive(order, 4)
    line = shop.lines_of(order)[0]["id"]

    with pytest.raises(UserError, match="below the received quantity"):
        shop.call("purchase.order.line", "write", [line], {"product_qty": 2})

    shop.call("purchase.order.line", "write", [line], {"product_qty": 4})
    assert shop.receipt(order)["state"] == "cancel"
    assert shop.row("purchase.order", order)["receipt_status"] == "full"


def test_a_confirmed_line_cannot_be_deleted(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)

    with pytest.raises(UserError, match="Purchase Order"):
        shop.call("purchase.order.line", "unlink", [shop.lines_of(order)[0]["id"]])


def test_a_deleted_draft_line_leaves_the_sum(shop: Shop) -> None:
    order = shop.ordered(shop.tea, 10)

    shop.call("purchase.order.line", "unlink", [shop.lines_of(order)[0]["id"]])

    assert shop.row("purchase.order", order)["amount_total"] == 0.0


def test_a_new_promise_moves_the_deadline_and_not_the_plan(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)
    line = shop.lines_of(order)[0]["id"]

    shop.call("purchase.order.line", "write", [line], {"date_planned": "2026-12-20 10:00:00"})

    receipt = shop.receipt(order)
    assert (receipt["date_deadline"], receipt["scheduled_date"]) == ("2026-12-20 10:00:00", "2026-11-27 12:00:00")
    assert shop.row("purchase.order", order)["date_planned"] == "2026-12-20 10:00:00"


def test_a_new_date_on_the_order_does_not_reach_its_lines(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)

    shop.call("purchase.order", "write", [order], {"date_planned": "2026-12-24 10:00:00"})

    assert shop.lines_of(order)[0]["date_planned"] == "2026-11-27 12:00:00"


def test_what_was_received_counts_and_dates_the_order(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)
    shop.receive(order, 4)
    head = shop.row("purchase.order", order)
    assert (shop.lines_of(order)[0]["qty_received"], head["receipt_status"]) == (4.0, "partial")
    assert head["effective_date"] == "2026-11-20 12:00:00"

    shop.receive(order)

    assert shop.lines_of(order)[0]["qty_received"] == 10.0
    assert shop.row("purchase.order", order)["receipt_status"] == "full"
    assert shop.field("purchase.order", order, "is_shipped") is True


def test_an_extra_line_on_a_confirmed_order_joins_the_receipt(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)

    shop.call("purchase.order", "write", [order], {"order_line": [[0, 0, {"product_id": shop.mug, "product_qty": 3}]]})

    assert [m["product_id"] for m in shop.moves_in(shop.receipt(order)["id"])] == [shop.tea, shop.mug]


def test_prices_in_another_currency_use_the_company_s_rate_of_the_day(shop: Shop) -> None:
    with shop.engine.transaction() as env:
        usd = env.ref("base.USD")
        env.create("res.currency.rate", {"currency_id": usd, "name": "2026-11-01", "rate": 1.25})
        template = env.row("product.product", shop.mug)["product_tmpl_id"]
        price = {"product_tmpl_id": template, "partner_id": shop.vendor, "price": 5.0, "currency_id": usd}
        env.create("product.supplierinfo", {**price, "min_qty": 1.0})

    order = shop.ordered(shop.mug, 1)

    assert shop.lines_of(order)[0]["price_unit"] == 4.0
    assert shop.call("res.currency", "read", [usd], ["rate"])[0]["rate"] == 1.25


def test_the_currency_given_is_the_currency_ordered_in(shop: Shop) -> None:
    with shop.engine.transaction() as env:
        usd = env.ref("base.USD")
        env.create("res.currency.rate", {"currency_id": usd, "name": "2026-11-01", "rate": 1.25})
    lines = [[0, 0, {"product_id": shop.tea, "product_qty": 10}]]

    order = shop.call("purchase.order", "create", {"partner_id": shop.vendor, "currency_id": usd, "order_line": lines})

    head = shop.row("purchase.order", order)
    assert (shop.lines_of(order)[0]["price_unit"], head["currency_rate"], head["amount_total_cc"]) == (
        1.88,
        1.25,
        15.04,
    )


def test_a_service_is_ordered_without_a_receipt(shop: Shop) -> None:
    service = shop.call("product.product", "create", {"name": "Freight", "type": "service"})

    order = shop.confirmed(service, 1)

    assert shop.field("purchase.order", order, "picking_ids") == []


def test_a_locking_company_locks_at_confirmation(shop: Shop) -> None:
    with shop.engine.transaction() as env:
        env.write("res.company", 1, {"po_lock": "lock"})

    order = shop.confirmed(shop.tea, 1)

    assert shop.row("purchase.order", order)["state"] == "done"


def _discount(shop: Shop, percent: float) -> None:
    prices = shop.found("product.supplierinfo", ("partner_id", "=", shop.vendor))
    shop.call("product.supplierinfo", "write", [price["id"] for price in prices], {"discount": percent})
