"""What stands on the shelves, lot by lot, how much of it is reserved, and until when it may be used."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.faults import UnknownField
from domain.ports import Reads
from domain.values import Json, Row
from tools.reads.parsing import Only, ident, key, label, link, moment, number, only

QUANT = "stock.quant"
QUANT_FIELDS = ("product_id", "location_id", "lot_id", "quantity", "reserved_quantity")
LOT = "stock.lot"
LOT_FIELDS = ("removal_date", "expiration_date")


@dataclass(frozen=True, kw_only=True, slots=True)
class Quant:
    """A quantity of one product (and lot) in one location, in the stock unit."""

    id: int
    product: int
    location: int
    lot: int | None
    lot_name: str
    quantity: Decimal
    reserved: Decimal
    usable_until: datetime | None
    """When the lot is to be taken off the shelf, None for goods that keep."""


def quants(reads: Reads, product: Only = None) -> tuple[Quant, ...]:
    """Stock in the company's internal locations; a second batch of calls looks up the lots, where there are any."""
    domain: list[Json] = [["location_id.usage", "=", "internal"], ["company_id", "=", reads.company]]
    domain += only("product_id", product)
    rows = reads.rows(QUANT, QUANT_FIELDS, domain)
    ends = _ends(reads, {lot for row in rows if (lot := link(row, "lot_id"))})
    return tuple(_quant(row, ends) for row in rows)


def _ends(reads: Reads, lots: Iterable[int]) -> Mapping[int, datetime | None]:
    """When each lot leaves the shelf: its removal date, else its expiration date; lots keep where Odoo has neither."""
    try:
        rows = reads.read(LOT, sorted(lots), LOT_FIELDS) if lots else []
    except UnknownField:
        return {}
    return {ident(row): moment(row["removal_date"]) or moment(row["expiration_date"]) for row in rows}


def _quant(row: Row, ends: Mapping[int, datetime | None]) -> Quant:
    lot = link(row, "lot_id")
    return Quant(
        id=ident(row),
        product=key(row, "product_id"),
        location=key(row, "location_id"),
        lot=lot,
        lot_name=label(row, "lot_id"),
        quantity=number(row["quantity"]),
        reserved=number(row["reserved_quantity"]),
        usable_until=ends.get(lot) if lot else None,
    )
