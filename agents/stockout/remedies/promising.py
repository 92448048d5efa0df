"""Promising a customer the day on which the goods come: an order that would be lost is only late."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from agents.stockout.goods.entries import Claim
from agents.stockout.goods.shelf import Shelf
from agents.stockout.orders import exact, loss, net_price
from agents.stockout.reading.index import LONGEST
from agents.stockout.remedies.customers import CustomerOrder, served, waiting
from agents.stockout.remedies.impossible import impossible
from agents.stockout.situation import Situation
from agents.stockout.worth import worth
from domain.money import Money
from domain.plans import Draft, Knob, Option
from tools.commitment import CommitmentParams
from tools.reads.names import quoted

ACTION = "sale.commitment"
KNOWN = "it counts as late either way: only a person can know that the customer would rather be told"
MOST = 3
"""Orders that are offered a new day, those that lose most."""
ROOM = 60
"""How many days later than the goods come a person may promise."""


def promises(now: Situation) -> tuple[Option, ...]:
    """One option for each order that will wait, in order of what it loses."""
    return tuple(_promise(now, order, served(now, order)) for order in waiting(now)[:MOST])


def promised(now: Situation, option: Option, knobs: Mapping[str, Decimal]) -> Option:
    """The same order, promised for the day that a person names."""
    order = next(each for each in waiting(now) if option.name == _name(each))
    return _promise(now, order, served(now, order), int(knobs["days"]))


def _promise(now: Situation, order: CustomerOrder, comes: int | None, wanted: int | None = None) -> Option:
    title = f"Promise {order.words} a new day for {quoted(now.product.title)}"
    if comes is None or comes > LONGEST:
        why_not = "no goods for it are certain to come: there is nothing to promise yet"
        return impossible(now, name=_name(order), title=title, why_not=why_not)
    first = now.arrival(comes)
    day = first if wanted is None else wanted
    on = now.known.today + timedelta(days=day)
    saves = now.saved_by(_waiting(now.held, order, day)) - _delay(now, order, day)
    cost = _penalty(now, order, day)
    idle = (saves if cost is None else saves - cost).amount <= 0
    params = CommitmentParams(order=order.id, promised=on)
    return Option(
        name=_name(order),
        title=f"Promise {order.words} {quoted(now.product.title)} for {on}, when it comes",
        drafts=(Draft(action=ACTION, params=params.plain()),),
        cost=cost,
        risk_removed=max(saves, Money.zero(saves.currency)).rounded(),
        reversible=True,
        feasible=True,
        for_people=idle,
        why_not=KNOWN if idle else None,
        knobs=(_knob(first, day),),
        confidence=now.confidence(order.tier is None),
    )


def _waiting(held: Shelf, order: CustomerOrder, day: int) -> Shelf:
    """The shelf with nothing owed to the order before the new day."""
    lines = {claim.sale_line for claim in order.claims}

    def later(claim: Claim) -> Claim:
        return claim._replace(day=max(claim.day, day)) if claim.sale_line in lines else claim

    tied = tuple(each._replace(claim=later(each.claim)) for each in held.tied)
    return replace(held, claims=tuple(map(later, held.claims)), tied=tied)


def _delay(now: Situation, order: CustomerOrder, day: int) -> Money:
    """A promised order is late and not lost: what its delay costs is not saved."""
    late = [loss(now.known, now.held, each, _late(now, each, day), now.terms.but(tiers=())) for each in order.claims]
    total = late[0]
    for more in late[1:]:
        total = total.and_(more)
    return worth(now.known, now.product, total).money


def _late(now: Situation, claim: Claim, day: int) -> list[float]:
    """What the order lacks until the new day, as far as patience goes."""
    return [claim.open] * min(max(day - max(claim.day, 0), 0), now.terms.patience_days) + [0.0]


def _penalty(now: Situation, order: CustomerOrder, day: int) -> Money | None:
    """A new promise does not undo the old one: its penalty for each day stays due; None where nobody named it."""
    if order.tier is None or order.tier.late_per_day is None:
        return None
    due = sum(
        exact(sum(_late(now, each, day))) * net_price(now.known, now.held, each) * order.tier.late_per_day
        for each in order.claims
    )
    return now.known.rates.money(Decimal(due)).rounded()


def _knob(first: int, day: int) -> Knob:
    """The day the goods come, or a later one."""
    return Knob(
        name="days",
        label="Days from today until the promised day",
        unit="days",
        minimum=Decimal(first),
        maximum=Decimal(first + ROOM),
        step=Decimal(1),
        value=Decimal(day),
    )


def _name(order: CustomerOrder) -> str:
    return f"promise:{order.id}"
