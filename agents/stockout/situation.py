"""A stockout as the options see it: what more goods on some day would save, and how sure that is."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from agents.stockout.gathering import StockoutEvidence
from agents.stockout.goods.course import course
from agents.stockout.goods.shelf import Shelf, shelf
from agents.stockout.projection import Projection, projection
from agents.stockout.reading.index import Index, index
from agents.stockout.worth import at_risk
from agents.terms import Terms
from domain.money import Money
from tools.reads.history import WEEKS
from tools.reads.measures import Unit
from tools.reads.places import Warehouse
from tools.reads.products import Product

SUREST = Decimal("0.95")
GUESS = Decimal("0.45")
"""What is taken off where all of the shortage is forecast and the product was hardly ever sold."""
UNKNOWN = Decimal("0.10")
"""What is taken off for a fact that is missing: the product's cost, a vendor's record."""


@dataclass(frozen=True)
class Situation:
    """The evidence, sorted once for all options."""

    evidence: StockoutEvidence
    known: Index
    held: Shelf
    seen: Projection
    """How the shelf will last."""

    @property
    def terms(self) -> Terms:
        return self.evidence.terms

    def terms_of(self, warehouse: int) -> Terms:
        """The terms of any warehouse of the company."""
        return self.evidence.elsewhere.get(warehouse, self.terms)

    @property
    def product(self) -> Product:
        return self.held.product

    @property
    def warehouse(self) -> Warehouse:
        """The one that runs short."""
        return self.known.warehouses[self.held.warehouse]

    @property
    def unit(self) -> Unit:
        """The product's stock unit."""
        return self.known.unit(self.product.unit)

    def saved(self, day: int, quantity: Decimal) -> Money:
        """How much less money is at risk when this much more arrives on that day."""
        return self.saved_by(self.held.with_supply(day, float(quantity)))

    def saved_by(self, better: Shelf) -> Money:
        """How much less money is at risk with another shelf than this one."""
        after = at_risk(self.known, better, course(better), self.terms).money
        return max(self.seen.at_risk.money - after, Money.zero(after.currency))

    def after(self, better: Shelf) -> "Situation":
        """The same situation with another shelf: what is left of it for a second remedy."""
        seen = projection(self.known, better, course(better), self.terms)
        return replace(self, held=better, seen=seen)

    def arrival(self, day: int) -> int:
        """In how many days goods are here that are due in so many: a closed warehouse takes nothing in."""
        due = self.known.today + timedelta(days=day)
        return (self.terms.open_from(due) - self.known.today).days

    def confidence(self, *missing: bool) -> Decimal:
        """From 0.95 for orders in hand down to 0.50 for a forecast without history, less for each missing fact."""
        risk = self.seen.at_risk
        units = risk.ordered + risk.forecast
        guessed = risk.forecast / units if units else Decimal(0)
        ignorance = 1 - Decimal(self.seen.weeks_sold) / WEEKS
        gone = sum((self.product.cost is None, *missing))
        return (SUREST - GUESS * guessed * ignorance - UNKNOWN * gone).quantize(Decimal("0.01"))


def situation(evidence: StockoutEvidence) -> Situation:
    """The evidence made ready for weighing options."""
    known = index(evidence.picture)
    seen = evidence.projection
    held = shelf(known, known.products[seen.product], seen.warehouse, evidence.terms)
    return Situation(evidence, known, held, seen)
