"""Taking a reservation from a lower tier's order for a higher tier's that waits."""

from dataclasses import replace
from decimal import Decimal

from agents.stockout.goods.entries import Claim
from agents.stockout.goods.shelf import Shelf
from agents.stockout.orders import exact
from agents.stockout.remedies.customers import CustomerOrder, orders, waiting
from agents.stockout.situation import Situation
from domain.money import Money
from domain.plans import Draft, Option
from tools.reads.names import quoted
from tools.reallocate import ReallocateParams

ACTION = "stock.reallocate"
MOST = 3
"""Deliveries that could give, the lowest tier's and of these the largest reservation first."""


def reallocations(now: Situation) -> tuple[Option, ...]:
    """One option for each delivery that has some reserved, in order of what it would save."""
    short = [order for order in waiting(now) if _lacking(now, order)]
    if not short:
        return ()
    taker = min(short, key=lambda order: (order.tier is None, order.tier.rank if order.tier else 0, order.due))
    givers = sorted((each for each in orders(now) if each.id != taker.id and each.reserved), key=_ability)
    offered = (_reallocation(now, giver, taker) for giver in givers[:MOST])
    return tuple(sorted(offered, key=lambda option: -option.risk_removed.amount))


def _reallocation(now: Situation, giver: CustomerOrder, taker: CustomerOrder) -> Option:
    source = max((claim for claim in giver.claims if claim.picking), key=lambda claim: claim.reserved)
    dest = max(_lacking(now, taker), key=lambda claim: claim.open)
    quantity = exact(min(source.reserved, dest.open))
    after = now.after(_moved(now.held, source, dest, float(quantity))).seen.at_risk
    saves = now.seen.at_risk.money - after.money
    why_not = _why_not(now, giver, taker, saves)
    return Option(
        name=f"reallocate:{source.picking}",
        title=f"Give {quantity:f} {now.unit.name} of {quoted(now.product.title)} reserved for {giver.words} "
        f"to {taker.words}, which is due in {taker.due} days",
        drafts=() if why_not else (_draft(now, quantity, source, dest),),
        cost=None if after.unpriced > now.seen.at_risk.unpriced else Money.zero(saves.currency),
        risk_removed=Money.zero(saves.currency) if why_not else saves,
        reversible=True,
        feasible=why_not is None,
        why_not=why_not,
        confidence=now.confidence(),
    )


def _why_not(now: Situation, giver: CustomerOrder, taker: CustomerOrder, saves: Money) -> str | None:
    if not now.terms.tiers:
        return "the terms name no customer tiers, so that no order goes before another"
    for order in (giver, taker):
        if order.tier is None:
            return f"the tier of {quoted(order.line.customer_name)} is unknown"
    if giver.tier and taker.tier and giver.tier.rank <= taker.tier.rank:
        return f"{giver.words} is of tier {giver.tier.name!r}, which does not go after {taker.tier.name!r}"
    if giver.picked:
        return f"somebody has the goods of {giver.words} in hand already"
    if saves.amount <= 0:
        return f"{giver.words} would lose as much as {taker.words} would gain"
    return None


def _moved(held: Shelf, source: Claim, dest: Claim, quantity: float) -> Shelf:
    """The shelf with the reservation moved; the giver waits for the next goods like everybody."""
    swapped = {
        source: source._replace(reserved=source.reserved - quantity),
        dest: dest._replace(reserved=dest.reserved + quantity),
    }
    return replace(held, claims=tuple(swapped.get(claim, claim) for claim in held.claims))


def _draft(now: Situation, quantity: Decimal, source: Claim, dest: Claim) -> Draft:
    params = ReallocateParams(
        product=now.product.id,
        quantity=quantity,
        warehouse=now.warehouse.id,
        from_picking=source.picking or 0,
        to_picking=dest.picking or 0,
    )
    return Draft(action=ACTION, params=params.plain())


def _lacking(now: Situation, order: CustomerOrder) -> list[Claim]:
    """What it waits for from stock: an order with goods of its own takes no others."""
    return [claim for claim in order.claims if claim in now.held.claims and claim.open > 0 and claim.picking]


def _ability(order: CustomerOrder) -> tuple[int, float, int]:
    return -(order.tier.rank if order.tier else 0), -order.reserved, order.id
