"""Drafts a request for quotation with a vendor: nothing is ordered and no mail leaves until a buyer confirms it."""

from contextlib import suppress

from domain.exposures import Exposure, Risk
from domain.faults import Refused
from domain.intents import Compensated, Undo
from domain.money import Money
from domain.plans import RecordRef, RollbackPlan
from domain.ports import Reads
from domain.refusals import Refusal
from domain.scopes import Permit, Scope
from domain.values import Row, Value
from tools.action import Absent, Action, Ambiguous, Found, Mismatch, Verified
from tools.comparing import first_difference, seen
from tools.counting import Counted, counted
from tools.finding import by_marker
from tools.parties import commercial
from tools.places import misplaced
from tools.reads.names import quoted
from tools.reads.parsing import ident, label, link, name, number, text
from tools.rfq_line import LINE, LINE_KEPT, RfqParams, priced_by_odoo, unlike
from tools.trace import Trace
from tools.valuing import converted
from tools.writer import Writer

ORDER = "purchase.order"
HEADER_KEPT = ("currency_id", "order_line", "partner_id", "picking_type_id", "state")


class RfqFacts(Value):
    """What Odoo says of product, vendor and money before the request."""

    company: int
    product: RecordRef
    there: RecordRef
    """The product as the receiving warehouse has it."""
    vendor: RecordRef
    entity: int
    """The commercial entity behind the vendor."""
    prices: tuple[RecordRef, ...]
    """The vendor's price list lines for this product: another price or lead time makes the plan stale."""
    goods: Counted
    vendor_name: str
    amount: Money
    """Quantity times price, net of the discount, in the company's currency."""


class CreateRfq(Action[RfqParams, RfqFacts]):
    """Draft a request for quotation with one vendor for one product."""

    name = "purchase.create_rfq"
    risk = Risk.REVERSIBLE
    Params = RfqParams
    scope = Scope(
        permits=(
            Permit(
                model=ORDER,
                methods=frozenset({"create"}),
                fields=frozenset({"company_id", "currency_id", "origin", "partner_id", "picking_type_id"}),
                children={"order_line": frozenset({"product_id", "product_qty", "product_uom"})},
                marker="origin",
            ),
            Permit(model=LINE, methods=frozenset({"write"}), fields=frozenset({"product_qty"})),
        ),
        calls=2,
    )
    undo_scope = Scope(permits=(Permit(model=ORDER, methods=frozenset({"button_cancel", "unlink"})),), calls=2)

    def facts(self, reads: Reads, params: RfqParams) -> RfqFacts | Refusal:
        product = seen(reads, "product.product", params.product, ("active", "product_tmpl_id", "uom_po_id"))
        here = {"warehouse_id": params.warehouse}
        there = seen(reads, "product.product", params.product, ("free_qty", "incoming_qty"), context=here)
        vendor = seen(reads, "res.partner", params.vendor, ("active", "name"))
        if product is None or there is None or vendor is None:
            return Refusal(guard="facts", reason=f"product {params.product} or vendor {params.vendor} is not in sight")
        goods = counted(reads, params.product, params.quantity, params.uom)
        amount = converted(reads, params.total, of="the request")
        if isinstance(goods, Refusal):
            return goods
        if isinstance(amount, Refusal):
            return amount
        return RfqFacts(
            company=reads.company,
            product=product,
            there=there,
            vendor=vendor,
            entity=commercial(reads, params.vendor),
            prices=_prices(reads, params.vendor, link(product.seen, "product_tmpl_id")),
            goods=goods,
            vendor_name=name(vendor.seen, "name"),
            amount=amount,
        )

    def exposure(self, params: RfqParams, facts: RfqFacts) -> Exposure:
        """What the order would commit if it were confirmed."""
        return Exposure(
            action=self.name,
            company=facts.company,
            warehouse=params.warehouse,
            amount=facts.amount,
            quantity=facts.goods.quantity,
            product=params.product,
            vendor=facts.entity,
            risk=self.risk,
        )

    def touches(self, facts: RfqFacts) -> tuple[RecordRef, ...]:
        return (facts.product, facts.there, facts.vendor, *facts.prices)

    def rollback(self, facts: RfqFacts) -> RollbackPlan:
        return RollbackPlan(
            words=f"cancel and delete the draft request to {quoted(facts.vendor_name)}",
            calls=(f"{ORDER}.button_cancel", f"{ORDER}.unlink"),
            remains="once a buyer sent or confirmed it, only the buyer can take it back with the vendor",
        )

    def words(self, params: RfqParams, facts: RfqFacts) -> str:
        return (
            f"draft a request to {quoted(facts.vendor_name)} for {params.quantity:,f} {facts.goods.unit} "
            f"of {quoted(facts.goods.product)} at {params.terms}, expected {params.planned:%-d %b %Y}"
        )

    def precondition(self, reads: Reads, params: RfqParams) -> Refusal | None:
        rows = reads.read("product.product", [params.product], ["active", "purchase_ok"])
        if not rows or not rows[0]["active"] or not rows[0]["purchase_ok"]:
            return _no(f"product {params.product} is archived, gone, or not to be purchased")
        vendors = reads.read("res.partner", [params.vendor], ["active", "company_id"])
        if not vendors or not vendors[0]["active"] or link(vendors[0], "company_id") not in {None, reads.company}:
            return _no(f"vendor {params.vendor} is archived, gone, or of another company")
        return misplaced(reads, picking_type=params.picking_type, code="incoming", warehouse=params.warehouse)

    def probe(self, reads: Reads, params: RfqParams, trace: Trace) -> Found | Absent | Ambiguous:  # noqa: ARG002
        return by_marker(reads, ORDER, [["origin", "like", trace.marker]])

    def execute(self, odoo: Writer, reads: Reads, params: RfqParams, found: Found | None) -> Undo:
        record = found.record if found else odoo.create(ORDER, _values(reads, params, odoo.marker))
        priced_by_odoo(odoo, reads, record, params)
        return self.left(reads, record, odoo.trace)

    def left(self, reads: Reads, record: int, trace: Trace) -> Undo:  # noqa: ARG002
        return _standing(reads, record)

    def verify(self, reads: Reads, params: RfqParams, undo: Undo) -> Verified | Mismatch:
        now = _standing(reads, undo.records[0].id)
        header, lines = now.records[0].seen, [ref.seen for ref in now.records[1:]]
        if header["state"] == "cancel":
            return Mismatch("the request was cancelled")
        if label(header, "currency_id") != params.currency:
            return Mismatch(f"expected a request in {params.currency}, found {label(header, 'currency_id')}")
        if link(header, "picking_type_id") != params.picking_type or link(header, "partner_id") != params.vendor:
            return Mismatch("the request went to another vendor or warehouse")
        return unlike(lines, params) or Verified()

    def undo_words(self, undo: Undo) -> str:
        return f"cancel and delete what was drafted: {undo.words}"

    def compensate(self, odoo: Writer, reads: Reads, undo: Undo) -> Compensated | Refusal:
        order = undo.records[0].id
        rows = reads.read(ORDER, [order], ["name", "state"])
        if not rows:
            return Compensated(words="the request is gone")
        known_as, state = name(rows[0], "name"), text(rows[0], "state")
        if state not in {"draft", "cancel"}:
            return Refusal(
                guard="compensation", reason=f"{known_as} is {state} by now: take it back with the vendor in Odoo"
            )
        if changed := _edited(reads, undo):
            return Refusal(guard="compensation", reason=f"somebody changed {known_as} since: {changed}")
        if state == "draft":
            odoo.call(ORDER, "button_cancel", [order])
        with suppress(Refused):
            odoo.call(ORDER, "unlink", [order])
        if reads.read(ORDER, [order], ["state"]):
            remains = f"Odoo kept {known_as} as a cancelled request"
            return Compensated(words=f"request {known_as} is cancelled", remains=remains)
        return Compensated(words=f"request {known_as} is deleted")


