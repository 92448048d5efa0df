"""Every question that the desk asks is answered by a real Odoo with what stands there, to its least privileged user."""

import inspect
import pkgutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest

from domain.faults import UnknownField
from domain.ports import Reads
from domain.values import Json
from tests.contract.drafts import PREPARED, ahead
from tests.contract.ground import Ground
from tools import reads as package
from tools.allowlist import FIELDS
from tools.dialects.versions import DIFFERENCES
from tools.reader import Reader
from tools.reads.activities import activities
from tools.reads.history import monday, receipts, weeks_sold
from tools.reads.measures import company_currency, company_zone, currencies, units
from tools.reads.moves import open_moves
from tools.reads.orderpoints import orderpoints
from tools.reads.partners import customers
from tools.reads.pickings import pickings
from tools.reads.places import locations, warehouses
from tools.reads.products import coded, products
from tools.reads.purchases import purchase_lines
from tools.reads.sales import sale_lines
from tools.reads.stock import quants
from tools.reads.vendors import vendor_prices

GONE_MODELS = {19: {"uom.category"}}
"""Models of the allowlist that a version does not have, and that nothing asks for there."""


def told(*facts: Any) -> tuple[Any, ...]:
    """What was read, to be compared with plain numbers."""
    return facts


def _activities(ground: Ground, reader: Reader) -> None:
    step = PREPARED["mail.activity"](ground)
    order = int(str(step.draft.params["record"]))
    ground.done(step.draft)

    (found,) = [each for each in activities(reader, {"sale.order": [order]}) if each.maker == reader.uid]

    assert (found.record, found.user, found.summary) == (order, ground.person("buyer").uid, "Look at the shortage")
    assert "[ref DESK-" in found.note


def _weeks_sold(ground: Ground, reader: Reader) -> None:
    goods, (north, _) = ground.product("Lantern"), ground.warehouses
    ground.stock(goods, north, 5)
    sold = ground.sell(goods, 3)
    delivered = ground.deliver(sold)
    now = datetime.now(UTC)
    past = (monday(now) - timedelta(days=4)).strftime("%Y-%m-%d %H:%M:%S")
    for move in ground.moves(delivered):
        ground.write("stock.move", move["id"], {"date": past})

    (week,) = weeks_sold(reader, [goods], now)

    assert (week.product, week.location, week.ago, week.quantity) == (goods, north.stock, 0, Decimal(3))


def _receipts(ground: Ground, reader: Reader) -> None:
    vendor = ground.vendor()
    order = ground.buy(ground.product("Jug"), 5, vendor=vendor, in_days=3)
    ground.receive(order)

    (found,) = receipts(reader, datetime.now(UTC), vendors=[vendor])

    assert (found.order, found.vendor) == (order, vendor)
    assert found.promised is not None
    assert (found.promised.date(), found.received.date()) == (ahead(3), ahead(0))


def _units(ground: Ground, reader: Reader) -> None:
    known = {each.id: each for each in units(reader)}
    unit, dozen = known[ground.unit], known[ground.dozen]

    assert unit.factor == 1
    assert abs(dozen.factor * 12 - 1) < Decimal("1e-9")
    assert unit.category == dozen.category


def _currencies(ground: Ground, reader: Reader) -> None:
    foreign = ground.currency(rate=2)

    known = {each.id: each for each in currencies(reader)}

    assert known[foreign].rate / known[ground.own_currency].rate == 2
    assert known[foreign].dated == ahead(-1)
    assert known[foreign].code == ground.code(foreign)


def _company_currency(ground: Ground, reader: Reader) -> None:
    assert company_currency(reader) == ground.own_currency


def _open_moves(ground: Ground, reader: Reader) -> None:
    goods, (north, _) = ground.product("Lantern"), ground.warehouses
    ground.stock(goods, north, 2)
    bought, sold = ground.buy(goods, 6), ground.sell(goods, 5, in_days=9)
    (delivery,) = ground.deliveries(sold)
    ground.call("stock.picking", "action_assign", [delivery])

    coming, leaving = sorted(open_moves(reader, goods), key=lambda move: move.purchase_line is None)

    assert told(coming.quantity, coming.dest, coming.purchase_line) == (6, north.stock, ground.lines(bought)[0])
    assert told(leaving.quantity, leaving.source, leaving.picking) == (5, north.stock, delivery)
    assert told(leaving.reserved, leaving.state) == (2, "partially_available")
    assert leaving.sale_line == ground.lines(sold, "sale.order")[0]
    assert coming.at.date() == ahead(7)
    assert leaving.promised is not None
    assert leaving.promised.date() == ahead(9)


