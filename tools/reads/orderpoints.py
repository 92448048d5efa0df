"""The minimum and maximum a company wants to keep of a product in a warehouse."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.ports import Reads
from domain.values import Json, Row
from tools.reads.parsing import Only, ident, key, moment, number, only

MODEL = "stock.warehouse.orderpoint"
FIELDS = (
    "product_id",
    "warehouse_id",
    "location_id",
    "product_min_qty",
    "product_max_qty",
    "qty_multiple",
    "create_date",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Orderpoint:
    """A reordering rule; quantities in the stock unit, ``multiple`` is the pack and zero where any quantity will do."""

    id: int
    product: int
    warehouse: int
    location: int
    """It counts what stands here and anywhere within."""
    minimum: Decimal
    maximum: Decimal
    multiple: Decimal
    since: datetime | None = None
    """When somebody made it."""


def orderpoints(reads: Reads, product: Only = None) -> tuple[Orderpoint, ...]:
    """The company's active reordering rules."""
    domain: list[Json] = [["company_id", "=", reads.company], *only("product_id", product)]
    rows = reads.rows(MODEL, FIELDS, domain)
    return tuple(_orderpoint(row) for row in rows)


def _orderpoint(row: Row) -> Orderpoint:
    return Orderpoint(
        id=ident(row),
        product=key(row, "product_id"),
        warehouse=key(row, "warehouse_id"),
        location=key(row, "location_id"),
        minimum=number(row["product_min_qty"]),
        maximum=number(row["product_max_qty"]),
        multiple=number(row["qty_multiple"]),
        since=moment(row["create_date"]),
    )