def _standing(reads: Reads, record: int) -> Undo:
    """The request with its lines as it is now."""
    order = reads.read(ORDER, [record], ["name", "amount_untaxed", *HEADER_KEPT])[0]
    lines = reads.rows(LINE, ["id", *LINE_KEPT], [["order_id", "=", record]])
    kept = [RecordRef(model=LINE, id=ident(row), seen={field: row[field] for field in LINE_KEPT}) for row in lines]
    header = RecordRef(model=ORDER, id=record, seen={field: order[field] for field in HEADER_KEPT})
    money = Money(amount=number(order["amount_untaxed"]), currency=label(order, "currency_id"))
    request = f"request {name(order, 'name')} to {quoted(label(order, 'partner_id'))}"
    return Undo(
        action=CreateRfq.name,
        records=(header, *kept),
        words=f"{request} over {money} is {order['state']}",
    )


def _edited(reads: Reads, undo: Undo) -> str | None:
    """What a person changed; the state may have gone to cancelled by an undo that was cut off."""
    header = undo.records[0]
    steady = header.but(seen={field: value for field, value in header.seen.items() if field != "state"})
    return first_difference(reads, [steady, *undo.records[1:]])


def _values(reads: Reads, params: RfqParams, marker: str) -> Row:
    """Odoo takes a vendor's currency from the vendor in its form only: over RPC it is the company's unless given."""
    currency = reads.rows("res.currency", ["id"], [["name", "=", params.currency]])[0]["id"]
    line: Row = {
        "product_id": params.product,
        "product_qty": float(params.quantity),
        "product_uom": params.uom,
    }
    return {
        "company_id": reads.company,
        "currency_id": currency,
        "origin": marker,
        "partner_id": params.vendor,
        "picking_type_id": params.picking_type,
        "order_line": [[0, 0, line]],
    }


def _prices(reads: Reads, vendor: int, template: int | None) -> tuple[RecordRef, ...]:
    fields = ["currency_id", "delay", "discount", "min_qty", "price"]
    rows = reads.rows(
        "product.supplierinfo", ["id", *fields], [["partner_id", "=", vendor], ["product_tmpl_id", "=", template]]
    )
    return tuple(
        RecordRef(model="product.supplierinfo", id=ident(row), seen={field: row[field] for field in fields})
        for row in rows
    )


def _no(reason: str) -> Refusal:
    return Refusal(guard="precondition", reason=reason)
