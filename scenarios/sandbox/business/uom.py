"""Units of measure: twelve units are one dozen, in quantities and in prices."""

from scenarios.sandbox.business.finding import one
from scenarios.sandbox.business.quantities import Rounding, rounded
from scenarios.sandbox.env import Env, Raw
from scenarios.sandbox.registry import compute, on_create


def convert(env: Env, quantity: float, source: int, target: int, mode: Rounding = "UP") -> float:
    """A quantity in another unit of the same category, rounded to what that unit can express."""
    if source == target or not source or not target:
        return quantity
    here, there = _factor(env, source), _factor(env, target)
    return rounded(quantity / here * there, one(env, "uom.uom", target)["rounding"], mode)


def convert_price(env: Env, price: float, source: int, target: int) -> float:
    """The price of one target unit, given the price of one source unit."""
    if source == target or not source or not target:
        return price
    return round(price * _factor(env, source) / _factor(env, target), 6)


def _factor(env: Env, uom: int) -> float:
    """How many of this unit make one reference unit: 1/12 for a dozen."""
    return float(one(env, "uom.uom", uom)["factor"])


@on_create("uom.uom")
def fill_uom(_env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    """A bigger unit may be given by how many reference units it holds (``factor_inv`` or ``ratio``)."""
    inverse = values.pop("factor_inv", None) or values.pop("ratio", None)
    return {**values, "factor": 1.0 / inverse} if inverse else values


@compute("uom.uom", "factor_inv", "ratio")
def compute_inverse(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    inverse = {row["id"]: round(1.0 / row["factor"], 6) if row["factor"] else 0.0 for row in env.rows("uom.uom", ids)}
    return {uom: {"factor_inv": value, "ratio": value} for uom, value in inverse.items()}
