"""Everything a stockout is judged by, read in one batch: a whole company for a scan, one product for a case."""

from collections.abc import Iterable
from datetime import datetime

from agents.terms import Terms, TermsBook
from domain.ports import Reads
from domain.values import Instant, Value
from tools.reads import (
    history,
    measures,
    moves,
    orderpoints,
    partners,
    pickings,
    places,
    products,
    purchases,
    sales,
    stock,
    vendors,
)


class Picture(Value):
    """Typed rows of one company at one moment."""

    company: int
    taken_at: Instant
    own_currency: int
    zone: str = "UTC"
    """By which the company's days begin and end."""
    products: tuple[products.Product, ...]
    warehouses: tuple[places.Warehouse, ...]
    locations: tuple[places.Location, ...]
    quants: tuple[stock.Quant, ...]
    moves: tuple[moves.Move, ...]
    pickings: tuple[pickings.Picking, ...]
    """Those of the moves; a whole company's picture has none."""
    purchase_lines: tuple[purchases.PurchaseLine, ...]
    sale_lines: tuple[sales.SaleLine, ...]
    customers: tuple[partners.Customer, ...]
    """Those whose record says something that the terms know as a tier."""
    orderpoints: tuple[orderpoints.Orderpoint, ...]
    vendor_prices: tuple[vendors.VendorPrice, ...]
    units: tuple[measures.Unit, ...]
    currencies: tuple[measures.Currency, ...]
    weeks_sold: tuple[history.WeekSold, ...]
    receipts: tuple[history.Receipt, ...]


def read(reads: Reads, now: datetime, terms: TermsBook | None = None, *, product: int | None = None) -> Picture:
    """The company's picture; the number of calls grows with pages, never with products.

    One product's picture holds what may be sold instead of it as well: that has to be spared, too.
    """
    told = (terms or TermsBook()).of(reads.company)
    goods = () if product is None else _goods(reads, product, told)
    wanted = None if product is None else [each.id for each in goods]
    planned = moves.open_moves(reads, wanted)
    if product is None:
        goods = products.products(reads, ordered={move.product for move in planned if move.sale_line})
    lines = purchases.purchase_lines(reads, _links(move.purchase_line for move in planned), wanted)
    to_order = _links(move.sale_line for move in planned if move.to_order and move.origins)
    ordered = sales.sale_lines(reads, _links(move.sale_line for move in planned), to_order)
    prices = vendors.vendor_prices(reads, template=None if wanted is None else [each.template for each in goods])
    return Picture(
        company=reads.company,
        taken_at=now,
        own_currency=measures.company_currency(reads),
        zone=measures.company_zone(reads),
        products=goods,
        warehouses=places.warehouses(reads),
        locations=places.locations(reads),
        quants=stock.quants(reads, wanted),
        moves=planned,
        pickings=() if product is None else pickings.pickings(reads, _links(move.picking for move in planned)),
        purchase_lines=lines,
        sale_lines=ordered,
        customers=_customers(reads, ordered, told),
        orderpoints=orderpoints.orderpoints(reads, wanted),
        vendor_prices=prices,
        units=measures.units(reads),
        currencies=measures.currencies(reads),
        weeks_sold=history.weeks_sold(reads, [each.id for each in goods], now),
        receipts=history.receipts(reads, now, vendors=_vendors(lines, prices, product)),
    )


def _links(found: Iterable[int | None]) -> set[int]:
    return {each for each in found if each is not None}


def _goods(reads: Reads, product: int, terms: Terms) -> tuple[products.Product, ...]:
    """The product asked for first, then what may be sold instead."""
    asked = products.products(reads, product)
    instead = products.coded(reads, (code for each in asked for code in terms.substitutes.get(each.code, ())))
    return (*asked, *(each for each in instead if each.id != product))


def _customers(reads: Reads, ordered: Iterable[sales.SaleLine], terms: Terms) -> tuple[partners.Customer, ...]:
    """Nothing is asked where the terms know no tiers."""
    words = {word for tier in terms.tiers for word in tier.tags}
    return partners.customers(reads, {line.customer for line in ordered}, terms.tiers_from, words) if words else ()


def _vendors(
    lines: Iterable[purchases.PurchaseLine], prices: Iterable[vendors.VendorPrice], product: int | None
) -> set[int] | None:
    """For one product, the vendors it has something to do with; for a scan, all of them."""
    return None if product is None else {line.vendor for line in lines} | {price.vendor for price in prices}
