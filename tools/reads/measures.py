"""Units of measure, currencies, the company's own currency and its time zone: what is converted with."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.ports import Reads
from tools.reads.parsing import day, ident, key, name, number, ratio, text

UNIT = "uom.uom"
UNIT_FIELDS = ("name", "category_id", "factor", "rounding")
CURRENCY = "res.currency"
CURRENCY_FIELDS = ("date", "name", "rate")
COMPANY = "res.company"
COMPANY_FIELDS = ("currency_id", "partner_id")
ADDRESS = "res.partner"
UTC = "UTC"


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A unit of measure; ``factor`` is how many of it make one reference unit (a dozen: 1/12)."""

    id: int
    name: str
    category: int
    factor: Decimal
    rounding: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Currency:
    """A currency; ``rate`` is how much of it one unit of the rate table's base buys today."""

    id: int
    code: str
    rate: Decimal
    """One where Odoo holds no rate at all."""
    dated: date | None
    """The day of the newest rate Odoo holds, None where it holds none."""


def units(reads: Reads) -> tuple[Unit, ...]:
    """All units, archived ones too: an old order may still be in one."""
    rows = reads.rows(UNIT, UNIT_FIELDS, context={"active_test": False})
    return tuple(
        Unit(
            id=ident(row),
            name=name(row, "name"),
            category=key(row, "category_id"),
            factor=ratio(row["factor"]),
            rounding=number(row["rounding"]),
        )
        for row in rows
    )


def currencies(reads: Reads) -> tuple[Currency, ...]:
    """The active currencies at today's rates of the company."""
    rows = reads.rows(CURRENCY, CURRENCY_FIELDS)
    return tuple(
        Currency(id=ident(row), code=text(row, "name"), rate=ratio(row["rate"]), dated=day(row["date"])) for row in rows
    )


def company_currency(reads: Reads) -> int:
    """The id of the currency that the company keeps its books in."""
    return _company(reads, "currency_id")


def company_zone(reads: Reads) -> str:
    """The time zone on the company's own address, by which its days begin and end; UTC where there is none."""
    rows = reads.rows(ADDRESS, ["tz"], [["id", "=", _company(reads, "partner_id")]], context={"active_test": False})
    zone = text(rows[0], "tz") if rows else ""
    try:
        ZoneInfo(zone)
    except (ValueError, ZoneInfoNotFoundError):
        return UTC
    return zone


def _company(reads: Reads, field: str) -> int:
    return key(reads.read(COMPANY, [reads.company], COMPANY_FIELDS)[0], field)
