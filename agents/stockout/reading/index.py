"""A picture sorted by product and warehouse, so that looking something up does not depend on how much there is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import ceil
from typing import TypeVar
from zoneinfo import ZoneInfo

from agents.rates import Rates
from agents.stockout.reading.picture import Picture
from agents.stockout.reading.rules import as_one
from agents.units import Unconvertible
from tools.reads.history import WEEKS, Receipt, WeekSold
from tools.reads.measures import Unit
from tools.reads.moves import Move
from tools.reads.orderpoints import Orderpoint
from tools.reads.partners import Customer
from tools.reads.places import Location, Warehouse
from tools.reads.products import Product
from tools.reads.purchases import PurchaseLine
from tools.reads.sales import SaleLine
from tools.reads.stock import Quant
from tools.reads.vendors import VendorPrice

Pair = tuple[int, int]
"""A product and a warehouse."""

ENOUGH_RECEIPTS = 3
"""From how many receipts on a vendor's own record counts beside what it promises."""

LONGEST = 730
"""More days from order to receipt than in two years are a typing error, not a lead time."""

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Index:
    """What is known, by what it is about."""

    today: date
    """The company's own: where it is, midnight is not midnight in UTC."""
    zone: ZoneInfo
    rates: Rates
    products: Mapping[int, Product]
    warehouses: Mapping[int, Warehouse]
    locations: Mapping[int, Location]
    units: Mapping[int, Unit]
    sale_lines: Mapping[int, SaleLine]
    customers: Mapping[int, Customer]
    """Those whose tier is told."""
    moves: Mapping[int, Move]
    purchase_lines: Mapping[int, PurchaseLine]
    quants: Mapping[Pair, Sequence[Quant]]
    incoming: Mapping[Pair, Sequence[Move]]
    outgoing: Mapping[Pair, Sequence[Move]]
    inner: Mapping[Pair, Sequence[Move]]
    """From one place in a warehouse to another."""
    drafted: Mapping[Pair, Sequence[PurchaseLine]]
    """Unconfirmed purchase lines."""
    orderpoints: Mapping[Pair, Orderpoint]
    """Several rules for one product in a warehouse as one."""
    sold: Mapping[Pair, Sequence[float]]
    """Quantity of each of the last whole weeks, the newest first."""
    prices: Mapping[int, Sequence[VendorPrice]]
    """Valid vendor prices by template, in order of preference."""
    takes: Mapping[int, int]
    """Days each vendor really took from order to receipt, where its record is long enough."""
    late: Mapping[int, int]
    """Days each vendor was late on average, at least one."""

    def ahead(self, at: datetime) -> int:
        """Days from today, negative for the past."""
        return (self.on(at) - self.today).days

    def on(self, at: datetime) -> date:
        """The company's day of a moment."""
        return at.astimezone(self.zone).date()

    def pairs(self) -> Iterable[Pair]:
        """Every product and warehouse that anything is known of, each once, in order."""
        known = {*self.quants, *self.incoming, *self.outgoing, *self.drafted, *self.orderpoints, *self.sold}
        return sorted(pair for pair in known if pair[0] in self.products and pair[1] in self.warehouses)

    def unit(self, number: int) -> Unit:
        """A unit of measure; raises Unconvertible where Odoo has none."""
        if number not in self.units:
            raise Unconvertible("it has no unit of measure; enter one in Odoo")
        return self.units[number]

    def within(self, location: int, other: int) -> bool:
        """Whether a location is the other one, or stands somewhere in it."""
        found = self.locations.get(location)
        return location == other or (found is not None and found.within(other))

    def prices_of(self, product: Product) -> list[VendorPrice]:
        """The price lines that hold for this product, the preferred vendor's first."""
        return [p for p in self.prices.get(product.template, ()) if p.product in (None, product.id)]

    def lead(self, price: VendorPrice) -> int:
        """Days until goods ordered today are here: as promised, or as observed where that is longer."""
        return max(price.delay, self.takes.get(price.vendor, 0), 1)


