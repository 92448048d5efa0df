"""What a vendor is asked for, and the one line that Odoo makes of it: its goods, price and discount."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pydantic import Field

from domain.money import Currency, Money
from domain.ports import Reads
from domain.values import Row
from tools.action import Mismatch, Params, Quantity, RecordId
from tools.reads.parsing import ident, link, number, text
from tools.writer import Writer

LINE = "purchase.order.line"
LINE_KEPT = ("discount", "price_unit", "product_id", "product_qty", "product_uom")
TOLERANCE = Decimal("0.01")
"""By how much Odoo's own price may differ from the one that was approved, as a part of it."""


class RfqParams(Params):
    """What to ask a vendor for; quantity and price in the vendor's purchase unit, price in the vendor's currency."""

    vendor: RecordId
    product: RecordId
    quantity: Quantity
    uom: RecordId
    price: Decimal = Field(gt=0, le=10_000_000, allow_inf_nan=False)
    """Expected for one purchase unit before the discount; Odoo computes its own and the two must agree."""
    discount: Decimal = Field(ge=0, lt=100, allow_inf_nan=False)
    """Expected from the vendor, in percent of the price."""
    currency: Currency
    warehouse: RecordId
    picking_type: RecordId
    planned: date
    """When the plan counts on the goods; Odoo computes its own from the vendor's lead time."""

    @property
    def total(self) -> Money:
        """What the vendor asks for all of it, net of the discount."""
        return Money(amount=self.quantity * self.price * (1 - self.discount / 100), currency=self.currency)

    @property
    def terms(self) -> str:
        """Price and discount, for a person."""
        price = Money(amount=self.price, currency=self.currency)
        return f"{price} less {self.discount:f} %" if self.discount else str(price)


def priced_by_odoo(odoo: Writer, reads: Reads, order: int, params: RfqParams) -> None:
    """Let Odoo price the line for its own quantity, unless that price stands there or a person is at work on it.

    A new line is priced for the smallest quantity on the vendor's list and without discount; its quantity, written
    once more, brings price break and discount.
    """
    lines = reads.rows(LINE, ["id", "state", *LINE_KEPT], [["order_id", "=", order]])
    if len(lines) != 1 or text(lines[0], "state") != "draft" or not is_line(lines[0], params):
        return
    if (number(lines[0]["price_unit"]), number(lines[0]["discount"])) != (params.price, params.discount):
        odoo.call(LINE, "write", [ident(lines[0])], {"product_qty": float(params.quantity)})


def unlike(lines: Sequence[Row], params: RfqParams) -> Mismatch | None:
    """In what the lines of a request differ from what was approved."""
    if len(lines) != 1 or not is_line(lines[0], params):
        return Mismatch(f"expected one line of {params.quantity}, found {len(lines)} or another quantity")
    price, discount = number(lines[0]["price_unit"]), number(lines[0]["discount"])
    if not abs(price - params.price) <= params.price * TOLERANCE:
        return Mismatch(f"expected a price of {params.price} {params.currency}, Odoo computed {price}")
    if discount != params.discount:
        return Mismatch(f"expected a discount of {params.discount:f} %, Odoo computed {discount:f} %")
    return None


def is_line(line: Row, params: RfqParams) -> bool:
    """Whether a line asks for these goods, in this quantity and unit."""
    same_goods = link(line, "product_id") == params.product and link(line, "product_uom") == params.uom
    return same_goods and number(line["product_qty"]) == params.quantity
