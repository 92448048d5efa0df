"""What customers ordered, at which net price, for the orders that are still to be delivered."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from domain.ports import Reads
from domain.values import Row
from tools.reads.parsing import ident, key, label, link, number

MODEL = "sale.order.line"
FIELDS = (
    "order_id",
    "order_partner_id",
    "product_id",
    "product_uom_qty",
    "qty_delivered",
    "product_uom",
    "price_subtotal",
    "currency_id",
    "salesman_id",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class SaleLine:
    """One line of a sale order; the net amount is without tax, after discount, in the order's currency."""

    id: int
    order: int
    order_name: str
    customer: int
    customer_name: str
    product: int | None
    """What was sold: a kit where its components' deliveries carry the line."""
    quantity: Decimal
    """In the line's own unit."""
    delivered: Decimal
    """Of that, what the customer has; of a kit the whole ones."""
    unit: int
    net: Decimal
    currency: int
    seller: int | None
    """The user who answers for the order."""


def sale_lines(reads: Reads, lines: Iterable[int]) -> tuple[SaleLine, ...]:
    """The named lines; nothing is asked when none are named."""
    wanted = sorted(lines)
    return tuple(_line(row) for row in reads.read(MODEL, wanted, FIELDS)) if wanted else ()


def _line(row: Row) -> SaleLine:
    return SaleLine(
        id=ident(row),
        order=key(row, "order_id"),
        order_name=label(row, "order_id"),
        customer=key(row, "order_partner_id"),
        customer_name=label(row, "order_partner_id"),
        product=link(row, "product_id"),
        quantity=number(row["product_uom_qty"]),
        delivered=number(row["qty_delivered"]),
        unit=link(row, "product_uom") or 0,
        net=number(row["price_subtotal"]),
        currency=link(row, "currency_id") or 0,
        seller=link(row, "salesman_id"),
    )
