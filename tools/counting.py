"""What a quantity in a purchase unit comes to in the unit the product is stocked in."""

from decimal import Decimal
from typing import NamedTuple

from domain.ports import Reads
from domain.refusals import Refusal
from tools.reads.names import quoted
from tools.reads.parsing import ident, link, name, number, ratio


class Counted(NamedTuple):
    """A quantity of a product, counted as it is stocked."""

    product: str
    unit: str
    """The purchase unit's name."""
    quantity: Decimal
    """In the stock unit."""


def counted(reads: Reads, product: int, quantity: Decimal, uom: int) -> Counted | Refusal:
    """So many purchase units in stock units; a Refusal when the two units do not convert."""
    row = reads.read("product.product", [product], ["display_name", "uom_id"])[0]
    stock = link(row, "uom_id") or uom
    rows = reads.read("uom.uom", sorted({uom, stock}), ["category_id", "factor", "name"])
    units = {ident(unit): unit for unit in rows}
    product_name = name(row, "display_name")
    if not {uom, stock} <= set(units) or link(units[uom], "category_id") != link(units[stock], "category_id"):
        return Refusal(guard="facts", reason=f"unit {uom} is not one {quoted(product_name)} is counted in")
    each = ratio(units[stock]["factor"]) / ratio(units[uom]["factor"])
    return Counted(product_name, name(units[uom], "name"), quantity * number(float(each)))
