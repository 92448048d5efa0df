"""Reordering rules in the sandbox behave as captured from Odoo 18, traps included."""

import pytest

from scenarios.sandbox.business.procurement import RedirectWarning
from scenarios.sandbox.faults import AccessError, UserError, ValidationError
from tests.scenarios.sandbox.business.shop import Shop

MODEL = "stock.warehouse.orderpoint"


def rule(shop: Shop, product: int, low: float, high: float, **more: object) -> int:
    values = {"product_id": product, "warehouse_id": shop.main, "product_min_qty": low, "product_max_qty": high}
    return int(shop.call(MODEL, "create", {**values, **more}))


def test_a_new_rule_gets_name_place_and_need(shop: Shop) -> None:
    shop.put(shop.tea, 8)

    made = rule(shop, shop.tea, 10, 50)

    row = shop.row(MODEL, made)
    assert (row["name"], row["location_id"], row["trigger"]) == ("OP/00001", shop.stock, "auto")
    fields = ["qty_on_hand", "qty_forecast", "qty_to_order", "lead_days_date", "product_uom_name"]
    assert shop.call(MODEL, "read", [made], fields) == [
        {
            "id": made,
            "qty_on_hand": 8.0,
            "qty_forecast": 8.0,
            "qty_to_order": 42.0,
            "lead_days_date": "2026-11-27",
            "product_uom_name": "Units",
        }
    ]


def test_a_location_alone_names_the_warehouse(shop: Shop) -> None:
    made = shop.call(MODEL, "create", {"product_id": shop.tea, "location_id": shop.east_stock, "product_min_qty": 3})

    row = shop.row(MODEL, made)
    assert (row["warehouse_id"], row["product_max_qty"]) == (shop.east, 3.0)


def test_the_forecast_looks_as_far_as_the_vendor_needs_and_counts_open_requests(shop: Shop) -> None:
    made = rule(shop, shop.tea, 10, 50)
    shop.confirmed(shop.tea, 5)
    shop.confirmed(shop.tea, 7, date_planned="2026-12-24 09:00:00")
    shop.ordered(shop.tea, 4)

    assert shop.field(MODEL, made, "qty_forecast") == 9.0


def test_nothing_is_wanted_at_or_above_the_minimum(shop: Shop) -> None:
    shop.put(shop.tea, 10)

    assert shop.field(MODEL, rule(shop, shop.tea, 10, 50), "qty_to_order") == 0.0


def test_whole_multiples_stay_below_the_maximum(shop: Shop) -> None:
    assert shop.field(MODEL, rule(shop, shop.tea, 10, 50, qty_multiple=12), "qty_to_order") == 48.0


def test_a_double_is_refused(shop: Shop) -> None:
    rule(shop, shop.tea, 10, 50)

    with pytest.raises(ValidationError, match="already exists"):
        rule(shop, shop.tea, 1, 2)


def test_crossed_limits_are_refused_when_given_together(shop: Shop) -> None:
    with pytest.raises(ValidationError, match="less than or equal"):
        rule(shop, shop.tea, 50, 5)
    made = rule(shop, shop.tea, 10, 50)
    with pytest.raises(ValidationError, match="less than or equal"):
        shop.call(MODEL, "write", [made], {"product_min_qty": 50, "product_max_qty": 5})


def test_raising_the_minimum_above_the_maximum_raises_that_too(shop: Shop) -> None:
    made = rule(shop, shop.tea, 10, 50)

    shop.call(MODEL, "write", [made], {"product_min_qty": 100})
    assert shop.row(MODEL, made)["product_max_qty"] == 100.0

    shop.call(MODEL, "write", [made], {"product_max_qty": 20})
    assert shop.row(MODEL, made)["product_min_qty"] == 20.0


def test_a_limit_of_zero_is_dragged_along_unless_both_are_given(shop: Shop) -> None:
    made = rule(shop, shop.tea, 0, 50)

    shop.call(MODEL, "write", [made], {"product_min_qty": 0, "product_max_qty": 60})
    assert shop.row(MODEL, made)["product_min_qty"] == 0.0

    shop.call(MODEL, "write", [made], {"product_max_qty": 80})
    assert shop.row(MODEL, made)["product_min_qty"] == 80.0


def test_a_condition_on_the_forecast_is_ignored_and_one_on_the_need_is_not(shop: Shop) -> None:
    short, fine = rule(shop, shop.tea, 10, 50), rule(shop, shop.mug, 0, 0)

    assert shop.call(MODEL, "search", [["qty_forecast", "<", -5]]) == [short, fine]
    assert shop.call(MODEL, "search", [["qty_to_order", ">", 0]]) == [short]


