"""Holding one customer's big order of a lower tier, so that the others' are served from what there is.

Odoo reserves by date: somebody has to reserve what is freed for the others, so half of what that would save is counted.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from typing import NamedTuple

from agents.stockout.goods.course import course
from agents.stockout.goods.entries import Batch
from agents.stockout.goods.shelf import Shelf
from agents.stockout.orders import Loss, exact, loss
from agents.stockout.remedies.asking import HEEDED
from agents.stockout.remedies.customers import CustomerOrder, losses, orders, waiting
from agents.stockout.situation import Situation
from agents.stockout.worth import lost_orders, shared, worth
from domain.money import Money
from domain.plans import Draft, Option
from tools.hold import HoldParams
from tools.reads.names import quoted

ACTION = "sale.hold"
BIG = 0.5
"""From this share of all that customers ordered on, one order is a spike of demand."""
CLEARLY = 2
"""So many times what the held order loses must the others gain before holding it is more than a matter for people."""


class Gain(NamedTuple):
    """What comes of serving an order last."""

    saves: Money
    """What the others gain, less what it loses itself."""
    loses: Money
    unpriced: bool
    """Whether it loses something whose penalty nobody named."""


def holds(now: Situation) -> tuple[Option, ...]:
    """The order that asks for most, where it is big and others wait beside it."""
    known = orders(now)
    asked = sum(order.quantity for order in known)
    big = max(known, key=lambda order: order.quantity, default=None)
    if big is None or big.quantity < BIG * asked:
        return ()
    others = [order for order in waiting(now) if order.id != big.id]
    return (_hold(now, big, others),) if others else ()


def _hold(now: Situation, big: CustomerOrder, others: Iterable[CustomerOrder]) -> Option:
    gain = _gain(now, big)
    why_not = _why_not(now, big, others, gain.saves)
    return Option(
        name=f"hold:{big.id}",
        title=f"Hold {big.words}, and have somebody reserve what there is of {quoted(now.product.title)} for the "
        "others: Odoo by itself goes by date",
        drafts=() if why_not else (_draft(now, big),),
        cost=None if gain.unpriced else Money.zero(gain.saves.currency),
        risk_removed=Money.zero(gain.saves.currency) if why_not else (gain.saves * HEEDED).rounded(),
        reversible=True,
        feasible=why_not is None,
        for_people=why_not is None and (gain.unpriced or gain.saves + gain.loses < gain.loses * CLEARLY),
        why_not=why_not,
        confidence=now.confidence(big.tier is None),
    )


def _why_not(now: Situation, big: CustomerOrder, others: Iterable[CustomerOrder], gain: Money) -> str | None:
    if not now.terms.tiers:
        return "the terms name no customer tiers, so that no order goes before another"
    if big.tier is None:
        return f"the tier of {quoted(big.line.customer_name)} is unknown"
    if not any(other.tier and other.tier.rank < big.tier.rank for other in others):
        return f"no order that waits is of a higher tier than {big.tier.name!r}"
    if big.picked:
        return f"somebody has the goods of {big.words} in hand already"
    return None if gain.amount > 0 else f"{big.words} would lose as much as the others would gain"


def _gain(now: Situation, big: CustomerOrder) -> Gain:
    """The order gets what the others leave of what is there and comes: where nothing does, it is lost."""
    alone = _without(now.held, big)
    last = tuple(claim._replace(reserved=0.0) for claim in now.held.claims if claim in big.claims)
    before, with_it = course(alone), course(replace(alone, claims=(*alone.claims, *last)))
    lacking = [all_of_them - the_others for all_of_them, the_others in zip(with_it.owed, before.owed, strict=True)]
    waits = (loss(now.known, now.held, claim, unserved, now.terms) for claim, unserved in shared(last, lacking))
    own = reduce(Loss.and_, waits, Loss())
    lost = lost_orders(now.known, alone, before, now.terms).and_(own)
    after = worth(now.known, now.product, lost, exact(with_it.missed))
    had = losses(now, replace(now.held, tied=())).get(big.id, Money.zero(after.money.currency))
    return Gain(
        saves=now.seen.at_risk.money - after.money,
        loses=worth(now.known, now.product, own).money - had,
        unpriced=after.unpriced > now.seen.at_risk.unpriced,
    )


def _without(shelf: Shelf, big: CustomerOrder) -> Shelf:
    """The shelf without the order, what was reserved for it free again."""
    freed = sum(claim.reserved for claim in shelf.claims if claim in big.claims)
    left = tuple(claim for claim in shelf.claims if claim not in big.claims)
    return replace(shelf, claims=left, free=(*shelf.free, Batch(None, freed)))


def _draft(now: Situation, big: CustomerOrder) -> Draft:
    reason = f"{quoted(now.warehouse.name)} is short of {quoted(now.product.title)}, and orders of higher tiers wait"
    return Draft(action=ACTION, params=HoldParams(order=big.id, reason=reason[:200]).plain())
