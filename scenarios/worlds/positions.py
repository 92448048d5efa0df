"""Where every product of the demo distributor stands in each warehouse, and what its vendor asks for it."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from scenarios.worlds.assortment import SITES, Item, items
from scenarios.worlds.exceptions import KNOWN
from scenarios.worlds.known import Position

WORTH = {"GBP": Decimal(1), "EUR": Decimal("1.17"), "USD": Decimal("1.27")}
"""Of one pound, when vendors made their price lists."""
CENT = Decimal("0.01")
MARGIN = 8
"""Weeks of demand that a healthy product has in stock beyond its vendor's lead time."""


@cache
def positions(site: str) -> Mapping[str, Position]:
    """What the warehouse stocks, by article code: known exceptions as told, everything else healthy."""
    special = {known.code: known.positions for known in KNOWN.values()}
    usual = {item.code: healthy(item) for item in items().values() if _stocked(item, site)}
    told = {code: at[site] for code, at in special.items() if site in at}
    return {**{code: position for code, position in usual.items() if code not in special}, **told}


def healthy(item: Item) -> Position:
    weeks = item.vendor.punctuality.promised / 7 + MARGIN
    if item.expires:
        return Position(0, lots=((round(weeks * item.weekly("WH")), 400.0),))
    return Position(weeks)


def quoted(item: Item, money: str = "") -> Decimal:
    """What the vendor asks for one purchase unit, in its own currency or the one named."""
    price = item.cost * WORTH[money or item.vendor.money] * (12 if item.by_dozen else 1)
    return price.quantize(CENT)


def _stocked(item: Item, site: str) -> bool:
    """Every so-manieth article, as the site says."""
    return item.place % SITES[site].every == SITES[site].first
