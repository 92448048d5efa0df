"""What a shortage is worth: the orders that wait at their own net price, the sales that may be missed at list price."""

from collections.abc import Sequence
from decimal import Decimal
from math import isfinite

from agents.stockout.chance import CERTAIN
from agents.stockout.course import Course
from agents.stockout.entries import Claim
from agents.stockout.index import Index
from agents.stockout.shelf import Shelf
from agents.units import convert
from domain.money import Money
from domain.values import Value
from tools.reads.parsing import number
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

    @property
    def money(self) -> Money:
        """What an option may save: the margin where it is known and positive or zero, else the revenue."""
        if self.margin is None:
            return self.revenue
        return max(self.margin, Money.zero(self.margin.currency))


def at_risk(index: Index, shelf: Shelf, course: Course, patience: int) -> AtRisk:
    """The money that is lost within the horizon if nothing is done."""
    if kept_by_minimum(shelf):
        return _worth(index, shelf.product, Decimal(0), exact(below_minimum(shelf, course)), Decimal(0))
    lost, amount = _lost_orders(index, shelf, course.owed, patience)
    return _worth(index, shelf.product, lost, exact(course.missed), amount)


def kept_by_minimum(shelf: Shelf) -> bool:
    """Whether nothing but a reordering rule asks for the product here: a spare part, a new product."""
    return shelf.demand.mean == 0 and not shelf.claims and shelf.on_hand >= 0 and shelf.orderpoint is not None


def below_minimum(shelf: Shelf, course: Course) -> float:
    """How far stock stays below the rule's minimum even when all that is on its way has come."""
    later = sum(supply.quantity for supply in shelf.supplies if supply.day > shelf.horizon)
    minimum = float(shelf.orderpoint.minimum) if shelf.orderpoint else 0.0
    return max(minimum - course.days[-1].available - later, 0.0)


def exact(quantity: float) -> Decimal:
    """A quantity that statistics gave, as a decimal of at most four places; raises ValueError for none at all."""
    if not isfinite(quantity):
        raise ValueError(f"{quantity} is no quantity")
    return number(round(quantity, 4))


def _worth(index: Index, product: Product, lost: Decimal, missed: Decimal, lost_net: Decimal) -> AtRisk:
    """Forecast sales count at list price; cost is taken off all of them, where it is known."""
    revenue = lost_net + missed * product.list_price
    cost = None if product.cost is None else (lost + missed) * product.cost
    return AtRisk(
        ordered=lost,
        forecast=missed,
        revenue=index.rates.money(revenue).rounded(),
        margin=None if cost is None else index.rates.money(revenue - cost).rounded(),
    )


def _lost_orders(index: Index, shelf: Shelf, owed: Sequence[float], patience: int) -> tuple[Decimal, Decimal]:
    """Stock units of orders that are lost, and their net amount; a late one is lost in proportion to its delay."""
    claims = sorted((c for c in shelf.claims if c.open > CERTAIN and c.day < len(owed)), key=lambda claim: claim.day)
    units = amount = Decimal(0)
    for at, claim in enumerate(claims):
        lost = exact(_lost(_unserved(claims, at, owed), patience)) if max(owed) > CERTAIN else Decimal(0)
        units += lost
        amount += lost * _net_price(index, shelf.product, claim) if lost else 0
    return units, amount


def _unserved(claims: Sequence[Claim], at: int, owed: Sequence[float]) -> list[float]:
    """What one order lacks on each day from its own on, where the earliest order is served first."""
    days = range(max(claims[at].day, 0), len(owed))
    later = [sum(claim.open for claim in claims[at + 1 :] if claim.day <= day) for day in days]
    return [min(max(owed[day] - after, 0.0), claims[at].open) for day, after in zip(days, later, strict=True)]


def _lost(unserved: Sequence[float], patience: int) -> float:
    """What is still open in the end is lost; what is served late loses its share of the patience for each day."""
    end = unserved[-1]
    return end + sum(max(left - end, 0.0) for left in unserved[:patience]) / patience


def _net_price(index: Index, product: Product, claim: Claim) -> Decimal:
    """What the customer pays for one stock unit in the company's currency; list price where no order tells."""
    line = index.sale_lines.get(claim.sale_line or 0)
    net = line and index.rates.own(line.net, line.currency)
    if not line or not net or line.quantity <= 0:
        return product.list_price
    return net.amount / convert(line.quantity, index.unit(line.unit), index.unit(product.unit))
