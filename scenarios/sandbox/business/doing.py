"""Goods move: stock leaves one place and arrives at another, and what was not done waits in a backorder."""

from scenarios.sandbox.business import (
    backorders,
    chains,
    lots,
    move_lines,
    moves,
    picking_state,
    progress,
    quants,
    reservation,
    steps,
)
from scenarios.sandbox.business.finding import find, one
from scenarios.sandbox.business.quantities import positive, rounded
from scenarios.sandbox.business.quants import Place
from scenarios.sandbox.env import Env, Record, Values
from scenarios.sandbox.faults import UserError


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
            backorders.split(env, move)
        _do(env, move)
    env.sudo().write("stock.picking", picking, {"date_done": env.stamp, "priority": "0"})
    moves.put(env, [move["id"] for move in ready], {"state": "done", "date": env.stamp})
    if backorder and ready:
        backorders.open_rest(env, picking)
    progress.refresh(env, picking_state.of_picking(env, picking))
    steps.carry_on(env, moves.rows(env, [move["id"] for move in ready]))
    reservation.assign(env, chains.following(moves.rows(env, [move["id"] for move in ready])))
    _serve_waiting(env, picking, ready)


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
        if move_lines.holds_stock(env, line["product_id"], line["location_id"]):
            _free(env, Place(line["product_id"], line["location_id"], lot))


def at_once(env: Env, values: Values) -> None:
    """A move outside any plan: made and done in one go, whether the goods are there or not."""
    lot = values.get("lot_id") or False
    quantity = values["product_uom_qty"]
    bare = {field: value for field, value in values.items() if field != "lot_id"}
    move = env.sudo().create("stock.move", {**bare, "state": "draft", "picked": True, "quantity": quantity})
    move_lines.relot(env, move, lot)
    _do(env, moves.rows(env, [move])[0])
    moves.put(env, [move], {"state": "done", "date": env.stamp})


def _free(env: Env, place: Place) -> None:
    """Nobody holds more than is left: the latest planned of the others let go first."""
    over = quants.overheld(env, place)
    same = [("product_id", "=", place.product), ("location_id", "=", place.location), ("lot_id", "=", place.lot)]
    lines = find(env, "stock.move.line", [*same, ("state", "not in", ["done", "cancel"]), ("picked", "=", False)])
    for line in sorted(
        lines, key=lambda each: (one(env, "stock.move", each["move_id"])["date"], each["id"]), reverse=True
    ):
        if positive(over):
            over = rounded(over - line["quantity_product_uom"])
            move_lines.let_go(env, line, keep=max(0.0, -over))
            moves.recount(env, [line["move_id"]])


def _serve_waiting(env: Env, picking: int, done: list[Record]) -> None:
    """What came in serves the moves that wait for it there, the urgent and the earliest first."""
    kind = one(env, "stock.picking", picking)["picking_type_id"]
    if one(env, "stock.picking.type", kind)["code"] not in ("incoming", "internal"):
        return
    arrived = {(move["product_id"], move["location_dest_id"]) for move in done}
    domain = [
        ("product_id", "in", sorted({product for product, _ in arrived})),
        ("state", "in", ["confirmed", "partially_available"]),
        ("procure_method", "=", "make_to_stock"),
        ("picking_type_id.reservation_method", "=", "at_confirm"),
    ]
    waiting = [move for move in find(env, "stock.move", domain) if (move["product_id"], move["location_id"]) in arrived]
    waiting.sort(key=lambda move: (-int(move["priority"] or "0"), move["date"], move["id"]))
    reservation.assign(env, [move["id"] for move in waiting])


def _lot(env: Env, line: Record) -> quants.Lot:
    """The line's lot; a new name makes a new lot."""
    if line["lot_id"] or not line["lot_name"]:
        return line["lot_id"] or False
    return lots.named(env, line["product_id"], line["lot_name"], line["company_id"], line["expiration_date"])


def lots_without_number(env: Env, picking: int) -> list[str]:
    """Names of the lot-tracked products on a transfer whose lines name no lot."""
    found: list[str] = []
    for move in picking_state.of_picking(env, picking):
        product = one(env, "product.product", move["product_id"])
        bare = [x for x in move_lines.of_moves(env, [move["id"]]) if not x["lot_id"] and not x["lot_name"]]
        if product["tracking"] != "none" and bare and move["state"] not in ("done", "cancel"):
            found.append(str(product["display_name"]))
    return found


NOTHING = {
    False: "You cannot validate a transfer if no quantities are reserved. To force the transfer, encode quantities.",
    True: (
        "Transfer trouble alert! Validating a zero quantity transfer? You're not moving invisible goods around are you?"
        "\nSet some quantities and let's get moving!"
    ),
}


def refuse_nothing_done(env: Env, picking: int) -> None:
    """A transfer without moves, or with nothing reserved, cannot be validated; nor one that lacks lot numbers."""
    found = picking_state.of_picking(env, picking)
    if not found:
        raise UserError("You can’t validate an empty transfer. Please add some products to move before proceeding.")
    if not any(positive(move["quantity"]) for move in found if move["state"] not in ("done", "cancel")):
        raise UserError(NOTHING[env.engine.release.jokes_about_nothing])
    if missing := lots_without_number(env, picking):
        raise UserError(f"You need to supply a Lot/Serial number for products {', '.join(missing)}.")
