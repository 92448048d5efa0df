"""Returns in the sandbox behave as captured from Odoo 18, traps included."""

import pytest

from scenarios.sandbox.faults import UserError
from tests.scenarios.sandbox.business.shop import Shop

WIZARD = "stock.return.picking"


def done_transfer(shop: Shop, quantity: float) -> int:
    shop.put(shop.tea, quantity)
    picking = shop.transfer(shop.tea, quantity)
    shop.call("stock.picking", "button_validate", [picking])
    return picking


def returned(shop: Shop, picking: int, quantity: float) -> int:
    wizard = shop.call(WIZARD, "create", {"picking_id": picking})
    lines = [line["id"] for line in shop.found(f"{WIZARD}.line", ("wizard_id", "=", wizard))]
    shop.call(f"{WIZARD}.line", "write", lines, {"quantity": quantity})
    return int(shop.call(WIZARD, "action_create_returns", [wizard])["res_id"])


def test_a_done_transfer_is_brought_back(shop: Shop) -> None:
    picking = done_transfer(shop, 7)

    back = returned(shop, picking, 7)

    row = shop.row("stock.picking", back)
    assert (row["state"], row["origin"], row["return_id"]) == ("assigned", "Return of WH/INT/00001", picking)
    assert (row["location_id"], row["location_dest_id"]) == (shop.east_stock, shop.stock)
    shop.call("stock.picking", "button_validate", [back])
    assert (shop.free(shop.tea, shop.main), shop.free(shop.tea, shop.east)) == (7.0, 0.0)


def test_the_default_quantity_is_zero_and_refused(shop: Shop) -> None:
    wizard = shop.call(WIZARD, "create", {"picking_id": done_transfer(shop, 7)})

    with pytest.raises(UserError, match="non-zero"):
        shop.call(WIZARD, "action_create_returns", [wizard])


def test_more_than_was_moved_is_accepted(shop: Shop) -> None:
    back = returned(shop, done_transfer(shop, 5), 50)

    assert shop.moves_in(back)[0]["product_uom_qty"] == 50.0


def test_all_at_once_returns_what_was_moved(shop: Shop) -> None:
    wizard = shop.call(WIZARD, "create", {"picking_id": done_transfer(shop, 7)})

    back = shop.call(WIZARD, "action_create_returns_all", [wizard])["res_id"]

    assert shop.moves_in(back)[0]["product_uom_qty"] == 7.0


def test_only_done_transfers_are_returned(shop: Shop) -> None:
    with pytest.raises(UserError, match="only return Done"):
        shop.call(WIZARD, "create", {"picking_id": shop.transfer(shop.tea, 1)})


def test_the_transfer_on_screen_is_meant_where_none_is_named(shop: Shop) -> None:
    picking = done_transfer(shop, 7)

    on_screen = {"active_model": "stock.picking", "active_id": picking}
    wizard = shop.call(WIZARD, "create", {}, context=on_screen)

    assert shop.row(WIZARD, wizard)["picking_id"] == picking
    assert [line["product_id"] for line in shop.found(f"{WIZARD}.line", ("wizard_id", "=", wizard))] == [shop.tea]


def test_goods_sent_back_to_the_vendor_are_not_received_any_more(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)
    shop.receive(order)

    back = returned(shop, shop.receipt(order)["id"], 4)
    shop.call("stock.picking", "button_validate", [back])

    assert shop.row("stock.picking", back)["name"] == "WH/OUT/00001"
    assert shop.lines_of(order)[0]["qty_received"] == 6.0


def test_goods_the_customer_sends_back_are_not_delivered_any_more(shop: Shop) -> None:
    shop.put(shop.tea, 10)
    order = shop.sold(shop.tea, 4)
    delivery = shop.found("stock.picking", ("sale_id", "=", order))[0]["id"]
    shop.call("stock.picking", "button_validate", [delivery])

    back = returned(shop, delivery, 3)
    shop.call("stock.picking", "button_validate", [back])

    assert shop.row("stock.picking", back)["location_dest_id"] == shop.stock
    assert shop.found("sale.order.line", ("order_id", "=", order))[0]["qty_delivered"] == 1.0
    assert shop.free(shop.tea) == 9.0
