"""What the demo distributor trades: which real articles, where they lie, who supplies them and at what cost."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from scenarios.worlds.catalogue import Article, Punctuality, articles, punctuality

SIZE = 120
CENT = Decimal("0.01")


class Site(NamedTuple):
    """A warehouse of the demo distributor."""

    name: str
    company: str
    share: float
    """Its part of the public data's demand; the four share all of it."""
    every: int
    """It stocks every so-manieth article of the assortment …"""
    first: int
    """… beginning with this one."""


SITES: Mapping[str, Site] = {
    "WH": Site("Leicester", "GBP", 0.40, 1, 0),
    "NTH": Site("Leeds", "GBP", 0.24, 2, 0),
    "STH": Site("Reading", "GBP", 0.16, 3, 0),
    "UTR": Site("Utrecht", "EUR", 0.20, 2, 1),
}

COMPANIES: Mapping[str, str] = {"GBP": "Alder & Vale Wholesale", "EUR": "Alder & Vale Benelux"}

VENDORS = (
    ("Midland Tinware", "GBP"),
    ("Pennine Paper Goods", "GBP"),
    ("Quayside Imports", "USD"),
    ("Harbour Ceramics", "GBP"),
    ("Felt and Thread Works", "EUR"),
    ("Delta Glassware", "EUR"),
    ("Lantern and Wick", "GBP"),
    ("Pearl River Gifts", "USD"),
    ("Rhine Kitchenware", "EUR"),
    ("Eastern Woodcraft", "USD"),
    ("Bunting Makers", "GBP"),
    ("Seaside Novelties", "GBP"),
)
"""Invented firms by trade, with the currency each quotes in; each is as punctual as one vendor of the sample."""


class Vendor(NamedTuple):
    """A vendor with its currency and how punctual it really is."""

    name: str
    money: str
    punctuality: Punctuality


class Item(NamedTuple):
    """An article as the demo distributor trades it."""

    article: Article
    place: int
    """Its rank in the assortment, best seller first."""
    cost: Decimal
    """GBP for one unit."""
    vendor: Vendor
    by_dozen: bool
    expires: bool
    multiple: int
    """Reorder rules order whole packs of so many units."""

    @property
    def code(self) -> str:
        return self.article.code

    def weekly(self, site: str) -> float:
        """Mean demand of a week there, in units."""
        return self.article.mean * SITES[site].share

    def minimum(self, site: str) -> float:
        """The reorder point: demand over the promised lead time and a fortnight more."""
        return float(round(self.weekly(site) * (self.vendor.punctuality.promised / 7 + 2)))

    def maximum(self, site: str) -> float:
        """Four weeks above the reorder point."""
        return float(round(self.minimum(site) + 4 * self.weekly(site)))


BY_DOZEN = frozenset({"21668", "20972", "22077", "84978", "22190", "84755", "21232", "84946"})
EXPIRING = frozenset({"22551", "22554", "22556", "22693", "22969"})
FROM_VENDOR = {
    "47566": "Quayside Imports",
    "22771": "Harbour Ceramics",
    "21668": "Harbour Ceramics",
    "21931": "Midland Tinware",
    "22424": "Lantern and Wick",
}
"""Articles whose vendor matters for a known exception; the others take turns."""


@cache
def vendors() -> Mapping[str, Vendor]:
    return {name: Vendor(name, money, past) for (name, money), past in zip(VENDORS, punctuality(), strict=True)}


@cache
def items() -> Mapping[str, Item]:
    """The assortment by article code, best sellers first."""
    return {article.code: _item(place, article) for place, article in enumerate(articles()[:SIZE])}


def _item(place: int, article: Article) -> Item:
    share = Decimal(44 + place % 5 * 3) / 100
    vendor = FROM_VENDOR.get(article.code) or VENDORS[place % len(VENDORS)][0]
    by_dozen = article.code in BY_DOZEN
    return Item(
        article=article,
        place=place,
        cost=(article.price * share).quantize(CENT),
        vendor=vendors()[vendor],
        by_dozen=by_dozen,
        expires=article.code in EXPIRING,
        multiple=12 if by_dozen else (1, 6, 1)[place % 3],
    )
