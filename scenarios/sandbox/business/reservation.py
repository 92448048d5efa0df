"""Moves are confirmed, then served from stock: whole, in part, or not yet."""

from scenarios.sandbox.business import chains, giving_back, move_lines, moves, picking_state, quants, uom
from scenarios.sandbox.business.finding import one
from scenarios.sandbox.business.quantities import positive, rounded
from scenarios.sandbox.env import Env, Record

WAITING = frozenset({"confirmed", "waiting", "partially_available"})
MERGED_BY = (
    "picking_id",
    "product_id",
    "product_uom",
    "price_unit",
    "procure_method",
    "location_id",
    "location_dest_id",
    "location_final_id",
    "purchase_line_id",
    "sale_line_id",
    "origin_returned_move_id",
    "scrapped",
    "propagate_cancel",
)
"""Moves of one transfer that agree in all of these become one move when confirmed."""


def confirm(env: Env, ids: list[int], *, merge: bool = True) -> list[int]:
    """Draft moves become confirmed, equal ones are merged, and at once as much as possible is reserved."""
    drafts = [move for move in moves.rows(env, ids) if move["state"] == "draft"]
    for move in drafts:
        state = "waiting" if move["procure_method"] == "make_to_order" else "confirmed"
        moves.put(env, [move["id"]], {"state": state})
    left = [_merge(env, move) if merge else move["id"] for move in drafts]
    kept = list(dict.fromkeys(move for move in left if move))
    moves.recount(env, kept)
    assign(env, [move["id"] for move in moves.rows(env, kept) if _at_confirmation(env, move)])
    return kept


def _at_confirmation(env: Env, move: Record) -> bool:
    if not move["picking_type_id"]:
        return True
    kind = one(env, "stock.picking.type", move["picking_type_id"])
    planned = not move_lines.holds_stock(env, move["product_id"], move["location_id"])
    return planned or kind["reservation_method"] == "at_confirm"


def _merge(env: Env, move: Record) -> int | None:
    """The move that carries this one's quantity from now on; None when a reduction used it up."""
    if not move["picking_id"]:
        return int(move["id"])
    others = [m for m in picking_state.of_picking(env, move["picking_id"]) if m["id"] != move["id"] and _alike(m, move)]
    if move["product_uom_qty"] < 0:
        return _reduce(env, others, move)
    if not others:
        return int(move["id"])
    into = others[0]
    total = rounded(into["product_uom_qty"] + move["product_uom_qty"])
    dates = {"date": min(into["date"], move["date"])}
    _drop(env, move)
    moves.put(env, [into["id"]], {"product_uom_qty": total, **dates})
    moves.demand_changed(env, [into["id"]])
    return int(into["id"])


def _alike(one: Record, other: Record) -> bool:
    return one["state"] not in ("draft", "done", "cancel") and all(one[key] == other[key] for key in MERGED_BY)


def _reduce(env: Env, others: list[Record], move: Record) -> int | None:
    """A negative demand takes from equal open moves; one that is left with nothing is called off, and where there is
    too little to take from, the rest may go back to the vendor."""
    less = -move["product_uom_qty"]
    for other in others:
        part = min(less, other["product_uom_qty"])
        less = rounded(less - part)
        left = rounded(other["product_uom_qty"] - part)
        moves.put(env, [other["id"]], {"product_uom_qty": left})
        moves.demand_changed(env, [other["id"]])
        if not positive(left):
            moves.cancel(env, [other["id"]])
        elif _at_confirmation(env, other):
            assign(env, [other["id"]])
    if positive(less) and move["purchase_line_id"] and env.engine.release.returns_what_is_too_much:
        return giving_back.turn_around(env, move, less)
    _drop(env, move)
    return None


def _drop(env: Env, move: Record) -> None:
    env.sudo().with_context(**{move_lines.INNER: True}).unlink("stock.move", [move["id"]])


def assign(env: Env, ids: list[int]) -> None:
    """Reserve for every waiting move what it still lacks; picked ones are left alone."""
    for move in moves.rows(env, ids):
        if move["state"] in WAITING and not move["picked"]:
            _assign(env, move)


def _assign(env: Env, move: Record) -> None:
    lacking = min(rounded(move["product_uom_qty"] - move["quantity"]), chains.reservable(env, move))
    if positive(lacking):
        if move_lines.holds_stock(env, move["product_id"], move["location_id"]):
            _reserve(env, move, lacking)
        else:
            move_lines.set_quantity(env, move, move["product_uom_qty"])
    moves.recount(env, [move["id"]])


def _reserve(env: Env, move: Record, lacking: float) -> None:
    """Add a line for each place that serves the move; whole move units only."""
    unit = one(env, "product.product", move["product_id"])["uom_id"]
    need = uom.convert(env, lacking, move["product_uom"], unit, "HALF-UP")
    for take in quants.takes(env, move["product_id"], move["location_id"], need, good_until=move["date"]):
        _add_to_line(env, move, take, unit)


def _add_to_line(env: Env, move: Record, take: quants.Take, unit: int) -> None:
    for line in move_lines.of_moves(env, [move["id"]]):
        if move_lines.source(line) == take.place and line["product_uom_id"] == unit:
            env.sudo().write("stock.move.line", line["id"], {"quantity": rounded(line["quantity"] + take.quantity)})
            return
    where = {"location_id": take.place.location, "lot_id": take.place.lot}
    env.sudo().create(
        "stock.move.line", {"move_id": move["id"], "product_uom_id": unit, "quantity": take.quantity, **where}
    )
