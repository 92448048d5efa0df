"""Day by day: what is available, what is certain to leave, what demand may still take, and where it goes short."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from agents.stockout.goods.chance import CERTAIN, Shortage, shortage
from agents.stockout.goods.entries import Batch, Claim
from agents.stockout.goods.shelf import Shelf


class Day(NamedTuple):
    """The end of one day, in the stock unit; the first three are sums from today on, the others the day's own."""

    certain: float
    """Usable stock and receipts less orders and expired lots, before any forecast."""
    forecast: float
    """Expected demand beyond the orders in hand."""
    variance: float
    received: float
    claimed: float
    expired: float

    @property
    def available(self) -> float:
        """What is expected to be free at the end of this day; below zero, orders wait."""
        return self.certain - self.forecast


@dataclass(frozen=True, slots=True)
class Course:
    """The days from today to the horizon, and the shortage just before each receipt and at the end."""

    days: tuple[Day, ...]
    shortages: tuple[tuple[int, Shortage], ...]

    @property
    def chance(self) -> float:
        """P(stockout before the next receipt), the worst over all receipts within the horizon."""
        return max(found.chance for _, found in self.shortages)

    @property
    def owed(self) -> tuple[float, ...]:
        """What orders in hand lack at the end of each day."""
        return tuple(max(-day.certain, 0.0) for day in self.days)

    @property
    def missed(self) -> float:
        """Expected sales beyond the orders in hand that find no stock, the worst over all days.

        Asked of each day and not before receipts only: one receipt more must not add a day to be short on. Orders that
        find nothing leave nothing for others: below zero the stock counts as none.
        """
        return max(shortage(day.forecast, day.variance, max(day.certain, 0.0)).expected for day in self.days)

    @property
    def trough(self) -> int:
        """The day on which least is available, the first of them."""
        return min(range(len(self.days)), key=lambda at: (self.days[at].available, at))

    @property
    def runs_out(self) -> int | None:
        """The first day that ends below zero."""
        return next((at for at, day in enumerate(self.days) if day.available < -CERTAIN), None)


def course(shelf: Shelf) -> Course:
    """The course of a shelf.

    Forecast and orders are not added up: orders in hand use up the forecast (forecast consumption, as the APICS
    Dictionary has it), so that demand over the horizon is the greater of the two. Overdue orders and goods that leave
    for anything but a customer come on top. Lots leave by expiry, the first to expire first.
    """
    received = _by_day(((s.day, s.quantity) for s in shelf.supplies), shelf.horizon)
    claimed = _by_day(((c.day, c.open) for c in shelf.claims), shelf.horizon)
    consuming = _by_day(((c.day, c.quantity) for c in shelf.claims if _consumes(c)), shelf.horizon)
    forecast = _forecast(shelf, consuming)
    leaving = [claimed[at] + forecast[at] - (forecast[at - 1] if at else 0.0) for at in range(shelf.horizon + 1)]
    expired = _expired(shelf.free, leaving)
    days = tuple(_days(shelf, received, claimed, forecast, expired))
    ends = sorted({s.day - 1 for s in shelf.supplies if 0 < s.day <= shelf.horizon} | {shelf.horizon})
    return Course(days, tuple((at, shortage(days[at].forecast, days[at].variance, days[at].certain)) for at in ends))


def _consumes(claim: Claim) -> bool:
    """A customer's order that is not overdue is part of the demand that was forecast."""
    return claim.sale_line is not None and claim.day >= 0


def _by_day(amounts: Iterable[tuple[int, float]], horizon: int) -> list[float]:
    """What falls on each day; the past falls on today, what lies beyond the horizon on no day."""
    days = [0.0] * (horizon + 1)
    for day, quantity in amounts:
        if day <= horizon:
            days[max(day, 0)] += quantity
    return days


def _forecast(shelf: Shelf, consuming: list[float]) -> list[float]:
    """Expected demand up to each day beyond the orders in hand, which use up its days backwards, then forwards."""
    net = [0.0] + [shelf.demand.mean / 7] * shelf.horizon
    for day, ordered in enumerate(consuming):
        left = ordered if shelf.demand.mean else 0.0
        for at in (*range(day, -1, -1), *range(day + 1, shelf.horizon + 1)):
            if left <= 0:
                break
            used = min(net[at], left)
            net[at] -= used
            left -= used
    return list(accumulate(net))


def _expired(free: tuple[Batch, ...], leaving: list[float]) -> list[float]:
    """What perishes on each day: stock that nobody took before its lot's end."""
    lost = [0.0] * len(leaving)
    perishing = [batch for batch in free if batch.until is not None and batch.quantity > 0]
    taken = -sum(min(batch.quantity, 0.0) for batch in free)
    for at, wanted in enumerate(leaving if perishing else ()):
        while perishing and (perishing[0].until or 0) <= at:
            lost[at] += max(perishing[0].quantity - taken, 0.0)
            taken = max(taken - perishing[0].quantity, 0.0)
            perishing = perishing[1:]
        taken = taken + wanted if perishing else 0.0
    return lost


def _days(
    shelf: Shelf, received: list[float], claimed: list[float], forecast: list[float], expired: list[float]
) -> Iterable[Day]:
    certain = sum(batch.quantity for batch in shelf.free)
    per_week = shelf.demand.variance / shelf.demand.mean if shelf.demand.mean else 0.0
    for at in range(shelf.horizon + 1):
        certain += received[at] - claimed[at] - expired[at]
        yield Day(certain, forecast[at], forecast[at] * per_week, received[at], claimed[at], expired[at])
