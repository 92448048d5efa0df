"""Having a vendor hurry: the order's buyer is asked to call, and the reason stands on the order."""

from collections.abc import Mapping
from decimal import Decimal

from agents.stockout.gathering import HURRY
from agents.stockout.remedies.asking import HEEDED
from agents.stockout.remedies.ordered import Ordered, goods, on, ordered
from agents.stockout.situation import Situation
from domain.money import Money
from domain.plans import Draft, Option
from tools.activity import LONGEST_SUMMARY, ActivityParams, ScheduleActivity
from tools.note import NoteParams, PostNote
from tools.reads.names import quoted, tidy

MOST = 4
"""Lines of open orders that are weighed, the first to come first."""


def expeditions(now: Situation) -> tuple[Option, ...]:
    """One option for each open order line, in order of what it would save."""
    offered = (expedition(now, line) for line in ordered(now)[:MOST])
    return tuple(sorted(offered, key=lambda option: -option.risk_removed.amount))


def hurried(now: Situation, option: Option, knobs: Mapping[str, Decimal]) -> Option:  # noqa: ARG001
    """Asking somebody to call has nothing to turn."""
    return option


def expedition(now: Situation, late: Ordered) -> Option:
    """One line, hurried: half of what its goods would save on the day the vendor promised first."""
    day = now.arrival(late.best)
    saves = now.saved_by(now.held.with_lines_on({late.line.id: day})) * HEEDED
    why_not = _why_not(now, late, saves)
    return Option(
        name=f"expedite:{late.line.id}",
        title=f"Have the buyer of {quoted(late.line.order_name)} hurry {quoted(late.line.vendor_name)}: "
        f"{goods(now, late.quantity)} by {on(now, day)} and not on {on(now, late.comes)}",
        drafts=() if why_not else _drafts(now, late, day),
        cost=now.terms.expedite_cost,
        risk_removed=Money.zero(saves.currency) if why_not else saves.rounded(),
        reversible=True,
        feasible=why_not is None,
        why_not=why_not,
        confidence=now.confidence(late.line.vendor not in now.known.takes),
    )


def _why_not(now: Situation, late: Ordered, saves: Money) -> str | None:
    order = quoted(late.line.order_name)
    if now.evidence.was_asked(HURRY, "purchase.order", late.line.order):
        return f"the buyer of {order} was asked already, and the activity on it is still open"
    if late.line.buyer is None:
        return f"{order} has no buyer in Odoo who could be asked; enter one"
    if saves.amount <= 0:
        return f"nothing would be saved by having {order} before {on(now, late.comes)}"
    return None


def _drafts(now: Situation, late: Ordered, day: int) -> tuple[Draft, ...]:
    short = f"{quoted(now.warehouse.name)} is short of it, {now.evidence.finding.money_at_risk} at risk"
    wanted = (
        f"{goods(now, late.quantity)} is expected on {on(now, late.comes)} and {short}. "
        f"Ask {quoted(late.line.vendor_name)} for {on(now, day)}"
    )
    activity = ActivityParams(
        model="purchase.order",
        record=late.line.order,
        user=late.line.buyer or 0,
        summary=tidy(f"{HURRY}: {goods(now, late.quantity)} by {on(now, day)}", LONGEST_SUMMARY),
        note=f"{wanted}, and enter the date it agrees to.",
        due=now.known.today,
    )
    note = NoteParams(model="purchase.order", record=late.line.order, body=f"{wanted}: the buyer was asked to.")
    return (
        Draft(action=ScheduleActivity.name, params=activity.plain()),
        Draft(action=PostNote.name, params=note.plain()),
    )
