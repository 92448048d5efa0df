"""Trade on the ground as people do it: orders are made and confirmed, goods come and leave, whole or in part."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.contract.ground.goods import Dealing
from tests.contract.ground.places import Warehouse

ORDER, SALE = "purchase.order", "sale.order"
OPEN = ["state", "not in", ["done", "cancel"]]
SILENT = {"skip_sms": True, "skip_immediate": True}


class Trading(Dealing):
    """Documents of the run's own."""

    def at(self, days: float) -> str:
        """So many days from now, as Odoo writes a time."""
        return (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S")

    def buy(
        self,
        product: int,
        quantity: float,
        *,
        vendor: int | None = None,
        warehouse: Warehouse | None = None,
        uom: int | None = None,
        price: float | None = 4,
        in_days: float = 7,
        confirm: bool = True,
        who: str = "admin",
        **values: Any,
    ) -> int:
        """A purchase order, an open request unless confirmed; its id. Without a price it is the vendor's own."""
        site = warehouse or self.warehouses[0]
        line: dict[str, Any] = {"product_id": product, "product_qty": quantity, "date_planned": self.at(in_days)}
        line |= {"product_uom": uom} if uom else {}
        line |= {"price_unit": price} if price is not None else {}
        head: dict[str, Any] = {
            "partner_id": vendor or self.vendor(),
            "company_id": site.company,
            "picking_type_id": site.receipts,
        }
        here: dict[str, Any] = {"allowed_company_ids": [site.company]}
        order = self.make(ORDER, {**head, "order_line": [[0, 0, line]], **values}, who=who, **here)
        if confirm:
            self.call(ORDER, "button_confirm", [order], who=who, context=here)
        return order

    def sell(
        self,
        product: int,
        quantity: float,
        *,
        customer: int | None = None,
        warehouse: Warehouse | None = None,
        uom: int | None = None,
        price: float | None = None,
        in_days: float | None = 7,
        confirm: bool = True,
        who: str = "admin",
        **values: Any,
    ) -> int:
        """A sales order promised for then, a quotation unless confirmed; its id."""
        site = warehouse or self.warehouses[0]
        line: dict[str, Any] = {"product_id": product, "product_uom_qty": quantity}
        line |= {"product_uom": uom} if uom else {}
        line |= {"price_unit": price} if price is not None else {}
        head: dict[str, Any] = {
            "partner_id": customer or self.customer(),
            "company_id": site.company,
            "warehouse_id": site.id,
        }
        head |= {"commitment_date": self.at(in_days)} if in_days is not None else {}
        here: dict[str, Any] = {"allowed_company_ids": [site.company]}
        order = self.make(SALE, {**head, "order_line": [[0, 0, line]], **values}, who=who, **here)
        if confirm:
            self.call(SALE, "action_confirm", [order], who=who, context=here)
        return order

    def lines(self, order: int, model: str = ORDER) -> list[int]:
        """An order's lines."""
        ids = self.row(model, order, "order_line", allowed_company_ids=self.companies)["order_line"]
        return sorted(ids)

    def receipts(self, order: int, *, open_only: bool = True) -> list[int]:
        """The transfers that bring what a purchase order asks for, oldest first."""
        return self._pickings("purchase_line_id", self.lines(order), open_only=open_only)

    def deliveries(self, order: int, *, open_only: bool = True) -> list[int]:
        """The transfers that bring a sales order to its customer, oldest first."""
        return self._pickings("sale_line_id", self.lines(order, SALE), open_only=open_only)

    def _pickings(self, field: str, lines: Sequence[int], *, open_only: bool) -> list[int]:
        domain = [[field, "in", list(lines)], *([OPEN] if open_only else [])]
        rows = self.rows("stock.move", domain, ["picking_id"], allowed_company_ids=self.companies)
        return sorted({row["picking_id"][0] for row in rows if row["picking_id"]})

    def moves(self, picking: int) -> list[Any]:
        """What a transfer moves, line by line."""
        fields = ["product_id", "product_uom_qty", "product_uom", "quantity", "state", "date", "date_deadline"]
        return self.rows("stock.move", [["picking_id", "=", picking]], fields, allowed_company_ids=self.companies)

    def receive(
        self, order: int, quantity: float | None = None, *, backorder: bool = True, lot: int | None = None
    ) -> int:
        """The open receipt comes: whole, or so much of its one line and the rest later or, without backorder, never."""
        (picking,) = self.receipts(order)
        self.validate(picking, quantity, backorder=backorder, lot=lot)
        return picking

    def deliver(self, order: int, quantity: float | None = None, *, backorder: bool = True) -> int:
        """The open delivery leaves: what is reserved, or so much of its one line."""
        picking = self.deliveries(order)[0]
        self.validate(picking, quantity, backorder=backorder)
        return picking

    def validate(
        self, picking: int, quantity: float | None = None, *, backorder: bool = True, lot: int | None = None
    ) -> None:
        """The transfer is done, without asking back; a lot of received goods is named on its line."""
        here: dict[str, Any] = {"allowed_company_ids": self.companies}
        for move in self.moves(picking):
            if quantity is not None:
                self.write("stock.move", move["id"], {"quantity": quantity, "picked": True}, **here)
            if lot is not None:
                for line in self.rows("stock.move.line", [["move_id", "=", move["id"]]], [], **here):
                    self.write("stock.move.line", line["id"], {"lot_id": lot}, **here)
        rest: Mapping[str, Any] = {} if backorder else {"picking_ids_not_to_backorder": [picking]}
        context = {**here, **SILENT, "skip_backorder": True, "skip_expired": True, **rest}
        answer = self.call("stock.picking", "button_validate", [picking], context=context)
        assert answer is True, answer
