"""What an order loses while it waits: its own net price, of a kit the whole kit's, and its customer's penalty."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil, isfinite
from typing import NamedTuple

from agents.stockout.goods.chance import CERTAIN
from agents.stockout.goods.entries import Claim
from agents.stockout.goods.shelf import Shelf
from agents.stockout.reading.index import Index
from agents.terms import Terms, Tier
from agents.units import convert
from tools.reads.parsing import number
from tools.reads.sales import SaleLine


class Loss(NamedTuple):
    """What is lost of orders, in stock units and in the company's currency."""

    units: Decimal = Decimal(0)
    """A late one counts by its delay."""
    net: Decimal = Decimal(0)
    penalty: Decimal = Decimal(0)
    """As far as the terms name one."""
    unknown: Decimal = Decimal(0)
    """Units of orders whose penalty nobody named."""

    def and_(self, other: "Loss") -> "Loss":
        return Loss(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def loss(known: Index, held: Shelf, claim: Claim, unserved: Sequence[float], terms: Terms) -> Loss:
    """What one order loses that lacks so many stock units at the end of each day from the one it is due.

    What is still open in the end is lost; what is served late loses its share of the customer's patience for each day.
    """
    kit = units_a_kit(known, held, claim)
    lacking = [_whole_kits(each, kit, claim) for each in unserved] if kit else unserved
    end, days = lacking[-1], sum(max(each - lacking[-1], 0.0) for each in lacking[: terms.patience_days])
    units = exact(end + days / terms.patience_days)
    if not units:
        return Loss()
    price = net_price(known, held, claim)
    penalty = _penalty(tier(known, claim, terms), exact(end), exact(days)) if claim.sale_line else Decimal(0)
    return Loss(units, units * price, (penalty or 0) * price, units if penalty is None else Decimal(0))


def tier(known: Index, claim: Claim, terms: Terms) -> Tier | None:
    """The tier of the customer who ordered, None where it is unknown."""
    line = known.sale_lines.get(claim.sale_line or 0)
    customer = known.customers.get(line.customer) if line else None
    return terms.tier(customer.words) if customer else None


def net_price(known: Index, held: Shelf, claim: Claim) -> Decimal:
    """What the customer pays for one stock unit, in the company's currency; list price where no order tells.

    A component of a kit brings its share of the kit's line: all of it is lost with the last missing unit.
    """
    line = known.sale_lines.get(claim.sale_line or 0)
    net = line and known.rates.own(line.net, line.currency)
    if not line or not net or line.quantity <= 0:
        return held.product.list_price
    if _is_kit(line, held):
        return net.amount * _open_share(line) / exact(_of_line(held, line))
    return net.amount / convert(line.quantity, known.unit(line.unit), known.unit(held.product.unit))


def units_a_kit(known: Index, held: Shelf, claim: Claim) -> float | None:
    """How many stock units of the product one kit takes; None where the product itself was sold."""
    line = known.sale_lines.get(claim.sale_line or 0)
    if line is None or not _is_kit(line, held) or line.quantity <= line.delivered:
        return None
    return _of_line(held, line) / float(line.quantity - line.delivered)


def exact(quantity: float) -> Decimal:
    """A quantity that statistics gave, as a decimal of at most four places; raises ValueError for none at all."""
    if not isfinite(quantity):
        raise ValueError(f"{quantity} is no quantity")
    return number(round(quantity, 4))


def _penalty(found: Tier | None, lost: Decimal, days: Decimal) -> Decimal | None:
    """In units of the net price: for what is lost, and for each day that each unit is late; None where nobody said."""
    if found is None or (lost and found.lost is None) or (days and found.late_per_day is None):
        return None
    return lost * (found.lost or 0) + days * (found.late_per_day or 0)


def _whole_kits(lacking: float, kit: float, claim: Claim) -> float:
    """A kit that lacks one component is not delivered."""
    return min(ceil(lacking / kit - CERTAIN) * kit, claim.quantity) if lacking > CERTAIN else 0.0


def _is_kit(line: SaleLine, held: Shelf) -> bool:
    return line.product is not None and line.product != held.product.id and _of_line(held, line) > CERTAIN


def _of_line(held: Shelf, line: SaleLine) -> float:
    """Stock units of this product that are still to leave for the order line."""
    return sum(claim.quantity for claim in held.wanted if claim.sale_line == line.id)


def _open_share(line: SaleLine) -> Decimal:
    """How much of the line the customer does not have yet."""
    return max(1 - line.delivered / line.quantity, Decimal(0))
