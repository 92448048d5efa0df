"""Holding one customer's big order of a lower tier, so that the others' are served from what there is."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from agents.stockout.chance import CERTAIN
from agents.stockout.entries import Batch, Claim
from agents.stockout.orders import Loss, loss
from agents.stockout.remedies.customers import CustomerOrder, orders, waiting
from agents.stockout.shelf import Shelf
from agents.stockout.situation import Situation
from agents.stockout.worth import worth
from domain.money import Money
from domain.plans import Draft, Option
from tools.hold import HoldParams
from tools.reads.names import quoted

ACTION = "sale.hold"
BIG = 0.5
"""From this share of all that customers ordered on, one order is a spike of demand."""
CLEARLY = 2
"""So many times its own loss must holding an order save before it is more than a matter for people."""


def holds(now: Situation) -> tuple[Option, ...]:
    """The order that asks for most, where it is big and others wait beside it."""
    known = orders(now)
    asked = sum(order.quantity for order in known)
    big = max(known, key=lambda order: order.quantity, default=None)
    if big is None or big.quantity < BIG * asked:
        return ()
    others = [order for order in waiting(now) if order.id != big.id]
    return (_hold(now, big, others),) if others else ()


def held(now: Situation, option: Option, knobs: Mapping[str, Decimal]) -> Option:  # noqa: ARG001
    """An order is held or not: there is nothing to turn."""
    return option


def _hold(now: Situation, big: CustomerOrder, others: Iterable[CustomerOrder]) -> Option:
    without, own = now.saved_by(_without(now.held, big)), _own_loss(now, big)
    lost = worth(now.known, now.product, own).money
    cost = None if own.unknown else lost
    why_not = _why_not(now, big, others, without - lost)
    return Option(
        name=f"hold:{big.id}",
        title=f"Hold {big.words} and serve the others from what there is of {quoted(now.product.title)}",
        drafts=() if why_not else (_draft(now, big),),
        cost=cost,
        risk_removed=Money.zero(lost.currency) if why_not else without,
        reversible=True,
        feasible=why_not is None,
        for_people=why_not is None and (cost is None or without < cost * CLEARLY),
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


def _without(shelf: Shelf, big: CustomerOrder) -> Shelf:
    """The shelf without the order, what was reserved for it free again."""
    lines = {claim.sale_line for claim in big.claims}
    freed = sum(claim.reserved for claim in shelf.claims if claim.sale_line in lines)
    left = tuple(claim for claim in shelf.claims if claim.sale_line not in lines)
    return replace(shelf, claims=left, free=(*shelf.free, Batch(None, freed)))


def _own_loss(now: Situation, big: CustomerOrder) -> Loss:
    """What the held order loses if it waits to the end of what is looked ahead, and is served then."""
    total = Loss()
    for claim in big.claims:
        total = total.and_(loss(now.known, now.held, claim, _waits(now, claim), now.terms))
    return total


def _waits(now: Situation, claim: Claim) -> list[float]:
    days = min(max(now.held.horizon - max(claim.day, 0), 0), now.terms.patience_days)
    return [max(claim.quantity, CERTAIN)] * days + [0.0]


def _draft(now: Situation, big: CustomerOrder) -> Draft:
    reason = f"{quoted(now.warehouse.name)} is short of {quoted(now.product.title)}, and orders of higher tiers wait"
    return Draft(action=ACTION, params=HoldParams(order=big.id, reason=reason[:200]).plain())
