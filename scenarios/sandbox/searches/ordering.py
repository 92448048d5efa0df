"""The order in which records are listed: the caller's, or the model's own."""

import re
from collections.abc import Iterable
from typing import Any

from scenarios.sandbox import reading
from scenarios.sandbox.env import Env
from scenarios.sandbox.faults import UserError, WrongArguments, WrongValue
from scenarios.sandbox.fields import NUMERIC, Field
from scenarios.sandbox.registry import REGISTRY

ORDERS = {
    "account.move": "date desc, name desc, invoice_date desc, id desc",
    "mail.activity": "date_deadline, id",
    "mail.message": "id desc",
    "product.category": "complete_name",
    "product.pricelist.item": "applied_on, min_quantity desc, categ_id desc, id desc",
    "product.product": "is_favorite desc, default_code, id",
    "product.supplierinfo": "sequence, min_qty desc, price, id",
    "product.template": "is_favorite desc, name, id",
    "purchase.order": "priority desc, id desc",
    "purchase.order.line": "order_id, sequence, id",
    "res.company": "sequence, name",
    "res.currency": "active desc, name",
    "res.currency.rate": "name desc, id",
    "res.partner": "complete_name, id desc",
    "res.users": "name, login",
    "sale.order": "date_order desc, id desc",
    "sale.order.line": "order_id, sequence, id",
    "stock.location": "complete_name, id",
    "stock.lot": "name, id",
    "stock.move": "sequence, id",
    "stock.picking": "priority desc, scheduled_date, id desc",
    "stock.picking.type": "sequence, id",
    "stock.route": "sequence",
    "stock.rule": "sequence, id",
    "stock.warehouse": "sequence, id",
    "stock.warehouse.orderpoint": "location_id, company_id, id",
    "uom.uom": "factor desc, id",
}
"""The order of models that are not listed by id."""


WELL_SAID = re.compile(r"\s*(?P<name>[\w.]+)(\s+(?P<direction>asc|desc))?(\s+nulls\s+(first|last))?\s*", re.IGNORECASE)


def ordered(env: Env, model: str, ids: Iterable[int], order: str = "") -> list[int]:
    """The ids sorted; what is empty comes last ascending and first descending, as in PostgreSQL."""
    found = sorted(ids)
    terms = _terms(env, model, order or ORDERS.get(model, "id"))
    for name, descending in reversed(terms):
        if name == "id":
            found.sort(reverse=descending)
            continue
        keys = _keys(env, model, name, found)
        found.sort(key=keys.__getitem__, reverse=descending)
    return found


def _terms(env: Env, model: str, order: str) -> list[tuple[str, bool]]:
    fields = env.engine.model(model).fields
    terms = []
    if not isinstance(order, str):
        raise WrongArguments(f"expected string or bytes-like object, got '{type(order).__name__}'")
    for term in order.split(","):
        said = WELL_SAID.fullmatch(term)
        if said is None:
            raise UserError(
                f'Invalid "order" specified ({order}). A valid "order" specification is a comma-separated list of '
                "valid field names (optionally followed by asc/desc for the direction)"
            )
        name = said["name"]
        if name not in fields:
            raise WrongValue(f"Invalid field '{name}' on model '{model}'")
        _refuse_unstored(model, fields[name])
        terms.append((name, (said["direction"] or "").lower() == "desc"))
    return terms


def _refuse_unstored(model: str, field: Field) -> None:
    if field.many or (
        not field.stored and not field.delegate and field.name != "id" and (model, field.name) not in REGISTRY.related
    ):
        raise WrongValue(f"Cannot convert {model}.{field.name} to SQL because it is not stored")


def _keys(env: Env, model: str, name: str, ids: list[int]) -> dict[int, tuple[bool, Any]]:
    described = env.engine.model(model)
    field = described.fields[name]
    found = reading.columns(env, described, ids, [name])[name]
    if field.type == "many2one":
        places = {i: n for n, i in enumerate(ordered(env, field.relation, {v for v in found.values() if v}))}
        return {i: (not v, places.get(v, 0)) for i, v in found.items()}
    if field.type in NUMERIC or field.type == "boolean":
        return {i: (False, v or 0) for i, v in found.items()}
    return {i: (not v, (str(v).casefold(), str(v))) for i, v in found.items()}
