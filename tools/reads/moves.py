"""Goods that are planned to move and have not moved yet: receipts, deliveries and transfers."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.ports import Reads
from domain.values import Json, Row
from tools.reads.parsing import ident, instant, key, label, link, number, only, text

MODEL = "stock.move"
FIELDS = (
    "product_id",
    "product_qty",
    "product_uom",
    "quantity",
    "state",
    "date",
    "location_id",
    "location_dest_id",
    "purchase_line_id",
    "sale_line_id",
    "picking_id",
)
OPEN: list[Json] = ["draft", "waiting", "confirmed", "partially_available", "assigned"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """One planned move; ``quantity`` in the product's stock unit, ``reserved`` in the move's own unit."""

    id: int
    product: int
    quantity: Decimal
    reserved: Decimal
    unit: int
    state: str
    at: datetime
    """When it is planned for."""
    source: int
    dest: int
    purchase_line: int | None
    sale_line: int | None
    document: str
    """The picking's name, as people know it."""


def open_moves(reads: Reads, product: int | None = None) -> tuple[Move, ...]:
    """Every move of the company that is neither done nor cancelled."""
    domain: list[Json] = [["state", "in", OPEN], ["company_id", "=", reads.company], *only("product_id", product)]
    rows = reads.rows(MODEL, FIELDS, domain)
    return tuple(_move(row) for row in rows)


def _move(row: Row) -> Move:
    return Move(
        id=ident(row),
        product=key(row, "product_id"),
        quantity=number(row["product_qty"]),
        reserved=number(row["quantity"]),
        unit=key(row, "product_uom"),
        state=text(row, "state"),
        at=instant(row, "date"),
        source=key(row, "location_id"),
        dest=key(row, "location_dest_id"),
        purchase_line=link(row, "purchase_line_id"),
        sale_line=link(row, "sale_line_id"),
        document=label(row, "picking_id"),
    )
