"""An order as its confirmation left it, and why it may not be made a request again."""

from domain.intents import Compensated, Undo
from domain.money import Money
from domain.ports import Reads
from domain.refusals import Refusal
from domain.values import Json, Row
from tools.comparing import first_difference
from tools.listing import PRICE, listed_with, taken_off
from tools.purchase import HEAD_KEPT, LINE, MOVE, ORDER, coming, lines, ref
from tools.reads.names import quoted
from tools.reads.parsing import ident, key, label, link, name, number, text
from tools.request import LINES_KEPT, OPEN_STATES
from tools.trace import Trace, wrote_last
from tools.writer import Writer

HEAD = (*HEAD_KEPT, "amount_untaxed", "invoice_ids", "name", "write_date", "write_uid")
MOVES_KEPT = ("picked", "product_uom_qty", "state")
"""What a warehouse changes on a receipt once it works on it."""
ODOO_ITSELF = 1
"""The user as which Odoo makes the receipt, and may write the order last."""


def standing(action: str, reads: Reads, order: int, trace: Trace, *, answered: bool) -> Undo:
    """The order as it is now; ``before`` is empty where somebody else may have confirmed it."""
    now = reads.read(ORDER, [order], HEAD)[0]
    bought = lines(reads, order, LINES_KEPT)
    moves = coming(reads, [ident(row) for row in bought], MOVES_KEPT)
    own = wrote_last(reads, now) or (answered and link(now, "write_uid") == ODOO_ITSELF)
    was: Row = {f"{ORDER}:{order}": trace.was(ORDER, order)}
    money = Money(amount=number(now["amount_untaxed"]), currency=label(now, "currency_id"))
    return Undo(
        action=action,
        records=(
            ref(ORDER, now, HEAD_KEPT),
            *(ref(LINE, row, LINES_KEPT) for row in bought),
            *(ref(MOVE, row, MOVES_KEPT) for row in moves),
            *listed_with(reads, now, {key(row, "product_id") for row in bought}),
        ),
        before=was if own else {},
        words=f"order {name(now, 'name')} to {quoted(label(now, 'partner_id'))} over {money} is {now['state']}",
    )


def without_receipt(reads: Reads, order: int) -> str | None:
    """The first product of the order that is goods and that no move brings, or brought."""
    bought = lines(reads, order, ["product_id"])
    goods = {key(row, "product_id") for row in bought}
    moved: list[Json] = [["purchase_line_id", "in", [ident(row) for row in bought]], ["state", "!=", "cancel"]]
    brought = {key(row, "purchase_line_id") for row in reads.rows(MOVE, ["purchase_line_id"], moved)}
    kinds = {ident(row): text(row, "type") for row in reads.read("product.product", sorted(goods), ["type"])}
    lacking = (row for row in bought if kinds.get(key(row, "product_id")) == "consu" and ident(row) not in brought)
    return next((label(row, "product_id") for row in lacking), None)


def requested_again(odoo: Writer, reads: Reads, undo: Undo) -> Compensated | Refusal:
    """Whether the order is a request again: a draft counts as one only without an open receipt.

    Only then the vendor goes off the price lists that the order put it on.
    """
    now = reads.read(ORDER, [undo.records[0].id], HEAD)[0]
    still = coming(reads, [ident(row) for row in lines(reads, ident(now), [])], ["state"])
    if text(now, "state") not in OPEN_STATES or still:
        reason = f"{name(now, 'name')} is {now['state']} with {len(still)} moves still to come; look at it in Odoo"
        return Refusal(guard="compensation", reason=reason)
    was = undo.before.get(f"{ORDER}:{ident(now)}")
    sent = "; it was marked as sent" if isinstance(was, dict) and was.get("state") == "sent" else ""
    listed = taken_off(odoo, reads, undo)
    price = f"; {quoted(label(now, 'partner_id'))} stays on the price list of {listed}" if listed else ""
    remains = f"the cancelled receipt of {name(now, 'name')} stays{sent}{price}"
    return Compensated(words=f"order {name(now, 'name')} is a request again", remains=remains)


def held(reads: Reads, undo: Undo, now: Row) -> str | None:
    """Why a confirmed order stays one; a cancelled one is on its way back only where the desk itself cancelled it."""
    if text(now, "state") != "cancel":
        return _not_ours(undo, now) or _progressed(reads, now) or _awaited(reads, now) or _changed(reads, undo, now)
    if wrote_last(reads, now):
        return None
    return f"somebody cancelled {name(now, 'name')} since: there is nothing left to take back"


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
    if changed := first_difference(reads, [each for each in undo.records if each.model != PRICE]):
        return f"somebody changed {name(now, 'name')} since: {changed}"
    return None
