"""Finds the products that will run out in a warehouse before goods arrive."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from agents.stockout.goods.course import course
from agents.stockout.goods.shelf import shelf
from agents.stockout.projection import Projection, exceptional, projection
from agents.stockout.reading.index import Index, Pair, index
from agents.stockout.reading.picture import Picture
from agents.stockout.soundness import UNFIT, Odd, because, check
from agents.terms import Terms, TermsBook
from domain.cases import Finding
from domain.errors import Misuse
from domain.money import Money
from domain.values import digest
from tools.reads.names import quoted

KIND = "stockout"
DEAREST = 1_000_000_000_000
"""No stockout of one product is worth more, in any currency."""


class Found(NamedTuple):
    """One exception, and how the product will last; where its data cannot be understood, why."""

    finding: Finding
    seen: Projection | str


def detect(picture: Picture, now: datetime, terms: TermsBook) -> tuple[Finding, ...]:
    """Every exception in the picture, the most money at risk first; asks nothing of Odoo.

    A product whose data cannot be understood is a finding too, without money: a person sees it, and loses no other.
    """
    found = (each.finding for each in _exceptions(picture, now, terms))
    return tuple(sorted(found, key=lambda finding: (-finding.money_at_risk.amount, finding.subject)))


def judge(picture: Picture, subject: str, now: datetime, terms: TermsBook) -> Found | None:
    """One subject of the picture, None where it is no exception (any more)."""
    return next(_exceptions(picture, now, terms, only=pair(subject)), None)


def subject(product: int, warehouse: int) -> str:
    """What a stockout is about, stable over scans."""
    return f"product:{product}@warehouse:{warehouse}"


def place(of: str) -> int:
    """The warehouse that runs short; raises Misuse for what is no subject."""
    return pair(of)[1]


def pair(of: str) -> tuple[int, int]:
    """The product and the warehouse of a subject; raises Misuse for anything else."""
    product, at, warehouse = of.partition("@")
    numbers = product.removeprefix("product:"), warehouse.removeprefix("warehouse:")
    if not at or not all(number.isdecimal() for number in numbers) or of != subject(*map(int, numbers)):
        raise Misuse(f"expected a subject such as product:12@warehouse:3, found {of!r}")
    return int(numbers[0]), int(numbers[1])


def _exceptions(picture: Picture, now: datetime, terms: TermsBook, only: Pair | None = None) -> Iterator[Found]:
    known = index(picture.but(taken_at=now) if picture.taken_at != now else picture)
    company = picture.company
    for at in known.pairs():
        found = _found(known, company, at, now, terms.of(company, at[1])) if only in (None, at) else None
        if found is not None:
            yield found


def _found(known: Index, company: int, at: Pair, now: datetime, terms: Terms) -> Found | None:
    """What is wrong at one place; odd data of one product is its own trouble only."""
    product, warehouse = known.products[at[0]], known.warehouses[at[1]]
    try:
        seen = _seen(known, at, terms)
        if seen is None:
            return None
        words, risk = f"{_words(seen)} in {quoted(warehouse.name)}", seen.at_risk.money
        finding = _finding(known, company, at, f"{quoted(product.title)} {words}", risk)
        return Found(finding.but(deadline=_deadline(seen, now, known.zone)), seen)
    except UNFIT as odd:
        trouble = f"in {quoted(warehouse.name)}, {because(odd)}"
        title = f"{quoted(product.title)}: its data in Odoo cannot be understood: {trouble}"
        return Found(_finding(known, company, at, title, Money.zero(known.rates.currency)), trouble)


def _seen(known: Index, at: Pair, terms: Terms) -> Projection | None:
    """How the product will last there, None where that is no exception."""
    held = shelf(known, known.products[at[0]], at[1], terms)
    if held.quiet or not (held.product.active or held.wanted):
        return None
    check(known, held)
    ahead = course(held)
    if not exceptional(held, ahead, terms):
        return None
    seen = projection(known, held, ahead, terms)
    if seen.at_risk.revenue.amount > DEAREST:
        raise Odd(f"{seen.at_risk.revenue} would be at risk; correct the prices of its open orders in Odoo")
    return seen


def _finding(known: Index, company: int, at: Pair, title: str, at_risk: Money) -> Finding:
    return Finding(
        kind=KIND,
        company=company,
        subject=subject(*at),
        title=title,
        money_at_risk=at_risk,
        deadline=None,
        facts_digest=_facts(known, at),
    )


def _words(seen: Projection) -> str:
    if seen.runs_out_on is not None:
        return f"runs out on {seen.runs_out_on.isoformat()}"
    if seen.own_goods_on is not None:
        return f"comes on {seen.own_goods_on.isoformat()} for an order of {seen.own_goods_due}"
    if seen.weekly_demand == 0:
        return f"stays {seen.to_order} below its minimum of {seen.reorder_level:f}"
    return f"may run out ({seen.chance:.0%}) before goods arrive"


def _deadline(seen: Projection, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The beginning of the first short day where the company is, or now when that is today."""
    begins = min((day for day in (seen.runs_out_on, seen.own_goods_due) if day is not None), default=None)
    return None if begins is None else max(datetime.combine(begins, time(), zone).astimezone(UTC), now)


def _facts(known: Index, at: Pair) -> str:
    """Changes when what Odoo says of this shelf changes, not when another day begins."""
    rule = known.orderpoints.get(at)
    rows = (known.quants, known.incoming, known.outgoing, known.inner, known.drafted)
    return digest([repr(rule), *(repr(row) for table in rows for row in table.get(at, ()))])
