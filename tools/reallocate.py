"""Takes what one customer's delivery has reserved and gives it to another's; the first gets whatever is left."""

from collections.abc import Sequence
from decimal import Decimal

from domain.exposures import Exposure, Risk
from domain.intents import Compensated, Undo
from domain.money import Money
from domain.plans import RecordRef, RollbackPlan
from domain.ports import Reads
from domain.refusals import Refusal
from domain.scopes import Permit, Scope
from domain.values import Row, Value
from tools.action import Absent, Action, Ambiguous, Found, Mismatch, Verified
from tools.comparing import first_difference
from tools.handover import ReallocateParams, forbidden
from tools.parties import commercial
from tools.reads.names import quoted
from tools.reads.parsing import ident, label, link, name, text
from tools.reservations import MOVE, PICKING, Reserved, holding, reserved, wanted
from tools.trace import Trace, former
from tools.valuing import rounded_up, worth
from tools.writer import Writer

__all__ = ["Reallocate", "ReallocateFacts", "ReallocateParams"]

RESERVE = Permit(model=PICKING, methods=frozenset({"action_assign", "do_unreserve"}))
MOST_MOVES = 100


class ReallocateFacts(Value):
    """What Odoo says of both deliveries before the reservation changes hands."""

    company: int
    moves: tuple[RecordRef, ...]
    lines: tuple[RecordRef, ...]
    name: str
    unit: str
    giver: str
    taker: str
    loser: int | None
    """The customer who waits longer."""
    losers_name: str
    winners_name: str
    worth: Money


class Reallocate(Action[ReallocateParams, ReallocateFacts]):
    """Give one delivery's reservation to another delivery of the same warehouse.

    Odoo lets whole deliveries reserve and unreserve: the giver is unreserved, the taker served, the giver served again.
    """

    name = "stock.reallocate"
    risk = Risk.REVERSIBLE
    Params = ReallocateParams
    scope = Scope(permits=(RESERVE,), calls=3)
    undo_scope = Scope(permits=(RESERVE,), calls=3)

    def facts(self, reads: Reads, params: ReallocateParams) -> ReallocateFacts | Refusal:
        rows = {ident(row): row for row in reads.read(PICKING, params.pickings, ["name", "partner_id", "sale_id"])}
        goods = reads.read(
            "product.product", [params.product], ["display_name", "list_price", "standard_price", "uom_id"]
        )
        if len(rows) != 2 or not goods:
            return _no("facts", f"product {params.product} or one of the two deliveries is not in sight")
        value = worth(reads, goods[0])
        if isinstance(value, Refusal):
            return value
        moves = wanted(reads, params.pickings)
        if len(moves) > MOST_MOVES:
            return _no("facts", f"the two deliveries have {len(moves)} lines: share them out in Odoo by hand")
        loser, winner = (_customer(reads, rows[picking]) for picking in params.pickings)
        return ReallocateFacts(
            company=reads.company,
            moves=moves,
            lines=reserved(reads, [ref.id for ref in moves]),
            name=name(goods[0], "display_name"),
            unit=label(goods[0], "uom_id"),
            giver=name(rows[params.from_picking], "name"),
            taker=name(rows[params.to_picking], "name"),
            loser=loser[0],
            losers_name=loser[1],
            winners_name=winner[1],
            worth=value,
        )

    def exposure(self, params: ReallocateParams, facts: ReallocateFacts) -> Exposure:
        """The goods at their worth, counted against the customer who loses them."""
        return Exposure(
            action=self.name,
            company=facts.company,
            warehouse=params.warehouse,
            amount=rounded_up(facts.worth * params.quantity),
            quantity=params.quantity,
            product=params.product,
            customer=facts.loser,
            risk=self.risk,
        )

    def touches(self, facts: ReallocateFacts) -> tuple[RecordRef, ...]:
        return (*facts.moves, *facts.lines)

    def rollback(self, facts: ReallocateFacts) -> RollbackPlan:
        return RollbackPlan(
            words=f"unreserve both, reserve {quoted(facts.giver)} and then {quoted(facts.taker)} again",
            calls=(f"{PICKING}.do_unreserve", f"{PICKING}.action_assign"),
            remains="another lot or place than before, where Odoo chooses one; nothing helps once the goods have left",
        )

    def words(self, params: ReallocateParams, facts: ReallocateFacts) -> str:
        goods = f"{params.quantity:,f} {facts.unit} of {quoted(facts.name)}"
        giver = f"{quoted(facts.giver)} for {quoted(facts.losers_name)}"
        return f"give {goods} reserved by {giver} to {quoted(facts.taker)} for {quoted(facts.winners_name)}"

    def precondition(self, reads: Reads, params: ReallocateParams) -> Refusal | None:
        return forbidden(reads, params)

    def probe(self, reads: Reads, params: ReallocateParams, trace: Trace) -> Found | Absent | Ambiguous:
        """The giver holds less than was seen, and what it lost went to the taker or is with nobody yet.

        A giver that lost but a part lost it by somebody else's hand, as Odoo lets go of a whole delivery: nothing of
        the step stands then, and what changed makes its plan stale. Whoever picks or edits meanwhile blurs all that.
        """
        seen = Reserved.before(former(trace.seen))
        if not _gain(reads, seen, seen.of(params.from_picking, params.product)) < 0:
            return Absent()
        if _gain(reads, seen, seen.of(params.to_picking, params.product)) >= params.quantity:
            return Found(params.from_picking)
        if changed := first_difference(reads, [ref for ref in trace.seen if ref.model == MOVE]):
            return Ambiguous(f"somebody works on one of the two deliveries: {changed}")
        return Absent() if holding(reads, seen.of(params.from_picking)) else Found(params.from_picking)

    def execute(self, odoo: Writer, reads: Reads, params: ReallocateParams, found: Found | None) -> Undo:  # noqa: ARG002
        """Go on from whatever reservations there are: a run that was cut off leaves the goods with nobody."""
        seen = Reserved.before(former(odoo.trace.seen))
        if not _gain(reads, seen, seen.of(params.to_picking, params.product)) >= params.quantity:
            if holding(reads, seen.of(params.from_picking)):
                odoo.call(PICKING, "do_unreserve", [params.from_picking])
            odoo.call(PICKING, "action_assign", [params.to_picking])
        odoo.call(PICKING, "action_assign", [params.from_picking])
        return self.left(reads, params.from_picking, odoo.trace)

    def left(self, reads: Reads, record: int, trace: Trace) -> Undo:
        parties = {link(ref.seen, "picking_id") or 0 for ref in trace.seen if ref.model == MOVE}
        pickings = [record, *sorted(parties - {record})]
        names = {ident(row): name(row, "name") for row in reads.read(PICKING, pickings, ["name"])}
        refs = [RecordRef(model=PICKING, id=one, seen={"name": names[one]}) for one in pickings]
        giver, taker = (quoted(names[one]) for one in pickings)
        return Undo(
            action=self.name,
            records=(*refs, *wanted(reads, pickings)),
            before=former(trace.seen),
            words=f"what {giver} had reserved went to {taker}",
        )

    def verify(self, reads: Reads, params: ReallocateParams, undo: Undo) -> Verified | Mismatch:
        seen = Reserved.before(undo.before)
        giving, taking = (seen.of(picking, params.product) for picking in params.pickings)
        gained, lost = _gain(reads, seen, taking), -_gain(reads, seen, giving)
        if not gained >= params.quantity:
            return Mismatch(f"the receiving delivery gained {gained} of {params.quantity}")
        if not lost <= params.quantity:
            return Mismatch(f"the giving delivery lost {lost} where {params.quantity} were approved")
        short = seen.short(reads, [move for move in seen.of(params.from_picking) if move not in giving])
        return Mismatch(f"the giving delivery lost more than that: {short}") if short else Verified()

    def undo_words(self, undo: Undo) -> str:
        giver, taker = (quoted(text(ref.seen, "name")) for ref in undo.records[:2])
        return f"unreserve both, reserve {giver} first and {taker} after it: {undo.words}"

    def compensate(self, odoo: Writer, reads: Reads, undo: Undo) -> Compensated | Refusal:
        seen = Reserved.before(undo.before)
        giver, taker = (ref.id for ref in undo.records[:2])
        if not seen.short(reads, seen.moves):
            return _given_back(reads, undo)
        if refusal := _progressed(reads, undo):
            return refusal
        if seen.short(reads, seen.of(giver)):
            if holding(reads, seen.moves):
                odoo.call(PICKING, "do_unreserve", [giver, taker])
            odoo.call(PICKING, "action_assign", [giver])
        if seen.short(reads, seen.of(taker)):
            odoo.call(PICKING, "action_assign", [taker])
        if short := seen.short(reads, seen.moves):
            return _no("compensation", f"not all of it could be reserved again: {short}")
        return _given_back(reads, undo)


