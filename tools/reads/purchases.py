"""What was ordered from vendors, and what somebody has drafted and not confirmed yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.ports import Reads
from domain.values import Json, Row
from tools.reads.parsing import Only, ident, key, label, link, links, moment, number, only, text

LINE = "purchase.order.line"
LINE_FIELDS = (
    "order_id",
    "partner_id",
    "product_id",
    "product_uom_qty",
    "state",
    "date_planned",
    "price_subtotal",
    "move_dest_ids",
)
ORDER = "purchase.order"
ORDER_FIELDS = ("picking_type_id", "user_id", "amount_untaxed", "currency_id")
DRAFT: list[Json] = ["draft", "sent", "to approve"]
"""States in which no receipt exists yet, though the goods may well come."""
NO_ORDER: Row = dict.fromkeys(ORDER_FIELDS, False)
"""Stands for an order that was deleted while its lines were read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PurchaseLine:
    """One product on one purchase order; the quantity in the product's stock unit."""

    id: int
    order: int
    order_name: str
    vendor: int
    vendor_name: str
    product: int
    quantity: Decimal
    state: str
    planned: datetime | None
    receipt_type: int | None
    """The operation type that will receive it: it tells the warehouse."""
    net: Decimal = Decimal(0)
    """Of the line, untaxed, in the order's currency."""
    currency: int = 0
    order_net: Decimal = Decimal(0)
    """Of the whole order, untaxed."""
    buyer: int | None = None
    """The user of Odoo who is responsible for the order; None where that is the desk itself."""
    serves: tuple[int, ...] = ()
    """The moves that it is bought for, and for nothing else."""

    @property
    def unconfirmed(self) -> bool:
        return self.state in DRAFT


def purchase_lines(reads: Reads, confirmed: Iterable[int], product: Only = None) -> tuple[PurchaseLine, ...]:
    """Every unconfirmed line of the company, and the confirmed ones that are named (by their open receipts)."""
    named: list[Json] = [*sorted(confirmed)]
    domain: list[Json] = [["company_id", "=", reads.company], ["product_id", "!=", False], *only("product_id", product)]
    domain += ["|", ["state", "in", DRAFT], ["id", "in", named]]
    rows = reads.rows(LINE, LINE_FIELDS, domain)
    orders = _orders(reads, {key(row, "order_id") for row in rows})
    return tuple(_line(row, orders.get(key(row, "order_id"), NO_ORDER), reads.uid) for row in rows)


def _orders(reads: Reads, orders: Iterable[int]) -> Mapping[int, Row]:
    return {ident(row): row for row in reads.read(ORDER, sorted(orders), ORDER_FIELDS)} if orders else {}


def _line(row: Row, order: Row, desk: int) -> PurchaseLine:
    buyer = link(order, "user_id")
    return PurchaseLine(
        id=ident(row),
        order=key(row, "order_id"),
        order_name=label(row, "order_id"),
        vendor=key(row, "partner_id"),
        vendor_name=label(row, "partner_id"),
        product=key(row, "product_id"),
        quantity=number(row["product_uom_qty"]),
        state=text(row, "state"),
        planned=moment(row["date_planned"]),
        receipt_type=link(order, "picking_type_id"),
        net=number(row["price_subtotal"]),
        currency=link(order, "currency_id") or 0,
        order_net=number(order["amount_untaxed"]),
        buyer=None if buyer == desk else buyer,
        serves=links(row, "move_dest_ids"),
    )
