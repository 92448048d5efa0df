"""How likely demand exceeds what is available, and by how much on average.

Slow movers follow a Poisson distribution, or a negative binomial one (compound Poisson with logarithmic order sizes)
where demand varies more than that; fast movers a normal one. See S. Axsäter, Inventory Control, 3rd ed. (2015),
chapter 5, on demand distributions and the normal loss function.
"""

from collections.abc import Iterator
from math import exp, floor, log, sqrt
from statistics import NormalDist
from typing import NamedTuple

SLOW = 10.0
"""Below this mean over the interval, whole numbers matter and the normal curve reaches below zero."""
LONG = 10_000.0
"""So many units are not summed one by one: only odd data combines so much stock with so wild a demand."""
FAR = 12.0
"""So many standard deviations above the mean nothing happens that money could show."""
CERTAIN = 1e-6
"""Quantities nearer than this are the same quantity."""
STANDARD = NormalDist()


class Shortage(NamedTuple):
    """The probability of running short, and the expected quantity short."""

    chance: float
    expected: float


def shortage(mean: float, variance: float, available: float) -> Shortage:
    """Demand of this mean and variance against what is available; already committed beyond it when that is negative."""
    if available < -CERTAIN:
        return Shortage(1.0, mean - available)
    if mean <= CERTAIN or available > mean + FAR * sqrt(variance) + FAR:
        return Shortage(0.0, 0.0)
    slow = mean < SLOW and available < LONG
    return _slow(mean, variance, max(available, 0.0)) if slow else _fast(mean, variance, available)


def _fast(mean: float, variance: float, available: float) -> Shortage:
    """Normal demand: P(D > a), and the normal loss function for E[(D - a)+]."""
    deviation = sqrt(variance)
    z = (available - mean) / deviation
    beyond = 1.0 - STANDARD.cdf(z)
    return Shortage(beyond, max(deviation * (STANDARD.pdf(z) - z * beyond), 0.0))


def _slow(mean: float, variance: float, available: float) -> Shortage:
    """Whole units: P(D > a) = 1 - P(D <= a) and E[(D - a)+] = mean - a + sum of (a - k) P(D = k) for k up to a."""
    within = missing = 0.0
    for k, p in zip(range(floor(available + CERTAIN) + 1), _masses(mean, variance), strict=False):
        within += p
        missing += (available - k) * p
    return Shortage(max(1.0 - within, 0.0), max(mean - available + missing, 0.0))


def _masses(mean: float, variance: float) -> Iterator[float]:
    """P(D = 0), P(D = 1) … of a Poisson or, where the variance exceeds the mean, a negative binomial distribution."""
    spread = variance / mean
    poisson = spread <= 1.0 + CERTAIN
    size = 0.0 if poisson else mean / (spread - 1.0)
    mass = exp(-mean) if poisson else exp(-size * log(spread))
    k = 0
    while True:
        yield mass
        mass *= mean / (k + 1) if poisson else (size + k) / (k + 1) * (1.0 - 1.0 / spread)
        k += 1