def _customer(reads: Reads, picking: Row) -> tuple[int | None, str]:
    """Who a delivery is for: the order's customer, else whoever it is sent to."""
    order = link(picking, "sale_id")
    row = reads.read("sale.order", [order], ["partner_id"])[0] if order else picking
    partner = link(row, "partner_id")
    return (commercial(reads, partner), label(row, "partner_id")) if partner else (None, "nobody named")


def _gain(reads: Reads, seen: Reserved, moves: Sequence[int]) -> Decimal:
    """How much more these moves hold now than was seen."""
    return holding(reads, moves) - seen.held(moves)


def _progressed(reads: Reads, undo: Undo) -> Refusal | None:
    """Goods that left, or that somebody picks or changed, are not taken back."""
    for row in reads.read(PICKING, [ref.id for ref in undo.records[:2]], ["name", "state"]):
        if row["state"] in {"done", "cancel"}:
            return _no("compensation", f"{quoted(name(row, 'name'))} is {row['state']} by now")
    if changed := first_difference(reads, undo.records):
        return _no("compensation", f"somebody changed it since: {changed}")
    return None


def _given_back(reads: Reads, undo: Undo) -> Compensated:
    other = Reserved.before(undo.before).elsewhere(reads)
    remains = "some of it is reserved from another lot or place than before" if other else None
    giver, taker = (quoted(name(ref.seen, "name")) for ref in undo.records[:2])
    return Compensated(words=f"{taker} gave back what {giver} had reserved", remains=remains)


def _no(guard: str, reason: str) -> Refusal:
    return Refusal(guard=guard, reason=reason)
