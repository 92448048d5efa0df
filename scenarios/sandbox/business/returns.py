"""Goods that were moved go back: a return is a transfer the other way, in quantities that a person fills in."""

from scenarios.sandbox.business import progress, reservation
from scenarios.sandbox.business.finding import find, one
from scenarios.sandbox.business.picking_state import of_picking
from scenarios.sandbox.business.quantities import positive
from scenarios.sandbox.env import Env, Raw, Record, Values
from scenarios.sandbox.faults import UserError
from scenarios.sandbox.registry import after_create, method, on_create

MODEL = "stock.return.picking"
LINE = "stock.return.picking.line"
PICKING = "stock.picking"
KEPT = ("group_id", "purchase_line_id", "sale_line_id", "price_unit", "company_id", "propagate_cancel")
"""What a return's move repeats of the one it takes back."""


@on_create(MODEL)
def take_done(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    """The transfer on screen is meant where none is named."""
    picking = values.get("picking_id") or _on_screen(env)
    if picking and one(env, PICKING, picking)["state"] != "done":
        raise UserError("You may only return Done pickings.")
    return {**values, "picking_id": picking}


def _on_screen(env: Env) -> Raw:
    return env.context.get("active_id") if env.context.get("active_model") == PICKING else False


@after_create(MODEL)
def list_moves(env: Env, ids: list[int], values: Values) -> None:
    """One line for each done move, with nothing filled in yet."""
    if values.get("product_return_moves"):
        return
    for wizard in env.rows(MODEL, ids):
        for move in of_picking(env, wizard["picking_id"]) if wizard["picking_id"] else ():
            if move["state"] != "cancel":
                line = {"wizard_id": wizard["id"], "product_id": move["product_id"], "move_id": move["id"]}
                env.create(LINE, {**line, "quantity": 0.0, "to_refund": True})


@method(MODEL, "action_create_returns")
def action_create_returns(env: Env, ids: list[int]) -> dict[str, Raw]:
    """The return, confirmed and reserved; nobody asks whether so much was moved in the first place."""
    return _window(_return(env, ids[0]))


@method(MODEL, "action_create_returns_all")
def action_create_returns_all(env: Env, ids: list[int]) -> dict[str, Raw]:
    """Everything that was moved goes back."""
    for line in find(env, LINE, [("wizard_id", "=", ids[0])]):
        env.write(LINE, line["id"], {"quantity": one(env, "stock.move", line["move_id"])["quantity"]})
    return _window(_return(env, ids[0]))


@method(MODEL, "action_create_exchanges")
def action_create_exchanges(env: Env, ids: list[int]) -> dict[str, Raw]:
    """The return, and the same goods asked for again where they were taken from."""
    new = _return(env, ids[0])
    for line in find(env, LINE, [("wizard_id", "=", ids[0])]):
        if positive(line["quantity"]):
            _replace(env, line, new)
    return _window(new)


def _replace(env: Env, line: Record, back: int) -> None:
    """What comes back is sent once more, by the operation that sent it."""
    first = one(env, PICKING, env.row(MODEL, line["wizard_id"])["picking_id"])
    again = {field: first[field] for field in ("picking_type_id", "location_id", "location_dest_id", "partner_id")}
    again |= {"origin": one(env, PICKING, back)["name"], "group_id": first["group_id"], "user_id": False}
    picking = env.sudo().create(PICKING, again)
    move = {**_move(env, line, picking), "origin_returned_move_id": False}
    reservation.confirm(env, [env.sudo().create("stock.move", move)])


def _return(env: Env, wizard: int) -> int:
    lines = [line for line in find(env, LINE, [("wizard_id", "=", wizard)]) if positive(line["quantity"])]
    if not lines:
        raise UserError("Please specify at least one non-zero quantity.")
    picking = one(env, PICKING, env.row(MODEL, wizard)["picking_id"])
    new = env.sudo().create(PICKING, _transfer(env, picking))
    for line in lines:
        env.sudo().create("stock.move", _move(env, line, new))
    moves = [move["id"] for move in of_picking(env, new)]
    reservation.confirm(env, moves)
    progress.refresh(env, of_picking(env, new))
    return new


def _transfer(env: Env, picking: Record) -> dict[str, Raw]:
    """The other way round, under the operation that takes such goods back."""
    kind = one(env, "stock.picking.type", picking["picking_type_id"])
    back = one(env, "stock.picking.type", kind["return_picking_type_id"] or kind["id"])
    inward = back["id"] != kind["id"] and back["code"] == "incoming"
    return {
        "picking_type_id": back["id"],
        "return_id": picking["id"],
        "origin": f"Return of {picking['name']}",
        "location_id": picking["location_dest_id"],
        "location_dest_id": back["default_location_dest_id"] if inward else picking["location_id"],
        "partner_id": picking["partner_id"],
        "group_id": picking["group_id"],
        "sale_id": picking["sale_id"],
        "user_id": False,
    }


def _move(env: Env, line: Record, picking: int) -> dict[str, Raw]:
    taken = one(env, "stock.move", line["move_id"])
    return {
        **{field: taken[field] for field in KEPT},
        "name": one(env, PICKING, taken["picking_id"])["name"],
        "product_id": line["product_id"],
        "product_uom": one(env, "product.product", line["product_id"])["uom_id"],
        "product_uom_qty": line["quantity"],
        "picking_id": picking,
        "origin_returned_move_id": taken["id"],
        "to_refund": line["to_refund"],
    }


def _window(picking: int) -> dict[str, Raw]:
    return {
        "name": "Returned Picking",
        "view_mode": "form",
        "res_model": PICKING,
        "res_id": picking,
        "type": "ir.actions.act_window",
        "context": {},
    }
