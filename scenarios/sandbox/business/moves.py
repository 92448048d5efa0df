"""A stock move: so much of a product from one place to another, from draft to done."""

from collections.abc import Collection

from scenarios.sandbox.business import move_lines, picking_state, progress, uom
from scenarios.sandbox.business.finding import one
from scenarios.sandbox.business.move_lines import INNER
from scenarios.sandbox.business.quantities import positive, rounded
from scenarios.sandbox.env import Env, Raw, Record, Values
from scenarios.sandbox.faults import UserError
from scenarios.sandbox.registry import after_create, after_write, before_unlink, before_write, on_create, related

SHOWN = frozenset({"state", "date", "date_deadline", "product_uom_qty", "quantity", "picking_id"})
"""What a transfer shows of its moves."""

related("stock.move", "picking_code", "picking_type_id.code")
related("stock.move", "product_tmpl_id", "product_id.product_tmpl_id")
related("stock.move", "is_storable", "product_id.is_storable")
related("stock.move", "location_usage", "location_id.usage")
related("stock.move", "location_dest_usage", "location_dest_id.usage")


def rows(env: Env, ids: list[int]) -> list[Record]:
    return env.sudo().rows("stock.move", ids)


def put(env: Env, ids: list[int], values: Values) -> None:
    """Write on moves as their own functions do, without the consequences of a user's edit."""
    if ids:
        env.sudo().with_context(**{INNER: True}).write("stock.move", ids, values)


