"""What tests and scenarios do in the small world has its effect in Odoo."""

import time
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from domain.clock import SetClock
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.env import Record
from scenarios.worlds import small
from scenarios.worlds.small import Small

TODAY = date(2026, 3, 2)


@pytest.fixture
def world() -> Small:
    return small.build(Engine(SetClock(datetime(2026, 3, 2, 6, tzinfo=UTC))), today=TODAY)


def quantities(world: Small, product: str, warehouse: str) -> Record:
    env = world.engine.root().with_context(warehouse_id=world.warehouses[warehouse].id)
    fields = ["qty_available", "free_qty", "incoming_qty", "outgoing_qty"]
    return env.value("product.product", [world.products[product]], fields)[0]


def moves_of(world: Small, **link: int) -> list[Record]:
    env = world.engine.root()
    domain = [(field.replace("__", "."), "=", value) for field, value in link.items()]
    return env.rows("stock.move", env.search("stock.move", domain, order="date"))


def test_it_is_built_in_a_moment_and_is_the_same_every_time() -> None:
    clocks = [SetClock(datetime(2026, 3, 2, hour, tzinfo=UTC)) for hour in (6, 9)]

    began = time.perf_counter()
    worlds = [small.build(Engine(clock), today=TODAY) for clock in clocks]

    assert time.perf_counter() - began < 1
    assert worlds[0].engine.snapshot() == worlds[1].engine.snapshot()


def test_nothing_is_in_stock_or_on_order_at_first(world: Small) -> None:
    env = world.engine.root()

    for model in ("stock.quant", "stock.move", "purchase.order", "sale.order", "stock.warehouse.orderpoint"):
        assert env.search(model, []) == []


def test_stock_lies_in_its_warehouse_only(world: Small) -> None:
    world.stock("lantern", "WH", 100)
    world.stock("lantern", "WH", -30)

    assert quantities(world, "lantern", "WH")["qty_available"] == 70
    assert quantities(world, "lantern", "NTH")["qty_available"] == 0


def test_stock_with_an_expiry_is_in_a_lot(world: Small) -> None:
    world.stock("bunting", "WH", 8, expires_in=4, lot="B-1")

    env = world.engine.root()
    (quant,) = env.rows("stock.quant", env.search("stock.quant", []))
    lot = env.row("stock.lot", quant["lot_id"])
    assert (lot["name"], lot["expiration_date"]) == ("B-1", "2026-03-06 08:00:00")
    assert env.row("product.product", world.products["bunting"])["use_expiration_date"] is True


def test_a_sale_reserves_what_is_there_and_waits_for_the_rest(world: Small) -> None:
    world.stock("jug", "NTH", 15)

    order = world.sell("jug", "NTH", 20, in_days=5)

    (move,) = moves_of(world, sale_line_id__order_id=order)
    assert (move["state"], move["quantity"], move["date"]) == ("partially_available", 15, "2026-03-07 08:00:00")
    assert quantities(world, "jug", "NTH")["free_qty"] == 0


def test_a_purchase_is_on_its_way_until_it_is_received(world: Small) -> None:
    world.vendor_price("lantern", "1.80")

    order = world.buy("lantern", "STH", 40, in_days=9)
    coming = quantities(world, "lantern", "STH")["incoming_qty"]
    world.receive(order)

    assert coming == 40
    assert quantities(world, "lantern", "STH")["qty_available"] == 40
    assert world.engine.root().row("purchase.order", order)["effective_date"]


def test_an_rfq_is_not_on_its_way(world: Small) -> None:
    world.buy("lantern", "WH", 40, in_days=9, confirm=False)

    assert quantities(world, "lantern", "WH")["incoming_qty"] == 0


