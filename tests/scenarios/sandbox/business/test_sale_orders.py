"""Sales orders in the sandbox behave as captured from Odoo 18, traps included."""

import pytest

from scenarios.sandbox.env import Record
from scenarios.sandbox.faults import UserError
from tests.scenarios.sandbox.business.shop import Shop


def delivery(shop: Shop, order: int) -> Record:
    return shop.found("stock.picking", ("sale_id", "=", order))[-1]


def line_of(shop: Shop, order: int) -> Record:
    return shop.found("sale.order.line", ("order_id", "=", order))[0]


def test_confirming_makes_and_reserves_the_delivery(shop: Shop) -> None:
    shop.put(shop.tea, 10)

    order = shop.sold(shop.tea, 4)

    head, picking = shop.row("sale.order", order), delivery(shop, order)
    assert (head["name"], head["state"], head["amount_total"], head["delivery_status"]) == (
        "S00001",
        "sale",
        20.0,
        "pending",
    )
    assert (picking["name"], picking["state"], picking["origin"]) == ("WH/OUT/00001", "assigned", "S00001")
    assert shop.free(shop.tea) == 6.0
    assert shop.field("sale.order", order, "delivery_count") == 1


def test_the_delivery_leaves_the_order_s_warehouse(shop: Shop) -> None:
    order = shop.sold(shop.tea, 4, warehouse_id=shop.east)

    assert delivery(shop, order)["location_id"] == shop.east_stock


def test_confirming_twice_is_refused(shop: Shop) -> None:
    order = shop.sold(shop.tea, 4)

    with pytest.raises(UserError, match="not in a state"):
        shop.call("sale.order", "action_confirm", [order])


def test_delivering_counts(shop: Shop) -> None:
    shop.put(shop.tea, 10)
    order = shop.sold(shop.tea, 4)

    shop.call("stock.picking", "button_validate", [delivery(shop, order)["id"]])

    assert line_of(shop, order)["qty_delivered"] == 4.0
    assert shop.row("sale.order", order)["delivery_status"] == "full"
    assert shop.field("sale.order.line", line_of(shop, order)["id"], "qty_to_deliver") == 0.0


def test_a_part_delivered_shows(shop: Shop) -> None:
    shop.put(shop.tea, 3)
    order = shop.sold(shop.tea, 4)

    shop.call("stock.picking", "button_validate", [delivery(shop, order)["id"]], context={"skip_backorder": True})

    assert shop.row("sale.order", order)["delivery_status"] == "partial"
    assert [m["product_uom_qty"] for m in shop.moves_in(delivery(shop, order)["id"])] == [1.0]


def test_a_promise_moves_the_deadline_only_and_false_takes_it_back(shop: Shop) -> None:
    order = shop.sold(shop.tea, 4)

    shop.call("sale.order", "write", [order], {"commitment_date": "2026-12-30 09:00:00"})
    picking = delivery(shop, order)
    assert (picking["date_deadline"], picking["scheduled_date"]) == ("2026-12-30 09:00:00", "2026-11-20 12:00:00")

    shop.call("sale.order", "write", [order], {"commitment_date": False})
    assert delivery(shop, order)["date_deadline"] == "2026-11-20 12:00:00"


def test_without_a_promise_every_line_gets_the_order_s_expected_day(shop: Shop) -> None:
    with shop.engine.transaction() as env:
        env.write("product.product", shop.mug, {"sale_delay": 5})
    lines = [[0, 0, {"product_id": product, "product_uom_qty": 1}] for product in (shop.tea, shop.mug)]
    order = int(shop.call("sale.order", "create", {"partner_id": shop.customer, "order_line": lines}))
    shop.call("sale.order", "action_confirm", [order])
    moves = shop.moves_in(delivery(shop, order)["id"])
    assert [move["date_deadline"][:10] for move in moves] == ["2026-11-20", "2026-11-25"]

    shop.call("sale.order", "write", [order], {"commitment_date": "2026-12-30 09:00:00"})
    shop.call("sale.order", "write", [order], {"commitment_date": False})

    deadlines = [move["date_deadline"][:10] for move in shop.moves_in(delivery(shop, order)["id"])]
    assert deadlines == ["2026-11-20", "2026-11-20"]


def test_a_new_promise_is_the_deadline_of_what_was_delivered_too(shop: Shop) -> None:
    shop.put(shop.tea, 10)
    order = shop.sold(shop.tea, 4)
    picking = delivery(shop, order)["id"]
    shop.call("stock.picking", "button_validate", [picking])

    shop.call("sale.order", "write", [order], {"commitment_date": "2026-12-30 09:00:00"})

    assert shop.moves_in(picking)[0]["date_deadline"] == "2026-12-30 09:00:00"


def test_an_order_that_goes_at_once_is_expected_with_its_last_line_and_a_cancelled_one_never(shop: Shop) -> None:
    with shop.engine.transaction() as env:
        env.write("product.product", shop.mug, {"sale_delay": 5})
    lines = [[0, 0, {"product_id": product, "product_uom_qty": 1}] for product in (shop.tea, shop.mug)]
    values = {"partner_id": shop.customer, "picking_policy": "one", "order_line": lines}
    order = int(shop.call("sale.order", "create", values))

    assert shop.field("sale.order", order, "expected_date")[:10] == "2026-11-25"
    shop.call("sale.order", "action_cancel", [order])
    assert shop.field("sale.order", order, "expected_date") is False