def _orderpoints(ground: Ground, reader: Reader) -> None:
    goods, (north, _) = ground.product("Jug"), ground.warehouses
    rule = ground.rule(goods, north, 10, 50)

    (found,) = orderpoints(reader, goods)

    assert (found.id, found.warehouse, found.location) == (rule, north.id, north.stock)
    assert told(found.minimum, found.maximum) == (10, 50)
    assert found.multiple in {0, 1}


def _customers(ground: Ground, reader: Reader) -> None:
    tag = ground.make("res.partner.category", {"name": ground.name("Tier A")})
    words = ground.row("res.partner.category", tag, "name")["name"]
    tagged, other = ground.customer(category_id=[[6, 0, [tag]]]), ground.customer(ref="Tier B")

    assert [(each.id, each.words) for each in customers(reader, [tagged, other], "category_id", [words])] == [
        (tagged, (words,))
    ]
    assert [each.id for each in customers(reader, [tagged, other], "ref", ["Tier B"])] == [other]


def _pickings(ground: Ground, reader: Reader) -> None:
    (delivery,) = ground.deliveries(ground.sell(ground.product("Lantern"), 5, picking_policy="one"))

    (found,) = pickings(reader, [delivery])

    assert (found.name, found.whole) == (ground.row("stock.picking", delivery, "name")["name"], True)


def _warehouses(ground: Ground, reader: Reader) -> None:
    north, _ = ground.warehouses

    (found,) = [each for each in warehouses(reader) if each.id == north.id]

    assert (found.name, found.stock, found.receipt_type) == (north.name, north.stock, north.receipts)
    assert found.internal_type == north.transfers
    assert len(found.steps) == 4 if ground.live else found.steps


def _locations(ground: Ground, reader: Reader) -> None:
    north, _ = ground.warehouses

    (found,) = [each for each in locations(reader) if each.id == north.stock]

    assert (found.warehouse, found.holds_stock) == (north.id, True)
    assert found.within(found.path[0])


def _products(ground: Ground, reader: Reader) -> None:
    goods = ground.product("Jug", price=9, cost=2.5)
    service = ground.product("Advice", is_storable=False)

    (found,) = products(reader, goods)

    assert (found.unit, found.purchase_unit, found.template) == (ground.unit, ground.unit, ground.template(goods))
    assert told(found.cost, found.list_price, found.active) == (Decimal("2.5"), 9, True)
    assert products(reader, service) == ()


def _coded(ground: Ground, reader: Reader) -> None:
    goods = ground.product("Jug")
    code = ground.row("product.product", goods, "default_code")["default_code"]

    assert [each.id for each in coded(reader, [code])] == [goods]


def _purchase_lines(ground: Ground, reader: Reader) -> None:
    goods, vendor = ground.product("Jug"), ground.vendor()
    draft = ground.buy(goods, 2, vendor=vendor, uom=ground.dozen, price=40, confirm=False)
    ordered = ground.buy(goods, 6, vendor=vendor)
    (named,) = ground.lines(ordered)

    first, second = purchase_lines(reader, [named], goods)

    assert told(first.order, first.quantity, first.state, first.unconfirmed) == (draft, 24, "draft", True)
    assert told(first.vendor, first.net, first.order_net, first.currency) == (vendor, 80, 80, ground.own_currency)
    assert told(second.order, second.quantity, second.state) == (ordered, 6, "purchase")
    assert [line.order for line in purchase_lines(reader, [], goods)] == [draft]


def _sale_lines(ground: Ground, reader: Reader) -> None:
    goods, customer = ground.product("Jug", price=9), ground.customer()
    order = ground.sell(goods, 2, uom=ground.dozen, customer=customer, price=100, in_days=5)
    (line,) = ground.lines(order, "sale.order")

    (found,) = sale_lines(reader, [line], to_order=[line])

    assert (found.order, found.customer, found.product) == (order, customer, goods)
    assert told(found.quantity, found.unit, found.delivered, found.net) == (2, ground.dozen, 0, 200)
    assert found.promised is not None
    assert found.promised.date() == ahead(5)


def _quants(ground: Ground, reader: Reader) -> None:
    goods, (north, _) = ground.product("Cheese", tracking="lot"), ground.warehouses
    lot = ground.lot(goods, expires=ground.at(30))
    ground.stock(goods, north, 4, lot=lot)

    (found,) = [each for each in quants(reader, goods) if each.quantity]

    assert told(found.location, found.lot, found.quantity, found.reserved) == (north.stock, lot, 4, 0)
    assert found.usable_until is not None
    assert found.usable_until.date() <= ahead(30)


