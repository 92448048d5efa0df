"""Each line of a move says from which place and lot it is served; an open line holds that stock."""

from scenarios.sandbox.business import locations, quants, uom
from scenarios.sandbox.business.finding import find, one
from scenarios.sandbox.business.quantities import positive, rounded
from scenarios.sandbox.business.quants import Place
from scenarios.sandbox.env import Env, Raw, Record, Values
from scenarios.sandbox.faults import UserError
from scenarios.sandbox.registry import after_create, after_write, before_unlink, before_write, on_create

INNER = "moves_internal"
"""Context key: the moves' own functions write, and have seen to what follows."""

COUNTED = frozenset({"quantity", "location_id", "lot_id", "product_uom_id"})
"""A line that changes in one of these holds other stock than before."""


SHARED = frozenset({"location_dest_id", "picked"})
"""What the lines of an open move have as the move has it."""


DONE = {
    False: "You can not delete product moves if the picking is done. You can only correct the done quantities.",
    True: (
        "Deleting product moves after the transfer is done?\n\nThat would be like going back in time to revert all"
        " operations triggered after this move. Who knows what the end result would be, So let's not do it.\n\nTry"
        " changing the “done” quantity to 0 instead."
    ),
}
"""Why the lines of a done transfer stay, without and with a joke."""


def follow_move(env: Env, moves: list[int], values: Values) -> None:
    """The lines go where the move goes now, and are picked with it; what has gone elsewhere is taken there."""
    if "location_dest_id" in values:
        relocate(env, moves, values["location_dest_id"])
    lines = [line["id"] for line in of_moves(env, moves) if line["state"] not in ("done", "cancel")]
    settled = {field: values[field] for field in SHARED & values.keys()}
    env.sudo().with_context(**{INNER: True}).write("stock.move.line", lines, settled)


def relocate(env: Env, moves: list[int], place: int) -> None:
    """Goods that have arrived somewhere are there no more, but here."""
    for line in of_moves(env, moves):
        if line["state"] != "done" or not one(env, "product.product", line["product_id"])["is_storable"]:
            continue
        there, here = (Place(line["product_id"], at, line["lot_id"]) for at in (line["location_dest_id"], place))
        quants.move_stock(env, there, -line["quantity_product_uom"])
        quants.move_stock(env, here, line["quantity_product_uom"])
        settle(env, line["id"], {"location_dest_id": place})


def of_moves(env: Env, moves: list[int]) -> list[Record]:
    """The lines of these moves, oldest first."""
    return find(env, "stock.move.line", [("move_id", "in", moves)])


def settle(env: Env, line: int, values: Values) -> None:
    """Write on a line whose stock was seen to."""
    env.sudo().with_context(**{INNER: True}).write("stock.move.line", line, values)


def let_go(env: Env, line: Record, *, keep: float) -> None:
    """Hold no more than this on a line, in the product's own unit; nothing kept, no line."""
    if not positive(keep):
        env.sudo().unlink("stock.move.line", [line["id"]])
        return
    unit = one(env, "product.product", line["product_id"])["uom_id"]
    kept = uom.convert(env, keep, unit, line["product_uom_id"], "HALF-UP")
    env.sudo().write("stock.move.line", line["id"], {"quantity": kept})


def relot(env: Env, move: int, lot: Raw) -> None:
    """The move's lines are of that lot."""
    if lot:
        env.sudo().write("stock.move.line", [line["id"] for line in of_moves(env, [move])], {"lot_id": lot})


def source(line: Record) -> Place:
    return Place(line["product_id"], line["location_id"], line["lot_id"])


