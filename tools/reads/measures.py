"""Units of measure, currencies and the company's own currency: what quantities and prices are converted with."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.ports import Reads
from tools.reads.parsing import day, ident, key, name, number, ratio, text

UNIT = "uom.uom"
UNIT_FIELDS = ("name", "category_id", "factor", "rounding")
CURRENCY = "res.currency"
CURRENCY_FIELDS = ("date", "name", "rate")
COMPANY = "res.company"
COMPANY_FIELDS = ("currency_id",)


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
    return key(reads.read(COMPANY, [reads.company], COMPANY_FIELDS)[0], "currency_id")
