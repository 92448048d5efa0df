"""Goods move: stock leaves one place and arrives at another, and what was not done waits in a backorder."""

from scenarios.sandbox.business import lots, move_lines, moves, picking_state, progress, quants, reservation
from scenarios.sandbox.business.finding import one
from scenarios.sandbox.business.quantities import positive, rounded
from scenarios.sandbox.business.quants import Place
from scenarios.sandbox.env import Env, Record
from scenarios.sandbox.faults import UserError

TOLD = (
    *("name", "product_id", "product_uom", "location_id", "location_dest_id", "location_final_id", "picking_id"),
    *("picking_type_id", "company_id", "partner_id", "origin", "group_id", "price_unit", "date", "date_deadline"),
    *("purchase_line_id", "sale_line_id", "warehouse_id", "procure_method", "priority", "origin_returned_move_id"),
    *("to_refund", "description_picking"),
)
"""What a move's rest has in common with it."""


def finish(env: Env, picking: int, *, backorder: bool) -> None:
    """Do a transfer's picked moves; the rest goes to a backorder, or is called off when there shall be none."""
    todo = [m for m in picking_state.of_picking(env, picking) if m["state"] not in ("done", "cancel")]
    reservation.confirm(env, [m["id"] for m in todo if m["state"] == "draft"], merge=False)
    for move in moves.rows(env, [m["id"] for m in todo]):
        undone = not move["picked"] or not positive(move["quantity"])
        if undone and (not backorder or not move["product_uom_qty"]):
            moves.cancel(env, [move["id"]])
    ready = [m for m in moves.rows(env, [m["id"] for m in todo]) if m["state"] != "cancel" and m["picked"]]
    ready = [move for move in ready if positive(move["quantity"])]
    for move in ready:
        if backorder:
            _split(env, move)
        _do(env, move)
    env.sudo().write("stock.picking", picking, {"date_done": env.stamp, "priority": "0"})
    moves.put(env, [move["id"] for move in ready], {"state": "done", "date": env.stamp})
    if backorder and ready:
        _back_order(env, picking)
    progress.refresh(env, picking_state.of_picking(env, picking))


def _split(env: Env, move: Record) -> None:
    """What was not done of a move becomes a move of its own."""
    rest = rounded(move["product_uom_qty"] - move["quantity"])
    if not positive(rest):
        return
    copied = {field: move[field] for field in TOLD if move[field]}
    new = env.sudo().create("stock.move", {**copied, "product_uom_qty": rest, "state": "draft"})
    moves.put(env, [move["id"]], {"product_uom_qty": move["quantity"]})
    moves.demand_changed(env, [move["id"]])
    moves.put(env, [new], {"state": "confirmed"})


def _do(env: Env, move: Record) -> None:
    """Stock follows the move's lines."""
    for line in move_lines.of_moves(env, [move["id"]]):
        lot = _lot(env, line)
        done = {"state": "done", "date": env.stamp, "picked": True, "lot_id": lot}
        quantity = line["quantity_product_uom"]
        if one(env, "product.product", line["product_id"])["is_storable"]:
            if move_lines.holds_stock(env, line["product_id"], line["location_id"]):
                quants.hold(env, move_lines.source(line), -quantity)
            quants.move_stock(env, Place(line["product_id"], line["location_id"], lot), -quantity)
            quants.move_stock(env, Place(line["product_id"], line["location_dest_id"], lot), quantity)
        move_lines.settle(env, line["id"], done)


def _lot(env: Env, line: Record) -> quants.Lot:
    """The line's lot; a new name makes a new lot."""
    if line["lot_id"] or not line["lot_name"]:
        return line["lot_id"] or False
    return lots.named(env, line["product_id"], line["lot_name"], line["company_id"], line["expiration_date"])


def _back_order(env: Env, picking: int) -> None:
    """A second transfer for what is still open."""
    left = [m["id"] for m in picking_state.of_picking(env, picking) if m["state"] not in ("done", "cancel")]
    if not left:
        return
    row = one(env, "stock.picking", picking)
    same = (
        "picking_type_id",
        "location_id",
        "location_dest_id",
        "partner_id",
        "origin",
        "group_id",
        "company_id",
        "sale_id",
    )
    values = {**{field: row[field] for field in (*same, "move_type", "scheduled_date")}, "backorder_id": picking}
    new = env.sudo().create("stock.picking", {**values, "user_id": False})
    moves.put(env, left, {"picking_id": new, "picked": False})
    lines = [line["id"] for line in move_lines.of_moves(env, left)]
    env.sudo().write("stock.move.line", lines, {"picking_id": new, "picked": False})
    picking_state.refresh(env, [picking, new])
    reservation.assign(env, left)


def lots_without_number(env: Env, picking: int) -> list[str]:
    """Names of the lot-tracked products on a transfer whose lines name no lot."""
    found: list[str] = []
    for move in picking_state.of_picking(env, picking):
        product = one(env, "product.product", move["product_id"])
        bare = [x for x in move_lines.of_moves(env, [move["id"]]) if not x["lot_id"] and not x["lot_name"]]
        if product["tracking"] != "none" and bare and move["state"] not in ("done", "cancel"):
            found.append(str(product["display_name"]))
    return found


def refuse_nothing_done(env: Env, picking: int) -> None:
    """A transfer without moves, or with nothing reserved, cannot be validated; nor one that lacks lot numbers."""
    found = picking_state.of_picking(env, picking)
    if not found:
        raise UserError("You can’t validate an empty transfer. Please add some products to move before proceeding.")
    if not any(positive(move["quantity"]) for move in found if move["state"] not in ("done", "cancel")):
        raise UserError(
            "You cannot validate a transfer if no quantities are reserved. To force the transfer, encode quantities."
        )
    if missing := lots_without_number(env, picking):
        raise UserError(f"You need to supply a Lot/Serial number for products {', '.join(missing)}.")
