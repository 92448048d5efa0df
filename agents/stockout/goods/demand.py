"""What customers are expected to take, week by week, from what they took."""

from collections.abc import Sequence
from typing import NamedTuple

LEAST_WEEKS = 4
"""A product first sold last week is averaged over so many weeks: one order is not yet a weekly demand."""


class Demand(NamedTuple):
    """Expected demand of a product in a warehouse, per week, in the stock unit."""

    mean: float
    variance: float
    """At least the mean: customers order independently, so even a steady record is as random as a Poisson process."""
    weeks: int
    """How many weeks were looked at."""
    active: int
    """In how many of them anything was sold."""


NEVER_SOLD = Demand(0.0, 0.0, 0, 0)


def demand(sold: Sequence[float]) -> Demand:
    """Mean and sample variance since the first sale in the window, weeks without a sale counted as zero."""
    first = max((ago for ago, quantity in enumerate(sold) if quantity > 0), default=None)
    if first is None:
        return NEVER_SOLD
    weeks = min(max(first + 1, LEAST_WEEKS), len(sold))
    seen = sold[:weeks]
    mean = max(sum(seen) / weeks, 0.0)
    variance = sum((quantity - mean) ** 2 for quantity in seen) / (weeks - 1)
    return Demand(mean, max(variance, mean), weeks, sum(quantity > 0 for quantity in seen))
