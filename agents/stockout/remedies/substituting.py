"""Offering the customer another product that is there: the seller is asked to."""

from dataclasses import replace
from decimal import Decimal

from agents.stockout.goods.shelf import Shelf
from agents.stockout.remedies.asking import asked
from agents.stockout.remedies.customers import CustomerOrder, waiting
from agents.stockout.remedies.transferring import spare
from agents.stockout.situation import Situation
from agents.stockout.soundness import UNFIT, because
from agents.units import convert
from domain.money import Money
from domain.plans import Option
from tools.reads.names import quoted
from tools.reads.products import Product

ABOUT = "Offer another product"
"""How the activity's summary begins."""


def substitutes(now: Situation) -> tuple[Option, ...]:
    """One option for each product that the terms name, the best first, for the order that loses most."""
    orders = [order for order in waiting(now) if order.line.product == now.product.id]
    if not orders:
        return ()
    codes = now.terms.substitutes.get(now.product.code, ())
    return tuple(_substitute(now, orders[0], code) for code in codes)


def _substitute(now: Situation, order: CustomerOrder, code: str) -> Option:
    instead = next((each for each in now.known.products.values() if each.code == code and each.active), None)
    wanted, why_not, cost = Decimal(0), None, None
    if instead is None:
        why_not = f"there is no storable product with the reference {quoted(code)} in Odoo"
    else:
        try:
            wanted = convert(order.lacking, now.unit, now.known.unit(instead.unit))
            why_not, cost = _too_few(now, instead, wanted), _dearer(now, instead, wanted, order)
        except UNFIT as trouble:
            why_not = because(trouble)
    known_as = quoted(instead.title if instead else code)
    goods = f"{wanted.normalize():,f} of {known_as}" if wanted else known_as
    return asked(
        now,
        name=f"substitute:{instead.id if instead else code}",
        title=f"Ask the seller of {order.words} to offer {goods} instead of {quoted(now.product.title)}",
        about=ABOUT,
        document=("sale.order", order.id),
        user=order.line.seller,
        words=f"{goods} instead of {quoted(now.product.title)}",
        saves=now.saved_by(_without(now, order)),
        cost=cost,
        why_not=why_not,
    )


def _too_few(now: Situation, instead: Product, wanted: Decimal) -> str | None:
    """The substitute's own orders, forecast and reorder level come first."""
    left = spare(now, instead, now.warehouse.id).spare
    if left >= wanted:
        return None
    return f"{quoted(now.warehouse.name)} can spare {left:f} of {quoted(instead.title)}, and {wanted:f} are wanted"


def _dearer(now: Situation, instead: Product, wanted: Decimal, order: CustomerOrder) -> Money | None:
    """What the substitute costs more than the product, if the customer pays the same; None where a cost is unknown."""
    if instead.cost is None or now.product.cost is None:
        return None
    more = instead.cost * wanted - now.product.cost * order.lacking
    return now.known.rates.money(max(more, Decimal(0))).rounded()


def _without(now: Situation, order: CustomerOrder) -> Shelf:
    """The shelf without what the order lacks."""
    lines = {claim.sale_line for claim in order.claims}
    served = tuple(
        claim._replace(quantity=claim.reserved) if claim.sale_line in lines else claim for claim in now.held.claims
    )
    tied = tuple(each for each in now.held.tied if each.claim.sale_line not in lines)
    return replace(now.held, claims=served, tied=tied)
