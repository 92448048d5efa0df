"""Having a vendor hurry: the order's buyer is asked to call, and the reason stands on the order."""

from agents.stockout.gathering import HURRY
from agents.stockout.remedies.asking import asked
from agents.stockout.remedies.ordered import Ordered, goods, on, ordered
from agents.stockout.situation import Situation
from domain.plans import Draft, Option
from tools.note import NoteParams, PostNote
from tools.reads.names import quoted

MOST = 4
"""Lines of open orders that are weighed, the first to come first."""


def expeditions(now: Situation) -> tuple[Option, ...]:
    """One option for each open order line, in order of what it would save."""
    offered = (expedition(now, line) for line in ordered(now)[:MOST])
    return tuple(sorted(offered, key=lambda option: -option.risk_removed.amount))


def expedition(now: Situation, late: Ordered) -> Option:
    """One line, hurried to the day the vendor promised first."""
    day = now.arrival(late.best)
    words = f"{goods(now, late.quantity)} by {on(now, day)}"
    option = asked(
        now,
        name=f"expedite:{late.line.id}",
        title=f"Hurry {quoted(late.line.vendor_name)} with {quoted(late.line.order_name)}: {words} and not on "
        f"{on(now, late.comes)}",
        about=HURRY,
        document=("purchase.order", late.line.order),
        user=late.line.buyer,
        words=words,
        saves=now.saved_by(now.held.with_lines_on({late.line.id: day})),
        cost=now.terms.expedite_cost,
        why_not=None,
    )
    return option.but(drafts=(*option.drafts, _note(now, late, day))) if option.feasible else option


def _note(now: Situation, late: Ordered, day: int) -> Draft:
    """Why, for whoever opens the order."""
    params = NoteParams(
        model="purchase.order",
        record=late.line.order,
        body=f"{goods(now, late.quantity)} is expected on {on(now, late.comes)} and {quoted(now.warehouse.name)} is "
        f"short of it, {now.evidence.finding.money_at_risk} at risk. The order's buyer was asked to hurry "
        f"{quoted(late.line.vendor_name)}, for {on(now, day)}; enter the date it agrees to.",
    )
    return Draft(action=PostNote.name, params=params.plain())
