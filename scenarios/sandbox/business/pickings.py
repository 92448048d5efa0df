"""Transfers: receipts, deliveries and moves between warehouses, as one document each."""

from scenarios.sandbox.business import move_lines, moves, picking_state, reservation
from scenarios.sandbox.business.finding import one
from scenarios.sandbox.env import Env, Raw, Record, Values
from scenarios.sandbox.faults import AccessError, UserError
from scenarios.sandbox.people import access
from scenarios.sandbox.registry import (
    after_create,
    after_write,
    before_unlink,
    before_write,
    compute,
    method,
    on_create,
    related,
)

MODEL = "stock.picking"

PLACES = frozenset({"location_id", "location_dest_id"})

related(MODEL, "picking_type_code", "picking_type_id.code")


@on_create(MODEL)
def fill_picking(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    """Places, company and number come from the kind of operation."""
    kind = one(env, "stock.picking.type", values["picking_type_id"]) if values.get("picking_type_id") else None
    named = values.get("name") if values.get("name") not in (None, False, "/", "") else None
    picking = {"user_id": env.uid, "is_locked": True, **(_from_kind(kind) if kind else {}), **values}
    return {**picking, "name": named or (_number(env, kind) if kind else False)}


def _from_kind(kind: Record) -> dict[str, Raw]:
    return {
        "location_id": kind["default_location_src_id"],
        "location_dest_id": kind["default_location_dest_id"],
        "company_id": kind["company_id"],
    }


def _number(env: Env, kind: Record) -> str:
    numbering = one(env, "ir.sequence", kind["sequence_id"])
    return env.next_name(numbering["code"])


@after_create(MODEL)
def date_moves(env: Env, ids: list[int], values: Values) -> None:
    """A day given for the transfer is the day of its moves."""
    if values.get("scheduled_date") not in (None, False, env.stamp):
        follow_edit(env, ids, {"scheduled_date": values["scheduled_date"]})


@before_write(MODEL)
def refuse_elsewhere(env: Env, ids: list[int], values: Values) -> None:
    """What was taken from one place was not taken from another."""
    if not values.get("location_id") or env.context.get(picking_state.FROM_MOVES):
        return
    done = [move for move in _moves(env, ids) if move["state"] == "done"]
    if any(move["location_id"] != values["location_id"] for move in done):
        raise UserError(move_lines.DONE[env.engine.release.jokes_about_nothing])


@before_write(MODEL)
def refuse_edit(env: Env, ids: list[int], values: Values) -> None:
    if "scheduled_date" not in values or env.context.get(picking_state.FROM_MOVES):
        return
    if env.engine.release.reschedules_ended_transfers:
        return
    if any(row["state"] in ("done", "cancel") for row in env.sudo().rows(MODEL, ids)):
        raise UserError("You cannot change the Scheduled Date on a done or cancelled transfer.")


@after_write(MODEL)
def follow_edit(env: Env, ids: list[int], values: Values) -> None:
    """A new date is that of the moves that are still open, a new place that of all; a policy tells how far it is."""
    if env.context.get(picking_state.FROM_MOVES):
        return
    names = {"scheduled_date": "date", "location_id": "location_id", "location_dest_id": "location_dest_id"}
    told = {name: values[field] for field, name in names.items() if values.get(field)}
    found = _moves(env, ids)
    open_moves = [m["id"] for m in found if m["state"] not in ("done", "cancel")]
    if told and open_moves:
        env.sudo().write("stock.move", open_moves, told)
    places = {name: place for name, place in told.items() if name != "date"}
    over = [m["id"] for m in found if m["id"] not in open_moves]
    if "location_dest_id" in places:
        move_lines.relocate(env, over, places["location_dest_id"])
    moves.put(env, over, places)
    if "move_type" in values:
        picking_state.refresh(env, ids)
    if "location_id" in told:
        reservation.assign(env, open_moves)


@after_write(MODEL)
def start_over(env: Env, ids: list[int], values: Values) -> None:
    """For somebody else an open transfer goes from and to where its kind of operation does; what is held stays."""
    if "partner_id" not in values or values.keys() & PLACES:
        return
    for row in env.sudo().rows(MODEL, ids):
        if row["state"] not in ("done", "cancel"):
            usual = _from_kind(one(env, "stock.picking.type", row["picking_type_id"]))
            told = {place: usual[place] for place in sorted(PLACES) if usual[place] not in (False, row[place])}
            env.sudo().with_context(**{picking_state.FROM_MOVES: True}).write(MODEL, row["id"], told)
            moves.put(env, [move["id"] for move in _moves(env, [row["id"]])], told)


@before_unlink(MODEL)
def call_off_moves(env: Env, ids: list[int]) -> None:
    """Done transfers stay: their moves cannot be called off."""
    found = [move["id"] for move in _moves(env, ids)]
    moves.cancel(env, found)
    env.sudo().with_context(**{move_lines.INNER: True}).unlink("stock.move", found)


def _moves(env: Env, pickings: list[int]) -> list[Record]:
    return moves.rows(env, env.sudo().search("stock.move", [("picking_id", "in", pickings)], order="id"))


@method(MODEL, "action_confirm")
def action_confirm(env: Env, ids: list[int]) -> bool:
    """Confirms and, with an operation type that reserves at confirmation, reserves too."""
    own(env, ids)
    drafts = [move["id"] for move in _moves(env, ids) if move["state"] == "draft"]
    _look_at_purchases(env, drafts)
    reservation.confirm(env, drafts)
    return True


def _look_at_purchases(env: Env, moves: list[int]) -> None:
    """Moves that serve the same purchase are made one, where this release knows it; whoever confirms must see them."""
    if not moves or not env.engine.release.moves_know_their_purchases:
        return
    try:
        access.check_model(env, "purchase.order.line", "read")
    except AccessError as fault:
        raise AccessError(f"Failed to read field stock.move.created_purchase_line_ids\n{fault.message}") from None


@method(MODEL, "action_assign")
def action_assign(env: Env, ids: list[int]) -> bool:
    """Reserve what is there now, the urgent and the earliest due first."""
    action_confirm(env, ids)
    todo = [move for move in _moves(env, ids) if move["state"] not in ("draft", "cancel", "done")]
    if not todo:
        raise UserError("Nothing to check the availability for.")
    reservation.assign(env, [move["id"] for move in sorted(todo, key=_urgency)])
    return True


def _urgency(move: Record) -> tuple[int, bool, str, str, int]:
    deadline = move["date_deadline"] or ""
    return (-int(move["priority"] or "0"), not deadline, deadline, move["date"], move["id"])


@method(MODEL, "do_unreserve")
def do_unreserve(env: Env, ids: list[int]) -> None:
    """Let go of what the transfers hold; what is picked already stays held, without a word."""
    own(env, ids)
    found = _moves(env, ids)
    if any(move["state"] == "done" for move in found if not move["picked"]):
        raise UserError("You cannot unreserve a stock move that has been set to 'Done'.")
    moves.release(env, [move["id"] for move in found if not move["picked"]])


@method(MODEL, "action_cancel")
def action_cancel(env: Env, ids: list[int]) -> bool:
    own(env, ids)
    moves.cancel(env, [move["id"] for move in _moves(env, ids)])
    filled = {move["picking_id"] for move in _moves(env, ids)}
    bare = [picking for picking in ids if picking not in filled]
    if bare:
        env.write(MODEL, bare, {"state": "cancel"})
    return True


@method(MODEL, "action_toggle_is_locked")
def action_toggle_is_locked(env: Env, ids: list[int]) -> bool:
    for row in env.rows(MODEL, ids):
        env.write(MODEL, [row["id"]], {"is_locked": not row["is_locked"]})
    return True


def own(env: Env, ids: list[int]) -> None:
    """Write rights are asked once, on the documents; their moves follow."""
    access.check(env, MODEL, "write", ids)


@compute(MODEL, "purchase_id")
def compute_purchase(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    """The purchase order whose goods the transfer brings."""
    found: dict[int, dict[str, Raw]] = {picking: {"purchase_id": False} for picking in ids}
    linked = [move for move in _moves(env, ids) if move["purchase_line_id"]]
    lines = env.sudo().rows("purchase.order.line", [move["purchase_line_id"] for move in linked])
    orders = {line["id"]: line["order_id"] for line in lines}
    for move in linked:
        found[move["picking_id"]] = {"purchase_id": orders[move["purchase_line_id"]]}
    return found
