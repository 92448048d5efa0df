"""Vendor price lists: who sells a product, from what quantity, at what price and how soon."""

from datetime import date

from scenarios.sandbox.business import currency, uom
from scenarios.sandbox.business.finding import find, one
from scenarios.sandbox.business.quantities import money, rounded
from scenarios.sandbox.env import Env, Raw, Record, Values
from scenarios.sandbox.registry import after_write, compute, on_create, related

MODEL = "product.supplierinfo"

related(MODEL, "product_uom", "product_tmpl_id.uom_po_id")


def unit(env: Env, seller: Record) -> int:
    """The unit that a vendor's price and least quantity are for."""
    if env.engine.release.vendors_have_units:
        return int(seller["product_uom_id"])
    return int(one(env, "product.template", seller["product_tmpl_id"])["uom_po_id"])


@on_create(MODEL)
def fill_price(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    given = dict(values)
    if given.get("product_id") and not given.get("product_tmpl_id"):
        given["product_tmpl_id"] = one(env, "product.product", given["product_id"])["product_tmpl_id"]
    if env.engine.release.vendors_have_units and given.get("product_tmpl_id") and not given.get("product_uom_id"):
        given["product_uom_id"] = one(env, "product.template", given["product_tmpl_id"])["uom_po_id"]
    company = given.get("company_id", env.company)
    own = currency.company_currency(env, company or env.company)
    base = {"min_qty": 0.0, "price": 0.0, "delay": 1, "sequence": 1, "discount": 0.0, "company_id": company}
    return {**base, "currency_id": own, **given, "price": money(given.get("price") or 0.0)}


@after_write(MODEL)
def keep_cents(env: Env, ids: list[int], values: Values) -> None:
    """A price is kept as precisely as Odoo keeps product prices unless somebody sets that otherwise: in cents."""
    for row in env.sudo().rows(MODEL, ids) if "price" in values else ():
        if row["price"] != money(row["price"]):
            env.sudo().write(MODEL, row["id"], {"price": money(row["price"])})


@compute(MODEL, "price_discounted")
def compute_price(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    return {row["id"]: {"price_discounted": discounted(row)} for row in env.rows(MODEL, ids)}


def discounted(seller: Record) -> float:
    return rounded(seller["price"] * (1 - (seller["discount"] or 0.0) / 100), 0.0001)


def sellers(env: Env, product: int, company: int) -> list[Record]:
    """The price lines for this product that the company may use, in their order."""
    everything = env.sudo()
    template = everything.row("product.product", product)["product_tmpl_id"]
    found = find(env, MODEL, [("product_tmpl_id", "=", template)])
    fitting = [r for r in found if r["company_id"] in (False, company) and r["product_id"] in (False, product)]
    return sorted(fitting, key=lambda row: (row["sequence"], -row["min_qty"], row["price"], row["id"]))


def choose(
    env: Env,
    product: int,
    company: int,
    *,
    partner: int | None,
    quantity: float,
    asked: int,
    day: date,
    any_unit: bool = True,
) -> Record | None:
    """The line to buy by: valid that day, its minimum reached, of the first such vendor the cheapest.

    Unless in ``any_unit``, whoever has a unit of its own sells by that one only, or by the product's.
    """
    valid = [row for row in sellers(env, product, company) if _valid(env, row, partner, day)]
    fitting = [row for row in valid if any_unit or _sold_by(env, row, product, asked)]
    reached = [row for row in fitting if _reached(env, row, quantity, asked)]
    mine = [row for row in reached if row["partner_id"] == reached[0]["partner_id"]]
    return min(mine, key=lambda row: (_worth(env, row, company, day), row["sequence"], row["id"]), default=None)


def _valid(env: Env, seller: Record, partner: int | None, day: date) -> bool:
    parent = one(env, "res.partner", partner)["parent_id"] if partner else None
    on = day.isoformat()
    begun = not seller["date_start"] or seller["date_start"] <= on
    going = not seller["date_end"] or seller["date_end"] >= on
    return begun and going and (partner is None or seller["partner_id"] in (partner, parent))


def _sold_by(env: Env, seller: Record, product: int, asked: int) -> bool:
    if not env.engine.release.vendors_have_units:
        return True
    return unit(env, seller) in (asked, one(env, "product.product", product)["uom_id"])


def _reached(env: Env, seller: Record, quantity: float, asked: int) -> bool:
    return rounded(uom.convert(env, quantity, asked, unit(env, seller))) >= rounded(seller["min_qty"])


def _worth(env: Env, seller: Record, company: int, day: date) -> float:
    own = currency.company_currency(env, company)
    return currency.convert(env, discounted(seller), seller["currency_id"], own, company, day)
