"""What is traded on the ground and with whom: products, kits, vendors with their prices, customers, and stock."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from tests.contract.ground.places import Placing, Warehouse


class Dealing(Placing):
    """Goods and partners of the run's own."""

    @cached_property
    def unit(self) -> int:
        """Units, which every Odoo has."""
        return self.ref("uom.product_uom_unit")

    @cached_property
    def dozen(self) -> int:
        return self.ref("uom.product_uom_dozen")

    def vendor(self, words: str = "Vendor", **values: Any) -> int:
        """A vendor; its partner's id."""
        return self.make("res.partner", {"name": self.name(words), "is_company": True, "supplier_rank": 1, **values})

    def customer(self, words: str = "Customer", **values: Any) -> int:
        """A customer without telephone and mail, so that no message of Odoo's own waits for an answer."""
        return self.make("res.partner", {"name": self.name(words), "is_company": True, "customer_rank": 1, **values})

    def product(
        self,
        words: str = "Goods",
        *,
        tracking: str | None = None,
        uom: int | None = None,
        bought_in: int | None = None,
        kit_of: Mapping[int, float] | None = None,
        price: float = 10,
        cost: float = 4,
        **values: Any,
    ) -> int:
        """A storable product counted in units; tracked by ``lot`` with expiry, or a kit of so much of others."""
        unit = uom or self.unit
        name = self.name(words)
        about: dict[str, Any] = {
            "name": name,
            "default_code": name.replace(" ", "-"),
            "type": "consu",
            "is_storable": not kit_of,
            "list_price": price,
            "standard_price": cost,
            "uom_id": unit,
            **({"uom_po_id": bought_in or unit} if self.version < 19 else {}),
            **({"tracking": tracking, "use_expiration_date": True} if tracking else {}),
        }
        made = self.make("product.product", {**about, **values})
        if kit_of:
            self._explode(made, kit_of)
        return made

    def _explode(self, product: int, parts: Mapping[int, float]) -> None:
        lines = [[0, 0, {"product_id": part, "product_qty": quantity}] for part, quantity in parts.items()]
        self.make("mrp.bom", {"product_tmpl_id": self.template(product), "type": "phantom", "bom_line_ids": lines})

    def template(self, product: int) -> int:
        return int(self.row("product.product", product, "product_tmpl_id", active_test=False)["product_tmpl_id"][0])

    def price(self, product: int, vendor: int, price: float, *, delay: int = 7, **values: Any) -> int:
        """A line of a vendor's price list, in the purchase unit and the company's money unless told."""
        of = {"product_tmpl_id": self.template(product), "product_id": product, "partner_id": vendor}
        money = {"currency_id": self.own_currency, "price": price, "delay": delay}
        return self.make("product.supplierinfo", {**of, **money, **values})

    def rule(self, product: int, warehouse: Warehouse, minimum: float, maximum: float, **values: Any) -> int:
        """A reordering rule that waits for somebody to run it."""
        where = {"warehouse_id": warehouse.id, "location_id": warehouse.stock, "company_id": warehouse.company}
        limits = {"product_min_qty": minimum, "product_max_qty": maximum, "trigger": "manual"}
        return self.make("stock.warehouse.orderpoint", {"product_id": product, **where, **limits, **values})

    def lot(self, product: int, expires: str | None = None) -> int:
        """A lot, to be used up by a time in UTC where one is named."""
        values = {"name": self.name("Lot"), "product_id": product, "company_id": self.company}
        return self.make("stock.lot", {**values, **({"expiration_date": expires} if expires else {})})

    def stock(
        self, product: int, warehouse: Warehouse, quantity: float, *, lot: int | None = None, at: int | None = None
    ) -> int:
        """Put so much more on a shelf, as Odoo lets an administrator: without a move, so that none stays behind."""
        place = {"product_id": product, "location_id": at or warehouse.stock, "lot_id": lot or False}
        named = [[field, "=", value] for field, value in place.items()]
        here: dict[str, Any] = {"allowed_company_ids": [warehouse.company]}
        for row in self.rows("stock.quant", named, ["quantity"], **here):
            self.write("stock.quant", row["id"], {"quantity": row["quantity"] + quantity}, **here)
            return int(row["id"])
        return self.make("stock.quant", {**place, "quantity": quantity}, **here)

    def free(self, product: int, warehouse: Warehouse) -> float:
        """What nobody holds of it there."""
        return float(self.row("product.product", product, "free_qty", warehouse_id=warehouse.id)["free_qty"])
