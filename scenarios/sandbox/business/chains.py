"""Moves that follow one another: what was made to order for a move is its own, and nothing else serves it."""

from scenarios.sandbox.business import moves
from scenarios.sandbox.business.quantities import rounded
from scenarios.sandbox.env import Env, Record


def reservable(env: Env, move: Record) -> float:
    """How much the move may reserve, in its unit: what came for it and nobody took; inf where stock serves it."""
    if move["procure_method"] != "make_to_order":
        return float("inf")
    before = moves.rows(env, move["move_orig_ids"])
    came = sum(each["quantity"] for each in before if each["state"] == "done")
    return max(0.0, rounded(came - sum(each["quantity"] for each in moves.rows(env, following(before)))))


def following(done: list[Record]) -> list[int]:
    """The moves that wait for these."""
    return sorted({each for move in done for each in move["move_dest_ids"]})
