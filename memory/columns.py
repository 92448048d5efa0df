"""How moments and amounts are written in the database: sortable, countable, exact."""

from datetime import UTC, datetime
from decimal import ROUND_CEILING, Decimal

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator

from memory.errors import OutOfRange

MILLION = 1_000_000
LARGEST = 2**63 - 1


def spell(at: datetime) -> str:
    """A moment as text of fixed width in UTC, so that text order is time order."""
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone; moments come from the desk's clock")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored as text in UTC."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else spell(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else datetime.fromisoformat(value)


def millionths(amount: Decimal) -> int:
    """An amount in whole millionths, rounded up so that a sum of many is never too low."""
    count = int((amount * MILLION).to_integral_value(ROUND_CEILING))
    if abs(count) > LARGEST:
        raise OutOfRange(f"{amount} is too large to be counted; the most is {LARGEST // MILLION}")
    return count


def whole(count: int) -> Decimal:
    """The amount behind so many millionths."""
    return Decimal(count) / MILLION
