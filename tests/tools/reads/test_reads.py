"""Each named read gives typed rows of what stands in Odoo, for all products or for one."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from domain.calls import Call
from domain.values import Json
from scenarios.sandbox.transport import EngineTransport
from scenarios.worlds.small import Small
from tests.tools.reads.conftest import NOW
from tools.reader import Reader
from tools.reads.history import FEW, monday, receipts, weeks_sold
from tools.reads.measures import company_currency, currencies, units
from tools.reads.moves import open_moves
from tools.reads.orderpoints import orderpoints
from tools.reads.places import locations, warehouses
from tools.reads.products import coded, products
from tools.reads.purchases import purchase_lines
from tools.reads.sales import sale_lines
from tools.reads.stock import quants
from tools.reads.vendors import vendor_prices
from tools.transports.faults import classify_data


@dataclass(frozen=True)
class Redated:
    """A way to an Odoo that tells other dates of grouped weeks."""

    transport: EngineTransport
    dates: dict[str, Json]

    @property
    def uid(self) -> int:
        return self.transport.uid

    def execute(self, call: Call) -> Json:
        answer = self.transport.execute(call)
        rows = answer if isinstance(answer, list) else []
        return [{**row, "__range": self.dates} for row in rows if isinstance(row, dict)]


@dataclass(frozen=True)
class Overheard:
    """A way to an Odoo that remembers what was asked."""

    transport: EngineTransport
    asked: list[Call] = field(default_factory=list)

    @property
    def uid(self) -> int:
        return self.transport.uid

    def execute(self, call: Call) -> Json:
        self.asked.append(call)
        return self.transport.execute(call)


def test_products_have_cost_price_and_units(world: Small, reader: Reader) -> None:
    (lantern,) = products(reader, world.products["lantern"])

    assert lantern.title == "[71053] White metal lantern"
    assert lantern.cost == Decimal("1.80")
    assert lantern.list_price == Decimal("3.75")
    assert lantern.unit == lantern.purchase_unit == world.units.unit
    assert len(products(reader)) == 3


def test_a_cost_that_nobody_entered_is_unknown(world: Small, reader: Reader) -> None:
    with world.engine.transaction() as env:
        env.write("product.product", world.products["lantern"], {"standard_price": 0.0})

    assert products(reader, world.products["lantern"])[0].cost is None


def test_archived_products_and_services_are_left_out(world: Small, reader: Reader) -> None:
    with world.engine.transaction() as env:
        env.write("product.product", world.products["lantern"], {"active": False})
        env.write("product.product", world.products["jug"], {"is_storable": False})

    assert [product.id for product in products(reader)] == [world.products["bunting"]]


def test_warehouses_know_where_stock_stands_and_how_it_moves(world: Small, reader: Reader) -> None:
    leeds = next(warehouse for warehouse in warehouses(reader) if warehouse.code == "NTH")
    place = {location.id: location for location in locations(reader)}

    assert leeds.id == world.warehouses["NTH"].id
    assert leeds.internal_type is not None
    assert leeds.receipt_type is not None
    assert place[leeds.stock].warehouse == leeds.id
    assert place[leeds.stock].holds_stock


def test_stock_is_told_lot_by_lot_with_its_end(world: Small, reader: Reader) -> None:
    world.stock("jug", "WH", 5)
    world.stock("lantern", "WH", 7, lot="L1", expires_in=10)

    (lantern,) = quants(reader, world.products["lantern"])
    (jug,) = quants(reader, world.products["jug"])

    assert lantern.quantity == 7
    assert lantern.lot_name == "L1"
    assert lantern.usable_until == world.day(10)
    assert jug.usable_until is None
    assert len(quants(reader)) == 2


def test_goods_keep_where_odoo_has_no_expiration_dates(world: Small, reader: Reader) -> None:
    """As Odoo 18 answers without its module product_expiry."""

    @dataclass(frozen=True)
    class Undated(Overheard):
        def execute(self, call: Call) -> Json:
            if call.model == "stock.lot":
                message = "Invalid field 'removal_date' on model 'stock.lot'"
                raise classify_data({"name": "builtins.ValueError", "message": message})
            return self.transport.execute(call)

    world.stock("lantern", "WH", 7, lot="L1", expires_in=10)
    transport = EngineTransport.log_in(world.engine, "desk", world.users["desk"].password)

    (lantern,) = quants(Reader(Undated(transport), world.company))

    assert (lantern.lot_name, lantern.quantity, lantern.usable_until) == ("L1", Decimal(7), None)


def test_lots_cost_no_call_where_there_are_none(world: Small, reader: Reader) -> None:
    world.stock("jug", "WH", 5)
    before = reader.calls

    quants(reader)

    assert reader.calls == before + 1


def test_open_moves_tell_what_is_reserved_and_for_whom(world: Small, reader: Reader) -> None:
    world.stock("lantern", "WH", 4)
    world.sell("lantern", "WH", 10, in_days=3)
    world.buy("jug", "WH", 5, in_days=6)

    (out,) = open_moves(reader, world.products["lantern"])
    (into,) = open_moves(reader, world.products["jug"])

    assert out.quantity == 10
    assert out.reserved == 4
    assert out.sale_line is not None
    assert out.at.date() == world.day(3).date()
    assert into.purchase_line is not None
    assert into.document.startswith("WH/IN/")
    assert len(open_moves(reader)) == 2


def test_purchase_lines_are_the_drafted_ones_and_those_named(world: Small, reader: Reader) -> None:
    world.buy("lantern", "WH", 5, in_days=6, confirm=False)
    world.buy("lantern", "WH", 8, in_days=6)
    (receipt,) = open_moves(reader, world.products["lantern"])
    assert receipt.purchase_line is not None

    drafted = purchase_lines(reader, [], world.products["lantern"])
    both = purchase_lines(reader, [receipt.purchase_line], world.products["lantern"])

    assert [(line.quantity, line.unconfirmed) for line in drafted] == [(Decimal(5), True)]
    assert [(line.quantity, line.unconfirmed) for line in both] == [(Decimal(5), True), (Decimal(8), False)]
    assert both[0].vendor == world.vendor
    assert both[0].order_name.startswith("P")
    assert both[0].receipt_type in {warehouse.receipt_type for warehouse in warehouses(reader)}
    assert purchase_lines(reader, [receipt.purchase_line], world.products["jug"]) == ()


def test_purchases_by_the_dozen_are_told_in_stock_units(world: Small, reader: Reader) -> None:
    with world.engine.transaction() as env:
        order = env.create("purchase.order", {"partner_id": world.vendor})
        line = {"order_id": order, "product_id": world.products["lantern"], "product_qty": 2}
        env.create("purchase.order.line", {**line, "product_uom": world.units.dozen, "price_unit": 20})

    assert purchase_lines(reader, [])[0].quantity == 24


def test_sale_lines_give_the_net_amount_and_the_customer(world: Small, reader: Reader) -> None:
    order = world.sell("lantern", "WH", 10, in_days=3)
    (move,) = open_moves(reader)
    assert move.sale_line is not None

    (line,) = sale_lines(reader, [move.sale_line])

    assert line.order == order
    assert line.net == Decimal("37.5")
    assert line.customer == world.customer
    assert line.customer_name == "Harbour Street Gifts"


def test_no_lines_named_asks_nothing(world: Small, reader: Reader) -> None:
    before = reader.calls

    assert sale_lines(reader, []) == ()
    assert weeks_sold(reader, [], NOW) == ()
    assert reader.calls == before


def test_reordering_rules_have_minimum_maximum_and_pack(world: Small, reader: Reader) -> None:
    world.reorder("lantern", "NTH", 10, 30, multiple=6)

    (rule,) = orderpoints(reader, world.products["lantern"])

    assert [rule.minimum, rule.maximum, rule.multiple] == [10, 30, 6]
    assert rule.warehouse == world.warehouses["NTH"].id
    assert orderpoints(reader, world.products["jug"]) == ()


def test_vendor_prices_come_in_odoos_order_of_preference(world: Small, reader: Reader) -> None:
    world.vendor_price("lantern", "2.00", min_qty=1, delay=9)
    world.vendor_price("lantern", "1.50", min_qty=100)
    world.vendor_price("jug", "9.00")

    template = products(reader, world.products["lantern"])[0].template
    prices = vendor_prices(reader, template=template)

    assert [price.price for price in prices] == [Decimal("1.5"), Decimal("2")]
    assert prices[1].delay == 9
    assert prices[0].vendor_name == "Midland Tinware"
    assert len(vendor_prices(reader)) == 3


def test_a_discount_lowers_the_net_price_and_dates_bound_it(world: Small, reader: Reader) -> None:
    price = world.vendor_price("lantern", "2.00")
    ends = (NOW + timedelta(days=2)).date()
    with world.engine.transaction() as env:
        env.write("product.supplierinfo", price, {"discount": 10, "date_start": "2026-11-20", "date_end": str(ends)})

    (found,) = vendor_prices(reader)

    assert found.price == 2
    assert found.net == Decimal("1.8")
    assert found.valid(ends)
    assert not found.valid(ends + timedelta(days=1))
    assert not found.valid(ends - timedelta(days=9))


def test_units_and_rates_keep_every_digit(world: Small, reader: Reader) -> None:
    unit = {each.id: each for each in units(reader)}
    rate = {each.code: each for each in currencies(reader)}

    assert abs(unit[world.units.dozen].factor * 12 - 1) < Decimal("1e-12")
    assert rate["USD"].rate / rate["GBP"].rate == Decimal("1.25")
    assert company_currency(reader) == rate["GBP"].id


def test_sales_come_week_by_week_and_leave_the_running_week_out(world: Small, reader: Reader) -> None:
    world.history("lantern", "NTH", 6, weeks=3)

    weeks = weeks_sold(reader, [world.products["lantern"]], NOW)

    assert {week.ago: week.quantity for week in weeks} == {0: Decimal(6), 1: Decimal(6), 2: Decimal(6)}
    assert {week.product for week in weeks} == {world.products["lantern"]}


def test_receipts_tell_order_promise_and_arrival(world: Small, reader: Reader) -> None:
    world.received("lantern", "WH", 5, ordered=40, promised=10, late=4)
    world.received("lantern", "WH", 5, ordered=500, promised=10, late=4)

    (receipt,) = receipts(reader, NOW)

    assert receipt.vendor == world.vendor
    assert receipt.promised is not None
    assert (receipt.promised - receipt.ordered).days == 10
    assert (receipt.received - receipt.promised).days == 4
    assert receipts(reader, NOW, vendors=[world.vendor]) == (receipt,)
    assert receipts(reader, NOW, vendors=[]) == ()


def test_a_confirmed_order_that_has_not_arrived_is_no_receipt(world: Small, reader: Reader) -> None:
    world.buy("lantern", "WH", 5, in_days=-3)

    assert receipts(reader, NOW) == ()


def test_sales_without_the_dates_of_their_week_are_a_surprise(world: Small) -> None:
    transport = EngineTransport.log_in(world.engine, "desk", world.users["desk"].password)
    world.history("lantern", "NTH", 6, weeks=1)

    with pytest.raises(ValueError, match="without their dates"):
        weeks_sold(Reader(Redated(transport, {}), world.company), [world.products["lantern"]], NOW)


def test_the_last_sunday_counts_where_weeks_begin_with_it(world: Small) -> None:
    transport = EngineTransport.log_in(world.engine, "desk", world.users["desk"].password)
    world.history("lantern", "NTH", 6, weeks=1)
    sunday = monday(NOW) - timedelta(days=1)
    line = Redated(transport, {"date:week": {"from": f"{sunday:%Y-%m-%d %H:%M:%S}"}})

    (week,) = weeks_sold(Reader(line, world.company), [world.products["lantern"]], NOW)

    assert (week.ago, week.quantity) == (0, Decimal(6))


def test_many_products_are_asked_for_as_a_range_and_others_in_it_left_out(world: Small) -> None:
    for product in ("lantern", "jug", "bunting"):
        world.history(product, "NTH", 4, weeks=2)
    line = Overheard(EngineTransport.log_in(world.engine, "desk", world.users["desk"].password))
    first, _, last = sorted(world.products.values())

    many = weeks_sold(Reader(line, world.company), [*range(10_000, 10_000 + FEW), last, first], NOW)
    few = weeks_sold(Reader(line, world.company), [last, first], NOW)

    assert many == few
    assert {week.product for week in many} == {first, last}
    assert [len(str(call.args)) < 400 for call in line.asked] == [True, True]


def test_an_order_received_without_ever_being_approved_tells_nothing(world: Small, reader: Reader) -> None:
    world.received("lantern", "WH", 5, ordered=40, promised=10, late=4)
    with world.engine.transaction() as env:
        env.write("purchase.order", env.search("purchase.order", []), {"date_approve": False})

    assert receipts(reader, NOW) == ()


def test_the_running_week_is_cut_off_at_monday() -> None:
    assert monday(datetime(2026, 11, 29, 23, 59, tzinfo=UTC)) == datetime(2026, 11, 23, tzinfo=UTC)
    assert monday(datetime(2026, 11, 30, 0, 0, tzinfo=UTC)) == datetime(2026, 11, 30, tzinfo=UTC)


def test_an_archived_product_that_is_ordered_is_told_among_the_others(world: Small, reader: Reader) -> None:
    lantern = world.products["lantern"]
    world.archive("lantern")

    found = {product.id: product.active for product in products(reader, ordered=[lantern])}

    assert found[lantern] is False
    assert len(found) == 3
    assert lantern not in {product.id for product in products(reader)}
    assert products(reader, lantern)[0].active is False


def test_products_are_found_by_their_references(world: Small, reader: Reader) -> None:
    before = reader.calls

    assert coded(reader, ()) == ()
    assert reader.calls == before
    assert [product.id for product in coded(reader, ["22427", "none"])] == [world.products["jug"]]


def test_a_sale_line_tells_its_seller_its_product_and_what_was_delivered(world: Small, reader: Reader) -> None:
    world.stock("lantern", "WH", 4)
    order = world.sell("lantern", "WH", 10, in_days=3)
    world.deliver(order)
    (move,) = open_moves(reader)

    (line,) = sale_lines(reader, [move.sale_line or 0])

    assert line.product == world.products["lantern"]
    assert [line.quantity, line.delivered] == [10, 4]
    assert line.seller == world.users["sales"].uid
    assert line.promised is None


def test_what_an_order_promised_is_asked_only_where_it_is_needed(world: Small, reader: Reader) -> None:
    world.sell("lantern", "WH", 10, in_days=3)
    (move,) = open_moves(reader)
    line = move.sale_line or 0
    before = reader.calls

    (told,) = sale_lines(reader, [line], to_order=[line])

    assert told.promised == world.day(3)
    assert reader.calls == before + 2


def test_goods_made_to_order_know_the_moves_that_bring_them(world: Small, reader: Reader) -> None:
    world.vendor_price("lantern", "1.90")
    world.to_order("lantern")
    world.sell("lantern", "WH", 10, in_days=9)
    (delivery,) = open_moves(reader)
    (drafted,) = purchase_lines(reader, [])
    with world.engine.transaction() as env:
        env.call("purchase.order", "button_confirm", [drafted.order])

    moves = {each.purchase_line is None: each for each in open_moves(reader)}

    assert delivery.to_order
    assert drafted.serves == (delivery.id,)
    assert moves[True].origins == (moves[False].id,)


def test_a_location_knows_what_it_stands_in(world: Small, reader: Reader) -> None:
    shelf = world.shelf("Shelf 1", "WH")
    site = next(each for each in warehouses(reader) if each.code == "WH")

    place = {each.id: each for each in locations(reader)}

    assert place[shelf].within(site.stock)
    assert not place[site.stock].within(shelf)
    assert place[shelf].name == "WH/Stock/Shelf 1"


def test_a_warehouse_names_its_steps(world: Small, reader: Reader) -> None:
    at_input = world.in_two_steps("WH")

    assert at_input in next(each for each in warehouses(reader) if each.code == "WH").steps


def test_rows_of_several_products_are_asked_for_at_once(world: Small, reader: Reader) -> None:
    for product in ("lantern", "jug", "bunting"):
        world.sell(product, "WH", 1, in_days=3)
    wanted = [world.products["lantern"], world.products["jug"]]

    assert {move.product for move in open_moves(reader, wanted)} == set(wanted)
    assert open_moves(reader, []) == ()
