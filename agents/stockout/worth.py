"""What a shortage is worth: the orders that wait at their own net price, the sales that may be missed at list price."""

from decimal import Decimal

from agents.stockout.chance import CERTAIN
from agents.stockout.course import Course
from agents.stockout.index import Index
from agents.stockout.shelf import Claim, Shelf
from agents.units import convert
from domain.money import Money
from domain.values import Value
from tools.reads.parsing import number
from tools.reads.products import Product


class AtRisk(Value):
    """Money that a shortage puts at risk, in the company's currency."""

    ordered: Decimal
    """Stock units short for orders in hand."""
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
    """The money behind the worst shortage within the horizon; orders served within the customers' patience are safe."""
    if kept_by_minimum(shelf):
        return _worth(index, shelf.product, Decimal(0), exact(below_minimum(shelf, course)), Decimal(0))
    worst = course.worst(patience)
    waiting, amount = _waiting(index, shelf, worst.day, worst.orders)
    return _worth(index, shelf.product, waiting, exact(worst.orders + worst.sales) - waiting, amount)


def kept_by_minimum(shelf: Shelf) -> bool:
    """Whether nothing but a reordering rule asks for the product here: a spare part, a new product."""
    return shelf.demand.mean == 0 and not shelf.claims and shelf.on_hand >= 0 and shelf.orderpoint is not None


def below_minimum(shelf: Shelf, course: Course) -> float:
    """How far stock stays below the rule's minimum even when all that is on its way has come."""
    later = sum(supply.quantity for supply in shelf.supplies if supply.day > shelf.horizon)
    minimum = float(shelf.orderpoint.minimum) if shelf.orderpoint else 0.0
    return max(minimum - course.days[-1].available - later, 0.0)


def exact(quantity: float) -> Decimal:
    """A quantity that statistics gave, as a decimal of at most four places."""
    return number(round(quantity, 4))


def _worth(index: Index, product: Product, waiting: Decimal, missed: Decimal, waiting_net: Decimal) -> AtRisk:
    """Forecast sales count at list price; cost is taken off all of them, where it is known."""
    revenue = waiting_net + missed * product.list_price
    cost = None if product.cost is None else (waiting + missed) * product.cost
    return AtRisk(
        ordered=waiting,
        forecast=missed,
        revenue=index.rates.money(revenue).rounded(),
        margin=None if cost is None else index.rates.money(revenue - cost).rounded(),
    )


def _waiting(index: Index, shelf: Shelf, day: int, committed: float) -> tuple[Decimal, Decimal]:
    """Stock units of orders that cannot be served by then, the latest orders first, and their net amount."""
    left, units, amount = committed, Decimal(0), Decimal(0)
    for claim in sorted(shelf.claims, key=lambda claim: -claim.day):
        taken = min(left, claim.open) if claim.day <= day else 0.0
        if taken > CERTAIN:
            left -= taken
            units += exact(taken)
            amount += exact(taken) * _net_price(index, shelf.product, claim)
    return units, amount


def _net_price(index: Index, product: Product, claim: Claim) -> Decimal:
    """What the customer pays for one stock unit in the company's currency; list price where no order tells."""
    line = index.sale_lines.get(claim.sale_line or 0)
    net = line and index.rates.own(line.net, line.currency)
    if not line or not net or line.quantity <= 0:
        return product.list_price
    return net.amount / convert(line.quantity, index.units[line.unit], index.units[product.unit])
