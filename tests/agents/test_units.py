"""Units of measure and packs."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.units import Unconvertible, common_multiple, convert, decimal, holds, round_down, round_up
from tools.reads.measures import Unit


def unit(ident: int, name: str, factor: str, category: int = 1) -> Unit:
    return Unit(id=ident, name=name, category=category, factor=Decimal(factor), rounding=Decimal("0.01"))


UNITS = unit(1, "Units", "1.0")
DOZEN = unit(2, "Dozens", "0.08333333333333333")
GRAM = unit(3, "g", "1000.0", category=2)
KILO = unit(4, "kg", "1.0", category=2)

quantities = st.decimals(min_value=0, max_value=100_000, places=3)
packs = st.integers(min_value=1, max_value=500).map(Fraction)


def test_a_dozen_is_exactly_twelve() -> None:
    assert holds(DOZEN, UNITS) == 12
    assert convert(Decimal(7), DOZEN, UNITS) == 84
    assert convert(Decimal(30), UNITS, DOZEN) == Decimal("2.5")
    assert convert(Decimal(1500), GRAM, KILO) == Decimal("1.5")


def test_units_of_different_kinds_are_never_converted() -> None:
    with pytest.raises(Unconvertible, match="Dozens cannot be converted into kg"):
        convert(Decimal(1), DOZEN, KILO)


def test_a_unit_without_a_factor_is_refused() -> None:
    with pytest.raises(Unconvertible, match="no usable factor"):
        holds(unit(9, "Broken", "0"), UNITS)


def test_fractions_become_decimals_of_six_places() -> None:
    assert decimal(Fraction(24)) == 24
    assert decimal(Fraction(1, 3)) == Decimal("0.333333")


@given(quantities, packs)
def test_rounding_up_is_the_least_multiple_that_suffices(quantity: Decimal, pack: Fraction) -> None:
    rounded = round_up(quantity, pack)

    assert rounded % pack == 0
    assert rounded - pack < Fraction(quantity) <= rounded


@given(quantities, packs)
def test_rounding_down_never_gives_more_than_there_is(quantity: Decimal, pack: Fraction) -> None:
    rounded = round_down(quantity, pack)

    assert rounded % pack == 0
    assert rounded <= Fraction(quantity) < rounded + pack


@given(packs, packs)
def test_a_common_multiple_is_a_multiple_of_both(one: Fraction, other: Fraction) -> None:
    both = common_multiple(one, other / 4)

    assert both % one == 0
    assert both % (other / 4) == 0


@given(quantities)
def test_there_and_back_is_the_same_quantity(quantity: Decimal) -> None:
    back = convert(convert(quantity, UNITS, DOZEN), DOZEN, UNITS)

    assert abs(back - quantity) <= Decimal("0.00001")
