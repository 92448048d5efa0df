"""What of Odoo's stock, moves and orders belongs to a shelf, and in which unit."""

from decimal import Decimal

import pytest

from agents import stockout
from domain.errors import NotFound
from scenarios.sandbox.env import Env
from tests.agents.stockout.scene import NOW, Scene


def sell_dozens(shop: Scene, dozens: int, in_days: int) -> None:
    """A customer orders by the dozen: the delivery is reserved in dozens."""
    with shop.world.engine.transaction() as env:
        line = {
            "product_id": shop.world.products["lantern"],
            "product_uom_qty": dozens,
            "product_uom": shop.world.units.dozen,
            "price_unit": 48.0,
        }
        order = env.create(
            "sale.order",
            {
                "partner_id": shop.world.customer,
                "warehouse_id": shop.world.warehouses["WH"].id,
                "commitment_date": shop.world.day(in_days).strftime("%Y-%m-%d %H:%M:%S"),
                "order_line": [[0, 0, line]],
            },
        )
        env.call("sale.order", "action_confirm", [order])


def move(shop: Scene, env: Env, quantity: int, source: int, dest: int, kind: int, unit: int = 0) -> None:
    """An internal move, reserved where stock allows; in units unless told otherwise."""
    line = {
        "name": "move",
        "product_id": shop.world.products["lantern"],
        "product_uom": unit or shop.world.units.unit,
        "product_uom_qty": quantity,
        "location_id": source,
        "location_dest_id": dest,
    }
    picking = {"picking_type_id": kind, "location_id": source, "location_dest_id": dest, "move_ids": [[0, 0, line]]}
    env.call("stock.picking", "action_confirm", [env.create("stock.picking", picking)])


def test_an_order_in_dozens_is_short_in_units_and_worth_its_own_price(shop: Scene) -> None:
    shop.world.stock("lantern", "WH", 24)
    sell_dozens(shop, 3, in_days=3)

    projection = shop.projection()

    assert projection.reserved == 24
    assert projection.gap == 12
    assert projection.at_risk.revenue.amount == 48, "a dozen at 48.00, though 3.75 each by the list"
    assert projection.at_risk.margin is not None
    assert projection.at_risk.margin.amount == 48 - 12 * Decimal("1.80")


def test_an_order_in_dollars_is_worth_pounds(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=3)
    with shop.world.engine.transaction() as env:
        dollar = env.search("res.currency", [["name", "=", "USD"]])[0]
        order = env.search("sale.order", [])
        env.write("sale.order", order, {"currency_id": dollar})
        env.write("sale.order.line", env.search("sale.order.line", []), {"price_unit": 5.0, "currency_id": dollar})

    assert shop.projection().at_risk.revenue.amount == 40, "50.00 USD at 1.25 to the pound"


def test_stock_reserved_for_a_move_inside_the_warehouse_is_still_there(shop: Scene) -> None:
    shop.world.stock("lantern", "WH", 10)
    with shop.world.engine.transaction() as env:
        warehouse = env.row("stock.warehouse", shop.world.warehouses["WH"].id)
        shelf = {"name": "Shelf 1", "usage": "internal", "location_id": warehouse["lot_stock_id"]}
        move(shop, env, 10, warehouse["lot_stock_id"], env.create("stock.location", shelf), warehouse["int_type_id"])

    projection = shop.projection()

    assert projection.reserved == 10
    assert projection.days[-1].available == 10
    assert projection.on_its_way == 0


def test_a_transfer_in_dozens_is_reserved_and_short_in_units(shop: Scene) -> None:
    shop.world.stock("lantern", "WH", 24)
    with shop.world.engine.transaction() as env:
        leaves, comes = (env.row("stock.warehouse", shop.world.warehouses[code].id) for code in ("WH", "NTH"))
        route = (leaves["lot_stock_id"], comes["lot_stock_id"], leaves["int_type_id"])
        move(shop, env, 3, *route, unit=shop.world.units.dozen)

    projection = shop.projection()

    assert projection.reserved == 24
    assert projection.days[0].claimed == 12
    assert projection.at_risk.revenue.amount == 12 * Decimal("3.75"), "no order tells a price: the list does"


def test_goods_in_transit_are_on_their_way(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=3)
    with shop.world.engine.transaction() as env:
        road = env.create("stock.location", {"name": "Road", "usage": "transit", "company_id": shop.world.company})
        warehouse = env.row("stock.warehouse", shop.world.warehouses["WH"].id)
        move(shop, env, 10, road, warehouse["lot_stock_id"], warehouse["int_type_id"])

    assert shop.projection().on_its_way == 10
    assert shop.findings() == ()


def test_an_overdue_transfer_is_expected_tomorrow(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=3)
    with shop.world.engine.transaction() as env:
        road = env.create("stock.location", {"name": "Road", "usage": "transit", "company_id": shop.world.company})
        warehouse = env.row("stock.warehouse", shop.world.warehouses["WH"].id)
        move(shop, env, 10, road, warehouse["lot_stock_id"], warehouse["int_type_id"])
        env.write("stock.move", env.search("stock.move", [["location_id", "=", road]]), {"date": "2026-11-01 08:00:00"})

    assert [day.received for day in shop.projection().days[:3]] == [0, 10, 0]


def test_a_late_order_counts_by_its_delay_and_a_lost_one_wholly(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.80", delay=20)
    shop.world.sell("lantern", "WH", 10, in_days=3)
    lost = shop.projection().at_risk
    shop.world.buy("lantern", "WH", 10, in_days=18)

    late = shop.projection().at_risk

    assert lost.ordered == 10
    assert late.ordered == 5, "15 days of the 30 that customers wait"


def test_the_earliest_order_is_served_first(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.80", delay=20)
    shop.world.sell("lantern", "WH", 10, in_days=3)
    shop.world.sell("lantern", "WH", 10, in_days=9)
    shop.world.buy("lantern", "WH", 10, in_days=3)

    assert shop.projection().at_risk.ordered == 10
    assert shop.projection().runs_out_on == shop.world.day(9).date()


def test_stock_without_any_demand_is_quiet_even_below_nothing(shop: Scene) -> None:
    shop.world.stock("lantern", "WH", 5)
    shop.world.reorder("lantern", "WH", 0, 0)

    assert shop.findings() == ()


def test_a_product_that_is_not_of_this_company_cannot_be_projected(shop: Scene) -> None:
    with pytest.raises(NotFound, match="no product 999"):
        stockout.project(stockout.read(shop.reader, NOW), 999, shop.world.warehouses["WH"].id, NOW)


def test_negative_stock_is_an_exception(shop: Scene) -> None:
    shop.world.stock("lantern", "WH", -4)

    (finding,) = shop.findings()

    assert finding.subject == shop.subject()
    assert shop.projection().gap == 4
