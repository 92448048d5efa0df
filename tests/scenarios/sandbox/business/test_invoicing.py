"""Orders in the sandbox say what is still to be invoiced, as those of Odoo 18 and 19 do."""

from tests.scenarios.sandbox.business.shop import Shop


def test_a_purchase_is_billed_for_what_has_come(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)
    before = shop.field("purchase.order", order, "invoice_status")

    shop.receive(order, 4)

    assert (before, shop.field("purchase.order", order, "invoice_status")) == ("no", "to invoice")
    assert shop.field("purchase.order.line", shop.lines_of(order)[0]["id"], "qty_to_invoice") == 4.0


def test_a_sale_is_invoiced_as_soon_as_it_is_confirmed(shop: Shop) -> None:
    order = shop.sold(shop.tea, 4)

    assert shop.field("sale.order", order, "invoice_status") == "to invoice"
    shop.call("sale.order", "action_cancel", [order], context={"disable_cancel_warning": True})
    assert shop.field("sale.order", order, "invoice_status") == "no"


def test_what_is_invoiced_by_delivery_waits_for_it(shop: Shop) -> None:
    shop.call("product.product", "write", [shop.tea], {"invoice_policy": "delivery"})

    order = shop.sold(shop.tea, 4)

    assert shop.field("sale.order", order, "invoice_status") == "no"


def test_more_delivered_than_ordered_can_be_sold_up(shop: Shop) -> None:
    order = shop.sold(shop.tea, 4)
    line = shop.found("sale.order.line", ("order_id", "=", order))[0]["id"]

    with shop.engine.transaction() as env:
        env.write("sale.order.line", line, {"qty_delivered": 5.0, "qty_invoiced": 4.0})

    assert shop.field("sale.order", order, "invoice_status") == "upselling"