def index(picture: Picture) -> Index:
    """The picture, sorted."""
    place = {loc.id: loc.warehouse for loc in picture.locations if loc.holds_stock and loc.warehouse is not None}
    gate = {wh.receipt_type: wh.id for wh in picture.warehouses if wh.receipt_type is not None}
    places = {loc.id: loc for loc in picture.locations}
    coming = [m for m in picture.moves if place.get(m.source) != place.get(m.dest)]
    leaving = [m for m in picture.moves if {place.get(m.dest), place.get(m.final)} != {place.get(m.source)}]
    staying = [m for m in picture.moves if {place.get(m.dest), place.get(m.final)} == {place.get(m.source)}]
    drafted = [line for line in picture.purchase_lines if line.unconfirmed]
    zone = ZoneInfo(picture.zone)
    today = picture.taken_at.astimezone(zone).date()
    return Index(
        today=today,
        zone=zone,
        rates=Rates(picture.currencies, picture.own_currency),
        products={row.id: row for row in picture.products},
        warehouses={row.id: row for row in picture.warehouses},
        units={row.id: row for row in picture.units},
        locations=places,
        sale_lines={row.id: row for row in picture.sale_lines},
        customers={row.id: row for row in picture.customers},
        moves={row.id: row for row in picture.moves},
        purchase_lines={row.id: row for row in picture.purchase_lines},
        quants=_sorted((q.product, place.get(q.location), q) for q in picture.quants),
        incoming=_sorted((m.product, place.get(m.dest), m) for m in coming),
        outgoing=_sorted((m.product, place.get(m.source), m) for m in leaving),
        inner=_sorted((m.product, place.get(m.source), m) for m in staying),
        drafted=_sorted((line.product, gate.get(line.receipt_type or 0), line) for line in drafted),
        orderpoints=as_one(picture.orderpoints, places),
        sold=_weeks((week.product, place.get(week.location), week) for week in picture.weeks_sold),
        prices=_by_template(picture),
        takes=_takes(picture.receipts),
        late=_late(picture.receipts),
    )


def _sorted(rows: Iterable[tuple[int, int | None, T]]) -> Mapping[Pair, Sequence[T]]:
    """By product and warehouse; what stands outside every warehouse is left out."""
    found: defaultdict[Pair, list[T]] = defaultdict(list)
    for product, warehouse, row in rows:
        if warehouse is not None:
            found[product, warehouse].append(row)
    return found


def _weeks(rows: Iterable[tuple[int, int | None, WeekSold]]) -> Mapping[Pair, Sequence[float]]:
    found: defaultdict[Pair, list[float]] = defaultdict(lambda: [0.0] * WEEKS)
    for pair, weeks in _sorted(rows).items():
        for week in weeks:
            if 0 <= week.ago < WEEKS:
                found[pair][week.ago] += float(week.quantity)
    return found


def _by_template(picture: Picture) -> Mapping[int, Sequence[VendorPrice]]:
    """What holds today in UTC: that is the day by which Odoo prices an order, wherever the company is."""
    today = picture.taken_at.astimezone(UTC).date()
    found: defaultdict[int, list[VendorPrice]] = defaultdict(list)
    for price in picture.vendor_prices:
        if price.valid(today):
            found[price.template].append(price)
    return found


def _takes(receipts: Iterable[Receipt]) -> Mapping[int, int]:
    """Mean days from order to receipt, rounded up."""
    days: defaultdict[int, list[int]] = defaultdict(list)
    for receipt in receipts:
        took = max((receipt.received - receipt.ordered).days, 0)
        if took <= LONGEST:
            days[receipt.vendor].append(took)
    return {vendor: ceil(sum(d) / len(d)) for vendor, d in days.items() if len(d) >= ENOUGH_RECEIPTS}


def _late(receipts: Iterable[Receipt]) -> Mapping[int, int]:
    """Mean days from promise to receipt, early ones counted as on time, rounded up."""
    days: defaultdict[int, list[int]] = defaultdict(list)
    for receipt in receipts:
        late = 0 if receipt.promised is None else max((receipt.received - receipt.promised).days, 0)
        if receipt.promised is not None and late <= LONGEST:
            days[receipt.vendor].append(late)
    return {vendor: max(ceil(sum(d) / len(d)), 1) for vendor, d in days.items()}
