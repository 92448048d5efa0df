"""Validating a transfer: the goods have moved; sometimes Odoo asks back first, having done nothing."""

from scenarios.sandbox.business import doing, move_lines, picking_state, pickings
from scenarios.sandbox.business.quantities import positive, rounded
from scenarios.sandbox.env import Env, Raw, Record
from scenarios.sandbox.registry import method

MODEL = "stock.picking"


@method(MODEL, "button_validate")
def button_validate(env: Env, ids: list[int]) -> bool | dict[str, Raw]:
    """True when done; a wizard's description when Odoo wants an answer first.

    Context: ``skip_backorder`` makes the backorder without asking, ``picking_ids_not_to_backorder`` calls the rest off,
    ``skip_expired`` ships expired lots.
    """
    if env.engine.release.validates_twice:
        ids = [row["id"] for row in env.rows(MODEL, ids) if row["state"] != "done"]
    _prepare(env, ids)
    for picking in ids:
        doing.refuse_nothing_done(env, picking)
        _pick_all(env, picking)
    question = _backorder_question(env, ids) or _expiry_question(env, ids)
    if question:
        return question
    without = env.context.get("picking_ids_not_to_backorder") or []
    for picking in ids:
        doing.finish(env, picking, backorder=picking not in without)
    return True


def _prepare(env: Env, ids: list[int]) -> None:
    """A draft is confirmed first, and what could not be reserved counts as done anyway."""
    drafts = [row["id"] for row in env.rows(MODEL, ids) if row["state"] == "draft"]
    pickings.action_confirm(env, ids)
    for picking in drafts:
        for move in picking_state.of_picking(env, picking):
            if not positive(move["quantity"]) and positive(move["product_uom_qty"]):
                env.sudo().write("stock.move", [move["id"]], {"quantity": move["product_uom_qty"]})


def _pick_all(env: Env, picking: int) -> None:
    """When nobody picked anything, everything reserved counts as picked."""
    found = picking_state.of_picking(env, picking)
    if any(positive(move["quantity"]) for move in found) and not any(move["picked"] for move in found):
        ids = [move["id"] for move in found]
        env.sudo().write("stock.move", ids, {"picked": True})
        lines = [line["id"] for line in move_lines.of_moves(env, ids)]
        env.sudo().write("stock.move.line", lines, {"picked": True})


def _backorder_question(env: Env, ids: list[int]) -> dict[str, Raw] | None:
    short = [picking for picking in ids if any(map(_short, picking_state.of_picking(env, picking)))]
    if env.context.get("skip_backorder") or not short:
        return None
    more = {"default_show_transfers": len(ids) > 1, "default_pick_ids": [[4, picking] for picking in short]}
    return _wizard("Create Backorder?", "stock.backorder.confirmation", {**_context(env, ids), **more})


def _short(move: Record) -> bool:
    if move["state"] in ("cancel", "done"):
        return False
    done = move["quantity"] if move["picked"] else 0.0
    return rounded(done) < rounded(move["product_uom_qty"])


def _expiry_question(env: Env, ids: list[int]) -> dict[str, Raw] | None:
    lines = [line for picking in ids for line in _lines(env, picking) if line["lot_id"]]
    lots = {row["id"]: row["expiration_date"] for row in env.sudo().rows("stock.lot", [x["lot_id"] for x in lines])}
    expired = sorted(lot for lot, until in lots.items() if until and until <= env.stamp)
    if env.context.get("skip_expired") or not expired:
        return None
    warned = sorted({line["picking_id"] for line in lines if line["lot_id"] in expired})
    more = {"default_picking_ids": [[6, 0, warned]], "default_lot_ids": [[6, 0, expired]]}
    return _wizard("Confirmation", "expiry.picking.confirmation", {**_context(env, ids), **more})


def _lines(env: Env, picking: int) -> list[Record]:
    return move_lines.of_moves(env, [move["id"] for move in picking_state.of_picking(env, picking)])


def _context(env: Env, ids: list[int]) -> dict[str, Raw]:
    return {**env.context, "button_validate_picking_ids": ids}


def _wizard(name: str, model: str, context: dict[str, Raw]) -> dict[str, Raw]:
    """The window Odoo would open; its answer is a call of its own."""
    return {
        "name": name,
        "type": "ir.actions.act_window",
        "res_model": model,
        "view_mode": "form",
        "views": [[False, "form"]],
        "view_id": False,
        "target": "new",
        "context": context,
    }
