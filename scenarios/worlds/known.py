"""How a deliberate exception of the demo world is written down: where its product stands, and what is right."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from scenarios.worlds.assortment import Item


class Coming(NamedTuple):
    """An order with the product's vendor."""

    weeks: float
    """Quantity, in weeks of demand; units where the position counts in units."""
    in_days: float
    """When it is expected now; negative when overdue."""
    postponed: float = 0
    """By how many days the vendor has moved it."""
    drafted: bool = False
    """A request that nobody has confirmed yet."""


class Sold(NamedTuple):
    """A confirmed order of a customer; in the order in which they are told, they reserve what is there."""

    units: float
    in_days: float
    tier: str = "A"
    """Of the customer."""


class Position(NamedTuple):
    """Where a product stands in a warehouse; quantities are weeks of its demand there unless counted in ``units``."""

    on_hand: float
    coming: tuple[Coming, ...] = ()
    sold: tuple[Sold, ...] = ()
    lots: tuple[tuple[float, float], ...] = ()
    """Instead of plain stock: units and days until they expire."""
    units: bool = False
    """On hand and coming are units, and nothing was sold before: only open orders and the rule will draw on it."""
    kept: tuple[float, float] = (0.0, 0.0)
    """Of goods counted in units: minimum and maximum of a rule that has stood for long."""

    def quantity(self, item: Item, site: str, amount: float) -> float:
        return amount if self.units else float(round(amount * item.weekly(site)))


Remedy = Literal[
    "transfer", "rfq", "both", "confirm", "expedite", "reallocate", "promise", "minimum", "nothing", "no exception"
]
"""What is best done; the last where a scan should not find a stockout at all."""


class Known(NamedTuple):
    """One deliberate exception."""

    code: str
    site: str
    remedy: Remedy
    right: str
    """What should happen, in words."""
    positions: Mapping[str, Position]
    """By warehouse; warehouses not named here do not stock the product."""