def test_a_postponed_purchase_comes_later_and_keeps_its_first_promise_as_deadline(world: Small) -> None:
    order = world.buy("lantern", "WH", 40, in_days=3)

    world.postpone(order, 10)

    (move,) = moves_of(world, purchase_line_id__order_id=order)
    env = world.engine.root()
    (line,) = env.rows("purchase.order.line", env.search("purchase.order.line", [("order_id", "=", order)]))
    assert move["date"] == line["date_planned"] == "2026-03-15 08:00:00"
    assert move["date_deadline"] == "2026-03-05 08:00:00"
    assert env.row("stock.picking", move["picking_id"])["scheduled_date"] == "2026-03-15 08:00:00"


def test_history_is_one_delivery_in_each_whole_week_before_today(world: Small) -> None:
    world.history("lantern", "WH", per_week=7, weeks=3)

    left = moves_of(world, product_id=world.products["lantern"])
    week = timedelta(weeks=1)
    when = [datetime.fromisoformat(move["date"]) for move in left]
    assert [(move["state"], move["quantity"], move["product_qty"]) for move in left] == [("done", 7, 7)] * 3
    assert [later - sooner for sooner, later in pairwise(when)] == [week, week]
    assert datetime(2026, 2, 23) <= when[-1] < datetime(2026, 3, 2)  # noqa: DTZ001
    assert quantities(world, "lantern", "WH")["qty_available"] == 0


def test_a_past_purchase_tells_promise_and_arrival(world: Small) -> None:
    world.received("jug", "NTH", 12, ordered=40, promised=7, late=3)

    env = world.engine.root()
    (order,) = env.rows("purchase.order", env.search("purchase.order", []))
    (move,) = moves_of(world, product_id=world.products["jug"])
    assert (order["state"], order["receipt_status"]) == ("purchase", "full")
    assert order["date_approve"] == "2026-01-21 08:00:00"
    assert order["date_planned"] == move["date_deadline"] == "2026-01-28 08:00:00"
    assert order["effective_date"] == move["date"] == "2026-01-31 08:00:00"
    assert env.row("purchase.order.line", move["purchase_line_id"])["qty_received"] == 12


def test_an_order_takes_the_vendor_price_of_its_quantity_once_the_quantity_is_written(world: Small) -> None:
    world.vendor_price("lantern", "1.80", delay=9)
    world.vendor_price("lantern", "1.50", min_qty=24, delay=9)

    order = world.buy("lantern", "WH", 30, in_days=9)

    env = world.engine.root()
    (line,) = env.rows("purchase.order.line", env.search("purchase.order.line", [("order_id", "=", order)]))
    assert line["price_unit"] == 1.8
    with world.engine.transaction() as writing:
        writing.write("purchase.order.line", line["id"], {"product_qty": 30})
    assert world.engine.root().row("purchase.order.line", line["id"])["price_unit"] == 1.5


def test_goods_can_be_bought_by_the_dozen_from_another_vendor(world: Small) -> None:
    world.by_dozen("jug")
    vendor = world.another_vendor("Quayside Imports", "USD")
    price = world.vendor_price("jug", "30", money="USD", vendor=vendor)

    env = world.engine.root()
    assert env.row("product.supplierinfo", price)["currency_id"] == env.ref("base.USD")
    assert env.row("product.product", world.products["jug"])["uom_po_id"] == world.units.dozen


def test_a_reorder_rule_knows_its_pack(world: Small) -> None:
    rule = world.reorder("lantern", "WH", 10, 50, multiple=12)

    row = world.engine.root().row("stock.warehouse.orderpoint", rule)
    assert (row["product_min_qty"], row["product_max_qty"], row["qty_multiple"]) == (10, 50, 12)


def test_a_sale_in_dozens_takes_twelve_times_as_many_units(world: Small) -> None:
    order = world.sell("lantern", "WH", 3, in_days=4, unit="dozen")

    (move,) = moves_of(world, sale_line_id__order_id=order)
    (line,) = world.engine.root().rows("sale.order.line", [move["sale_line_id"]])
    assert (move["product_uom_qty"], line["product_uom"], line["product_uom_qty"]) == (36, world.units.dozen, 3)


