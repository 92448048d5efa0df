"""Finds the products that will run out in a warehouse before goods arrive."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

from agents.stockout.course import course
from agents.stockout.index import Index, index
from agents.stockout.picture import Picture
from agents.stockout.projection import Projection, exceptional, projection
from agents.stockout.shelf import Shelf, shelf
from agents.stockout.terms import Terms
from domain.cases import Finding
from domain.errors import Misuse
from domain.values import digest

KIND = "stockout"


def detect(picture: Picture, now: datetime, terms: Terms | None = None) -> tuple[Finding, ...]:
    """Every exception in the picture, the most money at risk first; asks nothing of Odoo."""
    found = (_finding(picture, known, held, seen, now) for known, held, seen in _exceptions(picture, now, terms))
    return tuple(sorted(found, key=lambda finding: (-finding.money_at_risk.amount, finding.subject)))


def judge(
    picture: Picture, subject: str, now: datetime, terms: Terms | None = None
) -> tuple[Finding, Projection] | None:
    """One subject of the picture, None where it is no exception (any more)."""
    for known, held, seen in _exceptions(picture, now, terms, only=pair(subject)):
        return _finding(picture, known, held, seen, now), seen
    return None


def subject(product: int, warehouse: int) -> str:
    """What a stockout is about, stable over scans."""
    return f"product:{product}@warehouse:{warehouse}"


def pair(of: str) -> tuple[int, int]:
    """The product and the warehouse of a subject; raises Misuse for anything else."""
    product, at, warehouse = of.partition("@")
    numbers = product.removeprefix("product:"), warehouse.removeprefix("warehouse:")
    if not at or not all(number.isdecimal() for number in numbers) or of != subject(*map(int, numbers)):
        raise Misuse(f"expected a subject such as product:12@warehouse:3, found {of!r}")
    return int(numbers[0]), int(numbers[1])


def _exceptions(
    picture: Picture, now: datetime, terms: Terms | None, only: tuple[int, int] | None = None
) -> Iterator[tuple[Index, Shelf, Projection]]:
    terms = terms or Terms()
    known = index(picture.but(taken_at=now) if picture.taken_at != now else picture)
    for product, warehouse in known.pairs():
        if only in (None, (product, warehouse)):
            held = shelf(known, known.products[product], warehouse, terms)
            if not held.quiet and exceptional(held, ahead := course(held), terms):
                yield known, held, projection(known, held, ahead, terms)


def _finding(picture: Picture, known: Index, held: Shelf, seen: Projection, now: datetime) -> Finding:
    return Finding(
        kind=KIND,
        company=picture.company,
        subject=subject(seen.product, seen.warehouse),
        title=f"{held.product.title} {_words(seen)} in {known.warehouses[held.warehouse].name}",
        money_at_risk=seen.at_risk.money,
        deadline=_deadline(seen, now),
        facts_digest=_facts(known, held),
    )


def _words(seen: Projection) -> str:
    if seen.runs_out_on is not None:
        return f"runs out on {seen.runs_out_on.isoformat()}"
    if seen.weekly_demand == 0:
        return f"stays {seen.to_order} below its minimum of {seen.reorder_level:f}"
    return f"may run out ({seen.chance:.0%}) before goods arrive"


def _deadline(seen: Projection, now: datetime) -> datetime | None:
    """The beginning of the first short day, or now when that is today."""
    if seen.runs_out_on is None:
        return None
    return max(datetime.combine(seen.runs_out_on, time(), UTC), now)


def _facts(known: Index, held: Shelf) -> str:
    """Changes when what Odoo says of this shelf changes, not when another day begins."""
    at = (held.product.id, held.warehouse)
    rule = known.orderpoints.get(at)
    rows = (known.quants, known.incoming, known.outgoing, known.drafted)
    return digest([repr(rule), *(repr(row) for table in rows for row in table.get(at, ()))])
