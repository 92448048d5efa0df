"""What Odoo 19 tells under names of its own: units by the unit they are made of, replenishment by its vendor."""

from scenarios.sandbox.business import needs
from scenarios.sandbox.business.finding import find, one
from scenarios.sandbox.env import Env, Raw, Record
from scenarios.sandbox.registry import compute, method, on_create

UNIT = "uom.uom"


@method("purchase.order", "action_acknowledge")
def action_acknowledge(env: Env, ids: list[int]) -> None:
    """The vendor has said that the order came to hand."""
    env.write("purchase.order", ids, {"acknowledged": True})


@on_create(UNIT)
def fill_relative(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    """A unit of so many of another one belongs to that one's family."""
    many = values.get("relative_factor")
    if not many and not values.get("relative_uom_id"):
        return values
    base = one(env, UNIT, values["relative_uom_id"]) if values.get("relative_uom_id") else None
    if base is None:
        family = env.sudo().create("uom.category", {"name": values["name"]})
        return {**values, "category_id": family, "uom_type": "reference", "factor": 1.0}
    factor = base["factor"] / (many or 1.0)
    kind = "bigger" if factor < 1 else "smaller"
    return {**values, "category_id": base["category_id"], "uom_type": kind, "factor": factor}


@compute(UNIT, "relative_factor", "relative_uom_id", "parent_path")
def compute_relative(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    """How many of which unit make one; a reference unit is made of none."""
    found = {}
    rows = env.engine.table(UNIT).rows
    for unit in ids:
        row = rows[unit]
        own = row.get("relative_uom_id") or _reference(env, row)
        base = False if own == unit else own
        factor = rows[own]["factor"] / row["factor"] if own else 1.0
        path = f"{own}/{unit}/" if base else f"{unit}/"
        found[unit] = {"relative_factor": round(factor, 6), "relative_uom_id": base, "parent_path": path}
    return found


def _reference(env: Env, unit: dict[str, Raw]) -> int | bool:
    domain = [("category_id", "=", unit.get("category_id", False)), ("uom_type", "=", "reference")]
    found = find(env.with_context(active_test=False), UNIT, domain)
    return int(found[0]["id"]) if found else False


@compute("stock.warehouse.orderpoint", "effective_vendor_id", "effective_route_id", "deadline_date", "lead_days")
def compute_supply(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    """By whom and how the rule would be served."""
    found = {}
    for rule in env.rows("stock.warehouse.orderpoint", ids):
        seller = needs.seller_of(env, rule)
        found[rule["id"]] = {
            "effective_vendor_id": seller["partner_id"] if seller else False,
            "effective_route_id": rule["route_id"],
            "deadline_date": False,
            "lead_days": float(needs.lead(env, rule)),
        }
    return found


@compute("purchase.order", "reference_ids")
def compute_order_references(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    return _references(env, "purchase.order", "group_id", ids)


@compute("stock.move", "reference_ids")
def compute_move_references(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    return _references(env, "stock.move", "group_id", ids)


@compute("stock.picking", "reference_ids")
def compute_transfer_references(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    return _references(env, "stock.picking", "group_id", ids)


def _references(env: Env, model: str, field: str, ids: list[int]) -> dict[int, dict[str, Raw]]:
    """What ties the documents of one need together."""
    return {row["id"]: {"reference_ids": _one(row, field)} for row in env.sudo().rows(model, ids)}


def _one(row: Record, field: str) -> list[int]:
    return [row[field]] if row[field] else []


@compute("sale.order.line", "route_ids")
def compute_routes(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    return {row["id"]: {"route_ids": _one(row, "route_id")} for row in env.sudo().rows("sale.order.line", ids)}


@compute("res.users", "all_group_ids")
def compute_groups(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    """With the implied ones, which a user of the sandbox is given too."""
    return {row["id"]: {"all_group_ids": row["groups_id"]} for row in env.sudo().rows("res.users", ids)}
