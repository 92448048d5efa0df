"""Orders count what has been received and delivered from the moves that were done for them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from scenarios.sandbox.business import kits, uom
from scenarios.sandbox.business.finding import find
from scenarios.sandbox.business.quantities import rounded
from scenarios.sandbox.env import Env, Record


class Side(NamedTuple):
    """How one kind of order counts its moves."""

    link: str
    line: str
    counted: str
    wanted: str
    order: str
    status: str


RECEIPTS = Side(
    "purchase_line_id", "purchase.order.line", "qty_received", "product_qty", "purchase.order", "receipt_status"
)
DELIVERIES = Side(
    "sale_line_id", "sale.order.line", "qty_delivered", "product_uom_qty", "sale.order", "delivery_status"
)


def refresh(env: Env, moves: Iterable[Record]) -> None:
    """Bring the order lines behind these moves, and their orders, up to date."""
    kept = list(moves)
    for side in (RECEIPTS, DELIVERIES):
        lines = sorted({move[side.link] for move in kept if move[side.link]})
        if lines:
            _recount(env.sudo(), side, lines)


def _recount(env: Env, side: Side, lines: list[int]) -> None:
    done = env.rows("stock.move", env.search("stock.move", [(side.link, "in", lines), ("state", "=", "done")]))
    for line in env.rows(side.line, lines):
        total = _counted(env, side, line, [move for move in done if move[side.link] == line["id"]])
        env.write(side.line, line["id"], {side.counted: rounded(total)})
    for order in sorted({line["order_id"] for line in env.rows(side.line, lines)}):
        refresh_order(env, side, order)


def _counted(env: Env, side: Side, line: Record, done: list[Record]) -> float:
    """What these moves come to in the line's unit; of a kit the whole ones."""
    moved: defaultdict[int, float] = defaultdict(float)
    for move in done:
        moved[move["product_id"]] += _signed(env, side, move)
    return kits.counted(env, line, moved)


def _signed(env: Env, side: Side, move: Record) -> float:
    """What a move adds in the stock unit; goods going back take away when they are to be refunded."""
    unit = env.row("product.product", move["product_id"])["uom_id"]
    quantity = uom.convert(env, move["quantity"], move["product_uom"], unit, "HALF-UP")
    returns = "supplier" if side is RECEIPTS else "inside"
    target = env.row("stock.location", move["location_dest_id"])["usage"]
    back = target == "supplier" if returns == "supplier" else target not in ("customer", "transit")
    if not back:
        return quantity
    return -quantity if move["to_refund"] or not move["origin_returned_move_id"] else 0.0


def refresh_order(env: Env, side: Side, order: int) -> None:
    """How far the order's transfers are, and when its first one was done."""
    transfers = transfers_of(env, side, order)
    finished = [row["date_done"] for row in transfers if row["state"] == "done" and row["date_done"]]
    status = _status(env, side, order, transfers)
    env.sudo().write(side.order, order, {side.status: status, "effective_date": min(finished, default=False)})


def transfers_of(env: Env, side: Side, order: int) -> list[Record]:
    """The transfers that carry the order's moves, oldest first."""
    lines = env.sudo().search(side.line, [("order_id", "=", order)])
    moves = find(env, "stock.move", [(side.link, "in", lines)])
    return env.sudo().rows("stock.picking", sorted({move["picking_id"] for move in moves if move["picking_id"]}))


def _status(env: Env, side: Side, order: int, transfers: list[Record]) -> str | bool:
    states = {row["state"] for row in transfers}
    if not states or states == {"cancel"}:
        return False
    if states <= {"done", "cancel"}:
        return "full"
    lines = find(env, side.line, [("order_id", "=", order)])
    if any(line[side.counted] for line in lines):
        return "partial"
    return "started" if "done" in states and side is DELIVERIES else "pending"
