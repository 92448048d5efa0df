"""Looks for what in Odoo's data would blind the agents: what nobody entered, what contradicts itself, what is stale."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from desk.examining import Check
from desk.examining_stock import Stock, gathered
from domain.errors import DeskError
from domain.ports import Reads
from domain.values import Row
from tools.reads.names import quoted
from tools.reads.parsing import ident, label, link, name, number

FIRST = 3
"""How many are named."""
STALE = timedelta(days=30)
"""From then on an exchange rate is not today's."""

Lines = Sequence[str]
"""What was found, each by its name in Odoo."""


class Finding(NamedTuple):
    """One way in which data blinds the desk."""

    name: str
    what: str
    """What was counted, in the plural."""
    costs: str
    """What the desk cannot tell because of it."""
    fix: str
    found: Callable[[Stock], Lines]


def data_checks(reads: Reads) -> Iterator[Check]:
    """What is wrong in one company, then all that is not; the number of calls grows with pages, never with products."""
    try:
        stock = gathered(reads)
    except DeskError as fault:
        yield Check(name="data", outcome="fail", found=str(fault), fix="let the desk's user read it; see doctor")
        return
    sound: list[str] = []
    for finding in FINDINGS:
        if found := finding.found(stock):
            yield check(finding, found)
        else:
            sound.append(finding.name)
    yield Check(name="data", outcome="ok", found=f"nothing wrong with {', '.join(sound) or 'anything else'}")


def check(finding: Finding, found: Lines) -> Check:
    """How many there are, and the first by name."""
    first = ", ".join(quoted(each) for each in found[:FIRST])
    more = f" and {len(found) - FIRST:,} more" if len(found) > FIRST else ""
    told = f"{len(found):,} {finding.what}: {first}{more}; {finding.costs}"
    return Check(name=f"data {finding.name}", outcome="warn", found=told, fix=finding.fix)


def _title(row: Row) -> str:
    return name(row, "display_name")


def no_cost(stock: Stock) -> Lines:
    return [_title(row) for row in stock.active if number(row["standard_price"]) <= 0]


def no_price(stock: Stock) -> Lines:
    return [_title(row) for row in stock.active if row["sale_ok"] and number(row["list_price"]) <= 0]


def no_vendor(stock: Stock) -> Lines:
    prices = stock.prices_by_template()
    return [_title(row) for row in stock.active if row["purchase_ok"] and not _prices(row, prices)]


def no_lead_time(stock: Stock) -> Lines:
    prices = stock.prices_by_template()
    bought = [(row, _prices(row, prices)) for row in stock.active if row["purchase_ok"]]
    return [_title(row) for row, of in bought if of and not any(number(price["delay"]) > 0 for price in of)]


def _prices(row: Row, prices: Mapping[int, list[Row]]) -> list[Row]:
    """What vendors ask for a product, or for its template as a whole."""
    listed = prices.get(link(row, "product_tmpl_id") or 0, [])
    return [price for price in listed if link(price, "product_id") in (None, ident(row))]


def no_vendor_price(stock: Stock) -> Lines:
    return [
        f"{label(price, 'partner_id')} for {label(price, 'product_tmpl_id')}"
        for price in stock.prices
        if number(price["price"]) <= 0
    ]


def archived_in_use(stock: Stock) -> Lines:
    uses = (*stock.left_of_archived, *stock.sale_lines, *stock.purchase_lines)
    used = {link(row, "product_id") for row in uses}
    return [_title(row) for row in stock.archived if ident(row) in used]


def strange_unit(stock: Stock) -> Lines:
    family = {unit.id: unit.category for unit in stock.units}
    own = {ident(row): family.get(link(row, "uom_id") or 0) for row in stock.products}
    return [
        f"{label(line, 'product_id')} in {label(line, 'product_uom')} on {label(line, 'order_id')}"
        for line in (*stock.sale_lines, *stock.purchase_lines)
        if own.get(link(line, "product_id") or 0) not in (None, family.get(link(line, "product_uom") or 0))
    ]


def no_rate(stock: Stock) -> Lines:
    return [code for code, on in stock.rated.items() if on is None]


def stale_rate(stock: Stock) -> Lines:
    return [f"{code} of {on}" for code, on in stock.rated.items() if on and on < stock.today - STALE]


def crossed_rule(stock: Stock) -> Lines:
    return [_rule(rule) for rule in stock.rules if number(rule["product_max_qty"]) < number(rule["product_min_qty"])]


