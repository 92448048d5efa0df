"""A sales order as an action on it needs it: whose it is, from where it leaves, and what is still to be delivered."""

from collections.abc import Sequence
from decimal import Decimal

from domain.money import Money
from domain.plans import RecordRef
from domain.ports import Reads
from domain.refusals import Refusal
from domain.values import Value
from tools.comparing import seen
from tools.reads.parsing import key, label, link, name, number
from tools.valuing import converted

ORDER = "sale.order"
LINE = "sale.order.line"


class Sold(Value):
    """One sales order of the company."""

    ref: RecordRef
    name: str
    currency: str
    buyer: str
    customer: int
    """The commercial entity behind whoever ordered."""
    warehouse: int | None
    product: int | None
    """Where the order is for one product only."""

    def undelivered(self, reads: Reads) -> Money | Refusal:
        """What is still to be delivered, net of discounts and taxes, in the company's currency."""
        fields = ["price_reduce_taxexcl", "product_uom_qty", "qty_delivered"]
        rows = reads.rows(LINE, fields, [["order_id", "=", self.ref.id], ["display_type", "=", False]])
        net = [
            number(row["price_reduce_taxexcl"]) * (number(row["product_uom_qty"]) - number(row["qty_delivered"]))
            for row in rows
        ]
        return converted(
            reads, Money(amount=sum((each for each in net if each > 0), Decimal(0)), currency=self.currency)
        )


def sold(reads: Reads, order: int, kept: Sequence[str]) -> Sold | Refusal:
    """The order, with the fields a step relies on; a Refusal where it is gone. Odoo hides those of other companies."""
    ref = seen(reads, ORDER, order, kept)
    if ref is None:
        return Refusal(guard="facts", reason=f"sales order {order} is gone or not in sight")
    row = reads.read(ORDER, [order], ["currency_id", "name", "partner_id", "warehouse_id"])[0]
    lines = reads.rows(LINE, ["product_id"], [["order_id", "=", order], ["product_id", "!=", False]])
    products = {key(line, "product_id") for line in lines}
    return Sold(
        ref=ref,
        name=name(row, "name"),
        currency=label(row, "currency_id"),
        buyer=label(row, "partner_id"),
        customer=commercial(reads, key(row, "partner_id")),
        warehouse=link(row, "warehouse_id"),
        product=products.pop() if len(products) == 1 else None,
    )


def commercial(reads: Reads, partner: int) -> int:
    """The company behind a contact or an address: what a customer's limits count."""
    return link(reads.read("res.partner", [partner], ["commercial_partner_id"])[0], "commercial_partner_id") or partner
