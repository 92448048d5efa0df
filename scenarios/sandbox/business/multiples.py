"""Reordering in whole packs: a number on the rule in one release, a unit that holds so many in another."""

from scenarios.sandbox.business.finding import find, one
from scenarios.sandbox.business.quantities import positive, same
from scenarios.sandbox.env import Env, Raw, Record
from scenarios.sandbox.registry import on_create

UNIT = "uom.uom"
RULE = "stock.warehouse.orderpoint"


def rounded_to_packs(env: Env, rule: Record, wanted: float) -> float:
    """In whole packs; whether more than the maximum is ordered for that differs between releases."""
    pack = _pack(env, rule)
    over = wanted % pack if pack > 0 else 0.0
    if not positive(over) or not positive(pack - over):
        return wanted
    up = env.engine.release.packs_are_units or not rule["product_max_qty"]
    return wanted + (pack - over if up else -over)


def _pack(env: Env, rule: Record) -> float:
    if not env.engine.release.packs_are_units:
        return float(rule["qty_multiple"])
    if not rule["replenishment_uom_id"]:
        return 0.0
    pack, unit = (one(env, UNIT, rule[field]) for field in ("replenishment_uom_id", "product_uom"))
    return round(float(unit["factor"] / pack["factor"]), 6)


@on_create(RULE)
def name_the_pack(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    """A rule that is made with a number gets the unit of so many, a new one where there is none."""
    many = values.get("qty_multiple") or 0.0
    if (
        not env.engine.release.packs_are_units
        or values.get("replenishment_uom_id")
        or many <= 1
        or not values.get("product_id")
    ):
        return values
    unit = one(env, UNIT, one(env, "product.product", values["product_id"])["uom_id"])
    return {**values, "replenishment_uom_id": _unit_of(env, unit, many)}


def _unit_of(env: Env, unit: Record, many: float) -> int:
    family = find(env, UNIT, [("category_id", "=", unit["category_id"])])
    held = [row["id"] for row in family if same(unit["factor"] / row["factor"], many)]
    pack = {"name": f"Pack of {many:g}", "relative_factor": many, "relative_uom_id": unit["id"]}
    return int(held[0]) if held else env.sudo().create(UNIT, pack)
