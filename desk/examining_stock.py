"""Reads once, page by page, what a look at a company's data needs: goods, price lists, orders, rules, places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.faults import UnknownField
from domain.ports import Domain, Reads
from domain.values import Row
from tools.reads import measures
from tools.reads.measures import Unit
from tools.reads.parsing import ident, link

GOODS = (
    "active", "display_name", "list_price", "product_tmpl_id", "purchase_ok", "sale_ok", "standard_price", "uom_id",
)  # fmt: skip
EXPIRES = "use_expiration_date"
PRICES = ("currency_id", "delay", "partner_id", "price", "product_id", "product_tmpl_id")
LINES = ("order_id", "product_id", "product_uom")
RULES = ("location_id", "product_id", "product_max_qty", "product_min_qty", "rule_ids")
PLACES = ("parent_path",)
OPEN_SALE: Domain = [["state", "in", ["draft", "sent", "sale"]], ["display_type", "=", False]]
OPEN_PURCHASE: Domain = [
    ["state", "in", ["draft", "sent", "to approve", "purchase", "done"]],
    ["display_type", "=", False],
]
INSIDE: Domain = [["location_id.usage", "=", "internal"]]


@dataclass(frozen=True, kw_only=True)
class Stock:
    """Rows of one company at one moment; every product that is kept on stock, archived ones too."""

    today: date
    own_currency: int
    products: Sequence[Row]
    prices: Sequence[Row]
    sale_lines: Sequence[Row]
    """Of orders that are not done and not cancelled."""
    purchase_lines: Sequence[Row]
    units: Sequence[Unit]
    rated: Mapping[str, date | None]
    """The day of the newest rate of each currency that vendors ask for, the company's own left out."""
    rules: Sequence[Row]
    places: Mapping[int, str]
    """The path of each location: ``1/7/8/``."""
    warehouses: Sequence[Row]
    negative: Sequence[Row]
    """Quants below zero."""
    left_of_archived: Sequence[Row]
    lots: Sequence[Row]
    """Without an expiry date, where Odoo knows of such."""

    @property
    def active(self) -> list[Row]:
        return [row for row in self.products if row["active"]]

    @property
    def archived(self) -> list[Row]:
        return [row for row in self.products if not row["active"]]

    def prices_by_template(self) -> Mapping[int, list[Row]]:
        """The vendors' prices, by what they sell."""
        found: dict[int, list[Row]] = {}
        for price in self.prices:
            found.setdefault(link(price, "product_tmpl_id") or 0, []).append(price)
        return found


def gathered(reads: Reads) -> Stock:
    """All of it, in a number of calls that grows with pages, never with products; raises OdooFault."""
    own, prices = measures.company_currency(reads), _prices(reads)
    purchases = reads.rows(
        "purchase.order.line", [*LINES, "currency_id", "date_planned", "state"], _ours(reads, OPEN_PURCHASE)
    )
    asked = {link(row, "currency_id") for row in (*prices, *purchases)}
    return Stock(
        today=reads.now().date(),
        own_currency=own,
        products=_products(reads),
        prices=prices,
        sale_lines=reads.rows("sale.order.line", LINES, _ours(reads, OPEN_SALE)),
        purchase_lines=purchases,
        units=measures.units(reads),
        rated={each.code: each.dated for each in measures.currencies(reads) if each.id in asked and each.id != own},
        rules=reads.rows("stock.warehouse.orderpoint", RULES, _ours(reads)),
        places={ident(row): str(row["parent_path"]) for row in reads.rows("stock.location", PLACES)},
        warehouses=reads.rows("stock.warehouse", ["name", "partner_id"], _ours(reads)),
        negative=reads.rows(
            "stock.quant", ["location_id", "product_id"], _ours(reads, [*INSIDE, ["quantity", "<", 0]])
        ),
        left_of_archived=_left_of_archived(reads),
        lots=_lots(reads),
    )


def _ours(reads: Reads, more: Domain = ()) -> Domain:
    return [["company_id", "=", reads.company], *more]


def _products(reads: Reads) -> list[Row]:
    """With whether they expire, where Odoo knows of that."""
    kept: Domain = [["is_storable", "=", True], ["active", "in", [True, False]]]
    try:
        return reads.rows("product.product", [*GOODS, EXPIRES], kept)
    except UnknownField:
        return reads.rows("product.product", GOODS, kept)


def _prices(reads: Reads) -> list[Row]:
    return reads.rows("product.supplierinfo", PRICES, [["company_id", "in", [reads.company, False]]])


def _left_of_archived(reads: Reads) -> list[Row]:
    there: Domain = [*INSIDE, ["product_id.active", "=", False], ["quantity", ">", 0]]
    return reads.rows("stock.quant", ["product_id"], _ours(reads, there))


def _lots(reads: Reads) -> list[Row]:
    try:
        return reads.rows("stock.lot", ["expiration_date", "name", "product_id"], [["expiration_date", "=", False]])
    except UnknownField:
        return []
