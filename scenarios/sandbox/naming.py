"""What records are called on screen: the second half of every many2one that is read."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from scenarios.sandbox.env import Env
from scenarios.sandbox.fields import Field

Reader: TypeAlias = Callable[[Env, str, Field, Sequence[int]], dict[int, Any]]

NAMED_BY = {
    "ir.config_parameter": "key",
    "mail.activity": "summary",
    "mail.message": "subject",
    "product.category": "complete_name",
    "product.supplierinfo": "partner_id",
    "res.partner": "complete_name",
    "sale.order.cancel": "order_id",
    "stock.location": "complete_name",
    "stock.move.line": "product_id",
    "stock.quant": "location_id",
    "stock.return.picking": "picking_id",
    "stock.rule": "name",
}
"""The field a model is named by, where it is not ``name``; a many2one is followed."""


def names(env: Env, model: str, ids: Sequence[int], read: Reader) -> dict[int, str]:
    """The display names of existing records, rights not asked."""
    su = env.sudo()
    if model == "product.product":
        return _products(su, ids)
    by = NAMED_BY.get(model, "name")
    field = env.engine.model(model).fields.get(by)
    if field is None:
        return {i: f"{model},{i}" for i in ids}
    found = read(su, model, field, ids)
    if field.type == "many2one":
        theirs = names(su, field.relation, sorted({link for link in found.values() if link}), read)
        return {i: theirs.get(link, "") for i, link in found.items()}
    return {i: str(value) if value else f"{model},{i}" for i, value in found.items()}


def _products(su: Env, ids: Sequence[int]) -> dict[int, str]:
    """``[CODE] Name``."""
    products = su.engine.table("product.product").rows
    templates = su.engine.table("product.template").rows
    called = {}
    for i in ids:
        code = products[i].get("default_code")
        name = templates.get(products[i].get("product_tmpl_id", 0), {}).get("name", "")
        called[i] = f"[{code}] {name}" if code else name
    return called
