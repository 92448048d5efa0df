"""Puts a sales order on hold: tagged and explained, and once confirmed locked, with its goods free for others."""

from decimal import Decimal

from pydantic import Field

from domain.exposures import Exposure, Risk
from domain.intents import Compensated, Undo
from domain.money import Money
from domain.plans import RecordRef, RollbackPlan
from domain.ports import Reads
from domain.refusals import Refusal
from domain.scopes import Permit, Scope
from domain.values import Json, Row, Value
from tools.action import Absent, Action, Ambiguous, Found, Mismatch, Params, RecordId, Verified
from tools.comparing import first_difference
from tools.finding import by_marker
from tools.note import INTERNAL, MESSAGE, NOTE, POST, WORDS
from tools.reads.names import quoted
from tools.reads.parsing import ident, link, name, text
from tools.reservations import PICKING, Reserved, holding, reserved, wanted
from tools.sold import ORDER, Sold, waited_for
from tools.trace import Trace, former, formerly
from tools.writer import Writer

TAG = "crm.tag"
ON_HOLD = "On hold (exception desk)"
CONFIRMED = "sale"
LONGEST_REASON = 200
MOST_MOVES = 100


class HoldParams(Params):
    """Which order, and why, in plain text for the people who ask."""

    order: RecordId
    reason: str = Field(min_length=1, max_length=LONGEST_REASON)


class HoldFacts(Value):
    """What Odoo says of the order before it is held."""

    company: int
    order: Sold
    moves: tuple[RecordRef, ...]
    lines: tuple[RecordRef, ...]
    amount: Money
    """What is still to be delivered, net, in the company's currency."""
    quantity: Decimal
    """Of all goods together, each in its stock unit."""


