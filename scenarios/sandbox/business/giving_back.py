"""Less is bought than has come already: what is too much goes back to the vendor by a transfer of its own."""

from scenarios.sandbox.business import moves
from scenarios.sandbox.business.finding import one
from scenarios.sandbox.env import Env, Record


def turn_around(env: Env, move: Record, quantity: float) -> int:
    """The reduction that no open receipt takes becomes a move the other way; its id."""
    receipt = one(env, "stock.picking", move["picking_id"])
    kind = one(env, "stock.picking.type", receipt["picking_type_id"])
    back = kind["return_picking_type_id"] or kind["id"]
    there = {"location_id": receipt["location_dest_id"], "location_dest_id": receipt["location_id"]}
    same = {field: receipt[field] for field in ("partner_id", "group_id", "origin", "company_id")}
    picking = env.sudo().create("stock.picking", {**same, **there, "picking_type_id": back, "user_id": False})
    changed = {**there, "picking_id": picking, "picking_type_id": back, "product_uom_qty": quantity}
    final = {"location_final_id": receipt["location_id"], "to_refund": True}
    reference = one(env, "stock.picking", picking)["name"]
    moves.put(env, [move["id"]], {**changed, **final, "reference": reference})
    moves.demand_changed(env, [move["id"]])
    return int(move["id"])
