"""Quantities and amounts are rounded the way Odoo rounds them before they are compared or stored."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal

Rounding = Literal["UP", "DOWN", "HALF-UP"]

MODES: dict[str, str] = {"UP": ROUND_CEILING, "DOWN": ROUND_FLOOR, "HALF-UP": ROUND_HALF_UP}
STEP = 0.01
"""Odoo's decimal precision "Product Unit of Measure" as delivered."""


def rounded(value: float, step: float = STEP, mode: Rounding = "HALF-UP") -> float:
    """The value as a whole number of steps; what float arithmetic adds beyond six decimals never tips it over."""
    grain = Decimal(str(step or STEP))
    steps = (Decimal(str(round(value, 6))) / grain).to_integral_value(rounding=MODES[mode])
    return float(steps * grain)


def money(value: float, places: int = 2) -> float:
    """An amount in whole cents."""
    return rounded(value, 10.0**-places)


def positive(value: float) -> bool:
    """Whether anything is left once rounded."""
    return rounded(value) > 0


def same(one: float, other: float) -> bool:
    return rounded(one - other) == 0
