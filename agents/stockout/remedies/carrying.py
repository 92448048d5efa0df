"""Carrying goods that arrived to the shelf: they are in the warehouse, and no delivery can take them yet."""

from dataclasses import replace
from decimal import Decimal

from agents.stockout.goods.entries import Supply, Waiting
from agents.stockout.goods.shelf import Shelf
from agents.stockout.orders import exact
from agents.stockout.remedies.asking import asked
from agents.stockout.remedies.customers import waiting
from agents.stockout.situation import Situation
from domain.plans import Option
from tools.document import DocumentModel
from tools.reads.names import quoted

ABOUT = "Carry to the shelf"
"""How the activity's summary begins."""


def carryings(now: Situation) -> tuple[Option, ...]:
    """One option for each place in the warehouse where goods stand that belong on the shelf."""
    return tuple(_carrying(now, each) for each in now.held.waiting if each.on_the_way or each.move)


def _carrying(now: Situation, there: Waiting) -> Option:
    place = now.known.locations[there.location].name
    goods = f"{exact(there.quantity).normalize():,f} {now.unit.name} of {quoted(now.product.title)}"
    document, user = _whom(now, there)
    return asked(
        now,
        name=f"carry:{there.move or there.location}",
        title=f"Have {goods} carried from {quoted(place)} to the shelf today"
        + (f" with {quoted(there.document)}" if there.document else ""),
        about=ABOUT,
        document=document,
        user=user,
        words=f"{goods} from {quoted(place)}",
        saves=now.saved_by(_today(now.held, there)),
        cost=now.known.rates.money(Decimal(0)),
        why_not=None if there.picking else f"no transfer carries it on from {quoted(place)}; make one in Odoo",
    )


def _whom(now: Situation, there: Waiting) -> tuple[tuple[DocumentModel, int], int | None]:
    """Whoever answers for the transfer; where nobody does, the seller of the order that waits for it."""
    picking = next((each for each in now.evidence.picture.pickings if each.id == there.picking), None)
    if picking is not None and picking.responsible is not None:
        return ("stock.picking", picking.id), picking.responsible
    first = next(iter(waiting(now)), None)
    if first is None:
        return ("stock.picking", there.picking or 0), None
    return ("sale.order", first.id), first.line.seller


def _today(held: Shelf, there: Waiting) -> Shelf:
    """The shelf with these goods on it."""

    def on_it(supply: Supply) -> Supply:
        same = supply.line is None and (supply.day, supply.document) == (there.day, there.document)
        return supply._replace(day=0) if same else supply

    tied = tuple(each._replace(supply=on_it(each.supply)) for each in held.tied)
    return replace(held, supplies=tuple(map(on_it, held.supplies)), tied=tied)
