"""What can be wrong with a company's data, one flaw a function: each names what it found as Odoo calls it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from desk.examining_stock import Stock
from domain.values import Row
from tools.reads.parsing import ident, label, link, name, number

STALE = timedelta(days=30)
"""From then on an exchange rate is not today's."""

Lines = Sequence[str]
"""What was found, each by its name in Odoo."""


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
