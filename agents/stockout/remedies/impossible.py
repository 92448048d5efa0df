"""A remedy that cannot be done is listed too, with the reason, so that nobody has to look for it."""

from agents.stockout.situation import Situation
from domain.money import Money
from domain.plans import Option


def impossible(
    now: Situation, *, name: str, title: str, why_not: str, cost: Money | None = None, missing: bool = False
) -> Option:
    """The option without anything to carry out; ``missing`` tells that a fact about it is unknown."""
    return Option(
        name=name,
        title=title,
        drafts=(),
        cost=cost,
        risk_removed=Money.zero(now.known.rates.currency),
        reversible=True,
        feasible=False,
        why_not=why_not,
        confidence=now.confidence(missing),
    )
