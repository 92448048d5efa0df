"""How a product will last in a warehouse: the days ahead, the chance to run out, the shortfall, the money at risk."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from statistics import NormalDist

from agents.stockout.goods.chance import CERTAIN
from agents.stockout.goods.course import Course, course
from agents.stockout.goods.shelf import Shelf, shelf
from agents.stockout.orders import exact
from agents.stockout.reading.index import LONGEST, Index, index
from agents.stockout.reading.picture import Picture
from agents.stockout.worth import AtRisk, at_risk, below_minimum, kept_by_minimum
from agents.terms import Terms
from agents.units import decimal, round_up
from domain.errors import NotFound
from domain.values import Value

WHOLE = Fraction(1)
"""Shelves hold whole units: quantities to move or to buy are rounded up to these."""


class ProjectedDay(Value):
    """The end of one day, in the stock unit."""

    on: date
    received: Decimal
    claimed: Decimal
    """Orders and other goods leaving that are not reserved yet."""
    forecast: Decimal
    """Expected demand beyond orders, from today on."""
    expired: Decimal
    available: Decimal


class Projection(Value):
    """What the coming days hold for one product in one warehouse; quantities in the stock unit."""

    product: int
    warehouse: int
    on_hand: Decimal
    reserved: Decimal
    on_its_way: Decimal
    """Receipts, transfers and drafted orders, at any date."""
    waiting: Decimal
    """Of what is on hand, what no delivery can take yet: at the input, in quality control, at the output."""
    days: tuple[ProjectedDay, ...]
    lead_days: int
    chance: Decimal
    """P(stockout before the next receipt)."""
    certain: bool
    """Whether orders in hand already exceed what there will be."""
    runs_out_on: date | None
    """The first day that is expected to end short, None where only the chance is too high."""
    reorder_level: Decimal
    """The reordering rule's minimum, or safety stock for the horizon where there is no rule."""
    gap: Decimal
    """Whole units missing at the worst moment to stay at the reorder level."""
    to_order: Decimal
    """Whole units missing even when all that is on its way has come."""
    own_goods_on: date | None
    """When the last goods come that miss the order they are brought for; None where all are in time."""
    own_goods_due: date | None
    """The first day on which such an order is due."""
    at_risk: AtRisk
    weekly_demand: Decimal
    weeks_seen: int
    weeks_sold: int


def project(picture: Picture, product: int, warehouse: int, now: datetime, terms: Terms | None = None) -> Projection:
    """The projection of one product in one warehouse of the picture; raises NotFound for what it does not hold."""
    terms = terms or Terms()
    known = index(picture.but(taken_at=now))
    if product not in known.products or warehouse not in known.warehouses:
        raise NotFound(f"no product {product} in a warehouse {warehouse} here; expected ids of this company's picture")
    found = shelf(known, known.products[product], warehouse, terms)
    return projection(known, found, course(found), terms)


def projection(known: Index, held: Shelf, ahead: Course, terms: Terms) -> Projection:
    """The projection of a shelf whose course is known."""
    level, short = reorder_level(held, terms), ahead.runs_out
    late = [each for each in held.tied if each.late]
    target = _target(held, ahead, level, terms)
    return Projection(
        product=held.product.id,
        warehouse=held.warehouse,
        on_hand=exact(held.on_hand),
        reserved=exact(held.reserved),
        on_its_way=exact(sum(supply.quantity for supply in held.coming)),
        waiting=exact(sum(each.quantity for each in held.waiting)),
        days=_days(known, ahead),
        lead_days=held.lead,
        chance=exact(ahead.chance),
        certain=any(day.certain < -CERTAIN for day in ahead.days),
        runs_out_on=_on(known, short),
        reorder_level=exact(level),
        gap=whole(target - ahead.days[ahead.trough].available),
        to_order=whole(target - _in_the_end(held, ahead)),
        own_goods_on=_on(known, max((each.supply.day for each in late), default=None)),
        own_goods_due=_on(known, min((max(each.claim.day, 0) for each in late), default=None)),
        at_risk=at_risk(known, held, ahead, terms),
        weekly_demand=exact(held.demand.mean),
        weeks_seen=held.demand.weeks,
        weeks_sold=held.demand.active,
    )


def reorder_level(held: Shelf, terms: Terms) -> float:
    """The rule's minimum, safety stock without a rule."""
    return _safety(held, terms) if held.orderpoint is None else float(held.orderpoint.minimum)


def exceptional(held: Shelf, ahead: Course, terms: Terms) -> bool:
    """Whether somebody should look: too likely to run out, or below a minimum that nothing on its way restores."""
    if kept_by_minimum(held):
        return below_minimum(held, ahead) > CERTAIN
    return ahead.chance >= float(terms.chance) or any(each.late for each in held.tied)


def whole(quantity: float) -> Decimal:
    """Rounded up to whole units, never below zero."""
    return decimal(round_up(max(exact(quantity), Decimal(0)), WHOLE))


def _target(held: Shelf, ahead: Course, level: float, terms: Terms) -> float:
    """The reorder level; where a low minimum hides a high chance of running out, safety stock."""
    return level if level > ahead.days[ahead.trough].available else max(level, _safety(held, terms))


def _safety(held: Shelf, terms: Terms) -> float:
    """So many standard deviations of demand over the horizon as the service level asks for (Axsäter, chapter 5)."""
    return NormalDist().inv_cdf(float(terms.service)) * sqrt(held.demand.variance * held.horizon / 7)


def _in_the_end(held: Shelf, ahead: Course) -> float:
    """What is available at the horizon's end, with everything on its way, however late it was postponed."""
    later = sum(supply.quantity for supply in held.supplies if supply.day > held.horizon)
    return ahead.days[-1].available + later


def _on(known: Index, day: int | None) -> date | None:
    return None if day is None else known.today + timedelta(days=min(day, LONGEST))


def _days(known: Index, ahead: Course) -> tuple[ProjectedDay, ...]:
    return tuple(
        ProjectedDay(
            on=known.today + timedelta(days=at),
            received=exact(day.received),
            claimed=exact(day.claimed),
            forecast=exact(day.forecast),
            expired=exact(day.expired),
            available=exact(day.available),
        )
        for at, day in enumerate(ahead.days)
    )