def test_a_promise_made_before_confirming_plans_the_delivery(shop: Shop) -> None:
    with shop.engine.transaction() as env:
        env.write("res.company", 1, {"security_lead": 2})

    order = shop.sold(shop.tea, 4, commitment_date="2026-12-30 09:00:00")

    picking = delivery(shop, order)
    assert (picking["scheduled_date"], picking["date_deadline"]) == ("2026-12-28 09:00:00", "2026-12-30 09:00:00")


def test_cancelling_a_sale_asks_first_and_does_nothing(shop: Shop) -> None:
    order = shop.sold(shop.tea, 4)

    assert shop.call("sale.order", "action_cancel", [order])["res_model"] == "sale.order.cancel"
    assert shop.row("sale.order", order)["state"] == "sale"

    wizard = shop.call("sale.order.cancel", "create", {"order_id": order})
    assert shop.call("sale.order.cancel", "action_cancel", [wizard]) is True
    assert (shop.row("sale.order", order)["state"], delivery(shop, order)["state"]) == ("cancel", "cancel")


def test_with_the_context_a_sale_is_cancelled_and_frees_its_stock(shop: Shop) -> None:
    shop.put(shop.tea, 10)
    order = shop.sold(shop.tea, 4)

    assert shop.call("sale.order", "action_cancel", [order], context={"disable_cancel_warning": True}) is True

    assert shop.free(shop.tea) == 10.0


def test_cancelled_and_confirmed_again_has_a_new_delivery(shop: Shop) -> None:
    order = shop.sold(shop.tea, 4)
    first = delivery(shop, order)["id"]
    shop.call("sale.order", "action_cancel", [order], context={"disable_cancel_warning": True})

    shop.call("sale.order", "action_draft", [order])
    shop.call("sale.order", "action_confirm", [order])

    assert delivery(shop, order)["id"] != first
    assert delivery(shop, order)["state"] == "confirmed"


def test_a_done_delivery_survives_cancelling(shop: Shop) -> None:
    shop.put(shop.tea, 10)
    order = shop.sold(shop.tea, 4)
    shop.call("stock.picking", "button_validate", [delivery(shop, order)["id"]])

    shop.call("sale.order", "action_cancel", [order], context={"disable_cancel_warning": True})

    assert (shop.row("sale.order", order)["state"], delivery(shop, order)["state"]) == ("cancel", "done")


def test_a_draft_is_cancelled_without_a_question(shop: Shop) -> None:
    order = shop.call("sale.order", "create", {"partner_id": shop.customer})

    assert shop.call("sale.order", "action_cancel", [order]) is True
    assert shop.row("sale.order", order)["state"] == "cancel"


def test_drafting_a_sale_is_true_and_nothing(shop: Shop) -> None:
    order = shop.sold(shop.tea, 4)

    assert shop.call("sale.order", "action_draft", [order]) is True
    assert shop.row("sale.order", order)["state"] == "sale"


def test_a_locked_order_refuses_prices_and_cancelling_but_takes_discounts(shop: Shop) -> None:
    order = shop.sold(shop.tea, 4)
    line = line_of(shop, order)["id"]
    shop.call("sale.order", "action_lock", [order])

    with pytest.raises(UserError, match="Unit Price"):
        shop.call("sale.order.line", "write", [line], {"price_unit": 9})
    with pytest.raises(UserError, match="locked order"):
        shop.call("sale.order", "action_cancel", [order], context={"disable_cancel_warning": True})
    shop.call("sale.order.line", "write", [line], {"discount": 10})
    assert shop.row("sale.order", order)["amount_total"] == 18.0

    shop.call("sale.order", "action_unlock", [order])
    shop.call("sale.order.line", "write", [line], {"price_unit": 10})
    assert shop.row("sale.order", order)["amount_total"] == 36.0


def test_prices_and_discounts_know_no_limits(shop: Shop) -> None:
    line = line_of(shop, shop.sold(shop.tea, 4))["id"]

    shop.call("sale.order.line", "write", [line], {"discount": 150})
    assert shop.row("sale.order.line", line)["price_subtotal"] == -10.0

    shop.call("sale.order.line", "write", [line], {"price_unit": -5, "discount": 0})
    assert shop.row("sale.order.line", line)["price_subtotal"] == -20.0


def test_more_and_less_on_a_confirmed_line_follow_to_the_delivery(shop: Shop) -> None:
    shop.put(shop.tea, 20)
    order = shop.sold(shop.tea, 4)
    line = line_of(shop, order)["id"]

    shop.call("sale.order.line", "write", [line], {"product_uom_qty": 9})
    assert [m["product_uom_qty"] for m in shop.moves_in(delivery(shop, order)["id"])] == [9.0]

    shop.call("sale.order.line", "write", [line], {"product_uom_qty": 2})
    assert [m["product_uom_qty"] for m in shop.moves_in(delivery(shop, order)["id"])] == [2.0]