def test_customers_of_other_tiers_order_from_the_sales_lead(world: Small) -> None:
    other = world.customer_of_tier("Quay Street Market", "C")

    order = world.engine.root().row("sale.order", world.sell("jug", "WH", 2, in_days=3, customer=other))

    (tag,) = world.engine.root().row("res.partner", other)["category_id"]
    assert world.engine.root().row("res.partner.category", tag)["name"] == "Tier C"
    assert (order["partner_id"], order["user_id"]) == (other, world.users["sales"].uid)


def test_what_is_reserved_can_leave(world: Small) -> None:
    world.stock("jug", "WH", 5)
    order = world.sell("jug", "WH", 8, in_days=3)

    world.deliver(order)

    assert quantities(world, "jug", "WH")["qty_available"] == 0
    assert sorted(move["state"] for move in moves_of(world, sale_line_id__order_id=order)) == ["confirmed", "done"]


def test_a_kit_wants_its_parts(world: Small) -> None:
    world.kit("basket", "12.50", {"jug": 1, "bunting": 2})

    order = world.sell("basket", "WH", 4, in_days=3)

    wanted = {move["product_id"]: move["product_uom_qty"] for move in moves_of(world, sale_line_id__order_id=order)}
    assert wanted == {world.products["jug"]: 4, world.products["bunting"]: 8}


def test_what_is_sold_to_order_is_drafted_with_the_vendor(world: Small) -> None:
    world.vendor_price("lantern", "1.80", delay=4)
    world.to_order("lantern")

    order = world.sell("lantern", "WH", 9, in_days=10)

    (line,) = world.engine.root().rows("purchase.order.line", [1])
    assert (line["product_qty"], line["state"]) == (9, "draft")
    assert line["move_dest_ids"] == [moves_of(world, sale_line_id__order_id=order)[0]["id"]]


def test_goods_lie_on_shelves_of_their_own_and_at_the_input(world: Small) -> None:
    shelf, gate = world.shelf("Top", "WH"), world.in_two_steps("WH")

    world.stock("jug", "WH", 3, at=shelf)
    world.stock("jug", "WH", 7, at=gate)
    rule = world.reorder("jug", "WH", 5, 9, at=shelf)

    env = world.engine.root()
    lying = {row["location_id"]: row["quantity"] for row in env.rows("stock.quant", env.search("stock.quant", []))}
    assert lying == {shelf: 3, gate: 7}
    assert env.row("stock.location", shelf)["location_id"] == world.warehouses["WH"].stock
    assert env.row("stock.warehouse.orderpoint", rule)["location_id"] == shelf


def test_another_company_has_a_warehouse_where_everybody_may_work(world: Small) -> None:
    company = world.another_company("Alder & Vale Benelux", "EUR", "UTR", "Utrecht")

    world.stock("jug", "UTR", 6)

    env = world.engine.root()
    assert env.rows("stock.quant", env.search("stock.quant", []))[0]["company_id"] == company
    assert company in env.row("res.users", world.users["desk"].uid)["company_ids"]


def test_what_is_archived_cannot_be_seen_and_stays_ordered(world: Small) -> None:
    order = world.sell("jug", "WH", 2, in_days=3)

    world.archive("jug")

    env = world.engine.root()
    assert env.search("product.product", [("default_code", "=", "22427")]) == []
    assert moves_of(world, sale_line_id__order_id=order)[0]["state"] == "confirmed"


def test_large_orders_wait_for_the_purchase_manager(world: Small) -> None:
    world.approve_above(100)
    orders = [world.buy("jug", "WH", quantity, 5, confirm=False) for quantity in (10, 100)]

    world.engine.execute_kw(world.users["desk"].uid, None, "purchase.order", "button_confirm", [orders])

    env = world.engine.root()
    assert [env.row("purchase.order", order)["state"] for order in orders] == ["purchase", "to approve"]
