"""Takes away what a run made: what Odoo lets go is deleted, the rest is archived, and what stays is told by name."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any

from domain.faults import OdooFault
from tests.contract.ground.work import Working

OURS = ("product.product", "res.partner", "res.users", "stock.warehouse", "res.company", "res.currency")
"""What everything else of a run hangs on, in the order in which it can go."""
LINES = {"purchase.order": "order_line", "sale.order": "order_line", "stock.picking": "move_ids"}
"""Documents, and where their goods stand."""
STAYS = (*LINES, "account.move")
"""What Odoo may refuse to delete once it was more than a draft."""


class Cleaning(Working):
    """Safe to be run twice, and after a test that failed half-way."""

    def clean(self) -> list[str]:
        """Leave nothing open, as little as can be, and nothing on anybody's lists; what stays, for a person."""
        self._stop_documents()
        for model in ("stock.warehouse.orderpoint", "product.supplierinfo", "stock.quant", "mail.activity"):
            self._each(model, self._of_goods(model), self._drop)
        for model in ("sale.order", "purchase.order", "stock.picking"):
            self._each(model, self._documents(model), self._drop)
        for model in self.made:
            if model not in (*OURS, *STAYS, "stock.quant", "res.currency.rate"):
                self._each(model, self.made[model], self._drop)
        remains = self._left(model for model in (*STAYS, *self.made) if model not in OURS)
        for model in ("res.currency.rate", *OURS):
            self._each(model, reversed(self.made.get(model, [])), self._drop)
        self._gone.update(self.made.get("res.company", ()))
        return [*remains, *self._left(OURS)]

    def _stop_documents(self) -> None:
        """Open transfers first: what they hold is free again."""
        self._each("stock.picking", self._documents("stock.picking", open_only=True), self._cancel_transfer)
        self._each("sale.order", self._documents("sale.order"), self._cancel_sale)
        self._each("purchase.order", self._documents("purchase.order"), self._cancel_purchase)
        self._each("stock.picking", self._documents("stock.picking", open_only=True), self._cancel_transfer)

    def _documents(self, model: str, *, open_only: bool = False) -> list[int]:
        """Made here, or by Odoo for what was made here."""
        made, goods = self.made.get(model, []), self.made.get("product.product", [])
        domain: list[Any] = ["|", ["id", "in", made], [f"{LINES[model]}.product_id", "in", goods]]
        if open_only:
            domain = [["state", "not in", ["done", "cancel"]], *domain]
        return [row["id"] for row in self.rows(model, domain, [], **self._everywhere)]

    def _of_goods(self, model: str) -> list[int]:
        goods = self.made.get("product.product", [])
        if model == "mail.activity" or not goods:
            return list(self.made.get(model, []))
        field = "product_tmpl_id.product_variant_ids" if model == "product.supplierinfo" else "product_id"
        return [row["id"] for row in self.rows(model, [[field, "in", goods]], [], **self._everywhere)]

    @property
    def _everywhere(self) -> dict[str, Any]:
        return {"active_test": False, "allowed_company_ids": self.companies}

    def _each(self, model: str, records: Any, how: Callable[[str, int], None]) -> None:
        for record in list(records):
            with suppress(OdooFault):
                how(model, record)

    def _cancel_transfer(self, model: str, record: int) -> None:
        self.call(model, "action_cancel", [record], context=self._everywhere)

    def _cancel_sale(self, model: str, record: int) -> None:
        row = self.row(model, record, "state", "locked", **self._everywhere)
        if row["locked"]:
            self.call(model, "action_unlock", [record], context=self._everywhere)
        if row["state"] != "cancel":
            self.call(model, "action_cancel", [record], context={**self._everywhere, "disable_cancel_warning": True})

    def _cancel_purchase(self, model: str, record: int) -> None:
        state = self.row(model, record, "state", **self._everywhere)["state"]
        if state == "done":
            self.call(model, "button_unlock", [record], context=self._everywhere)
        if state != "cancel":
            self.call(model, "button_cancel", [record], context=self._everywhere)

    def _drop(self, model: str, record: int) -> None:
        if model == "stock.quant":
            self.call(model, "write", [record], {"quantity": 0}, context=self._everywhere)
            return
        if model == "res.users" or not self._unlinked(model, record):
            self.call(model, "write", [record], {"active": False}, context=self._everywhere)

    def _unlinked(self, model: str, record: int) -> bool:
        try:
            self.call(model, "unlink", [record], context=self._everywhere)
        except OdooFault:
            return False
        return True

    def _left(self, models: Iterable[str]) -> list[str]:
        """What is still there: ``purchase.order P00012 (cancel)``."""
        found: list[str] = []
        for model in dict.fromkeys(models):
            ids = self._documents(model) if model in LINES else self.made.get(model, [])
            found.extend(self._told(model, ids))
        return found

    def _told(self, model: str, ids: Sequence[int]) -> list[str]:
        wanted = ["display_name", *(["state"] if model in STAYS else [])]
        fields = [*wanted, *(["active"] if model in OURS else [])]
        with suppress(OdooFault):
            rows = self.rows(model, [["id", "in", list(ids)]], fields, **self._everywhere)
            return [f"{model} {row['display_name']} ({_condition(row)})" for row in rows]
        return []


def _condition(row: Any) -> str:
    if "state" in row:
        return str(row["state"])
    return "archived" if row.get("active") is False else "in use"
