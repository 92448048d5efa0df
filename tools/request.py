"""A request for quotation before it is confirmed: what it would commit, and what speaks against it."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from domain.money import Money
from domain.plans import RecordRef
from domain.ports import Reads
from domain.refusals import Refusal
from domain.values import Json, Row, Value
from tools.approving import held_back
from tools.parties import commercial
from tools.places import misplaced
from tools.purchase import HEAD_KEPT, ORDER, coming, head, lines, ref
from tools.reads.names import quoted
from tools.reads.parsing import ident, key, label, link, moment, name, number, text
from tools.valuing import converted

OPEN_STATES = ("draft", "sent")
"""States in which a request can be confirmed; in every other one Odoo answers True and does nothing."""
HEAD = (*HEAD_KEPT, "amount_total", "amount_untaxed", "name")
LINES_KEPT = ("date_planned", "discount", "price_unit", "product_id", "product_qty", "product_uom")
FEW = 2
"""So many lines are told one by one."""
PRODUCT_KEPT = ("active", "purchase_ok")
VENDOR_KEPT = ("active", "name")


class RequestFacts(Value):
    """What Odoo says of a request, its vendor and its goods before it is confirmed."""

    company: int
    order: RecordRef
    lines: tuple[RecordRef, ...]
    goods: tuple[RecordRef, ...]
    vendor: RecordRef
    entity: int
    """The commercial entity behind the vendor."""
    name: str
    what: str
    """The goods for a person: ``24 Units of “Jug”``, or how many products."""
    amount: Money
    """Without taxes, in the company's currency."""
    quantity: Decimal
    """Of all goods together, each in its stock unit."""
    product: int | None
    """The one product, None where there are several."""
    planned: datetime
    """When the last of it is expected, as it is where the company is."""
    days: int
    """From today until then."""
    to_order: bool
    """Whether any of it is bought for one customer's delivery: cancelling the order would cut that loose."""
    listed_by_it: tuple[str, ...]
    """Products that get the vendor on their price list by the confirmation."""
    may_unlist: bool
    """Whether the desk's user may take it off again."""


def request(reads: Reads, order: int) -> RequestFacts | Refusal:
    """The request as it stands; a Refusal where it is none any more or where its money cannot be judged."""
    top = head(reads, order, HEAD)
    if top is None:
        return _facts(f"purchase order {order} is gone or not in sight")
    rows = lines(reads, order, ["move_dest_ids", "product_uom_qty", *LINES_KEPT])
    flawed = _not_open(top) or _not_to_be_bought(top, rows)
    if flawed:
        return _facts(flawed)
    total = Money(amount=number(top["amount_untaxed"]), currency=label(top, "currency_id"))
    money = converted(reads, total, of=f"request {quoted(name(top, 'name'))}")
    if isinstance(money, Refusal):
        return money
    products = reads.read("product.product", _products(rows), ["display_name", "product_tmpl_id", *PRODUCT_KEPT])
    vendors = reads.read("res.partner", [key(top, "partner_id")], ["parent_id", *VENDOR_KEPT])
    if not vendors or not products:
        return _facts(f"the vendor or the goods of {name(top, 'name')} are not in sight")
    planned = max(moment(row["date_planned"]) or reads.now() for row in rows).astimezone(reads.zone)
    alone = len(products) == 1
    return RequestFacts(
        company=reads.company,
        order=ref(ORDER, top, HEAD_KEPT),
        lines=tuple(ref("purchase.order.line", row, LINES_KEPT) for row in rows),
        goods=tuple(ref("product.product", row, PRODUCT_KEPT) for row in products),
        vendor=ref("res.partner", vendors[0], VENDOR_KEPT),
        entity=commercial(reads, ident(vendors[0])),
        name=name(top, "name"),
        what=_what(rows),
        amount=money,
        quantity=sum((number(row["product_uom_qty"]) for row in rows), Decimal(0)),
        product=ident(products[0]) if alone else None,
        planned=planned,
        days=max((planned.date() - reads.now().astimezone(reads.zone).date()).days, 0),
        to_order=any(row["move_dest_ids"] for row in rows),
        listed_by_it=_listed_by_it(reads, products, vendors[0]),
        may_unlist=reads.may("product.supplierinfo", "unlink"),
    )


