"""What becomes of an order's open receipts when it is promised for another day, priced anew, or cancelled."""

from datetime import datetime

from scenarios.sandbox.business import chains, moves, picking_state, progress
from scenarios.sandbox.business.finding import one
from scenarios.sandbox.business.quantities import positive
from scenarios.sandbox.business.receipts import LINE, OPEN_DONE, moves_of, stock_price
from scenarios.sandbox.env import DATETIME, Env, Record


def set_deadline(env: Env, lines: list[int], promised: str) -> None:
    """A new promise moves the receipt's deadline, and by as much that of what waits for it; planned days stay."""
    for move in _open(env, lines):
        waiting = [each for each in moves.rows(env, chains.following([move])) if each["state"] not in OPEN_DONE]
        by = _moment(promised) - _moment(move["date_deadline"] or promised)
        for each in waiting:
            later = _moment(each["date_deadline"]) + by if each["date_deadline"] else _moment(promised)
            moves.put(env, [each["id"]], {"date_deadline": later.strftime(DATETIME)})
        moves.put(env, [move["id"]], {"date_deadline": promised})


def set_prices(env: Env, lines: list[Record]) -> None:
    """A price written on the order is the price of what has not come yet."""
    for line in lines:
        price = stock_price(env, one(env, "purchase.order", line["order_id"]), line)
        moves.put(env, [move["id"] for move in _open(env, [line["id"]])], {"price_unit": price})


def call_off(env: Env, order: int) -> None:
    """Cancel what has not come yet; a delivery that it was bought for is served from stock again."""
    lines = env.sudo().search(LINE, [("order_id", "=", order)])
    found = [move for move in moves_of(env, lines) if move["state"] not in OPEN_DONE]
    moves.cancel(env, [move["id"] for move in found])
    _let_go(env, [move for move in found if not move["propagate_cancel"]])
    env.sudo().write(LINE, lines, {"move_dest_ids": [(5,)]})
    pickings = progress.transfers_of(env, progress.RECEIPTS, order)
    picking_state.refresh(env, [row["id"] for row in pickings])


def _let_go(env: Env, called_off: list[Record]) -> None:
    """A delivery that waits for nothing else any more takes from stock; nothing is reserved for it by that."""
    ended = [move["id"] for move in called_off]
    for waiting in moves.rows(env, chains.following(called_off)):
        others = moves.rows(env, [move for move in waiting["move_orig_ids"] if move not in ended])
        if waiting["state"] not in OPEN_DONE and all(other["state"] in OPEN_DONE for other in others):
            kept = [move["id"] for move in others]
            moves.put(env, [waiting["id"]], {"procure_method": "make_to_stock", "move_orig_ids": [(6, 0, kept)]})
            moves.recount(env, [waiting["id"]])


def received(env: Env, order: int) -> bool:
    """Whether anything has come."""
    lines = env.sudo().search(LINE, [("order_id", "=", order)])
    return any(move["state"] == "done" and positive(move["quantity"]) for move in moves_of(env, lines))


def _open(env: Env, lines: list[int]) -> list[Record]:
    return [move for move in moves_of(env, lines) if move["state"] not in OPEN_DONE]


def _moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, DATETIME)  # noqa: DTZ007