def test_less_than_delivered_is_refused(shop: Shop) -> None:
    shop.put(shop.tea, 10)
    order = shop.sold(shop.tea, 4)
    shop.call("stock.picking", "button_validate", [delivery(shop, order)["id"]])

    with pytest.raises(UserError, match="already delivered"):
        shop.call("sale.order.line", "write", [line_of(shop, order)["id"]], {"product_uom_qty": 2})


def test_only_drafts_and_cancelled_orders_are_deleted(shop: Shop) -> None:
    order = shop.sold(shop.tea, 4)
    with pytest.raises(UserError, match="must first cancel"):
        shop.call("sale.order", "unlink", [order])
    with pytest.raises(UserError, match="Set the quantity to 0"):
        shop.call("sale.order.line", "unlink", [line_of(shop, order)["id"]])

    shop.call("sale.order", "action_cancel", [order], context={"disable_cancel_warning": True})
    shop.call("sale.order", "unlink", [order])

    assert not shop.found("sale.order.line")


def test_a_line_taken_off_a_draft_leaves_the_sum(shop: Shop) -> None:
    lines = [[0, 0, {"product_id": shop.tea, "product_uom_qty": 4}]]
    order = shop.call("sale.order", "create", {"partner_id": shop.customer, "order_line": lines})

    shop.call("sale.order.line", "unlink", [line_of(shop, order)["id"]])

    assert shop.row("sale.order", order)["amount_total"] == 0.0


def test_only_a_draft_is_marked_as_sent(shop: Shop) -> None:
    order = shop.call("sale.order", "create", {"partner_id": shop.customer})

    assert shop.call("sale.order", "action_quotation_sent", [order]) is None

    assert shop.row("sale.order", order)["state"] == "sent"
    with pytest.raises(UserError, match="Only draft"):
        shop.call("sale.order", "action_quotation_sent", [order])


def test_a_line_knows_what_its_warehouse_has_today(shop: Shop) -> None:
    shop.put(shop.tea, 10)
    order = shop.sold(shop.tea, 4, warehouse_id=shop.east)

    told = shop.call(
        "sale.order.line", "read", [line_of(shop, order)["id"]], ["qty_to_deliver", "scheduled_date", "free_qty_today"]
    )[0]

    assert (told["qty_to_deliver"], told["scheduled_date"], told["free_qty_today"]) == (4.0, "2026-11-20 12:00:00", 0.0)
    assert shop.field("sale.order", order, "expected_date") == "2026-11-20 12:00:00"


def test_the_order_s_changes_are_repeated_on_its_lines(shop: Shop) -> None:
    order = shop.sold(shop.tea, 4)

    shop.call("sale.order", "write", [order], {"warehouse_id": shop.east})

    assert line_of(shop, order)["warehouse_id"] == shop.east
    assert line_of(shop, order)["state"] == "sale"


def test_the_price_follows_the_unit_that_the_line_is_counted_in(shop: Shop) -> None:
    order = shop.sold(shop.tea, 1)
    line = shop.found("sale.order.line", ("order_id", "=", order))[0]["id"]

    with shop.engine.transaction() as env:
        dozen = env.ref("uom.product_uom_dozen")
    shop.call("sale.order.line", "write", [line], {"product_uom": dozen})

    row = shop.row("sale.order.line", line)
    assert (row["price_unit"], row["price_subtotal"]) == (60.0, 60.0)


def test_what_was_sold_stays_what_it_was(shop: Shop) -> None:
    order = shop.sold(shop.tea, 1)
    line = shop.found("sale.order.line", ("order_id", "=", order))[0]["id"]

    with pytest.raises(UserError, match="You cannot modify the product of this order line"):
        shop.call("sale.order.line", "write", [line], {"product_id": shop.mug})


def test_an_order_with_goods_to_come_back_is_delivered_in_part(shop: Shop) -> None:
    shop.put(shop.tea, 10)
    order = shop.sold(shop.tea, 4)
    delivery = shop.found("stock.picking", ("sale_id", "=", order))[0]["id"]
    shop.call("stock.picking", "button_validate", [delivery])

    wizard = shop.call("stock.return.picking", "create", {"picking_id": delivery})
    shop.call("stock.return.picking", "action_create_returns_all", [wizard])

    assert shop.field("sale.order", order, "delivery_status") == "partial"


def test_an_order_that_wants_less_still_holds_what_it_wants(shop: Shop) -> None:
    shop.put(shop.tea, 10)
    order = shop.sold(shop.tea, 8)
    line = shop.found("sale.order.line", ("order_id", "=", order))[0]["id"]

    shop.call("sale.order.line", "write", [line], {"product_uom_qty": 3})

    move = shop.found("stock.move", ("sale_line_id", "=", line))[0]
    assert (move["state"], move["product_uom_qty"], move["quantity"]) == ("assigned", 3.0, 3.0)
    assert shop.free(shop.tea) == 7.0