class HoldOrder(Action[HoldParams, HoldFacts]):
    """Hold one sales order: a tag and a note on it; a confirmed one is locked and its deliveries unreserved.

    Nothing in Odoo keeps the goods from being reserved again: its scheduler, a receipt or a person may.
    """

    name = "sale.hold"
    risk = Risk.REVERSIBLE
    Params = HoldParams
    scope = Scope(
        permits=(
            Permit(model=ORDER, methods=POST, keywords=WORDS, fixed=INTERNAL, marker="body"),
            Permit(model=TAG, methods=frozenset({"create"}), fields=frozenset({"name"})),
            Permit(model=ORDER, methods=frozenset({"write"}), links=frozenset({"tag_ids"})),
            Permit(model=ORDER, methods=frozenset({"action_lock"})),
            Permit(model=PICKING, methods=frozenset({"do_unreserve"})),
        ),
        calls=5,
    )
    undo_scope = Scope(
        permits=(
            Permit(model=ORDER, methods=frozenset({"action_unlock"})),
            Permit(model=ORDER, methods=frozenset({"write"}), unlinks=frozenset({"tag_ids"})),
            Permit(model=PICKING, methods=frozenset({"action_assign"})),
        ),
        calls=3,
    )

    def facts(self, reads: Reads, params: HoldParams) -> HoldFacts | Refusal:
        waited = waited_for(reads, params.order, ("locked", "state", "tag_ids"))
        if isinstance(waited, Refusal):
            return waited
        order, waiting = waited
        if _tagged(order.ref.seen, _tag(reads)):
            return _no("facts", f"{order.name} is on hold already")
        moves = wanted(reads, _deliveries(reads, params.order))
        if len(moves) > MOST_MOVES:
            return _no("facts", f"{order.name} has {len(moves)} open moves: hold it in Odoo by hand")
        lines = reserved(reads, [ref.id for ref in moves])
        return HoldFacts(
            company=reads.company,
            order=order,
            moves=moves,
            lines=lines,
            amount=waiting.money,
            quantity=waiting.quantity,
        )

    def exposure(self, params: HoldParams, facts: HoldFacts) -> Exposure:  # noqa: ARG002
        """What this customer still waits for."""
        return Exposure(
            action=self.name,
            company=facts.company,
            warehouse=facts.order.warehouse,
            amount=facts.amount,
            quantity=facts.quantity,
            product=facts.order.product,
            customer=facts.order.customer,
            risk=self.risk,
        )

    def touches(self, facts: HoldFacts) -> tuple[RecordRef, ...]:
        return (facts.order.ref, *facts.order.lines, *facts.moves, *facts.lines)

    def rollback(self, facts: HoldFacts) -> RollbackPlan:
        held = facts.order.ref.seen["state"] == CONFIRMED
        again = "; unlock it and reserve its deliveries again" if held else ""
        return RollbackPlan(
            words=f"take the tag off {quoted(facts.order.name)}{again}",
            calls=tuple(f"{permit.model}.{method}" for permit in self.undo_scope.permits for method in permit.methods),
            remains="the note that it was held; goods that somebody else reserved meanwhile stay with them"
            + _blind(facts.order.ref.seen),
        )

    def words(self, params: HoldParams, facts: HoldFacts) -> str:
        whom = f"{quoted(facts.order.name)} of {quoted(facts.order.buyer)}"
        held = facts.order.ref.seen["state"] == CONFIRMED
        freed = ", lock it and free what its deliveries have reserved" if held else ""
        return f"put {whom} on hold{freed}: {quoted(params.reason, LONGEST_REASON)}"

    def precondition(self, reads: Reads, params: HoldParams) -> Refusal | None:
        rows = reads.read(ORDER, [params.order], ["delivery_status", "name", "state"])
        if not rows or rows[0]["state"] == "cancel":
            return _no("precondition", f"sales order {params.order} is cancelled or gone")
        if rows[0]["delivery_status"] == "full":
            return _no("precondition", f"{quoted(name(rows[0], 'name'))} is delivered whole: there is nothing to hold")
        return _begun(reads, params.order)

    def probe(self, reads: Reads, params: HoldParams, trace: Trace) -> Found | Absent | Ambiguous:
        found = by_marker(reads, MESSAGE, _said(params.order, trace.marker))
        return Found(params.order) if isinstance(found, Found) else found

    def execute(self, odoo: Writer, reads: Reads, params: HoldParams, found: Found | None) -> Undo:
        order = params.order
        if found is None:
            odoo.call(ORDER, "message_post", [order], body=_words(params, odoo.marker), subtype_xmlid=NOTE)
        tag = _tag(reads) or odoo.create(TAG, {"name": ON_HOLD})
        now = reads.read(ORDER, [order], ["locked", "state", "tag_ids"])[0]
        if not _tagged(now, tag):
            odoo.call(ORDER, "write", [order], {"tag_ids": [[4, tag]]})
        if now["state"] == CONFIRMED:
            _take_goods(odoo, reads, now)
        return self.left(reads, order, odoo.trace)

    def left(self, reads: Reads, record: int, trace: Trace) -> Undo:
        row = reads.read(ORDER, [record], ["locked", "name", "state", "tag_ids"])[0]
        header = RecordRef(model=ORDER, id=record, seen={"locked": row["locked"], "state": row["state"]})
        return Undo(
            action=self.name,
            records=(header, *wanted(reads, _deliveries(reads, record))),
            before=former(trace.seen),
            words=f"{quoted(name(row, 'name'))} is on hold",
        )

    def verify(self, reads: Reads, params: HoldParams, undo: Undo) -> Verified | Mismatch:
        row = reads.read(ORDER, [params.order], ["locked", "state", "tag_ids"])[0]
        if not _tagged(row, _tag(reads)):
            return Mismatch("the order does not carry the tag")
        if row["state"] == CONFIRMED and not row["locked"]:
            return Mismatch("the order was not locked")
        still = holding(reads, [ref.id for ref in undo.records[1:]]) if row["state"] == CONFIRMED else 0
        return Mismatch(f"its deliveries still hold {still}") if still else Verified()

    def undo_words(self, undo: Undo) -> str:
        blind = _blind(formerly(undo.before, ORDER)[undo.records[0].id])
        return f"take off the tag and give the order its lock and goods of before: {undo.words}{blind}"

    def compensate(self, odoo: Writer, reads: Reads, undo: Undo) -> Compensated | Refusal:
        order, seen = undo.records[0].id, Reserved.before(undo.before)
        was = formerly(undo.before, ORDER)[order]
        rows = reads.read(ORDER, [order], ["locked", "name", "state", "tag_ids"])
        if not rows:
            return Compensated(words="the order is gone, and its hold with it")
        if refusal := _moved_on(reads, rows[0], undo):
            return refusal
        tag = _tag(reads)
        if rows[0]["locked"] and not was["locked"]:
            odoo.call(ORDER, "action_unlock", [order])
        if _tagged(rows[0], tag):
            odoo.call(ORDER, "write", [order], {"tag_ids": [[3, tag]]})
        if seen.short(reads, seen.moves):
            odoo.call(PICKING, "action_assign", list(_pickings(seen)))
        now = reads.read(ORDER, [order], ["locked", "tag_ids"])[0]
        if _tagged(now, tag) or now["locked"] != was["locked"]:
            return _no("compensation", "Odoo did not take tag or lock off; look at the order there")
        if short := seen.short(reads, seen.moves):
            return _no("compensation", f"the hold is off, but others have some of its goods by now: {short}")
        known_as = quoted(name(rows[0], "name"))
        return Compensated(words=f"{known_as} is on hold no more", remains="the note that it was held")


