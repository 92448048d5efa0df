"""What stands before the first trade: units, currencies and their rates, companies and warehouses."""

from datetime import date
from typing import NamedTuple

from scenarios.sandbox.env import Env


class Units(NamedTuple):
    """Ids of the units of measure that goods are counted in."""

    unit: int
    dozen: int


class Warehouse(NamedTuple):
    """A warehouse with what a trade in it needs to know."""

    id: int
    code: str
    company: int
    stock: int
    """Its stock location."""
    receipts: int
    """The operation types."""
    deliveries: int
    transfers: int


def units(env: Env) -> Units:
    """Units and dozens, which every Odoo has."""
    return Units(env.ref("uom.product_uom_unit"), env.ref("uom.product_uom_dozen"))


def currency(env: Env, code: str) -> int:
    """A currency that every Odoo has: EUR, GBP or USD."""
    return env.ref(f"base.{code}")


def rate(env: Env, code: str, company: int, since: date, per_own: float) -> int:
    """From that day on, so much of the currency is worth one of the company's own."""
    values = {"currency_id": currency(env, code), "company_id": company, "name": since.isoformat(), "rate": per_own}
    return env.create("res.currency.rate", values)


def company(env: Env, name: str, code: str, *, first: bool = False) -> int:
    """A company that trades in that currency; the first one is the company every Odoo starts with."""
    values = {"name": name, "currency_id": currency(env, code)}
    if not first:
        return env.create("res.company", values)
    main = env.ref("base.main_company")
    env.write("res.company", main, values)
    env.write("res.partner", env.row("res.company", main)["partner_id"], {"name": name})
    return main


def warehouse(env: Env, code: str, name: str, of: int) -> Warehouse:
    """A warehouse of the company with its locations and operation types, as Odoo makes them."""
    made = env.create("stock.warehouse", {"name": name, "code": code, "company_id": of})
    row = env.row("stock.warehouse", made)
    return Warehouse(made, code, of, row["lot_stock_id"], row["in_type_id"], row["out_type_id"], row["int_type_id"])
