"""The committed sample, read: real articles with their weekly demand, customers, and how late vendors really were."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from statistics import fmean, median
from typing import NamedTuple

DATA = Path(__file__).parent / "data"
HASTE = 9
"""Promised times are divided by this: a giftware distributor's vendors promise days or weeks, not months."""
SMOOTH = Decimal("0.5")
"""How much of the week-to-week variation is kept: one distributor's demand varies less than one giftware season's."""


class Article(NamedTuple):
    """A product as the public data knows it."""

    code: str
    name: str
    price: Decimal
    """The usual selling price of one unit in GBP."""
    weekly: tuple[int, ...]
    """Units sold in each of the weeks, oldest first."""

    @property
    def mean(self) -> float:
        return fmean(self.weekly)

    def demand(self, share: float, weeks: int) -> list[int]:
        """The last weeks' sales at a part of that scale, smoothed around the mean."""
        calm = (self.mean + float(SMOOTH) * (sold - self.mean) for sold in self.weekly[-weeks:])
        return [max(0, round(sold * share)) for sold in calm]


class Punctuality(NamedTuple):
    """How long a vendor says it takes, and how late it then was, as shares of the promised time."""

    promised: int
    """Days."""
    lateness: tuple[float, ...]
    """One for each delivery, negative when early."""


class Buyer(NamedTuple):
    """A customer by rank of turnover."""

    rank: int
    country: str

    @property
    def tier(self) -> str:
        return "A" if self.rank <= 8 else "B" if self.rank <= 24 else "C"


@cache
def articles() -> tuple[Article, ...]:
    """Every article of the sample, best sellers first."""
    weekly = {row["code"]: tuple(int(n) for key, n in row.items() if key != "code") for row in _rows("demand.csv")}
    return tuple(
        Article(row["code"], " ".join(row["name"].split()).capitalize(), Decimal(row["price"]), weekly[row["code"]])
        for row in _rows("products.csv")
    )


@cache
def by_code() -> Mapping[str, Article]:
    return {article.code: article for article in articles()}


@cache
def buyers() -> tuple[Buyer, ...]:
    return tuple(Buyer(int(row["rank"]), row["country"]) for row in _rows("customers.csv"))


@cache
def punctuality() -> tuple[Punctuality, ...]:
    """One for each vendor of the sample."""
    deliveries: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in _rows("lead_times.csv"):
        deliveries[row["vendor"]].append((int(row["promised_days"]), int(row["late_days"])))
    return tuple(
        Punctuality(
            max(3, round(median(promised for promised, _ in past) / HASTE)),
            tuple(late / promised for promised, late in past),
        )
        for past in deliveries.values()
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
