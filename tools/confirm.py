"""Confirms a request for quotation whole: the vendor is ordered from, and the warehouse expects the goods."""

from domain.exposures import Exposure, Risk
from domain.intents import Compensated, Undo
from domain.money import Money
from domain.plans import RecordRef, RollbackPlan
from domain.ports import Reads
from domain.refusals import Refusal
from domain.scopes import Permit, Scope
from domain.values import Json, Row
from tools.action import Absent, Action, Ambiguous, Found, Mismatch, Params, RecordId, Verified
from tools.comparing import first_difference
from tools.purchase import HEAD_KEPT, LINE, MOVE, ORDER, coming, head, lines, ref, wrote_last
from tools.reads.names import quoted
from tools.reads.parsing import ident, key, label, link, name, number, text
from tools.request import LINES_KEPT, OPEN_STATES, RequestFacts, request, unfit
from tools.trace import Trace
from tools.writer import Writer

HEAD = (*HEAD_KEPT, "amount_untaxed", "invoice_ids", "name", "write_uid")
CONFIRMED = frozenset({"done", "purchase"})
REACHED = CONFIRMED | {"to approve"}
MOVES_KEPT = ("picked", "product_uom_qty", "state")
"""What a warehouse changes on a receipt once it works on it."""
ODOO_ITSELF = 1
"""The user as which Odoo makes the receipt, and may write the order last."""


class ConfirmParams(Params):
    """Which request becomes a purchase order, and the warehouse that the plan counts on its goods for."""

    order: RecordId
    warehouse: RecordId


class ConfirmOrder(Action[ConfirmParams, RequestFacts]):
    """Confirm a request for quotation whole, as it stands.

    No field takes a marker: the effect is found by the order's state. Whoever confirmed it, the goods are ordered and
    the step stands; but only what the desk's own user confirmed is ever taken back by the desk.
    """

    name = "purchase.confirm"
    risk = Risk.REVERSIBLE
    Params = ConfirmParams
    scope = Scope(permits=(Permit(model=ORDER, methods=frozenset({"button_confirm"})),), calls=1)
    undo_scope = Scope(permits=(Permit(model=ORDER, methods=frozenset({"button_cancel", "button_draft"})),), calls=2)

    def facts(self, reads: Reads, params: ConfirmParams) -> RequestFacts | Refusal:
        return request(reads, params.order)

    def exposure(self, params: ConfirmParams, facts: RequestFacts) -> Exposure:
        """The whole order, other goods on it included; what a delivery waits for cannot be taken back."""
        return Exposure(
            action=self.name,
            company=facts.company,
            warehouse=params.warehouse,
            amount=facts.amount,
            quantity=facts.quantity,
            product=facts.product,
            vendor=facts.vendor.id,
            days=facts.days,
            risk=Risk.IRREVERSIBLE if facts.to_order else self.risk,
        )

    def touches(self, facts: RequestFacts) -> tuple[RecordRef, ...]:
        return (facts.order, *facts.lines, *facts.goods, facts.vendor)

    def rollback(self, facts: RequestFacts) -> RollbackPlan:
        if facts.to_order:
            return RollbackPlan(words=f"none: cancelling {quoted(facts.name)} cuts off a customer's delivery", calls=())
        return RollbackPlan(
            words=f"cancel {quoted(facts.name)} with its receipt and make it a draft request again",
            calls=(f"{ORDER}.button_cancel", f"{ORDER}.button_draft"),
            remains=_remains(facts),
        )

    def words(self, params: ConfirmParams, facts: RequestFacts) -> str:  # noqa: ARG002
        vendor = quoted(text(facts.vendor.seen, "name"))
        return (
            f"confirm request {quoted(facts.name)} to {vendor} for {facts.what}, {facts.amount} in all, "
            f"expected by {facts.planned:%-d %b %Y}"
        )

    def precondition(self, reads: Reads, params: ConfirmParams) -> Refusal | None:
        wrong = unfit(reads, params.order, params.warehouse)
        return Refusal(guard="precondition", reason=wrong) if isinstance(wrong, str) else wrong

    def probe(self, reads: Reads, params: ConfirmParams, trace: Trace) -> Found | Absent | Ambiguous:  # noqa: ARG002
        now = head(reads, params.order, ["state"])
        return Found(params.order) if now and text(now, "state") in REACHED else Absent()

    def execute(self, odoo: Writer, reads: Reads, params: ConfirmParams, found: Found | None) -> Undo:
        if found is None:
            odoo.call(ORDER, "button_confirm", [params.order])
        return _standing(reads, params.order, odoo.trace, answered=found is None)

    def left(self, reads: Reads, record: int, trace: Trace) -> Undo:
        return _standing(reads, record, trace, answered=False)

    def verify(self, reads: Reads, params: ConfirmParams, undo: Undo) -> Verified | Mismatch:
        """Odoo answers True for what it passes over, for what waits for approval, and where it shows a wizard."""
        state, known_as = text(undo.records[0].seen, "state"), undo.words
        if state == "to approve":
            return Mismatch(f"{known_as}: a purchase manager has to approve it in Odoo, the desk never does")
        if state not in CONFIRMED:
            return Mismatch(f"{known_as}: Odoo did not confirm it; it may have an alternative to be chosen from")
        if unreceived := _without_receipt(reads, params.order):
            return Mismatch(f"{known_as}: no receipt brings {quoted(unreceived)}")
        return Verified()

    def undo_words(self, undo: Undo) -> str:
        return f"cancel and make a draft request again: {undo.words}"

    def compensate(self, odoo: Writer, reads: Reads, undo: Undo) -> Compensated | Refusal:
        order = undo.records[0].id
        now = head(reads, order, HEAD)
        if now is None:
            return _no(f"somebody deleted it since: {undo.words}")
        if text(now, "state") not in {"cancel", *OPEN_STATES}:
            if (
                refused := _not_ours(undo, now)
                or _progressed(reads, now)
                or _awaited(reads, now)
                or _changed(reads, undo, now)
            ):
                return _no(refused)
            odoo.call(ORDER, "button_cancel", [order])
            now = head(reads, order, HEAD) or now
        if text(now, "state") == "cancel":
            if not wrote_last(reads, now):
                return _no(f"somebody cancelled {name(now, 'name')} since: there is nothing left to take back")
            odoo.call(ORDER, "button_draft", [order])
            now = head(reads, order, HEAD) or now
        return _back(reads, undo, now)


