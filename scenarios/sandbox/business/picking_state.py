"""What a transfer shows of its moves: how far it is, when it is planned and when it must be there."""

from collections.abc import Collection

from scenarios.sandbox.business.finding import find
from scenarios.sandbox.env import Env, Raw, Record

FROM_MOVES = "picking_from_moves"
"""Context key: the transfer's dates are being read off its moves, not set by somebody."""

RANK = {"assigned": 4, "waiting": 3, "partially_available": 2, "confirmed": 1}


def refresh(env: Env, pickings: list[int], *, without: Collection[int] = ()) -> None:
    """Bring state and dates of transfers up to date with their moves, but for those about to go."""
    everything = env.sudo().with_context(**{FROM_MOVES: True})
    for picking in everything.rows("stock.picking", pickings):
        moves = [move for move in of_picking(env, picking["id"]) if move["id"] not in without]
        if moves:
            shown = {"state": state(picking, moves), **_dates(env, picking, moves)}
            changed = {field: value for field, value in shown.items() if picking[field] != value}
            if changed:
                everything.write("stock.picking", [picking["id"]], changed)


def of_picking(env: Env, picking: int) -> list[Record]:
    return find(env, "stock.move", [("picking_id", "=", picking)])


def state(picking: Record, moves: list[Record]) -> str:
    """How far the transfer is: the least ready of its moves, a part that is ready counting as ready."""
    states = {move["state"] for move in moves}
    if "draft" in states:
        return "draft"
    if states == {"cancel"}:
        return "cancel"
    if states <= {"cancel", "done"}:
        return "done"
    relevant = _relevant(picking, [move for move in moves if move["state"] not in ("cancel", "done")])
    return "assigned" if relevant == "partially_available" else relevant


def _relevant(picking: Record, moves: list[Record]) -> str:
    todo = [move for move in moves if move["product_uom_qty"] or move["state"] != "assigned"]
    todo.sort(key=lambda move: (RANK.get(move["state"], 0), move["product_uom_qty"]))
    if not todo:
        return "assigned"
    if picking["move_type"] == "one":
        return "confirmed" if todo[0]["state"] == "partially_available" else str(todo[0]["state"])
    if todo[0]["state"] != "assigned" and any(m["state"] in ("assigned", "partially_available") for m in todo):
        return "partially_available"
    return str(todo[-1]["state"])


def _dates(env: Env, picking: Record, moves: list[Record]) -> dict[str, Raw]:
    latest = picking["move_type"] == "one"
    pending = [move for move in moves if move["state"] not in ("done", "cancel")]
    planned: Raw = _edge([move["date"] for move in pending], latest) or picking["scheduled_date"] or env.stamp
    due = [move["date_deadline"] for move in moves if move["state"] != "cancel" and move["date_deadline"]]
    deadline: Raw = _edge(due, latest)
    if not any(move["state"] != "cancel" for move in moves):
        deadline = picking["date_deadline"]
    late = bool(deadline) and deadline < planned
    return {"scheduled_date": planned, "date_deadline": deadline or False, "has_deadline_issue": late}


def _edge(dates: list[str], latest: bool) -> str | None:
    if not dates:
        return None
    return max(dates) if latest else min(dates)
