"""What an ordered product's line and its open receipts say about the day it comes."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from domain.money import Money
from domain.plans import RecordRef
from domain.ports import Reads
from domain.refusals import Refusal
from domain.values import Row, Value
from tools.parties import commercial
from tools.purchase import LINE, MOVE, ORDER, coming, head, ref
from tools.reads.names import quoted
from tools.reads.parsing import instant, key, label, link, moment, name, number, text
from tools.valuing import MOST, beyond, converted, rounded_up, worth

LINE_KEPT = ("date_planned", "discount", "price_unit", "product_id", "product_qty", "state")
MOVE_KEPT = ("date", "date_deadline", "product_uom_qty", "state")
HEAD_KEPT = ("currency_id", "partner_id", "picking_type_id", "state")
LINE_READ = (*LINE_KEPT, "currency_id", "order_id", "price_subtotal", "product_uom_qty")
MOVE_READ = (*MOVE_KEPT, "product_id", "product_qty")
PRODUCT_READ = ("display_name", "list_price", "standard_price", "uom_id")
FARTHEST_DAYS = 730
"""Two years: farther ahead is a slip of the pen."""


class PromiseFacts(Value):
    """A line of a purchase order, what is still to come of it, and when."""

    company: int
    order: RecordRef
    line: RecordRef
    moves: tuple[RecordRef, ...]
    known_as: str
    """The order's name."""
    vendor: int
    """The commercial entity behind whoever is ordered from."""
    vendor_name: str
    product: int
    product_name: str
    unit: str
    """The product's stock unit."""
    warehouse: int | None
    quantity: Decimal
    """Still to come, in the stock unit."""
    amount: Money
    """What is still to come at the order's price, in the company's currency."""
    expected: datetime
    """When the receipt is planned, as it is where the company is: the forecast follows this."""
    promised: datetime | None
    """When the line says the vendor delivers."""

    def moves_by(self, planned: date) -> int:
        """By how many days promise or receipt move at most when that day is agreed; zero where both are there."""
        return max(abs((planned - at.date()).days) for at in (self.expected, self.promised or self.expected))


def promise(reads: Reads, line: int) -> PromiseFacts | Refusal:
    """The promise as it stands; a Refusal where nothing of it can be moved."""
    rows = reads.read(LINE, [line], LINE_READ)
    top = head(reads, key(rows[0], "order_id"), ["name", *HEAD_KEPT]) if rows else None
    if top is None or not rows[0]["product_id"]:
        return _no(f"line {line} of a purchase order is gone, not in sight, or buys no product")
    row, moves = rows[0], coming(reads, [line], MOVE_READ)
    if wrong := unmovable(row, top, moves):
        return _no(wrong)
    product = reads.read("product.product", [key(row, "product_id")], PRODUCT_READ)[0]
    amount = _value(reads, row, moves, product)
    if isinstance(amount, Refusal):
        return amount
    promised = moment(row["date_planned"])
    types = reads.read("stock.picking.type", [key(top, "picking_type_id")], ["warehouse_id"])
    return PromiseFacts(
        company=reads.company,
        order=ref(ORDER, top, HEAD_KEPT),
        line=ref(LINE, row, LINE_KEPT),
        moves=tuple(ref(MOVE, move, MOVE_KEPT) for move in moves),
        known_as=name(top, "name"),
        vendor=commercial(reads, key(top, "partner_id")),
        vendor_name=label(top, "partner_id"),
        product=key(row, "product_id"),
        product_name=name(product, "display_name"),
        unit=label(product, "uom_id"),
        warehouse=link(types[0], "warehouse_id") if types else None,
        quantity=_still_to_come(row, moves),
        amount=amount,
        expected=instant(moves[0], "date").astimezone(reads.zone),
        promised=promised.astimezone(reads.zone) if promised else None,
    )


def unmovable(line: Row, top: Row, moves: Sequence[Row]) -> str | None:
    """Why no day of this line can be moved."""
    goods, state = quoted(label(line, "product_id")), text(top, "state")
    if state != "purchase":
        fix = "unlock it in Odoo first" if state == "done" else "only a confirmed order's day can be moved"
        return f"{name(top, 'name')} is {'locked' if state == 'done' else state}: {fix}"
    if not moves:
        return f"nothing of {goods} on {name(top, 'name')} is still to come"
    if len({(str(move["date"]), str(move["date_deadline"])) for move in moves}) > 1:
        return f"the receipts of {goods} on {name(top, 'name')} are planned for different days: move them in Odoo"
    return None


def out_of_bounds(reads: Reads, planned: date) -> str | None:
    """A vendor agrees neither to yesterday nor to a day years ahead."""
    today = reads.now().astimezone(reads.zone).date()
    if planned < today:
        return f"{planned:%-d %b %Y} is past: no vendor can deliver then"
    if (planned - today).days > FARTHEST_DAYS:
        return f"{planned:%-d %b %Y} is more than {FARTHEST_DAYS} days ahead"
    return None


def _value(reads: Reads, line: Row, moves: Sequence[Row], product: Row) -> Money | Refusal:
    """The line's money as far as its goods are still to come; goods without a price at their worth."""
    goods = f"{quoted(name(product, 'display_name'))} of {label(line, 'order_id')}"
    ordered, open_still = number(line["product_uom_qty"]), _still_to_come(line, moves)
    subtotal = number(line["price_subtotal"])
    if ordered > 0 and subtotal > 0:
        money = Money(amount=subtotal * open_still / ordered, currency=label(line, "currency_id"))
        return converted(reads, money, of=f"the line of {goods}")
    if open_still > MOST:
        return beyond(f"what is to come of {goods}", open_still)
    each = worth(reads, product)
    return each if isinstance(each, Refusal) else rounded_up(each * open_still)


def _still_to_come(line: Row, moves: Sequence[Row]) -> Decimal:
    """In the product's stock unit; a kit comes as its components, and counts whole until all of it is there."""
    if any(link(move, "product_id") != link(line, "product_id") for move in moves):
        return number(line["product_uom_qty"])
    return sum((number(move["product_qty"]) for move in moves), Decimal(0))


def _no(reason: str) -> Refusal:
    return Refusal(guard="facts", reason=reason)
