"""Promises a customer another day: the sales order's delivery date, which its deliveries take for their deadline."""

from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal

from domain.exposures import Exposure, Risk
from domain.intents import Compensated, Undo
from domain.money import Money
from domain.plans import RecordRef, RollbackPlan
from domain.ports import Reads
from domain.refusals import Refusal
from domain.scopes import Permit, Scope
from domain.values import Json, Row, Value
from tools.action import Absent, Action, Found, Mismatch, Params, RecordId, Verified
from tools.comparing import same
from tools.deadlines import MOVE, deadlines, moved_since, others, put_back
from tools.reads.names import quoted
from tools.reads.parsing import day_in, name, stamp, text
from tools.sold import ORDER, Sold, waited_for
from tools.trace import Trace, former, formerly, wrote_last
from tools.writer import Writer

NOON = time(12)
"""Odoo keeps a moment: noon where the company is, which is the same day nearly everywhere."""
FARTHEST_DAYS = 730
"""What lies beyond is a slip of the keyboard."""
WRITE = Permit(model=ORDER, methods=frozenset({"write"}), fields=frozenset({"commitment_date"}))


class CommitmentParams(Params):
    """The order, and the day that is promised from now on."""

    order: RecordId
    promised: date

    def at(self, zone: tzinfo) -> str:
        """As Odoo keeps it."""
        return stamp(datetime.combine(self.promised, NOON, zone))


class CommitmentFacts(Value):
    """What Odoo says of the order before the promise."""

    company: int
    order: Sold
    moves: tuple[RecordRef, ...]
    """Every move of the order with its deadline: Odoo gives all of them the new one."""
    expected: date | None
    """The day the customer counts on so far: promised, else the earliest deadline."""
    amount: Money
    """What is still to be delivered, net, in the company's currency."""
    quantity: Decimal
    """Of all goods together, each in its stock unit."""


