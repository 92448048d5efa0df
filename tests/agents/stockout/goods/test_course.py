"""The days ahead of one shelf, for any shelf."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.stockout.goods.course import course
from agents.stockout.goods.demand import NEVER_SOLD, Demand
from agents.stockout.goods.entries import Batch, Claim, Supply
from agents.stockout.goods.shelf import Shelf
from tools.reads.products import Product

HORIZON = 21
LANTERN = Product(
    id=1, name="Lantern", code="L", template=1, unit=1, purchase_unit=1, cost=Decimal(2), list_price=Decimal(4)
)

amounts = st.integers(min_value=0, max_value=200).map(float)
days = st.integers(min_value=-10, max_value=HORIZON + 10)
batches = st.builds(Batch, st.none() | st.integers(min_value=-5, max_value=HORIZON + 5), amounts)
supplies = st.builds(Supply, st.integers(min_value=0, max_value=HORIZON + 10), amounts, st.just("P1"))
claims = st.builds(
    lambda day, quantity, share, line: Claim(day, quantity, quantity * share, line, "OUT"),
    days,
    amounts,
    st.sampled_from([0.0, 0.5, 1.0]),
    st.sampled_from([None, 7]),
)
demands = st.builds(
    lambda mean, spread: Demand(mean, mean * spread, 12, 6),
    st.floats(min_value=0, max_value=60),
    st.floats(min_value=1, max_value=9),
)


def shelf(
    free: list[Batch],
    supplies: list[Supply] | None = None,
    claims: list[Claim] | None = None,
    demand: Demand = NEVER_SOLD,
) -> Shelf:
    return Shelf(
        product=LANTERN,
        warehouse=1,
        on_hand=sum(batch.quantity for batch in free),
        reserved=0.0,
        free=tuple(sorted(free, key=lambda batch: (batch.until is None, batch.until or 0))),
        supplies=tuple(supplies or []),
        claims=tuple(claims or []),
        demand=demand,
        orderpoint=None,
        lead=14,
        horizon=HORIZON,
    )


shelves = st.builds(
    shelf, st.lists(batches, max_size=4), st.lists(supplies, max_size=3), st.lists(claims, max_size=4), demands
)


@given(shelves)
def test_a_projection_never_invents_stock(held: Shelf) -> None:
    standing = sum(batch.quantity for batch in held.free)

    for at, day in enumerate(course(held).days):
        come = sum(supply.quantity for supply in held.supplies if supply.day <= at)
        gone = sum(claim.open for claim in held.claims if claim.day <= at)
        assert day.available <= standing + come - gone + 1e-6


@given(shelves)
def test_what_perishes_was_there(held: Shelf) -> None:
    perishing = sum(batch.quantity for batch in held.free if batch.until is not None)

    lost = sum(day.expired for day in course(held).days)

    assert -1e-9 <= lost <= perishing + 1e-6


@given(shelves, batches)
def test_more_stock_never_lowers_availability(held: Shelf, more: Batch) -> None:
    free = sorted([*held.free, more], key=lambda batch: (batch.until is None, batch.until or 0))
    richer = replace(held, free=tuple(free))

    before, after = course(held), course(richer)

    assert all(then.available >= now.available - 1e-6 for now, then in zip(before.days, after.days, strict=True))
    assert after.chance <= before.chance + 1e-9


@given(shelves, supplies)
def test_more_goods_on_their_way_never_lower_availability(held: Shelf, more: Supply) -> None:
    before, after = course(held), course(held.with_supply(more.day, more.quantity))

    assert all(then.available >= now.available - 1e-6 for now, then in zip(before.days, after.days, strict=True))
    assert after.missed <= before.missed + 1e-6


@given(shelves)
def test_the_forecast_never_takes_back_a_sale(held: Shelf) -> None:
    forecast = [day.forecast for day in course(held).days]

    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(forecast))
    assert forecast[-1] <= held.demand.mean / 7 * HORIZON + 1e-6


def test_a_small_receipt_tomorrow_hides_no_stockout_next_week() -> None:
    demand = Demand(14.0, 14.0, 12, 12)
    held = shelf([Batch(None, 10.0)], [Supply(1, 2.0, "P1")], demand=demand)

    assert course(held).chance > 0.99


def test_the_first_to_expire_is_sold_first() -> None:
    demand = Demand(7.0, 7.0, 12, 12)
    held = shelf([Batch(5, 4.0), Batch(10, 6.0), Batch(None, 50.0)], demand=demand)

    expired = [day.expired for day in course(held).days]

    assert expired[5] == 0.0, "four days' sales took the first lot"
    assert expired[10] == pytest.approx(1.0), "nine days' sales took four and five; one of the second lot is left"


def test_an_overdue_order_comes_on_top_of_the_forecast() -> None:
    demand = Demand(7.0, 7.0, 12, 12)
    due = shelf([Batch(None, 50.0)], claims=[Claim(10, 10.0, 0.0, 7, "OUT")], demand=demand)
    overdue = shelf([Batch(None, 50.0)], claims=[Claim(-10, 10.0, 0.0, 7, "OUT")], demand=demand)

    assert course(due).days[-1].available == pytest.approx(50 - 21)
    assert course(overdue).days[-1].available == pytest.approx(50 - 21 - 10)


def test_what_leaves_for_another_warehouse_is_no_customers_demand() -> None:
    demand = Demand(7.0, 7.0, 12, 12)
    held = shelf([Batch(None, 50.0)], claims=[Claim(10, 10.0, 0.0, None, "INT")], demand=demand)

    assert course(held).days[-1].available == pytest.approx(50 - 21 - 10)


def test_what_is_reserved_is_off_the_shelf_once() -> None:
    held = shelf([Batch(None, 0.0)], claims=[Claim(5, 10.0, 10.0, 7, "OUT")])

    assert course(held).runs_out is None


def test_a_receipt_that_covers_the_orders_adds_no_missed_sale() -> None:
    held = shelf(
        [Batch(None, 0.0)],
        [Supply(0, 134.0, "P1")],
        [Claim(0, 153.0, 0.0, None, "OUT")],
        demand=Demand(4.0, 1.0, 12, 12),
    )

    assert course(held.with_supply(0, 19.0)).missed <= course(held).missed
