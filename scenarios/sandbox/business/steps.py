"""Goods that arrive at a warehouse's input are carried on to its stock by a transfer of their own."""

from collections import defaultdict

from scenarios.sandbox.business import moves, reservation
from scenarios.sandbox.business.finding import find, one
from scenarios.sandbox.env import Env, Record


def carry_on(env: Env, done: list[Record]) -> None:
    """The next step of what has just arrived, one transfer a warehouse; what was waiting for goods waits for it now."""
    arrived: defaultdict[int, list[Record]] = defaultdict(list)
    for move in done:
        warehouse = _gate(env, move["location_dest_id"])
        if warehouse is not None:
            arrived[warehouse["id"]].append(move)
    for warehouse_id, here in arrived.items():
        warehouse = one(env, "stock.warehouse", warehouse_id)
        picking = _storage(env, warehouse, here[0])
        new = [_next(env, warehouse, picking, move) for move in here]
        reservation.confirm(env, new, merge=False)


def _gate(env: Env, location: int) -> Record | None:
    """The warehouse that receives there in two steps."""
    here = [("wh_input_stock_loc_id", "=", location), ("reception_steps", "=", "two_steps")]
    return next(iter(find(env, "stock.warehouse", here)), None)


def _storage(env: Env, warehouse: Record, move: Record) -> int:
    same = {field: move[field] for field in ("partner_id", "origin", "group_id", "company_id")}
    return env.sudo().create("stock.picking", {**same, "picking_type_id": warehouse["store_type_id"], "user_id": False})


def _next(env: Env, warehouse: Record, picking: int, move: Record) -> int:
    """The quantity that came, planned for the day it came, in the wake of the move that brought it."""
    same = ("name", "product_id", "product_uom", "company_id", "origin", "group_id", "date_deadline")
    new = env.sudo().create(
        "stock.move",
        {
            **{field: move[field] for field in same},
            "product_uom_qty": move["quantity"],
            "date": env.stamp,
            "picking_id": picking,
            "picking_type_id": warehouse["store_type_id"],
            "location_id": move["location_dest_id"],
            "location_dest_id": warehouse["lot_stock_id"],
            "location_final_id": warehouse["lot_stock_id"],
            "warehouse_id": warehouse["id"],
            "procure_method": "make_to_order",
            "move_dest_ids": [(6, 0, move["move_dest_ids"])],
        },
    )
    moves.put(env, [move["id"]], {"move_dest_ids": [(6, 0, [new])]})
    return new
