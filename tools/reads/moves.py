"""Goods that are planned to move and have not moved yet: receipts, deliveries and transfers."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.ports import Reads
from domain.values import Json, Row
from tools.reads.parsing import Only, ident, instant, key, label, link, links, moment, number, only, text

MODEL = "stock.move"
FIELDS = (
    "product_id",
    "product_qty",
    "product_uom",
    "quantity",
    "state",
    "date",
    "date_deadline",
    "location_id",
    "location_dest_id",
    "location_final_id",
    "move_orig_ids",
    "picked",
    "purchase_line_id",
    "sale_line_id",
    "picking_id",
    "procure_method",
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
    promised: datetime | None
    """What the customer was told, for what leaves for one; a new promise moves this and not the plan."""
    source: int
    dest: int
    final: int
    """Where the goods go in the end, over however many steps: a customer's, though the next step is the output."""
    purchase_line: int | None
    sale_line: int | None
    document: str
    """The picking's name, as people know it."""
    picking: int | None
    picked: bool
    """Whether somebody has it in hand."""
    to_order: bool
    """Whether it waits for goods of its own, bought or brought for it alone, and never takes from stock."""
    origins: tuple[int, ...]
    """The moves that bring those goods."""


def open_moves(reads: Reads, product: Only = None) -> tuple[Move, ...]:
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
        promised=moment(row["date_deadline"]),
        source=key(row, "location_id"),
        dest=key(row, "location_dest_id"),
        final=link(row, "location_final_id") or key(row, "location_dest_id"),
        purchase_line=link(row, "purchase_line_id"),
        sale_line=link(row, "sale_line_id"),
        document=label(row, "picking_id"),
        picking=link(row, "picking_id"),
        picked=row["picked"] is True,
        to_order=text(row, "procure_method") == "make_to_order",
        origins=links(row, "move_orig_ids"),
    )
