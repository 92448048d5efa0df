"""Takes away what a run made: what Odoo lets go is deleted, the rest is archived, and what stays is told by name."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any

from domain.faults import OdooFault
from tests.contract.ground.work import Working

HANDLED = ("stock.warehouse.orderpoint", "product.supplierinfo", "stock.quant")
"""What goes before the documents."""
DOCUMENTS = {"sale.order": "order_line", "purchase.order": "order_line", "stock.picking": "move_ids"}
"""Documents, and where their goods stand."""
OURS = ("res.currency.rate", "product.product", "res.partner", "stock.warehouse", "res.company", "res.currency")
"""What everything else of a run hangs on, in the order in which it can go."""
ARCHIVED = ("res.users", *OURS[1:])
STATES = (*DOCUMENTS, "account.move")


class Cleaning(Working):
    """Safe to be run twice, and after a test that failed half-way."""

    def clean(self) -> list[str]:
        """Leave nothing open, as little as can be, and nothing on anybody's lists; what stays, for a person."""
        self._stop()
        for model in (*HANDLED, *DOCUMENTS):
            self._drop(model, self._all_of(model))
        others = [model for model in self.made if model not in {*HANDLED, *DOCUMENTS, *OURS, "res.users"}]
        for model in others:
            self._drop(model, self.made[model])
        remains = self._left([*DOCUMENTS, *others])
        self._archive("res.users", self.made.get("res.users", []))
        for model in OURS:
            self._drop(model, self.made.get(model, []))
        self._gone.update(self.made.get("res.company", ()))
        return [*remains, *self._left(["res.users", *OURS])]

    def _stop(self) -> None:
        """Open transfers first: what they hold is free again; cancelled orders may leave transfers behind."""
        self._cancel("stock.picking", "action_cancel")
        self._each(self._documents("sale.order", [["locked", "=", True]]), "sale.order", "action_unlock")
        self._cancel("sale.order", "action_cancel", disable_cancel_warning=True)
        self._each(self._documents("purchase.order", [["state", "=", "done"]]), "purchase.order", "button_unlock")
        self._cancel("purchase.order", "button_cancel")
        self._cancel("stock.picking", "action_cancel")

    def _cancel(self, model: str, method: str, **context: Any) -> None:
        self._each(self._documents(model, [["state", "not in", ["done", "cancel"]]]), model, method, **context)

    def _each(self, ids: Sequence[int], model: str, method: str, **context: Any) -> None:
        told = {**self._everywhere, **context}
        _parts(ids, lambda some: self.call(model, method, list(some), context=told))

    def _documents(self, model: str, having: Sequence[Any] = ()) -> list[int]:
        """Made here, or by Odoo for what was made here."""
        made, goods = self.made.get(model, []), self.made.get("product.product", [])
        domain: list[Any] = ["|", ["id", "in", made], [f"{DOCUMENTS[model]}.product_id", "in", goods]]
        found = [row["id"] for row in self.rows(model, [*having, *domain], ["id"], **self._everywhere)]
        shared = self._shared(model)
        return [each for each in found if each not in shared]

    def _shared(self, model: str) -> list[int]:
        """Somebody else's documents, on which goods of the run stand among others: they are nothing to clean."""
        made, goods = self.made.get(model, []), self.made.get("product.product", [])
        product = f"{DOCUMENTS[model]}.product_id"
        domain: list[Any] = [["id", "not in", made], [product, "in", goods], [product, "not in", goods]]
        return [row["id"] for row in self.rows(model, domain, ["id"], **self._everywhere)]

    def _all_of(self, model: str) -> list[int]:
        if model in DOCUMENTS:
            return self._documents(model)
        goods = self.made.get("product.product", [])
        templates = {self.template(product) for product in goods} if model == "product.supplierinfo" else ()
        field, wanted = ("product_tmpl_id", [*templates]) if templates else ("product_id", goods)
        return [row["id"] for row in self.rows(model, [[field, "in", wanted]], ["id"], **self._everywhere)]

    @property
    def _everywhere(self) -> dict[str, Any]:
        return {"active_test": False, "allowed_company_ids": self.companies}

    def _drop(self, model: str, ids: Sequence[int]) -> None:
        """Stock goes to nothing; whatever else goes, or is archived where it cannot."""
        if model == "stock.quant":
            self._write(model, ids, {"quantity": 0})
            self._write(model, ids, {"reserved_quantity": 0})
            return
        stay = _parts(ids, lambda some: self.call(model, "unlink", list(some), context=self._everywhere))
        if model in ARCHIVED:
            self._archive(model, stay)

    def _archive(self, model: str, ids: Sequence[int]) -> None:
        self._write(model, ids, {"active": False})

    def _write(self, model: str, ids: Sequence[int], values: dict[str, Any]) -> None:
        _parts(ids, lambda some: self.call(model, "write", list(some), values, context=self._everywhere))

    def _left(self, models: Iterable[str]) -> list[str]:
        """What is still there: ``purchase.order P00012 (cancel)``."""
        return [words for model in models for words in self._told(model, self._standing(model))]

    def _standing(self, model: str) -> list[int]:
        return [*self._documents(model), *self._shared(model)] if model in DOCUMENTS else self.made.get(model, [])

    def _told(self, model: str, ids: Sequence[int]) -> list[str]:
        more = ["state"] if model in STATES else ["active"] if model in ARCHIVED else []
        with suppress(OdooFault):
            rows = self.rows(model, [["id", "in", list(ids)]], ["display_name", *more], **self._everywhere)
            return [f"{model} {row['display_name']} ({_condition(row)})" for row in rows]
        return []


def _parts(ids: Sequence[int], how: Callable[[Sequence[int]], object]) -> list[int]:
    """Do it to all at once, to halves where that is refused, and so on; those that refuse for themselves."""
    if not ids:
        return []
    try:
        how(ids)
    except OdooFault:
        middle = len(ids) // 2
        return [*_parts(ids[:middle], how), *_parts(ids[middle:], how)] if middle else list(ids)
    return []


def _condition(row: Any) -> str:
    if "state" in row:
        return str(row["state"])
    return "archived" if row.get("active") is False else "in use"
