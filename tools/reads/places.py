"""Where a company keeps its goods: warehouses, and which warehouse each location belongs to."""

from dataclasses import dataclass

from domain.ports import Reads
from domain.values import Json, Row
from tools.reads.parsing import ident, key, link, name, text

WAREHOUSE = "stock.warehouse"
WAREHOUSE_FIELDS = (
    "name",
    "code",
    "lot_stock_id",
    "int_type_id",
    "in_type_id",
    "wh_input_stock_loc_id",
    "wh_qc_stock_loc_id",
    "wh_pack_stock_loc_id",
    "wh_output_stock_loc_id",
)
STEPS = WAREHOUSE_FIELDS[-4:]
LOCATION = "stock.location"
LOCATION_FIELDS = ("complete_name", "usage", "warehouse_id", "parent_path")


@dataclass(frozen=True, kw_only=True, slots=True)
class Warehouse:
    """A warehouse with its main stock location and its operation types."""

    id: int
    name: str
    code: str
    stock: int
    internal_type: int | None
    receipt_type: int | None
    steps: tuple[int, ...]
    """Input, quality control, packing and output: goods that stand here are on their way to or from the stock."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Location:
    """A location and the warehouse whose tree it stands in."""

    id: int
    name: str
    usage: str
    warehouse: int | None
    path: tuple[int, ...]
    """Itself and all that it stands in, the outermost first."""

    @property
    def holds_stock(self) -> bool:
        """Whether what stands here is on hand in a warehouse."""
        return self.usage == "internal" and self.warehouse is not None

    def within(self, other: int) -> bool:
        """Whether it is that location, or stands somewhere in it."""
        return other == self.id or other in self.path


def warehouses(reads: Reads) -> tuple[Warehouse, ...]:
    """The company's active warehouses."""
    rows = reads.rows(WAREHOUSE, WAREHOUSE_FIELDS, [["company_id", "=", reads.company]])
    return tuple(_warehouse(row) for row in rows)


def locations(reads: Reads) -> tuple[Location, ...]:
    """The company's own internal and transit locations, archived ones too: stock may still stand there."""
    domain: list[Json] = [["company_id", "in", [reads.company, False]], ["usage", "in", ["internal", "transit"]]]
    rows = reads.rows(LOCATION, LOCATION_FIELDS, domain, context={"active_test": False})
    return tuple(_location(row) for row in rows)


def _location(row: Row) -> Location:
    return Location(
        id=ident(row),
        name=name(row, "complete_name"),
        usage=text(row, "usage"),
        warehouse=link(row, "warehouse_id"),
        path=tuple(int(each) for each in text(row, "parent_path").split("/") if each.isdecimal()),
    )


def _warehouse(row: Row) -> Warehouse:
    return Warehouse(
        id=ident(row),
        name=name(row, "name"),
        code=name(row, "code"),
        stock=key(row, "lot_stock_id"),
        internal_type=link(row, "int_type_id"),
        receipt_type=link(row, "in_type_id"),
        steps=tuple(step for field in STEPS if (step := link(row, field)) is not None),
    )
