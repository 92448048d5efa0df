"""What was not done of a transfer waits in a second one."""

from scenarios.sandbox.business import move_lines, moves, picking_state, reservation
from scenarios.sandbox.business.finding import one
from scenarios.sandbox.business.quantities import positive, rounded
from scenarios.sandbox.env import Env, Record

TOLD = (
    *("name", "product_id", "product_uom", "location_id", "location_dest_id", "location_final_id", "picking_id"),
    *("picking_type_id", "company_id", "partner_id", "origin", "group_id", "price_unit", "date", "date_deadline"),
    *("purchase_line_id", "sale_line_id", "warehouse_id", "procure_method", "priority", "origin_returned_move_id"),
    *("to_refund", "description_picking"),
)
"""What a move's rest has in common with it."""

REPEATED = (
    *(
        "picking_type_id",
        "location_id",
        "location_dest_id",
        "partner_id",
        "origin",
        "group_id",
        "company_id",
        "sale_id",
    ),
    *("move_type", "scheduled_date"),
)
"""What a backorder has in common with its transfer."""


def split(env: Env, move: Record) -> None:
    """What was not done of a move becomes a move of its own."""
    rest = rounded(move["product_uom_qty"] - move["quantity"])
    if not positive(rest):
        return
    copied = {field: move[field] for field in TOLD if move[field]}
    chain = {"move_dest_ids": [(6, 0, move["move_dest_ids"])]}
    new = env.sudo().create("stock.move", {**copied, **chain, "product_uom_qty": rest, "state": "draft"})
    moves.put(env, [move["id"]], {"product_uom_qty": move["quantity"]})
    moves.demand_changed(env, [move["id"]])
    moves.put(env, [new], {"state": "confirmed"})


def open_rest(env: Env, picking: int) -> None:
    """A second transfer for what is still open."""
    left = [m["id"] for m in picking_state.of_picking(env, picking) if m["state"] not in ("done", "cancel")]
    if not left:
        return
    row = one(env, "stock.picking", picking)
    values = {**{field: row[field] for field in REPEATED}, "backorder_id": picking}
    new = env.sudo().create("stock.picking", {**values, "user_id": False})
    moves.put(env, left, {"picking_id": new, "picked": False})
    lines = [line["id"] for line in move_lines.of_moves(env, left)]
    env.sudo().write("stock.move.line", lines, {"picking_id": new, "picked": False})
    picking_state.refresh(env, [picking, new])
    reservation.assign(env, left)
