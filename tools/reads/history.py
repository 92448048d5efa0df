"""What was sold week by week, and how long vendors really took."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from domain.ports import Reads
from domain.values import Json, Row
from tools.reads.parsing import ident, instant, key, moment, number, stamp

MOVE = "stock.move"
ORDER = "purchase.order"
ORDER_FIELDS = ("partner_id", "date_approve", "date_planned", "effective_date")
WEEKS = 12
"""How many whole weeks of sales are looked at."""
RECEIPT_DAYS = 365
"""How far back a vendor's receipts tell something about the vendor of today."""
BLOCK = 1_000
"""Products asked for at once, so that one answer stays of a size."""
FEW = 50
"""So many are named one by one. More are asked for as a range: Odoo repeats the question beside every group."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekSold:
    """What left one location for customers in one whole week; ``ago`` is 0 for the last whole week before now."""

    product: int
    location: int
    ago: int
    quantity: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """One purchase order that arrived: when it was ordered, promised and received."""

    order: int
    vendor: int
    ordered: datetime
    promised: datetime | None
    received: datetime


def weeks_sold(reads: Reads, products: Sequence[int], now: datetime) -> tuple[WeekSold, ...]:
    """Delivered quantities in the stock unit by product, location and whole week (Monday to Sunday, UTC)."""
    end, wanted = monday(now), sorted(products)
    blocks = [wanted[i : i + BLOCK] for i in range(0, len(wanted), BLOCK)]
    return tuple(week for block in blocks for week in _sold(reads, block, end))


def receipts(reads: Reads, now: datetime, *, vendors: Iterable[int] | None = None) -> tuple[Receipt, ...]:
    """Purchase orders received in the last year, of all vendors or the named ones."""
    since = stamp(now - timedelta(days=RECEIPT_DAYS))
    domain: list[Json] = [["company_id", "=", reads.company], ["effective_date", ">=", since]]
    domain += [["state", "in", ["purchase", "done"]], ["date_approve", "!=", False]]
    if vendors is not None:
        named: list[Json] = [*sorted(vendors)]
        domain += [["partner_id", "in", named]]
    return tuple(_receipt(row) for row in reads.rows(ORDER, ORDER_FIELDS, domain))


def monday(now: datetime) -> datetime:
    """The start of the week that ``now`` lies in: sales of an unfinished week would look like a drop."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=today.weekday())


def _sold(reads: Reads, products: Sequence[int], end: datetime) -> list[WeekSold]:
    domain: list[Json] = [
        ["state", "=", "done"],
        ["company_id", "=", reads.company],
        *_meant(products),
        ["location_id.usage", "=", "internal"],
        ["location_dest_id.usage", "=", "customer"],
        ["date", ">=", stamp(end - timedelta(weeks=WEEKS))],
        ["date", "<", stamp(end)],
    ]
    rows = reads.groups(MOVE, domain, ["product_qty:sum"], ["product_id", "location_id", "date:week"])
    wanted = frozenset(products)
    return [week for week in (_week(row, end) for row in rows) if week.product in wanted]


def _meant(products: Sequence[int]) -> list[Json]:
    """A condition on sorted products: these, or for many of them these and whatever lies between."""
    if len(products) > FEW:
        return [["product_id", ">=", products[0]], ["product_id", "<=", products[-1]]]
    return [["product_id", "in", list(products)]]


def _week(row: Row, end: datetime) -> WeekSold:
    return WeekSold(
        product=key(row, "product_id"),
        location=key(row, "location_id"),
        ago=_weeks_ago(row, end),
        quantity=number(row["product_qty"]),
    )


def _weeks_ago(row: Row, end: datetime) -> int:
    """From the range that Odoo sends along: the group's label is written in the user's language.

    Where that language begins its weeks on Sunday, a Sunday counts with the days after it; the last one has none.
    """
    match row["__range"]:
        case {"date:week": {"from": str() as start}}:
            began = datetime.fromisoformat(start).replace(tzinfo=UTC)
            return max(0, round((end - began) / timedelta(weeks=1)) - 1)
    raise ValueError(f"a week's sales came without their dates: {row}")


def _receipt(row: Row) -> Receipt:
    return Receipt(
        order=ident(row),
        vendor=key(row, "partner_id"),
        ordered=instant(row, "date_approve"),
        promised=moment(row["date_planned"]),
        received=instant(row, "effective_date"),
    )
