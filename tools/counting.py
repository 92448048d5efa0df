"""What a quantity in the unit of an order comes to in the unit the product is stocked in."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from domain.ports import Reads
from domain.refusals import Refusal
from domain.values import Row
from tools.reads.names import quoted
from tools.reads.parsing import ident, key, link, name, number, ratio


class Counted(NamedTuple):
    """A quantity of a product, counted as it is stocked."""

    product: str
    unit: str
    """The purchase unit's name."""
    quantity: Decimal
    """In the stock unit."""


class Measured(NamedTuple):
    """So much of a product in some unit."""

    product: int
    quantity: Decimal
    uom: int


def counted(reads: Reads, product: int, quantity: Decimal, uom: int) -> Counted | Refusal:
    """So many purchase units in stock units; a Refusal when the two units do not convert."""
    row = reads.read("product.product", [product], ["display_name", "uom_id"])[0]
    stock = link(row, "uom_id") or uom
    units = _units(reads, {uom, stock})
    product_name = name(row, "display_name")
    each = _each(units, uom, stock)
    if each is None:
        return _not_counted_in(uom, product_name)
    return Counted(product_name, name(units[uom], "name"), quantity * each)


def in_stock_units(reads: Reads, goods: Sequence[Measured]) -> Decimal | Refusal:
    """Goods of an order added up, each in its product's stock unit; a Refusal when some unit does not convert."""
    rows = reads.read("product.product", sorted({one.product for one in goods}), ["display_name", "uom_id"])
    products = {ident(row): row for row in rows}
    units = _units(reads, {one.uom for one in goods} | {key(row, "uom_id") for row in rows})
    total = Decimal(0)
    for one in goods:
        known = products.get(one.product)
        each = _each(units, one.uom, key(known, "uom_id")) if known else None
        if each is None:
            return _not_counted_in(one.uom, name(known, "display_name") if known else f"product {one.product}")
        total += one.quantity * each
    return total


def _units(reads: Reads, wanted: set[int]) -> Mapping[int, Row]:
    rows = reads.read("uom.uom", sorted(wanted), ["category_id", "factor", "name"])
    return {ident(unit): unit for unit in rows}


def _each(units: Mapping[int, Row], uom: int, stock: int) -> Decimal | None:
    """How many stock units one of the other is; None where they do not convert, or measure nothing."""
    if not {uom, stock} <= set(units) or link(units[uom], "category_id") != link(units[stock], "category_id"):
        return None
    many, few = ratio(units[stock]["factor"]), ratio(units[uom]["factor"])
    return number(float(many / few)) if many > 0 and few > 0 else None


def _not_counted_in(uom: int, product: str) -> Refusal:
    return Refusal(guard="facts", reason=f"unit {uom} is not one {quoted(product)} is counted in")
