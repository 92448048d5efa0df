"""The exceptions that are in the demo world on purpose, each with the answer that is right."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from scenarios.worlds.assortment import Item


class Coming(NamedTuple):
    """An open purchase order for the product."""

    weeks: float
    """Quantity, in weeks of demand; units where the position counts in units."""
    in_days: float
    """When it is expected now; negative when overdue."""
    postponed: float = 0
    """By how many days the vendor has moved it."""


class Position(NamedTuple):
    """Where a product stands in a warehouse; quantities are weeks of its demand there unless counted in ``units``."""

    on_hand: float
    coming: tuple[Coming, ...] = ()
    sold: tuple[tuple[float, float], ...] = ()
    """Confirmed orders: units and days."""
    lots: tuple[tuple[float, float], ...] = ()
    """Instead of plain stock: units and days until they expire."""
    units: bool = False
    """On hand and coming are units, and nothing was sold before: only open orders will draw on it."""

    def quantity(self, item: Item, site: str, amount: float) -> float:
        return amount if self.units else float(round(amount * item.weekly(site)))


Remedy = Literal["transfer", "rfq", "nothing", "no exception"]
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


DAYS = 1 / 7
PLENTY = 26.0
"""Weeks: enough to give some away."""

KNOWN: Mapping[str, Known] = {
    "transfer-small": Known(
        "20723",
        "STH",
        "transfer",
        "Leicester has plenty: a small transfer that policy may do by itself",
        {"STH": Position(3 * DAYS), "WH": Position(PLENTY)},
    ),
    "transfer-large": Known(
        "22423",
        "NTH",
        "transfer",
        "Leicester has plenty, but the amount needs a person",
        {"NTH": Position(3 * DAYS, sold=((400, 9),)), "WH": Position(2 * PLENTY)},
    ),
    "rfq-small": Known(
        "22771",
        "WH",
        "rfq",
        "7 are short, packs of 12, at least 24: an RFQ for 24",
        {"WH": Position(13, sold=((20, 12),), units=True)},
    ),
    "rfq-large": Known(
        "22605",
        "WH",
        "rfq",
        "nobody else stocks it and the order is above the limit: an RFQ for a person",
        {"WH": Position(2.0, sold=((400, 13),))},
    ),
    "trough": Known(
        "22424",
        "WH",
        "transfer",
        "40 are short from day 10 to day 20 though the end balance is 200: a transfer from Leeds",
        {
            "WH": Position(60, coming=(Coming(240, 20),), sold=((100, 10),), units=True),
            "NTH": Position(120, units=True),
        },
    ),
    "postponed": Known(
        "21931",
        "WH",
        "no exception",
        "below its reorder point, yet a postponed order arrives in time: nothing must be ordered again",
        {"WH": Position(3.5, coming=(Coming(10.0, 12, postponed=9),))},
    ),
    "donor-short": Known(
        "22699",
        "NTH",
        "rfq",
        "Leicester would fall below its own reorder point: buy",
        {"NTH": Position(2 * DAYS), "WH": Position(3.6, coming=(Coming(8.0, 10),))},
    ),
    "dozens": Known(
        "21668",
        "WH",
        "rfq",
        "counted in units, bought by the dozen: an RFQ in whole dozens",
        {"WH": Position(3 * DAYS)},
    ),
    "dollars": Known(
        "47566",
        "WH",
        "rfq",
        "the vendor quotes in USD: an RFQ whose value is judged in GBP",
        {"WH": Position(4 * DAYS)},
    ),
    "expiring-lot": Known(
        "22551",
        "WH",
        "rfq",
        "most of the free stock is in a lot that expires before the delivery",
        {"WH": Position(0, lots=((280, 4), (30, 300)), sold=((120, 10),))},
    ),
    "second-company": Known(
        "22697",
        "UTR",
        "rfq",
        "short in the second company; stock of the first is not for transfer",
        {"UTR": Position(2 * DAYS), "WH": Position(PLENTY), "NTH": Position(PLENTY)},
    ),
    "late-receipt": Known(
        "22960",
        "WH",
        "nothing",
        "the covering order is overdue and an order of today waits: nothing must be ordered again",
        {"WH": Position(1 * DAYS, coming=(Coming(8.0, -5),), sold=((60, 0),))},
    ),
    "transfer-lunch-box": Known(
        "22629", "NTH", "transfer", "a transfer from Leicester", {"NTH": Position(2 * DAYS), "WH": Position(PLENTY)}
    ),
    "transfer-jumbo-bag": Known(
        "22386",
        "STH",
        "transfer",
        "a transfer from Leicester or Leeds",
        {"STH": Position(2 * DAYS), "WH": Position(PLENTY), "NTH": Position(PLENTY)},
    ),
    "second-company-order": Known(
        "20725",
        "UTR",
        "rfq",
        "a promised order cannot be met in the second company",
        {"UTR": Position(1.5, sold=((240, 12),)), "WH": Position(PLENTY)},
    ),
}
