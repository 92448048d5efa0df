"""Orders that goods are bought or carried for alone: their own goods serve them, and nothing else does."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from agents.stockout.goods.entries import Claim, Supply, Tied
from agents.stockout.reading.index import Index
from tools.reads.moves import Move

LEAST = 1e-6
"""Less than this of anything is nothing."""


class Account(NamedTuple):
    """Claims and supplies that everybody shares, and those that belong to each other."""

    claims: tuple[Claim, ...]
    supplies: tuple[Supply, ...]
    tied: tuple[Tied, ...]


class Brought(NamedTuple):
    """Goods that come, and for whom."""

    supply: Supply
    by: int | None = None
    """The move that brings them."""
    serves: tuple[int, ...] = ()
    """The moves that they are bought for, while no move brings them yet."""


def account(index: Index, claims: Iterable[tuple[Move, Claim]], coming: Iterable[Brought]) -> Account:
    """Take out of the common account what is made to order and its own goods, as far as both are in sight.

    An order whose purchase was called off stays in the common account: Odoo serves it from stock as well.
    """
    rest, shared, tied = list(coming), [], []
    for move, claim in claims:
        own, rest = _own(index, move, claim, rest)
        tied += own
        left = claim.quantity - sum(each.claim.quantity for each in own)
        if left > LEAST:
            shared.append(claim._replace(quantity=left))
    return Account(tuple(shared), tuple(each.supply for each in rest), tuple(tied))


def _own(index: Index, move: Move, claim: Claim, coming: Sequence[Brought]) -> tuple[list[Tied], list[Brought]]:
    """What is brought for this order, and what is left for the others."""
    wanted = claim.open if move.to_order else 0.0
    if wanted <= LEAST:
        return [], list(coming)
    chain, tied, rest = frozenset(_chain(index, move)), [], []
    for each in coming:
        part = min(wanted, each.supply.quantity) if each.by in chain or move.id in each.serves else 0.0
        if part > LEAST:
            supply = each.supply._replace(quantity=part)
            tied.append(Tied(claim._replace(quantity=part, reserved=0.0), supply))
            wanted -= part
        left = each.supply.quantity - part
        if left > LEAST or part <= LEAST:
            rest.append(each._replace(supply=each.supply._replace(quantity=left)))
    return tied, rest


def _chain(index: Index, move: Move) -> Iterator[int]:
    """The open moves that bring its goods, step by step."""
    seen, ahead = set[int](), list(move.origins)
    while ahead:
        at = ahead.pop()
        if at in index.moves and at not in seen:
            seen.add(at)
            yield at
            ahead += index.moves[at].origins
