"""What buying costs beyond the goods themselves, which are worth their usual cost."""

from decimal import Decimal

from agents.stockout.situation import Situation
from domain.money import Money

YEAR = Decimal(52)
"""Weeks for which too large a purchase is counted as kept, at most."""


def beyond_worth(now: Situation, bought: Decimal, paid: Money | None, needed: Decimal) -> Money | None:
    """A higher price than usual, and keeping what is more than needed; quantities in the stock unit.

    The price itself is exposure, not cost. None where the usual cost, the exchange rate, or what keeping costs, is
    unknown (docs/decisions/0005-money-of-options.md).
    """
    if paid is None or now.product.cost is None:
        return None
    dearer = max(paid.amount - bought * now.product.cost, Decimal(0))
    keeping = _keeping(now, bought - needed, paid.amount / bought)
    return None if keeping is None else paid.but(amount=dearer + keeping).rounded()


def _keeping(now: Situation, surplus: Decimal, price: Decimal) -> Decimal | None:
    """Holding what was bought beyond the need until it is sold, at most a year; half of it on average."""
    if surplus <= 0:
        return Decimal(0)
    if now.terms.holding_rate is None:
        return None
    weekly = now.seen.weekly_demand
    weeks = min(surplus / weekly / 2, YEAR) if weekly > 0 else YEAR
    return surplus * price * now.terms.holding_rate * weeks / YEAR
