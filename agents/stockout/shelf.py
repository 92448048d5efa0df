"""One product in one warehouse: what stands there, what comes, what is promised to customers, what usually sells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from agents.stockout.demand import NEVER_SOLD, Demand, demand
from agents.stockout.index import LONGEST, Index, Pair
from agents.terms import Terms
from agents.units import convert
from tools.reads.moves import Move
from tools.reads.orderpoints import Orderpoint
from tools.reads.products import Product


class Supply(NamedTuple):
    """A quantity that comes on a day (days from today)."""

    day: int
    quantity: float
    document: str
    line: int | None = None
    """The purchase order line it was bought with."""


class Claim(NamedTuple):
    """A quantity that leaves on a day; ``reserved`` of it is taken off the shelf already."""

    day: int
    """Negative where it is overdue."""
    quantity: float
    reserved: float
    sale_line: int | None
    document: str

    @property
    def open(self) -> float:
        """What is still to be found for it."""
        return max(self.quantity - self.reserved, 0.0)


class Batch(NamedTuple):
    """Free stock that may be used up to, not on, a day; None keeps."""

    until: int | None
    quantity: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """All that decides how long a product lasts in a warehouse, in the stock unit."""

    product: Product
    warehouse: int
    on_hand: float
    reserved: float
    """Reserved for anything at all, as Odoo counts it."""
    free: tuple[Batch, ...]
    """Stock that is not reserved for something leaving the warehouse, the first to expire first."""
    supplies: tuple[Supply, ...]
    claims: tuple[Claim, ...]
    demand: Demand
    orderpoint: Orderpoint | None
    lead: int
    """Days until goods ordered today from the preferred vendor are here."""
    horizon: int
    """Days to look ahead: what runs out later can still be ordered at the next review."""

    def with_supply(self, day: int, quantity: float) -> "Shelf":
        """The same shelf with more goods coming."""
        return replace(self, supplies=(*self.supplies, Supply(day, quantity, "plan")))

    def with_lines_on(self, days: Mapping[int, int]) -> "Shelf":
        """The same shelf with the goods of some purchase lines coming on other days."""
        moved = (each._replace(day=days.get(each.line or 0, each.day)) for each in self.supplies)
        return replace(self, supplies=tuple(moved))

    @property
    def quiet(self) -> bool:
        """Whether nothing asks for this product here: nothing can run out."""
        wanted = self.claims or self.demand.mean > 0 or (self.orderpoint and self.orderpoint.minimum > 0)
        return not wanted and self.on_hand >= 0


def shelf(index: Index, product: Product, warehouse: int, terms: Terms) -> Shelf:
    """The shelf of one product in one warehouse."""
    pair = (product.id, warehouse)
    lead = _lead(index, product, terms)
    quants = index.quants.get(pair, ())
    claims = tuple(_claim(index, product, move) for move in index.outgoing.get(pair, ()))
    reserved = sum(float(quant.reserved) for quant in quants)
    return Shelf(
        product=product,
        warehouse=warehouse,
        on_hand=sum(float(quant.quantity) for quant in quants),
        reserved=reserved,
        free=_free(index, pair, reserved - sum(claim.reserved for claim in claims)),
        supplies=tuple(sorted(_supplies(index, pair, lead + terms.review_days), key=lambda each: each[:3])),
        claims=claims,
        demand=_demand(index.sold.get(pair)),
        orderpoint=index.orderpoints.get(pair),
        lead=lead,
        horizon=min(lead + terms.review_days, terms.longest_horizon),
    )


def _demand(sold: Sequence[float] | None) -> Demand:
    return NEVER_SOLD if sold is None else demand(sold)


def _lead(index: Index, product: Product, terms: Terms) -> int:
    """The preferred vendor's, the first in Odoo's order whose promise can be meant; an assumption without any."""
    preferred = next((price for price in index.prices_of(product) if 0 <= price.delay <= LONGEST), None)
    return index.lead(preferred) if preferred else terms.lead_days


def _free(index: Index, pair: Pair, stays: float) -> tuple[Batch, ...]:
    """Unreserved stock by expiry; what is reserved for a move inside the warehouse (picking, packing) stays in it."""
    batches = [Batch(None, stays)]
    for quant in index.quants.get(pair, ()):
        until = None if quant.usable_until is None else index.ahead(quant.usable_until)
        batches.append(Batch(until, float(quant.quantity - quant.reserved)))
    return tuple(sorted(batches, key=lambda batch: (batch.until is None, batch.until or 0)))


def _claim(index: Index, product: Product, move: Move) -> Claim:
    return Claim(
        index.ahead(move.at),
        float(move.quantity),
        float(_reserved(index, product, move)),
        move.sale_line,
        move.document,
    )


def _reserved(index: Index, product: Product, move: Move) -> Decimal:
    """A move is reserved in its own unit, which may be the customer's dozen."""
    if move.unit == product.unit or not move.reserved:
        return move.reserved
    return convert(move.reserved, index.unit(move.unit), index.unit(product.unit))


def _supplies(index: Index, pair: Pair, unconfirmed: int) -> Iterator[Supply]:
    """Goods under way, and goods somebody drafted an order for: nothing is ordered twice.

    What nobody has confirmed today is counted on as if it were confirmed at the next review, not sooner.
    """
    for move in index.incoming.get(pair, ()):
        yield Supply(_arrives(index, move), float(move.quantity), move.document, move.purchase_line)
    for line in index.drafted.get(pair, ()):
        planned = index.ahead(line.planned) if line.planned else 0
        yield Supply(max(planned, unconfirmed), float(line.quantity), line.order_name, line.id)


def _arrives(index: Index, move: Move) -> int:
    """As planned; what is overdue comes as late as this vendor's goods came so far, counted from today."""
    ahead = index.ahead(move.at)
    if ahead >= 0:
        return ahead
    line = index.purchase_lines.get(move.purchase_line or 0)
    return index.late.get(line.vendor, 1) if line else 1