def _vendor_prices(ground: Ground, reader: Reader) -> None:
    goods, vendor = ground.product("Jug"), ground.vendor()
    ground.price(goods, vendor, 4, delay=9)
    ground.price(goods, vendor, 3, delay=9, min_qty=24, discount=10)

    found = {each.from_quantity: each for each in vendor_prices(reader, template=ground.template(goods))}

    assert told(found[Decimal(0)].price, found[Decimal(0)].net) == (4, 4)
    assert told(found[Decimal(24)].price, found[Decimal(24)].net) == (3, Decimal("2.7"))
    assert {(each.vendor, each.delay, each.currency) for each in found.values()} == {(vendor, 9, ground.own_currency)}


def _company_zone(ground: Ground, reader: Reader) -> None:
    address = ground.row("res.company", ground.company, "partner_id")["partner_id"][0]

    assert company_zone(reader) == (ground.row("res.partner", address, "tz")["tz"] or "UTC")


READS: Mapping[Callable[..., object], Callable[[Ground, Reader], None]] = {
    activities: _activities,
    weeks_sold: _weeks_sold,
    receipts: _receipts,
    units: _units,
    currencies: _currencies,
    company_currency: _company_currency,
    company_zone: _company_zone,
    open_moves: _open_moves,
    orderpoints: _orderpoints,
    customers: _customers,
    pickings: _pickings,
    warehouses: _warehouses,
    locations: _locations,
    products: _products,
    coded: _coded,
    purchase_lines: _purchase_lines,
    sale_lines: _sale_lines,
    quants: _quants,
    vendor_prices: _vendor_prices,
}


def _asking() -> set[str]:
    """Every public function of ``tools.reads`` that asks Odoo something."""
    modules = [import_module(f"{package.__name__}.{each.name}") for each in pkgutil.iter_modules(package.__path__)]
    found = [each for module in modules for each in vars(module).values() if inspect.isfunction(each)]
    return {
        each.__name__
        for each in found
        if not each.__name__.startswith("_")
        and next(iter(inspect.signature(each).parameters.values())).annotation is Reads
    }


def test_every_read_has_a_contract() -> None:
    assert {each.__name__ for each in READS} == _asking()


@pytest.mark.parametrize("read", READS, ids=lambda read: read.__name__)
def test_a_read_tells_what_stands_in_odoo(ground: Ground, read: Callable[..., object]) -> None:
    READS[read](ground, ground.reader())


@pytest.mark.parametrize("model", FIELDS)
def test_whatever_may_be_read_can_be_read(ground: Ground, model: str) -> None:
    if model in GONE_MODELS.get(ground.version, ()):
        pytest.skip(f"Odoo {ground.version} has no {model}, and nothing asks for it there")
    unsaid = {row.ours for row in DIFFERENCES[ground.version].fields if row.model == model and not row.theirs}

    paths = {field for field in FIELDS[model] if "." in field}
    reader, plain = ground.reader("keeper"), FIELDS[model] - paths - unsaid

    rows = reader.rows(model, sorted(plain), limit=2)

    assert all(set(row) >= plain for row in rows)
    for path in sorted(paths):
        assert reader.count(model, [[path, "=", False]]) >= 0


def test_a_page_goes_on_where_the_last_one_ended(ground: Ground) -> None:
    made = [ground.product("Jug") for _ in range(5)]
    ours: list[Json] = [["id", "in", list[Json](made)]]

    by_id = Reader(ground.as_("service"), ground.company, page=2).rows("product.product", ["name"], ours)
    by_name = Reader(ground.as_("service"), ground.company, page=2).rows(
        "product.product", ["name"], ours, order="name"
    )

    assert [row["id"] for row in by_id] == made
    assert sorted(row["id"] for row in by_name if isinstance(row["id"], int)) == made


def test_records_are_counted_summed_and_asked_about(ground: Ground) -> None:
    goods, reader = ground.product("Jug"), ground.reader()
    orders = [ground.buy(goods, quantity, confirm=False) for quantity in (2, 3)]

    (group,) = reader.groups("purchase.order.line", [["product_id", "=", goods]], ["product_qty"], ["product_id"])

    assert reader.count("purchase.order", [["id", "in", list[Json](orders)]]) == 2
    assert (group["product_qty"], group["__count"]) == (5, 2)
    assert reader.read("purchase.order", [*orders, 2_000_000_000], ["state"])[0]["state"] == "draft"


def test_what_the_desk_may_do_is_asked_of_odoo(ground: Ground) -> None:
    service, plain = ground.reader(), ground.reader("plain")

    assert service.may("purchase.order", "write")
    assert not plain.may("purchase.order", "write")
    assert service.holds(ground.person("buyer").uid, "purchase.group_purchase_user")
    assert not service.holds(ground.person("plain").uid, "purchase.group_purchase_user")


def test_a_field_that_no_odoo_has_is_told_by_name(ground: Ground) -> None:
    with pytest.raises(UnknownField, match="shoe_size"):
        ground.call("res.partner", "search_read", [], ["shoe_size"], who="service")
