"""Quantities are converted between units of measure, never assumed, and rounded to what a vendor really sells."""

from decimal import Decimal
from fractions import Fraction
from math import lcm

from domain.errors import DeskError
from tools.reads.measures import Unit

FINEST = 1_000_000
"""Odoo sends a dozen as 0.08333333333333333; the nearest fraction up to this denominator is the 1/12 that was meant."""


class Unconvertible(DeskError):
    """Two units of measure have nothing in common."""


def holds(unit: Unit, other: Unit) -> Fraction:
    """How many of the other unit one of this unit holds, exactly: a dozen holds 12 units."""
    if unit.category != other.category:
        raise Unconvertible(f"{unit.name} cannot be converted into {other.name}: they are of different categories")
    return _factor(other) / _factor(unit)


def convert(quantity: Decimal, unit: Unit, into: Unit) -> Decimal:
    """The same quantity in another unit, to six decimals; raises Unconvertible."""
    return quantity if unit.id == into.id else decimal(Fraction(quantity) * holds(unit, into))


def round_up(quantity: Fraction | Decimal, step: Fraction) -> Fraction:
    """The least multiple of the step that is not below the quantity."""
    return -(-Fraction(quantity) // step) * step


def round_down(quantity: Fraction | Decimal, step: Fraction) -> Fraction:
    """The greatest multiple of the step that is not above the quantity."""
    return Fraction(quantity) // step * step


def common_multiple(one: Fraction, other: Fraction) -> Fraction:
    """The least quantity that is a multiple of both: packs of 10 bought by the dozen come in sixties."""
    denominator = lcm(one.denominator, other.denominator)
    return Fraction(lcm(int(one * denominator), int(other * denominator)), denominator)


def decimal(exact: Fraction) -> Decimal:
    """A fraction as a decimal of at most six places, whole where it is whole."""
    if exact.denominator == 1:
        return Decimal(exact.numerator)
    return round(Decimal(exact.numerator) / Decimal(exact.denominator), 6)


def _factor(unit: Unit) -> Fraction:
    factor = Fraction(unit.factor).limit_denominator(FINEST)
    if factor <= 0:
        raise Unconvertible(f"unit {unit.name} has no usable factor ({unit.factor}); correct it in Odoo")
    return factor
