"""A kit is sold as one and delivered as its components, each with a move of its own for the kit's order line."""

from collections.abc import Mapping
from math import floor
from typing import NamedTuple

from scenarios.sandbox.business import uom
from scenarios.sandbox.business.finding import find, one
from scenarios.sandbox.business.quantities import rounded
from scenarios.sandbox.env import Env, Raw, Record
from scenarios.sandbox.registry import on_create

BOM = "mrp.bom"
LINE = "mrp.bom.line"


class Part(NamedTuple):
    """So much of a product in its stock unit."""

    product: int
    quantity: float


@on_create(BOM)
def fill_bom(_env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    return {"product_qty": 1.0, "type": "normal", **values}


@on_create(LINE)
def fill_part(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    unit = one(env, "product.product", values["product_id"])["uom_id"]
    return {"product_qty": 1.0, "product_uom_id": unit, **values}


def parts(env: Env, line: Record, quantity: float) -> list[Part]:
    """What is delivered for so much of an order line, in its unit: the product itself, or the components of a kit."""
    unit = one(env, "product.product", line["product_id"])["uom_id"]
    stocked = uom.convert(env, quantity, line["product_uom"], unit, "HALF-UP")
    inside = _inside(env, line["product_id"])
    return [Part(each, rounded(stocked * per)) for each, per in inside.items()] or [Part(line["product_id"], stocked)]


def counted(env: Env, line: Record, moved: Mapping[int, float]) -> float:
    """How much of an order line, in its unit, these stock quantities by product make: of a kit only whole ones."""
    inside = _inside(env, line["product_id"])
    whole = min((floor(round(moved.get(each, 0.0) / per, 6)) for each, per in inside.items()), default=None)
    unit = one(env, "product.product", line["product_id"])["uom_id"]
    stocked = moved.get(line["product_id"], 0.0) if whole is None else float(whole)
    return uom.convert(env, stocked, unit, line["product_uom"], "HALF-UP")


def _inside(env: Env, product: int) -> dict[int, float]:
    """Components of one kit in their stock units, by product; nothing for what is no kit."""
    template = one(env, "product.product", product)["product_tmpl_id"]
    found = find(env, BOM, [("product_tmpl_id", "=", template), ("type", "=", "phantom")])
    lines = find(env, LINE, [("bom_id", "=", found[0]["id"])]) if found else []
    return {each["product_id"]: _per_kit(env, each) / (found[0]["product_qty"] or 1.0) for each in lines}


def _per_kit(env: Env, line: Record) -> float:
    unit = one(env, "product.product", line["product_id"])["uom_id"]
    return uom.convert(env, line["product_qty"], line["product_uom_id"], unit, "HALF-UP")
