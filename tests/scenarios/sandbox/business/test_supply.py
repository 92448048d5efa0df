"""A reordering rule goes by the rule that supplies its place, as Odoo shows it."""

from tests.scenarios.sandbox.business.shop import Shop

MODEL = "stock.warehouse.orderpoint"


def reordering(shop: Shop) -> int:
    values = {"product_id": shop.tea, "warehouse_id": shop.main, "product_min_qty": 1, "product_max_qty": 2}
    return int(shop.call(MODEL, "create", values))


def test_a_warehouse_buys_for_its_stock(shop: Shop) -> None:
    (row,) = shop.call(MODEL, "read", [reordering(shop)], ["rule_ids"])

    (supply,) = shop.call("stock.rule", "read", row["rule_ids"], ["action", "location_dest_id"])

    assert (supply["action"], supply["location_dest_id"][0]) == ("buy", shop.stock)


def test_without_it_nothing_supplies_the_place(shop: Shop) -> None:
    rule = reordering(shop)
    shop.call("stock.rule", "write", [row["id"] for row in shop.found("stock.rule")], {"active": False})

    assert shop.call(MODEL, "read", [rule], ["rule_ids"]) == [{"id": rule, "rule_ids": []}]
