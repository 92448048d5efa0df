"""Units, packs and vendor prices where a unit hangs on another one instead of standing in a category."""

from collections.abc import Iterable, Mapping, Sequence

from domain.faults import UnknownField
from domain.values import Json, Row
from tools.dialects.differences import Ask, link

UNIT = "uom.uom"


def family(row: Row, beside: Json) -> Json:
    """The unit that all units convertible into one another hang on stands for Odoo 18's category."""
    del beside
    root = int(str(row["parent_path"]).partition("/")[0])
    return [root, f"unit {root}"]


def asked_family(operator: str, value: Json) -> Sequence[Json]:
    """A condition on the category, in Odoo 19's words."""
    if operator not in {"=", "in"}:
        raise UnknownField(f"the category of a unit is asked for by = or in, found {operator!r}")
    roots = value if isinstance(value, list) else [value]
    if not roots:
        return [["id", "in", []]]
    within: list[Json] = [["parent_path", "=like", f"{root}/%"] for root in roots]
    return [*["|"] * (len(roots) - 1), *within]


def per_reference(row: Row, beside: Json) -> Json:
    """How many make one reference unit; Odoo 19 keeps how many reference units one makes."""
    del beside
    return inverse(row["factor"])


def inverse(factor: Json) -> float:
    """One over it; zero, and so unusable, where that is none."""
    return 1 / found if (found := _float(factor)) else 0.0


def packs(rows: Sequence[Row], ask: Ask) -> Mapping[int, Json]:
    """By reordering rule: how many stock units its pack holds; rules without a pack are left out."""
    pairs = {
        int(str(row["id"])): (link(row["replenishment_uom_id"]), link(row["product_uom"]))
        for row in rows
        if row["replenishment_uom_id"]
    }
    return _held(pairs, ask)


def vendor_units(rows: Sequence[Row], ask: Ask) -> Mapping[int, Json]:
    """By vendor price: how many stock units its unit holds; prices of the stock unit itself are left out."""
    stocked = stock_units(rows, ask)
    found = ((int(str(row["id"])), link(row["product_uom_id"])) for row in rows)
    pairs = {price: (unit, link(stocked[price])) for price, unit in found}
    return _held({price: pair for price, pair in pairs.items() if all(pair) and pair[0] != pair[1]}, ask)


def stock_units(rows: Sequence[Row], ask: Ask) -> Mapping[int, Json]:
    """By vendor price: the stock unit of its goods, False where it is for none."""
    goods = ask("product.template", (link(row["product_tmpl_id"]) for row in rows), ["uom_id"])
    named = {int(str(row["id"])): link(row["product_tmpl_id"]) for row in rows}
    return {price: goods[template]["uom_id"] if template in goods else False for price, template in named.items()}


def price(row: Row, held: Json) -> Json:
    """The vendor's price of one stock unit."""
    return row["price"] if held is None else _float(row["price"]) * inverse(held)


def least(row: Row, held: Json) -> Json:
    """From how many stock units on the vendor's price holds."""
    return row["min_qty"] if held is None else _float(row["min_qty"]) * _float(held)


def _held(pairs: Mapping[int, tuple[int, int]], ask: Ask) -> Mapping[int, Json]:
    """How many of the second unit one of the first holds, for each pair."""
    wanted: Iterable[int] = (unit for pair in pairs.values() for unit in pair)
    sizes = {unit: _float(row["factor"]) for unit, row in ask(UNIT, wanted, ["factor"]).items()}
    return {one: sizes.get(outer, 0.0) * inverse(sizes.get(inner, 0.0)) for one, (outer, inner) in pairs.items()}


def _float(value: Json) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
