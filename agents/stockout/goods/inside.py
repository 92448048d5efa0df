"""Which stock of a warehouse deliveries can take, and which stands at its input, in quality control or its output."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from agents.stockout.goods.entries import Supply, Waiting
from agents.stockout.goods.own_goods import Brought
from agents.stockout.reading.index import Index, Pair
from tools.reads.moves import Move
from tools.reads.stock import Quant


def shelved(index: Index, pair: Pair) -> tuple[Sequence[Quant], Sequence[Quant]]:
    """The stock that deliveries of the product can take, and what stands elsewhere in the warehouse.

    A delivery takes from the warehouse's stock, or from the place its goods were carried to for it.
    """
    known = index.quants.get(pair, ())
    within = {index.warehouses[pair[1]].stock, *(move.source for move in index.outgoing.get(pair, ()))}
    on = {each.id for each in known if any(index.within(each.location, place) for place in within)}
    return [each for each in known if each.id in on], [each for each in known if each.id not in on]


def waiting(index: Index, pair: Pair, elsewhere: Sequence[Quant]) -> tuple[Waiting, ...]:
    """What stands elsewhere, place by place, and which move carries it on; lots that are over wait for nobody."""
    found: defaultdict[int, float] = defaultdict(float)
    for each in elsewhere:
        if each.usable_until is None or index.ahead(each.usable_until) > 0:
            found[each.location] += float(each.quantity)
    return tuple(part for place, there in found.items() if there > 0 for part in _carried(index, pair, place, there))


def carried_on(found: Sequence[Waiting], horizon: int) -> Iterator[Brought]:
    """Goods that stand in the warehouse already are never bought again: they come when planned, or nobody knows when.

    What lies in a place that is none of the warehouse's own steps, and that nobody moves, is no supply at all: it may
    be damaged, or another's.
    """
    for each in found:
        if each.on_the_way or each.day is not None:
            day = horizon + 1 if each.day is None else each.day
            yield Brought(Supply(day, each.quantity, each.document), by=each.move)


def _carried(index: Index, pair: Pair, place: int, there: float) -> Iterator[Waiting]:
    steps = index.warehouses[pair[1]].steps
    own = any(index.within(place, step) for step in steps)
    for move in index.inner.get(pair, ()):
        if there > 0 and index.within(place, move.source):
            part = min(there, float(move.quantity))
            there -= part
            yield Waiting(place, part, _planned(index, move), move.id, move.picking, move.document, own)
    if there > 0:
        yield Waiting(place, there, None, None, None, "", own)


def _planned(index: Index, move: Move) -> int:
    """Tomorrow at best: what stands at the input this morning is on no shelf for today's deliveries."""
    return max(index.ahead(move.at), 1)