@on_create("stock.move.line")
def fill_line(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    """What is not said is as on the move, or as on the transfer."""
    line = {**_from_move(env, values), **values}
    product = line.get("product_id")
    unit = one(env, "product.product", product)["uom_id"] if product else False
    line["product_uom_id"] = line.get("product_uom_id") or unit
    quantity = float(line.get("quantity") or 0.0)
    line["quantity_product_uom"] = uom.convert(env, quantity, line["product_uom_id"], unit, "HALF-UP")
    return line


def _from_move(env: Env, values: Values) -> dict[str, Raw]:
    if not values.get("move_id"):
        return {}
    move = one(env, "stock.move", values["move_id"])
    same = ("product_id", "picking_id", "location_id", "location_dest_id", "state", "reference")
    return {**{field: move[field] for field in same}, "product_uom_id": move["product_uom"]}


@after_create("stock.move.line")
def hold_new(env: Env, ids: list[int], _values: Values) -> None:
    for line in env.sudo().rows("stock.move.line", ids):
        _hold(env, line, line["quantity_product_uom"])
        _carry(env, line, line["quantity_product_uom"])


@before_write("stock.move.line")
def release_old(env: Env, ids: list[int], values: Values) -> None:
    if env.context.get(INNER) or not values.keys() & COUNTED:
        return
    for line in env.sudo().rows("stock.move.line", ids):
        _hold(env, line, -line["quantity_product_uom"])
        _carry(env, line, -line["quantity_product_uom"])


@after_write("stock.move.line")
def hold_changed(env: Env, ids: list[int], values: Values) -> None:
    if env.context.get(INNER) or not values.keys() & COUNTED:
        return
    for line in env.sudo().rows("stock.move.line", ids):
        unit = one(env, "product.product", line["product_id"])["uom_id"]
        stocked = uom.convert(env, line["quantity"], line["product_uom_id"], unit, "HALF-UP")
        env.sudo().write("stock.move.line", [line["id"]], {"quantity_product_uom": stocked})
        _hold(env, line, stocked)
        _carry(env, line, stocked)


@before_unlink("stock.move.line")
def release_gone(env: Env, ids: list[int]) -> None:
    for line in env.sudo().rows("stock.move.line", ids):
        if line["state"] == "done":
            raise UserError(DONE[env.engine.release.jokes_about_nothing])
        _hold(env, line, -line["quantity_product_uom"])


def _carry(env: Env, line: Record, quantity: float) -> None:
    """Who corrects what was done takes stock along, without asking whether so much is there."""
    if line["state"] == "done" and one(env, "product.product", line["product_id"])["is_storable"]:
        quants.move_stock(env, source(line), -quantity)
        quants.move_stock(env, source(line)._replace(location=line["location_dest_id"]), quantity)


def _hold(env: Env, line: Record, quantity: float) -> None:
    """Reserve for an open line, or let go."""
    if line["state"] not in ("done", "cancel") and holds_stock(env, line["product_id"], line["location_id"]):
        quants.hold(env, source(line), quantity)


def holds_stock(env: Env, product: int, location: int) -> bool:
    """Whether taking the product there needs stock at all."""
    return bool(one(env, "product.product", product)["is_storable"]) and not locations.endless(env, location)


def set_quantity(env: Env, move: Record, wanted: float) -> None:
    """Spread the quantity over the move's lines: more goes on a line of the move's own place, less comes off the last.

    Nothing asks whether so much is there: Odoo accepts over-reservation here.
    """
    lines = of_moves(env, [move["id"]])
    missing = rounded(wanted - sum(_in_move_unit(env, line, move) for line in lines))
    if positive(missing):
        _add(env, move, lines, missing)
    elif positive(-missing):
        _drop(env, move, lines, -missing)


def _in_move_unit(env: Env, line: Record, move: Record) -> float:
    return uom.convert(env, line["quantity"], line["product_uom_id"], move["product_uom"], "HALF-UP")


def _add(env: Env, move: Record, lines: list[Record], more: float) -> None:
    unit = move["product_uom"]
    plain = [line for line in lines if not line["lot_id"] and line["product_uom_id"] == unit]
    here = [line for line in plain if line["location_id"] == move["location_id"]]
    if here:
        env.sudo().write("stock.move.line", here[0]["id"], {"quantity": rounded(here[0]["quantity"] + more)})
    else:
        env.sudo().create("stock.move.line", {"move_id": move["id"], "quantity": more, "picked": move["picked"]})


def _drop(env: Env, move: Record, lines: list[Record], less: float) -> None:
    for line in reversed(lines):
        part = min(less, _in_move_unit(env, line, move))
        if not positive(part):
            continue
        off = uom.convert(env, part, move["product_uom"], line["product_uom_id"], "HALF-UP")
        left = rounded(line["quantity"] - off)
        if positive(left) or line["state"] == "done":
            env.sudo().write("stock.move.line", line["id"], {"quantity": left})
        else:
            env.sudo().unlink("stock.move.line", [line["id"]])
        less = rounded(less - part)