@on_create("stock.move")
def fill_move(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    """Places and parties are the transfer's where not given; the quantity is kept in the product's own unit too."""
    product = values.get("product_id")
    unit = one(env, "product.product", product)["uom_id"] if product else False
    move = {"propagate_cancel": True, **_from_picking(env, values)}
    if product and not env.engine.release.names_moves and not move.get("name"):
        move["name"] = one(env, "product.product", product)["display_name"]
    move["product_uom"] = move.get("product_uom") or unit
    demand = float(move.get("product_uom_qty") or 0.0)
    move["product_qty"] = uom.convert(env, demand, move["product_uom"], unit, "HALF-UP")
    return move


def _from_picking(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    if not values.get("picking_id"):
        return values
    picking = one(env, "stock.picking", values["picking_id"])
    same = ("location_id", "location_dest_id", "picking_type_id", "group_id", "origin", "partner_id")
    forced = {"company_id": picking["company_id"], "priority": picking["priority"] or "0", "reference": picking["name"]}
    return {**{field: picking[field] for field in same}, **values, **forced}


@after_create("stock.move")
def follow_new(env: Env, ids: list[int], values: Values) -> None:
    if positive(values.get("quantity") or 0) and values.get("state") != "done":
        for move in rows(env, ids):
            move_lines.set_quantity(env, move, values["quantity"])
    _tell(env, ids, over=values.get("state") in ("done", "cancel"))


@before_write("stock.move")
def refuse_edit(env: Env, ids: list[int], values: Values) -> None:
    if env.context.get(INNER) or not values.keys() & {"quantity", "product_uom", "location_id"}:
        return
    states = {move["state"] for move in rows(env, ids)}
    if "quantity" in values and "cancel" in states:
        raise UserError("You cannot change a cancelled stock move, create a new line instead.")
    if "product_uom" in values and "done" in states:
        raise UserError("You cannot change the UoM for a stock move that has been set to 'Done'.")
    if "location_id" in values:
        release(env, [move["id"] for move in rows(env, ids) if move["location_id"] != values["location_id"]])


@after_write("stock.move")
def follow_edit(env: Env, ids: list[int], values: Values) -> None:
    """A user's edit moves reservations, states and the transfer's dates along."""
    if not env.context.get(INNER):
        if "quantity" in values:
            for move in rows(env, ids):
                move_lines.set_quantity(env, move, values["quantity"])
            recount(env, ids)
        if values.keys() & {"product_uom_qty", "product_uom"}:
            demand_changed(env, ids)
        if values.keys() & move_lines.SHARED:
            move_lines.follow_move(env, ids, values)
    if values.keys() & SHOWN:
        _tell(env, ids, over=values.get("state") in ("done", "cancel"))


def _tell(env: Env, ids: list[int], *, over: bool) -> None:
    moves = rows(env, ids)
    picking_state.refresh(env, sorted({move["picking_id"] for move in moves if move["picking_id"]}))
    if over:
        progress.refresh(env, moves)


@before_unlink("stock.move")
def refuse_unlink(env: Env, ids: list[int]) -> None:
    """Open moves go with what they hold; not one that goods of another move come to or from."""
    linked = any(move["move_orig_ids"] or move["move_dest_ids"] for move in rows(env, ids) if _open(move))
    if linked and not env.context.get(INNER):
        raise UserError("You can not delete moves linked to another operation")
    env.sudo().unlink("stock.move.line", [line["id"] for line in move_lines.of_moves(env, ids)])
    picking_state.refresh(env, sorted({m["picking_id"] for m in rows(env, ids) if m["picking_id"]}), without=ids)


def _open(move: Record) -> bool:
    return move["state"] not in ("draft", "cancel")


def recount(env: Env, ids: list[int], *, without: Collection[int] = ()) -> None:
    """The quantity of a move is what its lines add up to, but for those about to go; its state follows."""
    for move in rows(env, ids):
        lines = [line for line in move_lines.of_moves(env, [move["id"]]) if line["id"] not in without]
        total = sum(
            uom.convert(env, line["quantity"], line["product_uom_id"], move["product_uom"], "HALF-UP") for line in lines
        )
        state = _state(move, rounded(total))
        put(env, [move["id"]], {"quantity": rounded(total), "state": state})
        env.sudo().write("stock.move.line", [line["id"] for line in lines], {"state": state})


def _state(move: Record, quantity: float) -> str:
    """What a move's state is by how much of it is reserved."""
    if move["state"] in ("done", "cancel") or (move["state"] == "draft" and not quantity):
        return str(move["state"])
    if quantity >= move["product_uom_qty"]:
        return "assigned"
    if positive(quantity):
        return "partially_available"
    return "waiting" if move["procure_method"] == "make_to_order" else "confirmed"


def demand_changed(env: Env, ids: list[int]) -> None:
    """More or less is wanted: what is held beyond it is let go, and receipts are planned anew at once."""
    for move in rows(env, ids):
        unit = one(env, "product.product", move["product_id"])["uom_id"]
        stocked = uom.convert(env, move["product_uom_qty"], move["product_uom"], unit, "HALF-UP")
        put(env, [move["id"]], {"product_qty": stocked})
        if move["state"] not in ("draft", "done", "cancel"):
            _hold_to_demand(env, move)


def _hold_to_demand(env: Env, move: Record) -> None:
    planned = not move_lines.holds_stock(env, move["product_id"], move["location_id"])
    if planned and move["state"] in ("assigned", "partially_available"):
        move_lines.set_quantity(env, move, move["product_uom_qty"])
    elif move["quantity"] > move["product_uom_qty"]:
        release(env, [move["id"]])
    recount(env, [move["id"]])


def release(env: Env, ids: list[int]) -> None:
    """Let go of what open moves hold."""
    open_moves = [move["id"] for move in rows(env, ids) if move["state"] not in ("done", "cancel")]
    lines = [
        line["id"] for line in move_lines.of_moves(env, open_moves) if not line["picked"] or line["state"] != "done"
    ]
    env.sudo().unlink("stock.move.line", lines)
    recount(env, open_moves)


def cancel(env: Env, ids: list[int]) -> None:
    """Call off open moves; done ones cannot be."""
    moves = rows(env, ids)
    if any(move["state"] == "done" for move in moves):
        raise UserError(
            "You cannot cancel a stock move that has been set to 'Done'. Create a return in order to reverse the moves"
            " which took place."
        )
    todo = [move["id"] for move in moves if move["state"] != "cancel"]
    release(env, todo)
    put(env, todo, {"state": "cancel", "picked": False})
