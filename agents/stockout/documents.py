"""The orders behind a stockout: where in Odoo people look when they are told of it."""

from collections.abc import Iterator, Sequence

from agents.stockout.gathering import Gathered, Puzzle
from agents.stockout.remedies.customers import losses, orders
from agents.stockout.situation import Situation, situation
from tools.document import DocumentModel


def documents(evidence: Gathered) -> Sequence[tuple[DocumentModel, int]]:
    """The sales order that loses most first, then the purchase orders that bring goods."""
    if isinstance(evidence, Puzzle):
        return ()
    now = situation(evidence)
    return (*_sold(now), *_bought(now))


def _sold(now: Situation) -> Iterator[tuple[DocumentModel, int]]:
    lost = losses(now, now.held)
    at_stake = {order.id: lost[order.id].amount if order.id in lost else 0 for order in orders(now)}
    for order in sorted(at_stake, key=lambda each: (-at_stake[each], each)):
        yield "sale.order", order


def _bought(now: Situation) -> Iterator[tuple[DocumentModel, int]]:
    for order in sorted({line.order for line in now.known.purchase_lines.values()}):
        yield "purchase.order", order
