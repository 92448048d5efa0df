"""Confirms a request for quotation whole: the vendor is ordered from, and the warehouse expects the goods."""

from domain.exposures import Exposure, Risk
from domain.intents import Compensated, Undo
from domain.plans import RecordRef, RollbackPlan
from domain.ports import Reads
from domain.refusals import Refusal
from domain.scopes import Permit, Scope
from tools.action import Absent, Action, Ambiguous, Found, Mismatch, Params, RecordId, Verified
from tools.confirmed import HEAD, held, requested_again, standing, without_receipt
from tools.listing import PRICE, TAKE_OFF
from tools.purchase import ORDER, head
from tools.reads.names import quoted
from tools.reads.parsing import text
from tools.request import OPEN_STATES, RequestFacts, request, unfit
from tools.trace import Trace
from tools.writer import Writer

CONFIRMED = frozenset({"done", "purchase"})
REACHED = CONFIRMED | {"to approve"}


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
    undo_scope = Scope(
        permits=(Permit(model=ORDER, methods=frozenset({"button_cancel", "button_draft"})), TAKE_OFF), calls=3
    )

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
            vendor=facts.entity,
            days=facts.days,
            risk=Risk.IRREVERSIBLE if facts.to_order else self.risk,
        )

    def touches(self, facts: RequestFacts) -> tuple[RecordRef, ...]:
        return (facts.order, *facts.lines, *facts.goods, facts.vendor)

    def rollback(self, facts: RequestFacts) -> RollbackPlan:
        if facts.to_order:
            return RollbackPlan(words=f"none: cancelling {quoted(facts.name)} cuts off a customer's delivery", calls=())
        return RollbackPlan(
            words=f"cancel {quoted(facts.name)} with its receipt and make it a draft request again{_off(facts)}",
            calls=(f"{ORDER}.button_cancel", f"{ORDER}.button_draft", *([f"{PRICE}.unlink"] if _off(facts) else [])),
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
        return standing(self.name, reads, params.order, odoo.trace, answered=found is None)

    def left(self, reads: Reads, record: int, trace: Trace) -> Undo:
        return standing(self.name, reads, record, trace, answered=False)

    def verify(self, reads: Reads, params: ConfirmParams, undo: Undo) -> Verified | Mismatch:
        """Odoo answers True for what it passes over, for what waits for approval, and where it shows a wizard."""
        state, known_as = text(undo.records[0].seen, "state"), undo.words
        if state == "to approve":
            return Mismatch(f"{known_as}: a purchase manager has to approve it in Odoo, the desk never does")
        if state not in CONFIRMED:
            return Mismatch(f"{known_as}: Odoo did not confirm it; it may have an alternative to be chosen from")
        if unreceived := without_receipt(reads, params.order):
            return Mismatch(f"{known_as}: no receipt brings {quoted(unreceived)}")
        return Verified()

    def undo_words(self, undo: Undo) -> str:
        return f"cancel and make a draft request again: {undo.words}"

    def compensate(self, odoo: Writer, reads: Reads, undo: Undo) -> Compensated | Refusal:
        """Odoo resets a confirmed order too, with its receipt left open: only what is cancelled is reset."""
        order = undo.records[0].id
        now = head(reads, order, HEAD)
        if now is None:
            return Refusal(guard="compensation", reason=f"somebody deleted it since: {undo.words}")
        if text(now, "state") not in OPEN_STATES:
            if refused := held(reads, undo, now):
                return Refusal(guard="compensation", reason=refused)
            if text(now, "state") != "cancel":
                odoo.call(ORDER, "button_cancel", [order])
            if text(head(reads, order, ["state"]) or now, "state") == "cancel":
                odoo.call(ORDER, "button_draft", [order])
        return requested_again(odoo, reads, undo)


def _remains(facts: RequestFacts) -> str:
    """What an order leaves behind in Odoo even when it is cancelled at once."""
    price = f", and on the price list of {_lists(facts)}" if facts.listed_by_it and not facts.may_unlist else ""
    return (
        f"the cancelled receipt stays, and the vendor stays a follower of the order{price}; once goods came or a bill "
        "is there, or the vendor was told, only a buyer can take it back"
    )


def _off(facts: RequestFacts) -> str:
    """Nothing where the vendor is on every price list already, or where the desk's user may not take it off again."""
    if not facts.listed_by_it or not facts.may_unlist:
        return ""
    return f"; take the vendor off the price list of {_lists(facts)} again"


def _lists(facts: RequestFacts) -> str:
    return ", ".join(quoted(words) for words in facts.listed_by_it)