def unfit(reads: Reads, order: int, warehouse: int) -> str | Refusal | None:
    """Why the request may not be confirmed now for this warehouse: Odoo itself asks little of this."""
    top = head(reads, order, HEAD)
    if top is None:
        return f"purchase order {order} is gone or not in sight"
    rows = lines(reads, order, ["product_qty", "product_id"])
    return (
        _not_open(top)
        or _not_to_be_bought(top, rows)
        or _archived(reads, top, rows)
        or _half_reset(reads, top, rows)
        or misplaced(reads, picking_type=key(top, "picking_type_id"), code="incoming", warehouse=warehouse)
        or held_back(reads, top)
    )


def _not_open(top: Row) -> str | None:
    if text(top, "state") in OPEN_STATES:
        return None
    return f"{name(top, 'name')} is {top['state']}: only a request that is draft or sent can be confirmed"


def _not_to_be_bought(top: Row, rows: list[Row]) -> str | None:
    """Odoo confirms an empty request, and one that asks for less than nothing."""
    if not rows:
        return f"{name(top, 'name')} asks for no product"
    if odd := next((row for row in rows if not number(row["product_qty"]) > 0), None):
        return f"{name(top, 'name')} asks for {number(odd['product_qty'])} of {quoted(label(odd, 'product_id'))}"
    if not number(top["amount_untaxed"]) > 0:
        return f"{name(top, 'name')} carries no price: what it commits cannot be judged"
    return None


def _archived(reads: Reads, top: Row, rows: list[Row]) -> str | None:
    for product in reads.read("product.product", _products(rows), ["display_name", *PRODUCT_KEPT]):
        if not product["active"] or not product["purchase_ok"]:
            return f"{quoted(text(product, 'display_name'))} is archived, or not to be purchased"
    if not all(vendor["active"] for vendor in reads.read("res.partner", [key(top, "partner_id")], ["active"])):
        return f"vendor {quoted(label(top, 'partner_id'))} is archived"
    return None


def _half_reset(reads: Reads, top: Row, rows: list[Row]) -> str | None:
    """Odoo sets a confirmed order back to draft without a word, its receipt still open."""
    if coming(reads, [ident(row) for row in rows], ["state"]):
        return f"{name(top, 'name')} was set back to draft with its receipt still open: cancel it in Odoo first"
    return None


def _products(rows: list[Row]) -> list[int]:
    return sorted({key(row, "product_id") for row in rows})


def _what(rows: list[Row]) -> str:
    asked = (
        f"{number(row['product_qty'])} {label(row, 'product_uom')} of {quoted(label(row, 'product_id'))}"
        for row in rows
    )
    return " and ".join(asked) if len(rows) <= FEW else f"{len(rows)} lines of {len(_products(rows))} products"


def _listed_by_it(reads: Reads, products: list[Row], vendor: Row) -> tuple[str, ...]:
    """Odoo puts an order's vendor on the price list of each product that it does not stand on yet."""
    names: Mapping[int, str] = {key(row, "product_tmpl_id"): name(row, "display_name") for row in products}
    known = {ident(vendor), link(vendor, "parent_id")} - {None}
    domain: list[Json] = [["product_tmpl_id", "in", [*names]], ["partner_id", "in", [*known]]]
    listed = {link(row, "product_tmpl_id") for row in reads.rows("product.supplierinfo", ["product_tmpl_id"], domain)}
    return tuple(words for template, words in names.items() if template not in listed)


def _facts(reason: str) -> Refusal:
    return Refusal(guard="facts", reason=reason)
