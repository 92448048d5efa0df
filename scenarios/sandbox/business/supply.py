"""How goods come to a place: every warehouse has a rule that buys for its stock, and reordering rules go by it."""

from scenarios.sandbox.business.finding import find
from scenarios.sandbox.env import Env, Raw, Values
from scenarios.sandbox.registry import compute

RULE = "stock.rule"


def buy_for(env: Env, warehouse: Values) -> None:
    """A new warehouse is supplied by buying."""
    values = {
        "name": f"{warehouse['code']}: Vendors → Stock",
        "action": "buy",
        "route_id": env.ref("purchase_stock.route_warehouse0_buy"),
        "warehouse_id": warehouse["id"],
        "location_dest_id": warehouse["lot_stock_id"],
        "picking_type_id": warehouse["in_type_id"],
        "company_id": warehouse["company_id"],
    }
    env.sudo().create(RULE, values)


@compute("stock.warehouse.orderpoint", "rule_ids")
def supplying(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    """The active rules that bring goods to the place of a reordering rule, or to one that holds it."""
    su = env.sudo()
    rows = su.rows("stock.warehouse.orderpoint", ids)
    paths = {row["id"]: su.row("stock.location", row["location_id"])["parent_path"] or "" for row in rows}
    rules = find(su, RULE, [("action", "=", "buy"), ("active", "=", True)])
    return {
        each: {"rule_ids": [rule["id"] for rule in rules if f"/{rule['location_dest_id']}/" in f"/{path}"]}
        for each, path in paths.items()
    }
