"""Units, products and the house's furniture."""

from scenarios.sandbox.business.currency import rates_on
from scenarios.sandbox.business.quantities import rounded
from scenarios.sandbox.business.uom import convert
from tests.scenarios.sandbox.business.shop import Shop


def test_units_and_dozens_convert_both_ways_without_a_crumb(shop: Shop) -> None:
    env = shop.engine.root()
    unit, dozen = env.ref("uom.product_uom_unit"), env.ref("uom.product_uom_dozen")

    assert convert(env, 5, dozen, unit) == 60.0
    assert convert(env, 60, unit, dozen) == 5.0
    assert convert(env, 7, unit, dozen) == 0.59
    assert convert(env, 7, unit, dozen, "DOWN") == 0.58


def test_a_unit_may_be_given_by_how_many_it_holds(shop: Shop) -> None:
    category = shop.row("uom.uom", shop.engine.root().ref("uom.product_uom_unit"))["category_id"]

    pack = shop.call(
        "uom.uom", "create", {"name": "Pack", "category_id": category, "uom_type": "bigger", "factor_inv": 6}
    )

    assert shop.call("uom.uom", "read", [pack], ["factor_inv", "ratio"]) == [
        {"id": pack, "factor_inv": 6.0, "ratio": 6.0}
    ]


def test_rounding_up_does_not_trip_over_float_dust() -> None:
    assert rounded(60.0000000001, 1.0, "UP") == 60.0
    assert rounded(0.30000000000000004, 0.01, "UP") == 0.3
    assert rounded(0.005) == 0.01


def test_before_the_first_rate_the_oldest_is_taken(shop: Shop) -> None:
    with shop.engine.transaction() as env:
        usd = env.ref("base.USD")
        env.create("res.currency.rate", {"currency_id": usd, "name": "2026-11-01", "rate": 1.25})
        env.create("res.currency.rate", {"currency_id": usd, "name": "2026-11-10", "rate": 1.5})

        assert rates_on(env, [usd], 1, env.today.replace(month=1))[usd] == 1.25
        assert rates_on(env, [usd], 1, env.today)[usd] == 1.5

    asked = shop.call("res.currency", "read", [usd], ["rate", "inverse_rate"], context={"date": "2026-11-05"})
    assert asked == [{"id": usd, "rate": 1.25, "inverse_rate": 0.8}]


def test_a_currency_without_a_rate_is_told_by_its_empty_date_alone(shop: Shop) -> None:
    with shop.engine.transaction() as env:
        usd, eur = env.ref("base.USD"), env.ref("base.EUR")
        env.create("res.currency.rate", {"currency_id": usd, "name": "2026-11-01", "rate": 1.0})

    asked = shop.call("res.currency", "read", [usd, eur], ["rate", "date"])
    assert asked == [{"id": usd, "rate": 1.0, "date": "2026-11-01"}, {"id": eur, "rate": 1.0, "date": False}]


def test_a_template_made_alone_has_one_variant_that_shares_code_and_cost(shop: Shop) -> None:
    template = shop.call("product.template", "create", {"name": "Spoon", "default_code": "SPN", "is_storable": True})
    (variant,) = shop.found("product.product", ("product_tmpl_id", "=", template))
    assert (variant["default_code"], variant["name"]) == ("SPN", "Spoon")

    shop.call("product.template", "write", [template], {"default_code": "SPO"})

    assert shop.call("product.template", "read", [template], ["display_name"])[0]["display_name"] == "[SPO] Spoon"
    assert shop.call("product.product", "read", [variant["id"]], ["lst_price", "code", "partner_ref"]) == [
        {"id": variant["id"], "lst_price": 1.0, "code": "SPO", "partner_ref": "[SPO] Spoon"}
    ]


def test_what_is_stocked_by_weight_is_bought_by_weight(shop: Shop) -> None:
    kilo = shop.engine.root().ref("uom.product_uom_kgm")

    product = shop.call("product.product", "create", {"name": "Flour", "uom_id": kilo})

    assert shop.row("product.product", product)["uom_po_id"] == kilo


def test_a_new_warehouse_has_places_operations_and_numbers(shop: Shop) -> None:
    row = shop.row("stock.warehouse", shop.east)

    assert shop.row("stock.location", row["lot_stock_id"])["complete_name"] == "EA/Stock"
    assert shop.row("stock.location", row["lot_stock_id"])["warehouse_id"] == shop.east
    kinds = [
        shop.row("stock.picking.type", row[field])["code"] for field in ("in_type_id", "out_type_id", "int_type_id")
    ]
    assert kinds == ["incoming", "outgoing", "internal"]
    assert shop.call("stock.picking.type", "read", [row["in_type_id"]], ["display_name"])[0]["display_name"] == (
        "East: Receipts"
    )


def test_renaming_a_branch_renames_what_is_below(shop: Shop) -> None:
    view = shop.row("stock.warehouse", shop.east)["view_location_id"]

    shop.call("stock.location", "write", [view], {"name": "ED"})

    assert shop.row("stock.location", shop.east_stock)["complete_name"] == "ED/Stock"


def test_a_vendor_price_for_a_variant_names_its_template(shop: Shop) -> None:
    price = shop.call(
        "product.supplierinfo", "create", {"product_id": shop.mug, "partner_id": shop.vendor, "price": 10}
    )
    shop.call("product.supplierinfo", "write", [price], {"discount": 25})

    told = shop.call("product.supplierinfo", "read", [price], ["product_tmpl_id", "price_discounted"])[0]

    assert told["product_tmpl_id"][0] == shop.row("product.product", shop.mug)["product_tmpl_id"]
    assert told["price_discounted"] == 7.5


def test_archived_rules_come_back(shop: Shop) -> None:
    rule = shop.call(
        "stock.warehouse.orderpoint",
        "create",
        {"product_id": shop.tea, "warehouse_id": shop.main, "product_min_qty": 1},
    )

    shop.call("stock.warehouse.orderpoint", "action_archive", [rule])
    assert not shop.found("stock.warehouse.orderpoint")

    shop.call("stock.warehouse.orderpoint", "action_unarchive", [rule])
    assert shop.found("stock.warehouse.orderpoint")
