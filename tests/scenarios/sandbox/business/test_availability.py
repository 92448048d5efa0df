"""What a product has, free, coming and going, by the context's view."""

import time

import pytest

from scenarios.sandbox.faults import AccessError
from tests.scenarios.sandbox.business.shop import Shop

FIELDS = ["qty_available", "free_qty", "virtual_available", "incoming_qty", "outgoing_qty"]


def figures(shop: Shop, **context: object) -> list[float]:
    (row,) = shop.call("product.product", "read", [shop.tea], FIELDS, context=context)
    return [row[field] for field in FIELDS]


def test_all_warehouses_together_and_each_alone(shop: Shop) -> None:
    shop.put(shop.tea, 30)
    shop.put(shop.tea, 5, shop.east_stock)
    shop.sold(shop.tea, 4)
    shop.confirmed(shop.tea, 10)

    assert figures(shop) == [35.0, 31.0, 41.0, 10.0, 4.0]
    assert figures(shop, warehouse_id=shop.main) == [30.0, 26.0, 36.0, 10.0, 4.0]
    assert figures(shop, warehouse_id=shop.east) == [5.0, 5.0, 5.0, 0.0, 0.0]
    assert figures(shop, warehouse_id=[shop.main, shop.east]) == figures(shop)


def test_the_context_key_warehouse_is_silently_ignored(shop: Shop) -> None:
    shop.put(shop.tea, 30)

    assert figures(shop, warehouse=shop.east) == figures(shop)


def test_an_unknown_warehouse_makes_read_answer_nothing(shop: Shop) -> None:
    assert shop.call("product.product", "read", [shop.tea], FIELDS, context={"warehouse_id": 99999}) == []


def test_another_company_s_warehouse_is_refused(shop: Shop) -> None:
    with shop.engine.transaction() as env:
        other = env.create("res.company", {"name": "Other", "currency_id": env.ref("base.EUR")})
        foreign = env.create("stock.warehouse", {"name": "Utrecht", "code": "UT", "company_id": other})

    with pytest.raises(AccessError):
        shop.call("product.product", "read", [shop.tea], FIELDS, context={"warehouse_id": foreign}, user=shop.buyer)


def test_a_location_by_id_or_name_narrows_the_view(shop: Shop) -> None:
    shop.put(shop.tea, 30)
    shop.put(shop.tea, 5, shop.east_stock)

    assert figures(shop, location=shop.east_stock)[0] == 5.0
    assert figures(shop, location="EA/Stock")[0] == 5.0
    assert figures(shop, location=shop.east_stock, warehouse_id=shop.main)[0] == 0.0


def test_an_internal_transfer_neither_comes_nor_goes_for_both_together(shop: Shop) -> None:
    shop.put(shop.tea, 30)
    shop.call("stock.picking", "action_confirm", [shop.transfer(shop.tea, 10)])

    assert figures(shop) == [30.0, 20.0, 30.0, 0.0, 0.0]
    assert figures(shop, warehouse_id=shop.main) == [30.0, 20.0, 20.0, 0.0, 10.0]
    assert figures(shop, warehouse_id=shop.east) == [0.0, 0.0, 10.0, 10.0, 0.0]


def test_only_what_moves_by_the_date_is_forecast(shop: Shop) -> None:
    shop.confirmed(shop.tea, 10)

    assert figures(shop, to_date="2026-11-24")[2] == 0.0
    assert figures(shop, to_date="2026-11-28")[2] == 10.0
    assert figures(shop, from_date="2026-11-28")[2] == 0.0


def test_the_stock_of_a_past_day_leaves_out_what_moved_since(shop: Shop) -> None:
    shop.put(shop.tea, 30)
    shop.call("stock.picking", "button_validate", [shop.transfer(shop.tea, 10)])
    shop.clock.at = shop.clock.at.replace(day=25)

    assert figures(shop, warehouse_id=shop.main, to_date="2026-11-19 00:00:00")[0] == 30.0
    assert figures(shop, warehouse_id=shop.main)[0] == 20.0


def test_one_lot_alone_is_counted_when_asked(shop: Shop) -> None:
    lot = shop.call("stock.lot", "create", {"name": "L", "product_id": shop.tea})
    shop.put(shop.tea, 30)
    shop.put(shop.tea, 7, lot_id=lot)

    assert figures(shop, lot_id=lot)[0] == 7.0


def test_availability_can_be_searched_within_the_view(shop: Shop) -> None:
    shop.put(shop.tea, 30)

    short = [["free_qty", "<", 5], ["is_storable", "=", True]]
    assert shop.call("product.product", "search", short) == [shop.mug]
    assert shop.call("product.product", "search", short, context={"warehouse_id": shop.east}) == [shop.mug, shop.tea]


def test_a_template_sums_its_variants(shop: Shop) -> None:
    shop.put(shop.tea, 30)
    template = shop.row("product.product", shop.tea)["product_tmpl_id"]

    told = shop.call(
        "product.template", "read", [template], ["qty_available", "standard_price", "product_variant_count"]
    )

    assert told == [{"id": template, "qty_available": 30.0, "standard_price": 2.0, "product_variant_count": 1}]


def test_a_page_of_five_hundred_products_is_read_in_one_go(shop: Shop) -> None:
    with shop.engine.transaction() as env:
        products = [env.create("product.product", {"name": f"P{n}", "is_storable": True}) for n in range(500)]
        for product in products:
            env.create("stock.quant", {"product_id": product, "location_id": shop.stock, "quantity": 3.0})

    begun = time.perf_counter()
    rows = shop.call("product.product", "read", products, FIELDS, context={"warehouse_id": shop.main})

    assert {row["free_qty"] for row in rows} == {3.0}
    assert time.perf_counter() - begun < 1.0
