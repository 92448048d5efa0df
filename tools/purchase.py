"""A purchase order as the desk's steps see it: its head, its lines, and the receipts that are still to come."""

from collections.abc import Sequence

from domain.plans import RecordRef
from domain.ports import Reads
from domain.values import Json, Row
from tools.reads.moves import OPEN
from tools.reads.parsing import ident

ORDER = "purchase.order"
LINE = "purchase.order.line"
MOVE = "stock.move"
HEAD_KEPT = ("currency_id", "order_line", "partner_id", "picking_type_id", "state")
"""What an order may not have changed in since a plan saw it."""


def head(reads: Reads, order: int, fields: Sequence[str]) -> Row | None:
    """The order itself, None when it is gone or out of sight."""
    rows = reads.read(ORDER, [order], fields)
    return rows[0] if rows else None


def lines(reads: Reads, order: int, fields: Sequence[str]) -> list[Row]:
    """The order's lines that buy a product; sections and notes buy nothing."""
    return reads.rows(LINE, ["id", *fields], [["order_id", "=", order], ["product_id", "!=", False]])


def coming(reads: Reads, ordered: Sequence[int], fields: Sequence[str]) -> list[Row]:
    """The open moves that bring what these lines ordered; goods on their way back to the vendor are none."""
    domain: list[Json] = [["purchase_line_id", "in", [*ordered]], ["state", "in", OPEN]]
    return reads.rows(MOVE, ["id", *fields], [*domain, ["location_dest_id.usage", "!=", "supplier"]])


def ref(model: str, row: Row, fields: Sequence[str]) -> RecordRef:
    """A row that was read as a record that a plan relies on."""
    return RecordRef(model=model, id=ident(row), seen={field: row[field] for field in fields})
