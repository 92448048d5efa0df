"""One product in one warehouse: what stands there, what comes, what is promised to customers, what usually sells."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from agents.stockout.goods.demand import NEVER_SOLD, Demand, demand
from agents.stockout.goods.entries import Batch, Claim, Supply, Tied, Waiting
from agents.stockout.goods.inside import carried_on, shelved, waiting
from agents.stockout.goods.own_goods import Account, Brought, account
from agents.stockout.reading.index import LONGEST, Index, Pair
from agents.terms import Terms
from agents.units import convert
from tools.reads.moves import Move
from tools.reads.orderpoints import Orderpoint
from tools.reads.products import Product
from tools.reads.stock import Quant


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """All that decides how long a product lasts in a warehouse, in the stock unit."""

    product: Product
    warehouse: int
    on_hand: float
    """Wherever in the warehouse it stands, as Odoo counts it."""
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
    tied: tuple[Tied, ...] = ()
    """Orders with goods of their own; neither is among the claims and supplies."""
    waiting: tuple[Waiting, ...] = ()
    """What stands in the warehouse where no delivery takes it from."""

    def with_supply(self, day: int, quantity: float) -> "Shelf":
        """The same shelf with more goods coming."""
        return replace(self, supplies=(*self.supplies, Supply(day, quantity, "plan")))

    def with_lines_on(self, days: Mapping[int, int]) -> "Shelf":
        """The same shelf with the goods of some purchase lines coming on other days."""

        def moved(supply: Supply) -> Supply:
            return supply._replace(day=days.get(supply.line or 0, supply.day))

        tied = tuple(each._replace(supply=moved(each.supply)) for each in self.tied)
        return replace(self, supplies=tuple(map(moved, self.supplies)), tied=tied)

    def without_lines(self, lines: Collection[int]) -> "Shelf":
        """The same shelf if some purchase lines never came."""
        tied = tuple(each for each in self.tied if each.supply.line not in lines)
        orphaned = tuple(each.claim for each in self.tied if each.supply.line in lines)
        left = tuple(each for each in self.supplies if each.line not in lines)
        return replace(self, supplies=left, tied=tied, claims=(*self.claims, *orphaned))

    @property
    def coming(self) -> tuple[Supply, ...]:
        """All that is on its way, for whomever."""
        return (*self.supplies, *(each.supply for each in self.tied))

    @property
    def wanted(self) -> tuple[Claim, ...]:
        """All that is to leave, wherever its goods come from."""
        return (*self.claims, *(each.claim for each in self.tied))

    @property
    def quiet(self) -> bool:
        """Whether nothing asks for this product here: nothing can run out."""
        wanted = self.wanted or self.demand.mean > 0 or (self.orderpoint and self.orderpoint.minimum > 0)
        return not wanted and self.on_hand >= 0


def shelf(index: Index, product: Product, warehouse: int, terms: Terms) -> Shelf:
    """The shelf of one product in one warehouse."""
    pair = (product.id, warehouse)
    lead = _lead(index, product, terms)
    horizon = min(lead + terms.review_days, terms.longest_horizon)
    on, elsewhere = shelved(index, pair)
    aside = waiting(index, pair, elsewhere)
    claims = [(move, _claim(index, product, move)) for move in index.outgoing.get(pair, ())]
    coming = (*_supplies(index, pair, lead + terms.review_days), *carried_on(aside, horizon))
    told = account(index, claims, sorted(coming, key=lambda each: each.supply[:3]))
    stays = sum(float(quant.reserved) for quant in on) - sum(claim.reserved for _, claim in claims)
    return Shelf(
        product=product,
        warehouse=warehouse,
        on_hand=sum(float(quant.quantity) for quant in (*on, *elsewhere)),
        reserved=sum(float(quant.reserved) for quant in (*on, *elsewhere)),
        free=_free(index, on, stays),
        waiting=aside,
        supplies=told.supplies,
        claims=told.claims,
        tied=told.tied,
        demand=_demand(index.sold.get(pair), told, index.orderpoints.get(pair)),
        orderpoint=index.orderpoints.get(pair),
        lead=lead,
        horizon=horizon,
    )


def _demand(sold: Sequence[float] | None, told: Account, rule: Orderpoint | None) -> Demand:
    """What is only ever bought for the order that wants it is not kept: what sold of it before asks for no stock."""
    to_order = told.tied and not told.claims and rule is None
    return NEVER_SOLD if sold is None or to_order else demand(sold)


def _lead(index: Index, product: Product, terms: Terms) -> int:
    """The preferred vendor's, the first in Odoo's order whose promise can be meant; an assumption without any."""
    preferred = next((price for price in index.prices_of(product) if 0 <= price.delay <= LONGEST), None)
    return index.lead(preferred) if preferred else terms.lead_days


def _free(index: Index, on: Sequence[Quant], stays: float) -> tuple[Batch, ...]:
    """Unreserved stock by expiry; what is reserved for a move inside the warehouse (picking, packing) stays in it."""
    batches = [Batch(None, stays)]
    for quant in on:
        until = None if quant.usable_until is None else index.ahead(quant.usable_until)
        batches.append(Batch(until, float(quant.quantity - quant.reserved)))
    return tuple(sorted(batches, key=lambda batch: (batch.until is None, batch.until or 0)))


def _claim(index: Index, product: Product, move: Move) -> Claim:
    return Claim(
        _due(index, move),
        float(move.quantity),
        float(_reserved(index, product, move)),
        move.sale_line,
        move.document,
        move.picking,
        move.picked,
    )


def _due(index: Index, move: Move) -> int:
    """As planned; a customer who was promised a later day is owed nothing before it."""
    line = index.sale_lines.get(move.sale_line or 0)
    promised = line and (line.promised if move.to_order and move.origins else move.promised)
    return index.ahead(move.at) if not promised else max(index.ahead(move.at), index.ahead(promised))


def _reserved(index: Index, product: Product, move: Move) -> Decimal:
    """A move is reserved in its own unit, which may be the customer's dozen."""
    if move.unit == product.unit or not move.reserved:
        return move.reserved
    return convert(move.reserved, index.unit(move.unit), index.unit(product.unit))


def _supplies(index: Index, pair: Pair, unconfirmed: int) -> Iterator[Brought]:
    """Goods under way, and goods somebody drafted an order for: nothing is ordered twice.

    What nobody has confirmed today is counted on as if it were confirmed at the next review, not sooner.
    """
    for move in index.incoming.get(pair, ()):
        supply = Supply(_arrives(index, move), float(move.quantity), move.document, move.purchase_line)
        yield Brought(supply, by=move.id)
    for line in index.drafted.get(pair, ()):
        planned = index.ahead(line.planned) if line.planned else 0
        supply = Supply(max(planned, unconfirmed), float(line.quantity), line.order_name, line.id)
        yield Brought(supply, serves=line.serves)


def _arrives(index: Index, move: Move) -> int:
    """As planned; what is overdue comes as late as this vendor's goods came so far, counted from today."""
    ahead = index.ahead(move.at)
    if ahead >= 0:
        return ahead
    line = index.purchase_lines.get(move.purchase_line or 0)
    return index.late.get(line.vendor, 1) if line else 1
