"""Changing a reordering rule: raising a minimum that demand outgrew, lowering that of a product that never sells."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from math import sqrt
from statistics import NormalDist

from agents.stockout.goods.chance import shortage
from agents.stockout.orders import exact
from agents.stockout.projection import whole
from agents.stockout.situation import Situation
from agents.stockout.worth import kept_by_minimum
from domain.money import Money
from domain.plans import Draft, Knob, Option
from tools.minmax import ChangeMinMax, MinMaxParams
from tools.reads.history import WEEKS
from tools.reads.names import quoted
from tools.reads.orderpoints import Orderpoint

MOST = Decimal(1_000_000)
"""No rule of a warehouse keeps more of one product."""
LATER = "it helps from the next order on, and not today: propose it beside whatever is done now"
FRESH = f"its rule is not {WEEKS} weeks old: too soon to say that it never sells; propose it if you know"


def minimums(now: Situation) -> tuple[Option, ...]:
    """The rule with the minimum that it should have, where that is another one."""
    rule = now.held.orderpoint
    if rule is None:
        return ()
    minimum = _unsold(now, rule) if kept_by_minimum(now.held) else _needed(now)
    if minimum <= rule.minimum and not kept_by_minimum(now.held):
        return ()
    maximum = minimum if minimum < rule.minimum else rule.maximum + minimum - rule.minimum
    return (changed(now, rule, minimum, max(minimum, maximum)),)


def turned_minimum(now: Situation, option: Option, knobs: Mapping[str, Decimal]) -> Option:
    """The same rule with the limits that a person wants."""
    rule = now.held.orderpoint
    return option if rule is None else changed(now, rule, knobs["minimum"], knobs["maximum"])


def changed(now: Situation, rule: Orderpoint, minimum: Decimal, maximum: Decimal) -> Option:
    """The rule with other limits.

    Where nothing but the rule asks for the product, the money at risk is what the rule says, and goes with it. Where it
    sells, a minimum is worth the sales that it keeps from being missed in one lead time: from the next order on, so it
    is for people to propose and takes no other remedy's place.
    """
    unsold, wrong = kept_by_minimum(now.held), _wrong(now, minimum, maximum)
    fresh = unsold and not _proven(now, rule)
    return Option(
        name=f"minimum:{rule.id}",
        title=f"Keep from {minimum:,f} to {maximum:,f} {now.unit.name} of {quoted(now.product.title)} in "
        f"{quoted(now.warehouse.name)}, and not from {rule.minimum:,f} to {rule.maximum:,f}",
        drafts=() if wrong else (_draft(rule, minimum, maximum),),
        cost=None if wrong else _keeping(now, minimum - rule.minimum),
        risk_removed=Money.zero(now.known.rates.currency) if wrong else _saves(now, rule, minimum),
        reversible=True,
        feasible=wrong is None,
        for_people=fresh or not unsold,
        why_not=wrong or _people_only(unsold, fresh),
        knobs=(_knob(now, "minimum", "Order when less is there", minimum), _knob(now, "maximum", "Up to", maximum)),
        confidence=now.confidence(),
    )


def _wrong(now: Situation, minimum: Decimal, maximum: Decimal) -> str | None:
    at = (now.product.id, now.warehouse.id)
    together = sum((rule.product, rule.warehouse) == at for rule in now.evidence.picture.orderpoints)
    if together > 1:
        return f"{together} reordering rules keep it in {quoted(now.warehouse.name)} together; change them in Odoo"
    if maximum < minimum:
        return "the maximum would be below the minimum"
    return f"nobody keeps {maximum:,f} of anything; correct what was sold in Odoo" if maximum > MOST else None


def _people_only(unsold: bool, fresh: bool) -> str | None:
    if fresh:
        return FRESH
    return None if unsold else LATER


def _unsold(now: Situation, rule: Orderpoint) -> Decimal:
    """What there is when all has come: nothing more is bought."""
    return max(rule.minimum - now.seen.to_order, Decimal(0))


def _needed(now: Situation) -> Decimal:
    """Demand over the lead time and its safety stock (Axsäter, chapter 5)."""
    weeks = now.held.lead / 7
    spread = NormalDist().inv_cdf(float(now.terms.service)) * sqrt(now.held.demand.variance * weeks)
    return whole(now.held.demand.mean * weeks + spread)


def _proven(now: Situation, rule: Orderpoint) -> bool:
    """Whether the rule stood for as long as sales are looked at."""
    return rule.since is not None and now.known.on(rule.since) <= now.known.today - timedelta(weeks=WEEKS)


def _saves(now: Situation, rule: Orderpoint, minimum: Decimal) -> Money:
    if kept_by_minimum(now.held):
        return now.saved_by(replace(now.held, orderpoint=replace(rule, minimum=minimum)))
    return _kept(now, rule.minimum, minimum)


def _kept(now: Situation, old: Decimal, new: Decimal) -> Money:
    """Margin of the sales that are missed in a lead time beginning at the old minimum and not at the new one."""
    weeks = now.held.lead / 7
    mean, variance = now.held.demand.mean * weeks, now.held.demand.variance * weeks
    missed = shortage(mean, variance, float(old)).expected - shortage(mean, variance, float(new)).expected
    each = max(now.product.list_price - (now.product.cost or 0), Decimal(0))
    return now.known.rates.money(max(exact(missed), Decimal(0)) * each).rounded()


def _keeping(now: Situation, more: Decimal) -> Money | None:
    """Holding what is kept more, for one lead time."""
    if more <= 0:
        return Money.zero(now.known.rates.currency)
    if now.terms.holding_rate is None or now.product.cost is None:
        return None
    year = Decimal(now.held.lead) / 365
    return now.known.rates.money(more * now.product.cost * now.terms.holding_rate * year).rounded()


def _draft(rule: Orderpoint, minimum: Decimal, maximum: Decimal) -> Draft:
    params = MinMaxParams(orderpoint=rule.id, minimum=minimum, maximum=maximum)
    return Draft(action=ChangeMinMax.name, params=params.plain())


def _knob(now: Situation, name: str, label: str, value: Decimal) -> Knob:
    return Knob(
        name=name, label=label, unit=now.unit.name, minimum=Decimal(0), maximum=MOST, step=Decimal(1), value=value
    )
