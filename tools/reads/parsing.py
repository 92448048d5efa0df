"""What Odoo writes into a field, read as what it means: nothing as None, floats as exact decimals, times in UTC."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from math import isfinite

from domain.values import Json, Row
from tools.reads.names import tidy

DECIMALS = 6
"""Digits kept of a float: Odoo's own quantities and prices never carry more."""
BEYOND = Decimal(10) ** 30
"""Stands for NaN and infinity, which PostgreSQL can hold and a decimal must not: more than anybody takes for real."""


Only = int | Sequence[int] | None
"""Rows of one record, of several, or of all where None."""


def key(row: Row, field: str) -> int:
    """The id behind a many2one that must be filled."""
    found = link(row, field)
    if found is None:
        raise ValueError(f"{field} of record {row.get('id')} is empty where a record was expected")
    return found


def link(row: Row, field: str) -> int | None:
    """The id behind a many2one (``[id, name]`` or a bare id), None when empty."""
    value = row[field]
    if isinstance(value, list):
        value = value[0]
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def links(row: Row, field: str) -> tuple[int, ...]:
    """The ids behind a one2many or many2many."""
    value = row[field]
    found = value if isinstance(value, list) else []
    return tuple(each for each in found if isinstance(each, int) and not isinstance(each, bool))


def label(row: Row, field: str) -> str:
    """The name that comes along with a many2one, fit to be shown; empty when there is none."""
    value = row[field]
    return tidy(str(value[1])) if isinstance(value, list) else ""


def ident(row: Row) -> int:
    """The record's own id."""
    value = row["id"]
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"a record came without an id: {value!r}")
    return value


def text(row: Row, field: str) -> str:
    """A text, empty for Odoo's False."""
    value = row[field]
    return value if isinstance(value, str) else ""


def name(row: Row, field: str) -> str:
    """What people call a record, fit to be shown."""
    return tidy(text(row, field))


def number(value: Json) -> Decimal:
    """A quantity, price or rate as a decimal without the noise of binary floats; nothing is zero, no number BEYOND."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Decimal(0)
    if not isfinite(value):
        return BEYOND
    whole = int(value)
    return Decimal(whole) if whole == value else Decimal(str(round(value, DECIMALS)))


def ratio(value: Json) -> Decimal:
    """A conversion factor or exchange rate, with every digit that Odoo sent; zero, so unusable, where that is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return Decimal(0)
    return Decimal(str(value))


def moment(value: Json) -> datetime | None:
    """A datetime as Odoo writes it, always UTC; None for Odoo's False."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else None


def instant(row: Row, field: str) -> datetime:
    """A datetime that must be filled."""
    found = moment(row[field])
    if found is None:
        raise ValueError(f"{field} of record {row.get('id')} is empty where a time was expected")
    return found


def day(value: Json) -> date | None:
    """A date, None for Odoo's False."""
    return date.fromisoformat(value[:10]) if isinstance(value, str) else None


def only(field: str, value: Only) -> list[Json]:
    """A domain for one record's rows, for those of several, or for all."""
    match value:
        case None:
            return []
        case int():
            return [[field, "=", value]]
    return [[field, "in", list(value)]]


def day_in(zone: tzinfo, value: Json) -> date | None:
    """On which day a moment that Odoo keeps in UTC falls there; None for Odoo's False."""
    at = moment(value)
    return at.astimezone(zone).date() if at else None


def stamp(at: datetime) -> str:
    """A moment as Odoo wants it in a domain."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
