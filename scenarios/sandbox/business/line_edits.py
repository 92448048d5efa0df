"""A person who edits a move's lines changes what it holds; the house's own functions see to that themselves."""

from scenarios.sandbox.business import move_lines, moves
from scenarios.sandbox.env import Env, Record, Values
from scenarios.sandbox.registry import after_create, after_write, before_unlink

LINE = "stock.move.line"


@after_create(LINE)
def count_new(env: Env, ids: list[int], _values: Values) -> None:
    if not env.su:
        moves.recount(env, _moves(env, ids))


@after_write(LINE)
def count_changed(env: Env, ids: list[int], values: Values) -> None:
    if not env.su and values.keys() & {"quantity", "product_uom_id"}:
        moves.recount(env, _moves(env, ids))
    if not env.su and "picked" in values:
        _pick(env, _moves(env, ids))


def _pick(env: Env, ids: list[int]) -> None:
    """A move is picked as soon as one of its lines is."""
    for move in ids:
        picked = any(line["picked"] for line in move_lines.of_moves(env, [move]))
        moves.put(env, [move], {"picked": picked})


@before_unlink(LINE)
def count_without(env: Env, ids: list[int]) -> None:
    if not env.su:
        moves.recount(env, _moves(env, ids), without=ids)


def _moves(env: Env, lines: list[int]) -> list[int]:
    rows: list[Record] = env.sudo().rows(LINE, lines)
    return sorted({row["move_id"] for row in rows if row["move_id"]})