class PromiseDate(Action[CommitmentParams, CommitmentFacts]):
    """Promise one sales order for another day; plans and reservations of its deliveries stay as they are."""

    name = "sale.commitment"
    risk = Risk.REVERSIBLE
    Params = CommitmentParams
    scope = Scope(permits=(WRITE,), calls=1)
    undo_scope = Scope(
        permits=(WRITE, Permit(model=MOVE, methods=frozenset({"write"}), fields=frozenset({"date_deadline"}))), calls=10
    )

    def facts(self, reads: Reads, params: CommitmentParams) -> CommitmentFacts | Refusal:
        waited = waited_for(reads, params.order, ("commitment_date", "locked", "state"))
        if isinstance(waited, Refusal):
            return waited
        order, waiting = waited
        if order.ref.seen["commitment_date"] == params.at(reads.zone):
            return _no("facts", f"{order.name} is promised for {params.promised:%-d %b %Y} already")
        moves = deadlines(reads, params.order)
        due = [found for ref in moves if (found := day_in(reads.zone, ref.seen["date_deadline"]))]
        return CommitmentFacts(
            company=reads.company,
            order=order,
            moves=moves,
            expected=day_in(reads.zone, order.ref.seen["commitment_date"]) or min(due, default=None),
            amount=waiting.money,
            quantity=waiting.quantity,
        )

    def exposure(self, params: CommitmentParams, facts: CommitmentFacts) -> Exposure:
        """What this customer still waits for, and by how many days its day moves."""
        days = (params.promised - facts.expected).days if facts.expected else None
        return Exposure(
            action=self.name,
            company=facts.company,
            warehouse=facts.order.warehouse,
            amount=facts.amount,
            quantity=facts.quantity,
            product=facts.order.product,
            customer=facts.order.customer,
            days=days,
            risk=self.risk,
        )

    def touches(self, facts: CommitmentFacts) -> tuple[RecordRef, ...]:
        return (facts.order.ref, *facts.order.lines, *facts.moves)

    def rollback(self, facts: CommitmentFacts) -> RollbackPlan:
        former_day = f"{facts.expected:%-d %b %Y}" if facts.order.ref.seen["commitment_date"] else "no day"
        return RollbackPlan(
            words=f"promise {quoted(facts.order.name)} for {former_day} again, and its deliveries as before",
            calls=(f"{ORDER}.write", f"{MOVE}.write"),
            remains="what the customer was told meanwhile",
        )

    def words(self, params: CommitmentParams, facts: CommitmentFacts) -> str:
        instead = f" instead of {facts.expected:%-d %b %Y}" if facts.expected else ""
        whom = f"{quoted(facts.order.name)} of {quoted(facts.order.buyer)}"
        return f"promise {whom} for {params.promised:%-d %b %Y}{instead}"

    def precondition(self, reads: Reads, params: CommitmentParams) -> Refusal | None:
        rows = reads.read(ORDER, [params.order], ["delivery_status", "locked", "state"])
        if not rows or rows[0]["state"] == "cancel":
            return _no("precondition", f"sales order {params.order} is cancelled or gone")
        if rows[0]["locked"]:
            return _no("precondition", f"sales order {params.order} is locked: its day is not to be changed")
        if rows[0]["delivery_status"] == "full":
            return _no("precondition", f"sales order {params.order} is delivered whole")
        ahead = (params.promised - reads.now().astimezone(reads.zone).date()).days
        if not 0 <= ahead <= FARTHEST_DAYS:
            return _no("precondition", f"{params.promised:%-d %b %Y} is past, or more than {FARTHEST_DAYS} days ahead")
        return None

    def probe(self, reads: Reads, params: CommitmentParams, trace: Trace) -> Found | Absent:  # noqa: ARG002
        """The day says it: whoever promised it, the step has nothing left to do."""
        rows = reads.read(ORDER, [params.order], ["commitment_date"])
        return Found(params.order) if rows and rows[0]["commitment_date"] == params.at(reads.zone) else Absent()

    def execute(self, odoo: Writer, reads: Reads, params: CommitmentParams, found: Found | None) -> Undo:
        if found is None:
            odoo.call(ORDER, "write", [params.order], {"commitment_date": params.at(reads.zone)})
        return self.left(reads, params.order, odoo.trace)

    def left(self, reads: Reads, record: int, trace: Trace) -> Undo:
        row = reads.read(ORDER, [record], ["commitment_date", "name", "state", "write_uid"])[0]
        kept: Row = {"commitment_date": row["commitment_date"], "state": row["state"]}
        promised = day_in(reads.zone, row["commitment_date"])
        own = wrote_last(reads, row) or same(row["commitment_date"], trace.was(ORDER, record)["commitment_date"])
        return Undo(
            action=self.name,
            records=(RecordRef(model=ORDER, id=record, seen=kept), *deadlines(reads, record)),
            before=former(trace.seen) if own else {},
            words=f"{quoted(name(row, 'name'))} is promised for {promised:%-d %b %Y}" if promised else "no promise",
        )

    def verify(self, reads: Reads, params: CommitmentParams, undo: Undo) -> Verified | Mismatch:  # noqa: ARG002
        if isinstance(self.probe(reads, params, Trace(marker="")), Absent):
            return Mismatch("the order is not promised for that day")
        pending, due = deadlines(reads, params.order, pending=True), params.at(reads.zone)
        late = [ref.id for ref in pending if ref.seen["date_deadline"] != due]
        return Mismatch(f"moves {late} did not take the day over") if late else Verified()

    def undo_words(self, undo: Undo) -> str:
        seen = formerly(undo.before, ORDER).get(undo.records[0].id)
        if seen is None:
            return f"nothing: {NOT_OURS}"
        return f"promise {_told(seen['commitment_date'], UTC)} again, where {undo.words}"

    def compensate(self, odoo: Writer, reads: Reads, undo: Undo) -> Compensated | Refusal:
        left = undo.records[0]
        seen = formerly(undo.before, ORDER).get(left.id)
        rows = reads.read(ORDER, [left.id], ["name", "commitment_date", "delivery_status", "locked", "state"])
        if not rows:
            return Compensated(words="the order is gone, and its promise with it")
        if seen is None:
            return _no("compensation", NOT_OURS)
        was = seen["commitment_date"]
        back = same(rows[0]["commitment_date"], was)
        if refusal := _moved_on(rows[0], left.seen, back) or _redone(reads, undo, back):
            return refusal
        if not back:
            odoo.call(ORDER, "write", [left.id], {"commitment_date": was})
        put_back(odoo, reads, formerly(undo.before, MOVE))
        if changed := moved_since(reads, formerly(undo.before, MOVE)):
            return _no("compensation", f"not every delivery took its deadline back: {changed}")
        if not same(reads.read(ORDER, [left.id], ["commitment_date"])[0]["commitment_date"], was):
            return _no("compensation", "Odoo did not take the old promise back; look at the order there")
        return Compensated(words=f"{quoted(name(rows[0], 'name'))} is promised for {_told(was, reads.zone)} again")


def _told(promised: Json, zone: tzinfo) -> str:
    at = day_in(zone, promised)
    return f"{at:%-d %b %Y}" if at else "no day"


NOT_OURS = "somebody else had a hand in this promise; settle the day with the customer"


def _moved_on(now: Row, left: Row, back: bool) -> Refusal | None:
    """What forbids to take the promise back: it is not ours any more, or somebody relied on it."""
    if now["locked"]:
        return _no("compensation", "the order was locked since: its day is not to be changed")
    if now["state"] != left["state"]:
        return _no("compensation", f"the order is {text(now, 'state')} by now: settle the day with the customer")
    if now["delivery_status"] == "full":
        return _no("compensation", "the order is delivered by now")
    if not back and not same(now["commitment_date"], left["commitment_date"]):
        return _no("compensation", f"somebody promised another day since: {now['commitment_date']}")
    return None


def _redone(reads: Reads, undo: Undo, back: bool) -> Refusal | None:
    """A delivery that somebody gave another deadline keeps it.

    Once the promise is back, every move may have the one that Odoo gives with it: the promise, else the earliest.
    """
    before = formerly(undo.before, MOVE)
    dues = sorted(str(row["date_deadline"]) for row in before.values() if row["date_deadline"])
    was = formerly(undo.before, ORDER)[undo.records[0].id]["commitment_date"]
    given = [was or (dues[0] if dues else False)] if back else []
    allowed = {move: [row["date_deadline"], *given] for move, row in before.items()}
    changed = others(reads, undo.records, allowed)
    return _no("compensation", f"somebody settled another deadline since: {changed}") if changed else None


def _no(guard: str, reason: str) -> Refusal:
    return Refusal(guard=guard, reason=reason)
