"""What a buyer is told of the orders behind a stockout: who waits, for whom goods come, what stands aside."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from agents.stockout.goods.inside import shelved
from agents.stockout.orders import exact
from agents.stockout.remedies.customers import CustomerOrder, orders
from agents.stockout.situation import Situation
from tools.reads.names import quoted

SPIKE = 0.5
"""From this share on, what one customer ordered is told by itself."""

Fact = tuple[str, str]
"""What it is, and how much, with its unit."""


def free(now: Situation) -> Fact:
    """Unreserved, and where a delivery can take it."""
    on, _ = shelved(now.known, (now.product.id, now.warehouse.id))
    return "Free", units(now, sum((quant.quantity - quant.reserved for quant in on), Decimal(0)))


def standing(now: Situation) -> Iterator[Fact]:
    """What is in the warehouse and not on the shelf, and a product that nobody buys any more."""
    for each in now.held.waiting:
        when = "no transfer carries it on" if each.day is None else f"carried on {_on(now, each.day)}"
        place = quoted(now.known.locations[each.location].name)
        document = f" with {quoted(each.document)}" if each.document else ""
        yield "Not on the shelf yet", f"{units(now, exact(each.quantity))} in {place}, {when}{document}"
    if not now.product.active:
        yield "Archived", "delivered from what there is, and bought no more"


def ordering(now: Situation) -> Iterator[Fact]:
    """Orders with goods of their own, and a customer who asks for most of it."""
    for claim, supply in now.held.tied:
        order = f"{units(now, exact(claim.quantity))} on {_on(now, claim.day)} with {quoted(claim.document)}"
        yield "Made to order", f"{order}, its goods come on {_on(now, supply.day)} with {quoted(supply.document)}"
    known = orders(now)
    total = sum(order.quantity for order in known)
    for name, quantity in _by_customer(known).items():
        if len(known) > 1 and quantity >= SPIKE * total:
            yield "Most is for one customer", f"{quantity / total:.0%} of {units(now, exact(total))} for {quoted(name)}"


def penalties(now: Situation) -> Fact:
    """What customers' tiers ask for; unknown is said, and never zero."""
    risk = now.seen.at_risk
    told = None if risk.penalties is None else str(risk.penalties)
    if not risk.unpriced:
        return "Penalties at risk", told or "none: no order would be late"
    nobody = f"unknown for {units(now, risk.unpriced)}, of customers whose tier or penalty the terms do not name"
    return "Penalties at risk", f"{told}, {nobody}" if told else nobody


def units(now: Situation, quantity: Decimal) -> str:
    """To a tenth of a unit, thousands set apart."""
    return f"{f'{quantity:,.1f}'.removesuffix('.0')} {now.unit.name}"


def _by_customer(known: tuple[CustomerOrder, ...]) -> dict[str, float]:
    found: dict[str, float] = {}
    for order in known:
        found[order.line.customer_name] = found.get(order.line.customer_name, 0.0) + order.quantity
    return found


def _on(now: Situation, day: int) -> str:
    return str(now.known.today + timedelta(days=day))
