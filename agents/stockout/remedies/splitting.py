"""Shipping what is there now and the rest when it comes, where an order waits for all of it; the seller is asked."""

from decimal import Decimal

from agents.stockout.goods.chance import CERTAIN
from agents.stockout.goods.entries import Claim
from agents.stockout.orders import Loss, exact, loss
from agents.stockout.remedies.asking import asked
from agents.stockout.remedies.customers import CustomerOrder, served, waiting
from agents.stockout.situation import Situation
from agents.stockout.worth import worth
from domain.money import Money
from domain.plans import Option
from tools.reads.names import quoted

ABOUT = "Ship what is there"
"""How the activity's summary begins."""
MOST = 3
"""Orders that are offered to be split, those that lose most."""


def splits(now: Situation) -> tuple[Option, ...]:
    """One option for each order that has part of it and lacks the rest."""
    partly = [order for order in waiting(now) if order.reserved > CERTAIN]
    return tuple(_split(now, order) for order in partly[:MOST])


def _split(now: Situation, order: CustomerOrder) -> Option:
    there = f"{exact(order.reserved).normalize():,f} {now.unit.name} of {quoted(now.product.title)}"
    return asked(
        now,
        name=f"split:{order.id}",
        title=f"Ask the seller of {order.words} to have {there} shipped now, and {order.lacking:f} when they come",
        about=ABOUT,
        document=("sale.order", order.id),
        user=order.line.seller,
        words=f"{there} now, {order.lacking:f} when they come",
        saves=_in_time(now, order),
        cost=now.known.rates.money(Decimal(0)),
        why_not=_why_not(now, order),
    )


def _why_not(now: Situation, order: CustomerOrder) -> str | None:
    whole = {each.id for each in now.evidence.picture.pickings if each.whole}
    piecemeal = next((claim for claim in order.claims if claim.reserved and claim.picking not in whole), None)
    if piecemeal is not None:
        return f"{quoted(piecemeal.document)} ships what is there without waiting for the rest"
    return "somebody has its goods in hand already" if order.picked else None


def _in_time(now: Situation, order: CustomerOrder) -> Money:
    """What the part that is there would lose by waiting for the rest, at most all that is at risk."""
    comes, lost = served(now, order), Loss()
    for claim in order.claims:
        lost = lost.and_(loss(now.known, now.held, claim, _waits(now, claim, comes), now.terms))
    return min(worth(now.known, now.product, lost).money, now.seen.at_risk.money, key=lambda money: money.amount)


def _waits(now: Situation, claim: Claim, comes: int | None) -> list[float]:
    """What is reserved, each day until the rest is there; to no end where nothing is certain to come."""
    if comes is None:
        return [claim.reserved]
    return [claim.reserved] * min(max(comes - max(claim.day, 0), 0), now.terms.patience_days) + [0.0]