def test_only_manual_rules_are_snoozed_or_ordered_by_hand(shop: Shop) -> None:
    made = rule(shop, shop.tea, 10, 50)
    with pytest.raises(UserError, match="snooze"):
        shop.call(MODEL, "write", [made], {"snoozed_until": "2026-12-31"})
    shop.call(MODEL, "write", [made], {"qty_to_order": 33})
    assert shop.field(MODEL, made, "qty_to_order") == 50.0

    shop.call(MODEL, "write", [made], {"trigger": "manual"})
    shop.call(MODEL, "write", [made], {"qty_to_order": 33})
    assert shop.field(MODEL, made, "qty_to_order") == 33.0


def test_replenishing_drafts_a_request_and_names_it(shop: Shop) -> None:
    made = rule(shop, shop.tea, 10, 50)

    answer = shop.call(MODEL, "action_replenish", [made])

    (order,) = shop.found("purchase.order")
    (line,) = shop.lines_of(order["id"])
    assert answer["params"]["links"][0]["label"] == order["name"]
    assert (order["state"], order["origin"], order["partner_id"]) == ("draft", "OP/00001", shop.vendor)
    assert (line["product_qty"], line["orderpoint_id"], line["price_unit"]) == (50.0, made, 1.5)
    assert line["date_planned"] == "2026-11-27 12:00:00"
    assert shop.field(MODEL, made, "qty_to_order") == 0.0
    assert shop.call(MODEL, "action_replenish", [made]) is False


def test_a_new_need_merges_into_the_same_line_of_the_same_request(shop: Shop) -> None:
    made = rule(shop, shop.tea, 10, 50)
    shop.call(MODEL, "action_replenish", [made])
    shop.sold(shop.tea, 45)

    shop.call(MODEL, "action_replenish", [made])

    (order,) = shop.found("purchase.order")
    assert [line["product_qty"] for line in shop.lines_of(order["id"])] == [95.0]


def test_another_rule_joins_the_request_on_a_line_of_its_own(shop: Shop) -> None:
    with shop.engine.transaction() as env:
        template = env.row("product.product", shop.mug)["product_tmpl_id"]
        env.create("product.supplierinfo", {"product_tmpl_id": template, "partner_id": shop.vendor, "price": 2.0})

    shop.call(MODEL, "action_replenish", [rule(shop, shop.tea, 10, 50), rule(shop, shop.mug, 4, 8)])

    (order,) = shop.found("purchase.order")
    assert order["origin"] == "OP/00001, OP/00002"
    assert [line["product_qty"] for line in shop.lines_of(order["id"])] == [50.0, 8.0]


def test_without_a_vendor_nothing_can_be_bought(shop: Shop) -> None:
    made = rule(shop, shop.mug, 10, 50)

    with pytest.raises(RedirectWarning, match="no matching vendor price"):
        shop.call(MODEL, "action_replenish_auto", [made])


def test_a_rule_s_own_vendor_is_taken(shop: Shop) -> None:
    with shop.engine.transaction() as env:
        other = env.create("res.partner", {"name": "Harbour Trading"})
        template = env.row("product.product", shop.tea)["product_tmpl_id"]
        price = env.create("product.supplierinfo", {"product_tmpl_id": template, "partner_id": other, "price": 9.0})
    made = rule(shop, shop.tea, 10, 50, supplier_id=price)

    shop.call(MODEL, "action_replenish", [made])

    assert shop.found("purchase.order")[0]["partner_id"] == other
    assert shop.row(MODEL, made)["vendor_id"] == other


def test_up_to_the_maximum_when_asked(shop: Shop) -> None:
    shop.put(shop.tea, 20)
    made = rule(shop, shop.tea, 10, 50)

    shop.call(MODEL, "action_replenish", [made], force_to_max=True)

    assert shop.found("purchase.order.line")[0]["product_qty"] == 30.0


def test_a_buyer_may_read_rules_and_not_run_them(shop: Shop) -> None:
    made = rule(shop, shop.tea, 10, 50)
    assert shop.call(MODEL, "read", [made], ["qty_to_order"], user=shop.buyer) == [{"id": made, "qty_to_order": 50.0}]

    with pytest.raises(AccessError):
        shop.call(MODEL, "action_replenish", [made], user=shop.buyer)

    assert not shop.found("purchase.order")
