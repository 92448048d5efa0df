"""Lots carry the dates after which goods must not be used, sold or kept."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Literal

from scenarios.sandbox.business import quants
from scenarios.sandbox.business.finding import find, one
from scenarios.sandbox.business.quantities import rounded
from scenarios.sandbox.env import DATETIME, Env, Raw, Record, Values
from scenarios.sandbox.registry import after_write, compute, on_create, related

related("stock.lot", "use_expiration_date", "product_id.use_expiration_date")

DAYS_BEFORE = {"use_date": "use_time", "removal_date": "removal_time", "alert_date": "alert_time"}
"""Which product setting tells how many days before expiry each date lies."""


@on_create("stock.lot")
def fill_lot(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    product = one(env, "product.product", values["product_id"]) if values.get("product_id") else None
    expiry = values.get("expiration_date")
    if product and product["use_expiration_date"] and not expiry:
        expiry = (env.now + timedelta(days=product["expiration_time"] or 0)).strftime(DATETIME)
    dates = _dates(product, expiry) if product and product["use_expiration_date"] and expiry else {}
    return {"company_id": env.company, "product_uom_id": product["uom_id"] if product else False, **dates, **values}


def _dates(product: Record, expiry: str) -> dict[str, Raw]:
    until = datetime.strptime(expiry if len(expiry) > 10 else f"{expiry} 00:00:00", DATETIME)  # noqa: DTZ007
    early = {field: until - timedelta(days=product[days] or 0) for field, days in DAYS_BEFORE.items()}
    return {"expiration_date": expiry, **{field: on.strftime(DATETIME) for field, on in early.items()}}


def named(env: Env, product: int, name: str, company: int, expiry: str | Literal[False]) -> int:
    """The product's lot of that name, made when it is new."""
    domain = [("product_id", "=", product), ("name", "=", name), ("company_id", "in", [company, False])]
    found = env.sudo().search("stock.lot", domain, limit=1)
    if found:
        return found[0]
    dates = {"expiration_date": expiry} if expiry else {}
    return env.sudo().create("stock.lot", {"product_id": product, "name": name, "company_id": company, **dates})


@after_write("stock.lot")
def spread_dates(env: Env, ids: list[int], values: Values) -> None:
    changed = {field: values[field] for field in ("expiration_date", "removal_date") if field in values}
    if changed:
        quants.refresh_expiry(env, ids, changed)


@compute("stock.lot", "product_qty", "location_id", "product_expiry_alert")
def compute_stock(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    """What is left of the lot inside, where it lies when that is one place, and whether it has expired."""
    inside = _inside(env, ids)
    found = {}
    for row in env.rows("stock.lot", ids):
        lying = {q["location_id"] for q in inside[row["id"]] if q["quantity"] > 0}
        found[row["id"]] = {
            "product_qty": rounded(sum(q["quantity"] for q in inside[row["id"]])),
            "location_id": lying.pop() if len(lying) == 1 else False,
            "product_expiry_alert": bool(row["expiration_date"]) and row["expiration_date"] <= env.stamp,
        }
    return found


def _inside(env: Env, lots: list[int]) -> defaultdict[int, list[Record]]:
    domain = [("lot_id", "in", lots), ("location_id.usage", "in", ["internal", "transit"])]
    by_lot: defaultdict[int, list[Record]] = defaultdict(list)
    for row in find(env, "stock.quant", domain):
        by_lot[row["lot_id"]].append(row)
    return by_lot