def _blind(was: Row) -> str:
    """What the rollback cannot see, for whoever decides on it: Odoo does not tell who locked an order."""
    if was["state"] != CONFIRMED or was["locked"]:
        return ""
    return "; a lock that somebody took off and set again meanwhile looks like the desk's and goes too"


def _take_goods(odoo: Writer, reads: Reads, order: Row) -> None:
    """Lock a confirmed order, and let go of what its open deliveries hold."""
    if not order["locked"]:
        odoo.call(ORDER, "action_lock", [ident(order)])
    deliveries = _deliveries(reads, ident(order))
    if holding(reads, [ref.id for ref in wanted(reads, deliveries)]):
        odoo.call(PICKING, "do_unreserve", list(deliveries))


def _deliveries(reads: Reads, order: int) -> list[int]:
    """The order's transfers that are still open, back to the first of a chain."""
    over: list[Json] = ["done", "cancel"]
    return [ident(row) for row in reads.rows(PICKING, ["id"], [["sale_id", "=", order], ["state", "not in", over]])]


def _begun(reads: Reads, order: int) -> Refusal | None:
    """Odoo leaves picked goods reserved without a word."""
    refs = wanted(reads, _deliveries(reads, order))
    lines = reserved(reads, [ref.id for ref in refs])
    if any(ref.seen["picked"] for ref in (*refs, *lines)):
        return _no("precondition", "somebody is picking goods of the order already")
    return None


def _moved_on(reads: Reads, now: Row, undo: Undo) -> Refusal | None:
    if now["state"] != undo.records[0].seen["state"]:
        return _no("compensation", f"the order is {text(now, 'state')} by now")
    if changed := first_difference(reads, undo.records[1:]):
        return _no("compensation", f"somebody changed its deliveries since: {changed}")
    pending = {ref.id for ref in wanted(reads, _deliveries(reads, undo.records[0].id))}
    if over := sorted({ref.id for ref in undo.records[1:]} - pending):
        return _no("compensation", f"somebody cancelled or delivered moves {over} since; lift the hold in Odoo")
    return None


def _pickings(seen: Reserved) -> list[int]:
    return sorted({link(row, "picking_id") or 0 for row in seen.moves.values()})


def _tag(reads: Reads) -> int | None:
    """The tag that says on hold; None before the first hold."""
    rows = reads.rows(TAG, ["id"], [["name", "=", ON_HOLD]], limit=1)
    return ident(rows[0]) if rows else None


def _tagged(order: Row, tag: int | None) -> bool:
    carried = order["tag_ids"]
    return tag is not None and isinstance(carried, list) and tag in carried


def _words(params: HoldParams, marker: str) -> str:
    return f"{ON_HOLD}: {params.reason} [ref {marker}]"


def _said(order: int, marker: str) -> list[Json]:
    return [["model", "=", ORDER], ["res_id", "=", order], ["body", "like", f"[ref {marker}]"]]


def _no(guard: str, reason: str) -> Refusal:
    return Refusal(guard=guard, reason=reason)
