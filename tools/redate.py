"""Moves the day an ordered product is expected, once the vendor agreed: the promise on the order and its receipt."""

from collections.abc import Sequence
from datetime import date

from domain.exposures import Exposure, Risk
from domain.intents import Compensated, Undo
from domain.plans import RecordRef, RollbackPlan
from domain.ports import Reads
from domain.refusals import Refusal
from domain.scopes import Permit, Scope
from domain.values import Json, Row
from tools.action import Absent, Action, Ambiguous, Found, Mismatch, Params, RecordId, Verified
from tools.comparing import changes, same
from tools.days import LINE_DATES, MOVE_DATES, Dated, days_of, former, moved, told
from tools.promise import PromiseFacts, out_of_bounds, promise
from tools.purchase import LINE, MOVE
from tools.reads.names import quoted
from tools.trace import Trace
from tools.writer import Writer


class RedateParams(Params):
    """Which line of a purchase order, and the day the vendor agreed to."""

    line: RecordId
    planned: date


class RedateLine(Action[RedateParams, PromiseFacts]):
    """Move the day one line of a confirmed purchase order is expected, earlier or later.

    Odoo's forecast follows the day of the stock moves; the line's own day moves only their deadline, and a day written
    on the order reaches neither. So the open moves of this line are written, which a buyer may do, and then the line;
    the receipt shows the day of its earliest move, and what else it brings keeps its own. Each keeps its time of day.
    """

    name = "purchase.redate"
    risk = Risk.REVERSIBLE
    Params = RedateParams
    scope = Scope(
        permits=(
            Permit(model=MOVE, methods=frozenset({"write"}), fields=frozenset({"date"})),
            Permit(model=LINE, methods=frozenset({"write"}), fields=frozenset(LINE_DATES)),
        ),
        calls=2,
    )
    undo_scope = Scope(
        permits=(
            Permit(model=LINE, methods=frozenset({"write"}), fields=frozenset(LINE_DATES)),
            Permit(model=MOVE, methods=frozenset({"write"}), fields=frozenset(MOVE_DATES)),
        ),
        calls=2,
    )

    def facts(self, reads: Reads, params: RedateParams) -> PromiseFacts | Refusal:
        if wrong := out_of_bounds(reads, params.planned):
            return Refusal(guard="facts", reason=wrong)
        found = promise(reads, params.line)
        if isinstance(found, PromiseFacts) and not found.moves_by(params.planned):
            goods = quoted(found.product_name)
            return Refusal(guard="facts", reason=f"{goods} of {found.known_as} is expected on that day already")
        return found

    def exposure(self, params: RedateParams, facts: PromiseFacts) -> Exposure:
        """The money whose goods come on another day."""
        return Exposure(
            action=self.name,
            company=facts.company,
            warehouse=facts.warehouse,
            amount=facts.amount,
            quantity=facts.quantity,
            product=facts.product,
            vendor=facts.vendor,
            days=facts.moves_by(params.planned),
            risk=self.risk,
        )

    def touches(self, facts: PromiseFacts) -> tuple[RecordRef, ...]:
        return (facts.order, facts.line, *facts.moves)

    def rollback(self, facts: PromiseFacts) -> RollbackPlan:
        goods = f"{quoted(facts.product_name)} of {quoted(facts.known_as)}"
        return RollbackPlan(
            words=f"expect {goods} on {facts.expected:%-d %b %Y} again",
            calls=(f"{LINE}.write", f"{MOVE}.write"),
            remains="what was agreed with the vendor stands until somebody tells the vendor otherwise",
        )

    def words(self, params: RedateParams, facts: PromiseFacts) -> str:
        goods = f"{facts.quantity:,f} {facts.unit} of {quoted(facts.product_name)}"
        source = f"{quoted(facts.known_as)} from {quoted(facts.vendor_name)}"
        return f"expect {goods} of {source} on {params.planned:%-d %b %Y}, not on {facts.expected:%-d %b %Y}"

    def precondition(self, reads: Reads, params: RedateParams) -> Refusal | None:
        found = self.facts(reads, params)
        return found.but(guard="precondition") if isinstance(found, Refusal) else None

    def probe(self, reads: Reads, params: RedateParams, trace: Trace) -> Found | Absent | Ambiguous:
        """The moves are written first, all in one call: some of them, or the line alone, is somebody else's doing."""
        off = [each for each in days_of(reads, params.line) if each.day_before(trace) != params.planned]
        moves = [each.day == params.planned for each in off if each.model == MOVE]
        line = next((each for each in off if each.model == LINE), None)
        if not any(moves or [line is not None and line.day == params.planned]):
            return Absent()
        if not all(moves):
            return Ambiguous(f"{sum(moves)} of {len(moves)} receipts are planned for that day")
        if line and line.day not in {params.planned, line.day_before(trace)}:
            return Ambiguous(f"somebody moved the line to another day meanwhile: {told([line])}")
        return Found(params.line)

    def execute(self, odoo: Writer, reads: Reads, params: RedateParams, found: Found | None) -> Undo:  # noqa: ARG002
        for model in (MOVE, LINE):
            rows = [each for each in days_of(reads, params.line) if each.model == model]
            if off := [each for each in rows if each.day != params.planned]:
                ids: list[Json] = [each.id for each in off]
                odoo.call(model, "write", ids, {off[0].field: off[0].on(params.planned)})
        return self.left(reads, params.line, odoo.trace)

    def left(self, reads: Reads, record: int, trace: Trace) -> Undo:
        now = days_of(reads, record)
        return Undo(
            action=self.name,
            records=tuple(each.ref for each in now),
            before=former(reads, now, trace),
            words=told(now),
        )

    def verify(self, reads: Reads, params: RedateParams, undo: Undo) -> Verified | Mismatch:
        """Goods that came meanwhile need no day any more."""
        now = days_of(reads, params.line)
        if now and all(each.day == params.planned for each in now):
            return Verified()
        return Mismatch(f"expected {params.planned:%-d %b %Y} for all of it: {undo.words}")

    def undo_words(self, undo: Undo) -> str:
        return f"put the former day back: {undo.words}"

    def compensate(self, odoo: Writer, reads: Reads, undo: Undo) -> Compensated | Refusal:
        """The line first: Odoo gives its day to the moves as a deadline, which then get their own back."""
        line = undo.records[0].id
        now = days_of(reads, line)
        if refused := _refused(undo, now):
            return Refusal(guard="compensation", reason=refused)
        for model in (LINE, MOVE):
            if off := [each for each in moved(days_of(reads, line), undo.before) if each.model == model]:
                ids: list[Json] = [each.id for each in off]
                odoo.call(model, "write", ids, undo.before[off[0].key])
        if left := moved(days_of(reads, line), undo.before):
            return Refusal(guard="compensation", reason=f"Odoo did not put it back: {told(left)}")
        return Compensated(words=f"{told(days_of(reads, line))} again", remains="what was agreed with the vendor")


def _refused(undo: Undo, now: Sequence[Dated]) -> str | None:
    """Why the former days may not be put back."""
    if not undo.before:
        return f"somebody else moved it too: {undo.words}; move it in Odoo if it shall come on another day"
    if not now or now[0].model != LINE or now[0].row["state"] != "purchase":
        return f"the order is cancelled, locked or gone by now: {undo.words}"
    if {each.key for each in now} != set(undo.before):
        return f"goods came since, or a receipt was split or cancelled: {undo.words}"
    as_left = {(ref.model, ref.id): ref.seen for ref in undo.records}
    for each in moved(now, undo.before):
        if other := _redone(each, as_left[each.model, each.id], undo.before[each.key], now[0]):
            return f"somebody changed {each.model} {each.id} since: {other}"
    return None


def _redone(each: Dated, left: Row, before: Json, line: Dated) -> str | None:
    """Which day of a record is neither as it was nor as we left it: Odoo itself gives moves the line's as deadline."""
    was = before if isinstance(before, dict) else {}
    ours = {field: left[field] for field in was if not same(each.row[field], was[field])}
    if each.model == MOVE and same(each.row["date_deadline"], line.row[line.field]):
        ours.pop("date_deadline", None)
    return next(iter(changes(ours, each.row)), None)
