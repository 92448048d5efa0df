"""The customers' orders that a stockout makes wait: what each lacks, what that costs, and who answers for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from agents.stockout.goods.chance import CERTAIN
from agents.stockout.goods.course import course
from agents.stockout.goods.entries import Claim
from agents.stockout.goods.shelf import Shelf
from agents.stockout.orders import Loss, exact, loss, tier
from agents.stockout.situation import Situation
from agents.stockout.worth import waiting_orders, worth
from agents.terms import Tier
from domain.money import Money
from tools.reads.names import quoted
from tools.reads.sales import SaleLine


@dataclass(frozen=True)
class CustomerOrder:
    """One sales order as far as it concerns the product here."""

    line: SaleLine
    """Its first line; all lines are of one customer and one seller."""
    claims: Sequence[Claim]
    tier: Tier | None

    @property
    def id(self) -> int:
        return self.line.order

    @property
    def words(self) -> str:
        """The order and its customer, as people know them."""
        return f"{quoted(self.line.order_name)} of {quoted(self.line.customer_name)}"

    @property
    def quantity(self) -> float:
        return sum(claim.quantity for claim in self.claims)

    @property
    def reserved(self) -> float:
        return sum(claim.reserved for claim in self.claims)

    @property
    def lacking(self) -> Decimal:
        """Stock units that are still to be found for it."""
        return exact(sum(claim.open for claim in self.claims))

    @property
    def due(self) -> int:
        """The first day, from today on, on which some of it is owed."""
        return max(min(claim.day for claim in self.claims), 0)

    @property
    def picked(self) -> bool:
        """Whether somebody has its goods in hand."""
        return any(claim.picked for claim in self.claims)


def orders(now: Situation) -> tuple[CustomerOrder, ...]:
    """Every open sales order for the product here."""
    found: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in now.held.wanted:
        line = now.known.sale_lines.get(claim.sale_line or 0)
        if line is not None:
            found[line.order].append(claim)
    return tuple(_ordered(now, claims) for claims in found.values())


def waiting(now: Situation) -> tuple[CustomerOrder, ...]:
    """Those that will lack something, the one that loses most first."""
    lost = losses(now, now.held)
    short = [order for order in orders(now) if order.id in lost]
    return tuple(sorted(short, key=lambda order: (-lost[order.id].amount, order.id)))


def losses(now: Situation, held: Shelf) -> Mapping[int, Money]:
    """What each order loses with this shelf, by order."""
    found: defaultdict[int, Loss] = defaultdict(Loss)
    for claim, unserved in waiting_orders(held, course(held), now.terms.patience_days):
        line = now.known.sale_lines.get(claim.sale_line or 0)
        if line is not None and max(unserved) > CERTAIN:
            found[line.order] = found[line.order].and_(loss(now.known, held, claim, unserved, now.terms))
    return {order: worth(now.known, held.product, lost).money for order, lost in found.items()}


def served(now: Situation, order: CustomerOrder) -> int | None:
    """In how many days the last of it is there, by goods that are certain to come; None where none are in sight."""
    drafted = {line.id for line in now.known.purchase_lines.values() if line.unconfirmed}
    held = now.held.without_lines(drafted)
    mine = {claim.sale_line for claim in order.claims}
    days = [each.supply.day for each in held.tied if each.claim.sale_line in mine]
    owed = 0.0
    for claim, unserved in waiting_orders(replace(held, tied=()), course(held), now.terms.patience_days):
        owed += unserved[-1]
        if claim.sale_line in mine:
            day = _later(held, owed) if unserved[-1] > CERTAIN else max(claim.day, 0) + _short_days(unserved)
            if day is None:
                return None
            days.append(day)
    return max(days, default=None)


def _short_days(unserved: Sequence[float]) -> int:
    return max((at + 1 for at, each in enumerate(unserved) if each > CERTAIN), default=0)


def _later(held: Shelf, owed: float) -> int | None:
    """When enough comes beyond the horizon; goods that nobody planned to carry on count for nothing."""
    for supply in sorted(each[:2] for each in held.supplies if each.day > held.horizon and each.document):
        owed -= supply[1]
        if owed <= CERTAIN:
            return supply[0]
    return None


def _ordered(now: Situation, claims: Sequence[Claim]) -> CustomerOrder:
    line = now.known.sale_lines[claims[0].sale_line or 0]
    return CustomerOrder(line, tuple(claims), tier(now.known, claims[0], now.terms))
