"""What a shortage is worth: the orders that wait at their own net price, the sales that may be missed at list price."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import reduce
from itertools import accumulate

from agents.stockout.goods.chance import CERTAIN
from agents.stockout.goods.course import Course
from agents.stockout.goods.entries import Claim, Tied
from agents.stockout.goods.shelf import Shelf
from agents.stockout.orders import Loss, exact, loss
from agents.stockout.reading.index import Index
from agents.terms import Terms
from domain.money import Money
from domain.values import Value
from tools.reads.products import Product


class AtRisk(Value):
    """Money that a shortage puts at risk, in the company's currency."""

    ordered: Decimal
    """Stock units of orders in hand that would be lost; a late one counts by its delay."""
    forecast: Decimal
    """Stock units of expected demand beyond the orders that would be missed, on average."""
    revenue: Money
    margin: Money | None
    """None where the product's cost is unknown: never taken for all of the price."""
    penalties: Money | None = None
    """What customers' tiers ask for late and lost orders, as far as it is known; None where none is."""
    unpriced: Decimal = Decimal(0)
    """Stock units of orders that would be lost or late, and whose penalty nobody named."""

    @property
    def money(self) -> Money:
        """What an option may save: the margin where it is known, at least zero, else the revenue; and the penalties."""
        goods = self.revenue if self.margin is None else max(self.margin, Money.zero(self.margin.currency))
        return goods if self.penalties is None else goods + self.penalties


def at_risk(index: Index, shelf: Shelf, course: Course, terms: Terms) -> AtRisk:
    """The money that is lost within the horizon if nothing is done."""
    if kept_by_minimum(shelf):
        return worth(index, shelf.product, Loss(), exact(below_minimum(shelf, course)))
    return worth(index, shelf.product, lost_orders(index, shelf, course, terms), exact(course.missed))


def lost_orders(index: Index, shelf: Shelf, course: Course, terms: Terms) -> Loss:
    """What the orders in hand lose; the earliest is served first, one with goods of its own when those come."""
    waits = waiting_orders(shelf, course, terms.patience_days)
    return reduce(Loss.and_, (loss(index, shelf, claim, unserved, terms) for claim, unserved in waits), Loss())


def waiting_orders(shelf: Shelf, course: Course, patience: int) -> tuple[tuple[Claim, Sequence[float]], ...]:
    """Each claim, and what it lacks at the end of each day from the one it is due: those that share, by that day."""
    return (
        *shared(shelf.claims, course.owed),
        *((tied.claim, _late(tied, patience)) for tied in shelf.tied if tied.late),
    )


def kept_by_minimum(shelf: Shelf) -> bool:
    """Whether nothing but a reordering rule asks for the product here: a spare part, a new product."""
    return shelf.demand.mean == 0 and not shelf.wanted and shelf.on_hand >= 0 and shelf.orderpoint is not None


def below_minimum(shelf: Shelf, course: Course) -> float:
    """How far stock stays below the rule's minimum even when all that is on its way has come."""
    later = sum(supply.quantity for supply in shelf.supplies if supply.day > shelf.horizon)
    minimum = float(shelf.orderpoint.minimum) if shelf.orderpoint else 0.0
    return max(minimum - course.days[-1].available - later, 0.0)


def worth(index: Index, product: Product, lost: Loss, missed: Decimal = Decimal(0)) -> AtRisk:
    """Forecast sales count at list price; cost is taken off all of them, where it is known."""
    revenue = lost.net + missed * product.list_price
    cost = None if product.cost is None else (lost.units + missed) * product.cost
    penalised = lost.units > lost.unknown
    return AtRisk(
        ordered=lost.units,
        forecast=missed,
        revenue=index.rates.money(revenue).rounded(),
        margin=None if cost is None else index.rates.money(revenue - cost).rounded(),
        penalties=index.rates.money(lost.penalty).rounded() if penalised else None,
        unpriced=lost.unknown,
    )


def shared(wanted: Iterable[Claim], owed: Sequence[float]) -> Iterator[tuple[Claim, Sequence[float]]]:
    """What each of the claims lacks day by day, of all that they lack, where the earliest is served first."""
    claims = sorted((c for c in wanted if c.open > CERTAIN and c.day < len(owed)), key=lambda claim: claim.day)
    if max(owed) <= CERTAIN:
        return
    due = [0.0] * len(owed)
    for claim in claims:
        due[max(claim.day, 0)] += claim.open
    until, served = list(accumulate(due)), 0.0
    for claim in claims:
        served += claim.open
        yield claim, [min(max(owed[day] - until[day] + served, 0.0), claim.open) for day in _days(claim, owed)]


def _days(claim: Claim, owed: Sequence[float]) -> range:
    return range(max(claim.day, 0), len(owed))


def _late(tied: Tied, patience: int) -> list[float]:
    """What an order lacks until its own goods come."""
    return [tied.claim.quantity] * min(tied.late, patience) + [0.0]
