"""The products a company keeps on stock: unit, cost, list price."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from domain.ports import Reads
from domain.values import Json, Row
from tools.reads.parsing import ident, key, link, name, number, only

MODEL = "product.product"
FIELDS = ("name", "default_code", "product_tmpl_id", "uom_id", "uom_po_id", "standard_price", "list_price", "active")


@dataclass(frozen=True, kw_only=True, slots=True)
class Product:
    """A storable product; cost and list price per stock unit in the company's currency."""

    id: int
    name: str
    code: str
    template: int
    unit: int
    """The unit it is stocked in; 0, which is no unit, where Odoo has none."""
    purchase_unit: int
    """The unit vendors sell it in."""
    cost: Decimal | None
    """None where nobody entered one: Odoo's zero means unknown."""
    list_price: Decimal
    active: bool = True
    """Archived goods are delivered from stock, and not bought any more."""

    @property
    def title(self) -> str:
        """How people call it: ``[CODE] Name``."""
        return f"[{self.code}] {self.name}" if self.code else self.name


def products(reads: Reads, product: int | None = None, *, ordered: Iterable[int] = ()) -> tuple[Product, ...]:
    """The one asked for; else the company's active storable products, and archived ones that are named as ordered."""
    still: list[Json] = [*sorted(ordered)]
    named = only("id", product) or ["|", ["active", "=", True], ["id", "in", still]]
    domain: list[Json] = [["is_storable", "=", True], *named]
    rows = reads.rows(MODEL, FIELDS, domain, context={"active_test": False})
    return tuple(_product(row) for row in rows)


def coded(reads: Reads, codes: Iterable[str]) -> tuple[Product, ...]:
    """Active storable products by their internal references; nothing is asked when none are named."""
    named: list[Json] = [*sorted(codes)]
    domain: list[Json] = [["is_storable", "=", True], ["default_code", "in", named]]
    return tuple(_product(row) for row in reads.rows(MODEL, FIELDS, domain)) if named else ()


def _product(row: Row) -> Product:
    return Product(
        id=ident(row),
        name=name(row, "name"),
        code=name(row, "default_code"),
        template=key(row, "product_tmpl_id"),
        unit=link(row, "uom_id") or 0,
        purchase_unit=link(row, "uom_po_id") or 0,
        cost=number(row["standard_price"]) or None,
        list_price=number(row["list_price"]),
        active=row["active"] is True,
    )
