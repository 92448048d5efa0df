"""Who sells a product to us, from which quantity, at which price, how fast."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.ports import Reads
from domain.values import Json, Row
from tools.reads.parsing import Only, day, ident, key, label, link, number, only

MODEL = "product.supplierinfo"
FIELDS = (
    "partner_id",
    "product_tmpl_id",
    "product_id",
    "min_qty",
    "price",
    "discount",
    "currency_id",
    "delay",
    "sequence",
    "date_start",
    "date_end",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class VendorPrice:
    """One line of a vendor's price list; quantity and price in the purchase unit, in the vendor's currency."""

    id: int
    vendor: int
    vendor_name: str
    template: int
    """0 where the line names no product at all."""
    product: int | None
    """None where the price holds for every variant."""
    from_quantity: Decimal
    price: Decimal
    """Before the vendor's discount, as Odoo writes it on an order line."""
    discount: Decimal
    """In percent."""
    currency: int
    delay: int
    """Promised days from order to receipt."""
    sequence: int
    starts: date | None
    ends: date | None

    @property
    def net(self) -> Decimal:
        return self.price * (1 - self.discount / 100)

    def valid(self, on: date) -> bool:
        return (self.starts is None or self.starts <= on) and (self.ends is None or on <= self.ends)


def vendor_prices(reads: Reads, *, template: Only = None) -> tuple[VendorPrice, ...]:
    """The price lists of all vendors the company may use, in Odoo's own order of preference."""
    domain: list[Json] = [["company_id", "in", [reads.company, False]], *only("product_tmpl_id", template)]
    rows = reads.rows(MODEL, FIELDS, domain, order="sequence, min_qty desc, price, id")
    return tuple(_price(row) for row in rows)


def _price(row: Row) -> VendorPrice:
    return VendorPrice(
        id=ident(row),
        vendor=key(row, "partner_id"),
        vendor_name=label(row, "partner_id"),
        template=link(row, "product_tmpl_id") or 0,
        product=link(row, "product_id"),
        from_quantity=number(row["min_qty"]),
        price=number(row["price"]),
        discount=number(row["discount"]),
        currency=key(row, "currency_id"),
        delay=int(number(row["delay"])),
        sequence=int(number(row["sequence"])),
        starts=day(row["date_start"]),
        ends=day(row["date_end"]),
    )
