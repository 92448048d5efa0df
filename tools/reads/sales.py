"""What customers ordered, at which net price, for the orders that are still to be delivered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.ports import Reads
from domain.values import Row
from tools.reads.parsing import ident, key, label, link, moment, number

ORDER = "sale.order"
ORDER_FIELDS = ("commitment_date",)
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
    promised: datetime | None = None
    """The order's delivery date; only of orders it was asked for."""


def sale_lines(reads: Reads, lines: Iterable[int], to_order: Iterable[int] = ()) -> tuple[SaleLine, ...]:
    """The named lines; nothing is asked when none are named.

    Of lines that goods are brought for alone, the order is asked what it promised: Odoo moves the deadline of such a
    delivery along with the purchase that is late, as if the customer had agreed.
    """
    wanted, own = sorted(lines), frozenset(to_order)
    rows = reads.read(MODEL, wanted, FIELDS) if wanted else []
    promised = _promised(reads, {key(row, "order_id") for row in rows if ident(row) in own})
    return tuple(_line(row, promised.get(key(row, "order_id"))) for row in rows)


def _promised(reads: Reads, orders: Iterable[int]) -> Mapping[int, datetime | None]:
    rows = reads.read(ORDER, sorted(orders), ORDER_FIELDS) if orders else []
    return {ident(row): moment(row["commitment_date"]) for row in rows}


def _line(row: Row, promised: datetime | None) -> SaleLine:
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
        promised=promised,
    )