def no_route(stock: Stock) -> Lines:
    return [_rule(rule) for rule in stock.rules if not rule["rule_ids"]]


def rule_within_rule(stock: Stock) -> Lines:
    """A rule for a place that lies in the place of another rule for the same product."""
    paths: dict[int | None, list[str]] = {}
    for rule in stock.rules:
        paths.setdefault(link(rule, "product_id"), []).append(_path(stock, rule))
    return [
        _rule(rule)
        for rule in stock.rules
        if any(_inside(_path(stock, rule), other) for other in paths[link(rule, "product_id")])
    ]


def _path(stock: Stock, rule: Row) -> str:
    return stock.places.get(link(rule, "location_id") or 0, "")


def _inside(path: str, other: str) -> bool:
    return path != other and bool(other) and path.startswith(other)


def _rule(rule: Row) -> str:
    return f"{label(rule, 'product_id')} in {label(rule, 'location_id')}"


def no_address(stock: Stock) -> Lines:
    return [name(place, "name") for place in stock.warehouses if not place["partner_id"]]


def no_promise(stock: Stock) -> Lines:
    ordered = (line for line in stock.purchase_lines if line["state"] in ("purchase", "done"))
    return [f"{label(line, 'product_id')} on {label(line, 'order_id')}" for line in ordered if not line["date_planned"]]


def below_zero(stock: Stock) -> Lines:
    return [f"{label(quant, 'product_id')} in {label(quant, 'location_id')}" for quant in stock.negative]


def no_expiry(stock: Stock) -> Lines:
    expiring = {ident(row) for row in stock.products if row.get("use_expiration_date")}
    lots = (lot for lot in stock.lots if link(lot, "product_id") in expiring)
    return [f"{name(lot, 'name')} of {label(lot, 'product_id')}" for lot in lots if not lot["expiration_date"]]


FINDINGS = (
    Finding("cost", "products without a cost", "their money at risk is their whole price", "enter Cost", no_cost),
    Finding(
        "price", "products sold without a price", "running out of them costs nothing", "enter Sales Price", no_price
    ),
    Finding(
        "vendor", "products without a vendor", "nobody can be asked for more", "enter one under Purchase", no_vendor
    ),
    Finding(
        "lead time",
        "products whose vendors take no days",
        "more is counted on tomorrow, unless receipts tell otherwise",
        "enter Delivery Lead Time with the vendor",
        no_lead_time,
    ),
    Finding(
        "vendor price",
        "vendors without a price",
        "the desk does not buy at a price of zero",
        "enter Unit Price with the vendor",
        no_vendor_price,
    ),
    Finding(
        "archived",
        "archived products in stock or on open orders",
        "they are delivered and never bought again",
        "unarchive them, or close their orders",
        archived_in_use,
    ),
    Finding(
        "unit",
        "order lines in a unit of another kind",
        "the quantity cannot be told, and their products go to a person",
        "correct the unit on the line",
        strange_unit,
    ),
    Finding(
        "currency",
        "vendors' currencies without an exchange rate",
        "what they ask cannot be compared",
        "enter a rate under Currencies",
        no_rate,
    ),
    Finding(
        "rate", "exchange rates older than 30 days", "costs are those of that day", "let rates be fetched", stale_rate
    ),
    Finding(
        "min/max",
        "reordering rules with a maximum below the minimum",
        "what is bought does not reach the minimum",
        "correct the rule",
        crossed_rule,
    ),
    Finding(
        "route",
        "reordering rules without a route",
        "Odoo buys nothing by them",
        "set a route on the rule or the product",
        no_route,
    ),
    Finding(
        "rules twice",
        "reordering rules within the place of another one",
        "the greater of the two holds, and the desk changes neither",
        "keep one of them",
        rule_within_rule,
    ),
    Finding("address", "warehouses without an address", "vendors do not know where to", "enter an Address", no_address),
    Finding(
        "promise",
        "ordered lines without a date",
        "they are counted on for today",
        "enter Expected Arrival",
        no_promise,
    ),
    Finding(
        "negative",
        "places with less than nothing in stock",
        "what there really is cannot be told",
        "count it under Physical Inventory",
        below_zero,
    ),
    Finding(
        "expiry",
        "lots without a date though their product expires",
        "they are taken for good for ever",
        "enter Expiration Date on the lot",
        no_expiry,
    ),
)
