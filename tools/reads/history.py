"""What was sold week by week, and how long vendors really took."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from domain.ports import Reads
from domain.values import Json, Row
from tools.reads.parsing import instant, key, moment, number, stamp

MOVE = "stock.move"
ORDER = "purchase.order"
ORDER_FIELDS = ("partner_id", "date_approve", "date_planned", "effective_date")
WEEKS = 12
"""How many whole weeks of sales are looked at."""
RECEIPT_DAYS = 365
"""How far back a vendor's receipts tell something about the vendor of today."""
FEW = 100
"""So many products are named in the question. More are not: Odoo repeats the question beside every group it answers."""


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

    vendor: int
    ordered: datetime
    promised: datetime | None
    received: datetime


def weeks_sold(reads: Reads, products: Sequence[int], now: datetime) -> tuple[WeekSold, ...]:
    """Delivered quantities in the stock unit by product, location and whole week (Monday to Sunday, UTC).

    One call a week, for Odoo's own weeks begin on the day that the user's language says.
    """
    if not products:
        return ()
    end, wanted = monday(now), frozenset(products)
    found = (_week(row, ago) for ago in range(WEEKS) for row in _sold(reads, wanted, end - timedelta(weeks=ago)))
    return tuple(week for week in found if week.product in wanted)


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


def _sold(reads: Reads, products: Collection[int], end: datetime) -> list[Row]:
    """What left in the week before ``end``."""
    domain: list[Json] = [
        ["state", "=", "done"],
        ["company_id", "=", reads.company],
        ["location_id.usage", "=", "internal"],
        ["location_dest_id.usage", "=", "customer"],
        ["date", ">=", stamp(end - timedelta(weeks=1))],
        ["date", "<", stamp(end)],
    ]
    if len(products) <= FEW:
        named: list[Json] = [*sorted(products)]
        domain += [["product_id", "in", named]]
    return reads.groups(MOVE, domain, ["product_qty:sum"], ["product_id", "location_id"])


def _week(row: Row, ago: int) -> WeekSold:
    return WeekSold(
        product=key(row, "product_id"),
        location=key(row, "location_id"),
        ago=ago,
        quantity=number(row["product_qty"]),
    )


def _receipt(row: Row) -> Receipt:
    return Receipt(
        vendor=key(row, "partner_id"),
        ordered=instant(row, "date_approve"),
        promised=moment(row["date_planned"]),
        received=instant(row, "effective_date"),
    )