def _standing(reads: Reads, order: int, trace: Trace, *, answered: bool) -> Undo:
    """The order as it is now; ``before`` is empty where somebody else may have confirmed it."""
    now = reads.read(ORDER, [order], HEAD)[0]
    bought = lines(reads, order, LINES_KEPT)
    moves = coming(reads, [ident(row) for row in bought], MOVES_KEPT)
    own = wrote_last(reads, now) or (answered and link(now, "write_uid") == ODOO_ITSELF)
    was: Row = {f"{ORDER}:{order}": trace.was(ORDER, order)}
    money = Money(amount=number(now["amount_untaxed"]), currency=label(now, "currency_id"))
    return Undo(
        action=ConfirmOrder.name,
        records=(
            ref(ORDER, now, HEAD_KEPT),
            *(ref(LINE, row, LINES_KEPT) for row in bought),
            *(ref(MOVE, row, MOVES_KEPT) for row in moves),
        ),
        before=was if own else {},
        words=f"order {name(now, 'name')} to {quoted(label(now, 'partner_id'))} over {money} is {now['state']}",
    )


def _without_receipt(reads: Reads, order: int) -> str | None:
    """The first product of the order that is goods and that no move brings, or brought."""
    bought = lines(reads, order, ["product_id"])
    goods = {key(row, "product_id") for row in bought}
    moved: list[Json] = [["purchase_line_id", "in", [ident(row) for row in bought]], ["state", "!=", "cancel"]]
    brought = {key(row, "purchase_line_id") for row in reads.rows(MOVE, ["purchase_line_id"], moved)}
    kinds = {ident(row): text(row, "type") for row in reads.read("product.product", sorted(goods), ["type"])}
    lacking = (row for row in bought if kinds.get(key(row, "product_id")) == "consu" and ident(row) not in brought)
    return next((label(row, "product_id") for row in lacking), None)


def _not_ours(undo: Undo, now: Row) -> str | None:
    if undo.before:
        return None
    return f"somebody else confirmed {name(now, 'name')}, or changed it at once: cancel it in Odoo if it shall not come"


def _progressed(reads: Reads, now: Row) -> str | None:
    """Odoo cancels an order with a drafted bill, and leaves the bill standing."""
    received = lines(reads, ident(now), ["qty_received"])
    if any(number(row["qty_received"]) for row in received):
        return f"goods of {name(now, 'name')} came already: return them in Odoo"
    if now["invoice_ids"]:
        return f"{name(now, 'name')} is billed by now: cancel its bill in Odoo first"
    return None


def _awaited(reads: Reads, now: Row) -> str | None:
    """Odoo cancels what was bought for a delivery, and that delivery then waits for nothing."""
    bought = lines(reads, ident(now), ["move_dest_ids"])
    brought = coming(reads, [ident(row) for row in bought], ["move_dest_ids"])
    if any(row["move_dest_ids"] for row in (*bought, *brought)):
        return f"a delivery waits for goods of {name(now, 'name')}: cancelling would cut it off, decide it in Odoo"
    return None


def _changed(reads: Reads, undo: Undo, now: Row) -> str | None:
    if text(now, "state") == "done" != undo.records[0].seen["state"]:
        return f"{name(now, 'name')} was locked since: unlock it in Odoo first"
    if changed := first_difference(reads, undo.records):
        return f"somebody changed {name(now, 'name')} since: {changed}"
    return None


def _back(reads: Reads, undo: Undo, now: Row) -> Compensated | Refusal:
    """Odoo's reset asks nothing and closes nothing: a draft counts as one only without an open receipt."""
    known_as = name(now, "name")
    open_still = coming(reads, [ident(row) for row in lines(reads, ident(now), [])], ["state"])
    if text(now, "state") not in OPEN_STATES or open_still:
        return _no(f"{known_as} is {now['state']} with {len(open_still)} moves still to come; look at it in Odoo")
    was = undo.before.get(f"{ORDER}:{ident(now)}")
    sent = "; it was marked as sent" if isinstance(was, dict) and was.get("state") == "sent" else ""
    remains = f"the cancelled receipt of {known_as} stays{sent}"
    return Compensated(words=f"a request again: {undo.words}", remains=remains)


def _remains(facts: RequestFacts) -> str:
    """What an order leaves behind in Odoo even when it is cancelled at once."""
    listed = ", ".join(quoted(words) for words in facts.listed_by_it)
    price = f", and on the price list of {listed}" if listed else ""
    return (
        f"the cancelled receipt stays, and the vendor stays a follower of the order{price}; once goods came or a bill "
        "is there, or the vendor was told, only a buyer can take it back"
    )


def _no(reason: str) -> Refusal:
    return Refusal(guard="compensation", reason=reason)
