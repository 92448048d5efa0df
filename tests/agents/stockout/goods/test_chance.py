"""Chances and expected shortages, against values worked out elsewhere."""

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.stockout.goods.chance import shortage
from agents.stockout.goods.demand import NEVER_SOLD, demand

means = st.floats(min_value=0.01, max_value=500)
spreads = st.floats(min_value=1, max_value=20)
stocks = st.floats(min_value=0, max_value=1000)


def test_a_slow_mover_follows_poisson() -> None:
    found = shortage(2.0, 2.0, 1.0)

    assert found.chance == pytest.approx(1 - 3 * exp(-2))
    assert found.expected == pytest.approx(2 - 1 + exp(-2)), "E[(D-1)+] = mean - 1 + P(D=0)"


def test_a_lumpy_slow_mover_follows_the_negative_binomial() -> None:
    found = shortage(2.0, 4.0, 0.0)

    assert found.chance == pytest.approx(1 - 0.25), "r = 2, p = 1/2: P(D=0) = p squared"
    assert found.expected == pytest.approx(2.0)


def test_a_fast_mover_follows_the_normal_curve() -> None:
    found = shortage(100.0, 400.0, 120.0)

    assert found.chance == pytest.approx(0.158655, abs=1e-5), "one standard deviation above the mean"
    assert found.expected == pytest.approx(20 * 0.083315, abs=1e-4), "the loss function of 1"


def test_what_is_promised_beyond_the_stock_is_certain() -> None:
    assert shortage(3.0, 3.0, -5.0) == (1.0, 8.0)


def test_without_demand_nothing_runs_short() -> None:
    assert shortage(0.0, 0.0, 0.0) == (0.0, 0.0)


@given(means, spreads, stocks, st.floats(min_value=0, max_value=50))
def test_more_stock_never_makes_a_shortage_worse(mean: float, spread: float, stock: float, more: float) -> None:
    less, then = shortage(mean, mean * spread, stock), shortage(mean, mean * spread, stock + more)

    assert then.chance <= less.chance + 1e-9
    assert then.expected <= less.expected + 1e-6


@given(means, spreads, stocks)
def test_a_shortage_lies_between_nothing_and_all_of_demand(mean: float, spread: float, stock: float) -> None:
    found = shortage(mean, mean * spread, stock)

    assert 0 <= found.chance <= 1
    assert max(mean - stock, 0) - 1e-6 <= found.expected <= mean + 0.4 * (mean * spread) ** 0.5 + 1e-6


def test_demand_counts_weeks_without_a_sale() -> None:
    found = demand([0, 0, 6, 0, 0, 6] + [0] * 6)

    assert (found.mean, found.weeks, found.active) == (2.0, 6, 2)
    assert found.variance == pytest.approx(9.6)


def test_one_order_last_week_is_not_yet_a_weekly_demand() -> None:
    assert demand([8] + [0] * 11).mean == 2.0


def test_a_steady_record_is_still_as_random_as_independent_orders() -> None:
    assert demand([5.0] * 12).variance == 5.0


def test_what_was_never_sold_has_no_demand() -> None:
    assert demand([0.0] * 12) == NEVER_SOLD
