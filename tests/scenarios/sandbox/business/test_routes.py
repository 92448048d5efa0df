"""Goods that go another way than from stock to the customer: in two steps, to order, as a kit."""

import pytest

from scenarios.sandbox.business.procurement import RedirectWarning
from scenarios.sandbox.env import Record
from tests.scenarios.sandbox.business.shop import Shop


def in_two_steps(shop: Shop) -> int:
    """The main warehouse receives at its input; the input's id."""
    shop.call("stock.warehouse", "write", [shop.main], {"reception_steps": "two_steps"})
    return int(shop.row("stock.warehouse", shop.main)["wh_input_stock_loc_id"])


def to_order(shop: Shop, product: int) -> None:
    with shop.engine.transaction() as env:
        routes = [env.ref("stock.route_warehouse0_mto"), env.ref("purchase_stock.route_warehouse0_buy")]
        env.write("product.product", product, {"route_ids": [(6, 0, routes)]})


def gift_set(shop: Shop, **parts: int) -> int:
    """A kit of so much tea and so many mugs."""
    with shop.engine.transaction() as env:
        values = {"name": "Gift set", "type": "consu", "is_storable": False, "list_price": 20.0}
        kit = env.create("product.product", values)
        template = env.row("product.product", kit)["product_tmpl_id"]
        lines = [
            (0, 0, {"product_id": getattr(shop, name), "product_qty": quantity}) for name, quantity in parts.items()
        ]
        env.create("mrp.bom", {"product_tmpl_id": template, "type": "phantom", "bom_line_ids": lines})
        return kit


def delivery_of(shop: Shop, order: int) -> list[Record]:
    return shop.found("stock.move", ("sale_line_id.order_id", "=", order))


def test_what_arrives_at_the_input_is_not_in_stock_until_it_is_stored(shop: Shop) -> None:
    gate = in_two_steps(shop)
    order = shop.sold(shop.tea, 5)

    shop.receive(shop.confirmed(shop.tea, 10))

    (stored,) = shop.found("stock.move", ("location_id", "=", gate))
    assert (stored["state"], stored["quantity"], stored["location_dest_id"]) == ("assigned", 10, shop.stock)
    assert shop.row("stock.picking", stored["picking_id"])["name"] == "WH/STOR/00001"
    assert delivery_of(shop, order)[0]["quantity"] == 0
    shop.call("stock.picking", "button_validate", [stored["picking_id"]])
    assert delivery_of(shop, order)[0]["state"] == "assigned"


def test_back_to_one_step_goods_arrive_in_stock(shop: Shop) -> None:
    in_two_steps(shop)

    shop.call("stock.warehouse", "write", [shop.main], {"reception_steps": "one_step"})
    shop.receive(shop.confirmed(shop.tea, 10))

    assert shop.free(shop.tea, shop.main) == 10
    assert shop.found("stock.picking", ("state", "!=", "done")) == []


def test_what_is_sold_to_order_is_asked_of_the_vendor_for_that_delivery(shop: Shop) -> None:
    to_order(shop, shop.tea)
    shop.put(shop.tea, 100)

    order = shop.sold(shop.tea, 5, commitment_date="2026-12-01 08:00:00")

    (move,) = delivery_of(shop, order)
    (line,) = shop.found("purchase.order.line", ("product_id", "=", shop.tea))
    assert (move["procure_method"], move["state"], move["quantity"]) == ("make_to_order", "waiting", 0)
    assert (line["product_qty"], line["date_planned"], line["move_dest_ids"]) == (5, move["date"], [move["id"]])
    head = shop.row("purchase.order", line["order_id"])
    assert (head["state"], head["origin"], head["date_order"]) == ("draft", "S00001", "2026-11-24 08:00:00")


def test_a_second_order_joins_the_line_and_each_gets_its_own(shop: Shop) -> None:
    to_order(shop, shop.tea)
    first, second = shop.sold(shop.tea, 5), shop.sold(shop.tea, 7)
    (line,) = shop.found("purchase.order.line", ("product_id", "=", shop.tea))

    shop.call("purchase.order", "button_confirm", [line["order_id"]])
    shop.receive(line["order_id"])

    assert line["product_qty"] == 12
    assert [delivery_of(shop, order)[0]["quantity"] for order in (first, second)] == [5, 7]


def test_goods_made_to_order_serve_nobody_else(shop: Shop) -> None:
    to_order(shop, shop.mug)
    with shop.engine.transaction() as env:
        template = env.row("product.product", shop.mug)["product_tmpl_id"]
        env.create("product.supplierinfo", {"product_tmpl_id": template, "partner_id": shop.vendor, "price": 2.0})
    order = shop.sold(shop.mug, 5)

    shop.receive(shop.confirmed(shop.mug, 20))

    assert delivery_of(shop, order)[0]["state"] == "waiting"


def test_without_a_vendor_nothing_can_be_sold_to_order(shop: Shop) -> None:
    to_order(shop, shop.mug)

    with pytest.raises(RedirectWarning, match="no matching vendor price"):
        shop.sold(shop.mug, 5)


def test_a_kit_leaves_as_its_components(shop: Shop) -> None:
    kit = gift_set(shop, tea=2, mug=1)
    shop.put(shop.tea, 10)

    order = shop.sold(kit, 3)

    moves = {move["product_id"]: move for move in delivery_of(shop, order)}
    assert {product: move["product_uom_qty"] for product, move in moves.items()} == {shop.tea: 6, shop.mug: 3}
    assert (moves[shop.tea]["state"], moves[shop.mug]["state"]) == ("assigned", "confirmed")


def test_only_whole_kits_are_delivered(shop: Shop) -> None:
    kit = gift_set(shop, tea=2, mug=1)
    shop.put(shop.tea, 6)
    shop.put(shop.mug, 1)
    order = shop.sold(kit, 3)

    picking = delivery_of(shop, order)[0]["picking_id"]
    shop.call("stock.picking", "button_validate", [picking], context={"skip_backorder": True})

    (line,) = shop.found("sale.order.line", ("order_id", "=", order))
    assert line["qty_delivered"] == 1


def test_fewer_kits_want_fewer_components(shop: Shop) -> None:
    kit = gift_set(shop, tea=2, mug=1)
    order = shop.sold(kit, 3)
    (line,) = shop.found("sale.order.line", ("order_id", "=", order))

    shop.call("sale.order.line", "write", [line["id"]], {"product_uom_qty": 2})

    assert sorted(move["product_uom_qty"] for move in delivery_of(shop, order)) == [2, 4]


def test_the_rules_of_an_archived_product_are_archived_and_come_back_with_it(shop: Shop) -> None:
    values = {"product_id": shop.tea, "location_id": shop.stock, "product_min_qty": 5}
    rule = shop.call("stock.warehouse.orderpoint", "create", values)

    shop.call("product.product", "write", [shop.tea], {"active": False})
    gone = shop.row("stock.warehouse.orderpoint", rule)["active"]
    shop.call("product.product", "write", [shop.tea], {"active": True})

    assert gone is False
    assert shop.row("stock.warehouse.orderpoint", rule)["active"] is True
