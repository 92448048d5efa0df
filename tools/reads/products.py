"""The products a company keeps on stock: unit, cost, list price."""

from dataclasses import dataclass
from decimal import Decimal

from domain.ports import Reads
from domain.values import Json, Row
from tools.reads.parsing import ident, key, link, name, number, only

MODEL = "product.product"
FIELDS = ("name", "default_code", "product_tmpl_id", "uom_id", "uom_po_id", "standard_price", "list_price")


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

    @property
    def title(self) -> str:
        """How people call it: ``[CODE] Name``."""
        return f"[{self.code}] {self.name}" if self.code else self.name


def products(reads: Reads, product: int | None = None) -> tuple[Product, ...]:
    """Active storable products of the company, or the one asked for."""
    domain: list[Json] = [["is_storable", "=", True], *only("id", product)]
    return tuple(_product(row) for row in reads.rows(MODEL, FIELDS, domain))


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
    )
