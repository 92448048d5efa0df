"""A sales order as an action on it needs it: whose it is, from where it leaves, and what is still to be delivered."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from domain.money import Money
from domain.plans import RecordRef
from domain.ports import Reads
from domain.refusals import Refusal
from domain.values import Row, Value
from tools.comparing import seen
from tools.counting import Measured, in_stock_units
from tools.parties import commercial
from tools.reads.names import quoted
from tools.reads.parsing import ident, key, label, link, name, number
from tools.valuing import converted

ORDER = "sale.order"
LINE = "sale.order.line"
HEAD_KEPT = ("currency_id", "order_line", "partner_id", "warehouse_id")
LINE_KEPT = ("price_reduce_taxexcl", "product_id", "product_uom", "product_uom_qty")
"""What decides whose order it is and what it exposes, beside what a step itself relies on."""


class Undelivered(NamedTuple):
    """What a customer still waits for."""

    money: Money
    quantity: Decimal
    """Of all goods together, each in its stock unit."""


class Sold(Value):
    """One sales order of the company."""

    ref: RecordRef
    lines: tuple[RecordRef, ...]
    name: str
    currency: str
    buyer: str
    customer: int
    """The commercial entity behind whoever ordered."""
    warehouse: int | None
    product: int | None
    """Where the order is for one product only."""

    def undelivered(self, reads: Reads) -> Undelivered | Refusal:
        """What is still to be delivered, net of discounts and taxes, in the company's currency; and how much it is."""
        fields = ["qty_delivered", *LINE_KEPT]
        rows = reads.rows(LINE, fields, [["order_id", "=", self.ref.id], ["display_type", "=", False]])
        net = (number(row["price_reduce_taxexcl"]) * _open(row) for row in rows)
        total = Money(amount=sum((each for each in net if each > 0), Decimal(0)), currency=self.currency)
        money = converted(reads, total, of=f"sales order {quoted(self.name)}")
        if isinstance(money, Refusal):
            return money
        goods = [row for row in rows if row["product_id"] and row["product_uom"] and _open(row) > 0]
        waiting = [Measured(key(row, "product_id"), _open(row), key(row, "product_uom")) for row in goods]
        quantity = in_stock_units(reads, waiting)
        return quantity if isinstance(quantity, Refusal) else Undelivered(money, quantity)


class Waited(NamedTuple):
    """An order, and what of it is still to come."""

    order: Sold
    undelivered: Undelivered


def _open(line: Row) -> Decimal:
    return number(line["product_uom_qty"]) - number(line["qty_delivered"])


def waited_for(reads: Reads, order: int, kept: Sequence[str]) -> Waited | Refusal:
    """The order and what its customer still waits for, with the fields a step relies on; else why it cannot be told."""
    found = _sold(reads, order, kept)
    if isinstance(found, Refusal):
        return found
    waiting = found.undelivered(reads)
    return waiting if isinstance(waiting, Refusal) else Waited(found, waiting)


def _sold(reads: Reads, order: int, kept: Sequence[str]) -> Sold | Refusal:
    """The order, with the fields a step relies on; a Refusal where it is gone. Odoo hides those of other companies."""
    ref = seen(reads, ORDER, order, (*HEAD_KEPT, *kept))
    if ref is None:
        return Refusal(guard="facts", reason=f"sales order {order} is gone or not in sight")
    row = reads.read(ORDER, [order], ["currency_id", "name", "partner_id", "warehouse_id"])[0]
    lines = reads.rows(LINE, ["id", *LINE_KEPT], [["order_id", "=", order], ["product_id", "!=", False]])
    products = {key(line, "product_id") for line in lines}
    return Sold(
        ref=ref,
        lines=tuple(
            RecordRef(model=LINE, id=ident(line), seen={field: line[field] for field in LINE_KEPT}) for line in lines
        ),
        name=name(row, "name"),
        currency=label(row, "currency_id"),
        buyer=label(row, "partner_id"),
        customer=commercial(reads, key(row, "partner_id")),
        warehouse=link(row, "warehouse_id"),
        product=products.pop() if len(products) == 1 else None,
    )
