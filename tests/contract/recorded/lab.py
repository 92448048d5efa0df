"""The company in which the calls were recorded, rebuilt in the sandbox."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from domain.clock import SetClock
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.env import Env
from scenarios.sandbox.view import View
from tests.contract.recorded.captures import Captured

NOW = datetime(2026, 11, 20, 22, 45, tzinfo=UTC)
ADMIN = 2
AGENT = ["purchase.group_purchase_user", "sales_team.group_sale_salesman_all_leads", "stock.group_stock_user"]
PEOPLE = {
    "lab_buyer": ["purchase.group_purchase_user"],
    "lab_buymgr": ["purchase.group_purchase_manager"],
    "lab_seller": ["sales_team.group_sale_salesman_all_leads"],
    "lab_own": ["sales_team.group_sale_salesman"],
    "lab_stocker": ["stock.group_stock_user"],
    "lab_biller": ["account.group_account_invoice"],
    "lab_plain": ["base.group_user"],
    "lab_agent": [*AGENT, "account.group_account_invoice"],
}
PRODUCTS = ("LAB-A", "LAB-B", "LAB-C", "LAB-LOT", "LAB-NOVENDOR", "LAB-RES", "LAB-RET", "LAB-RET2", "LAB-EXP")
TRACKED = ("LAB-LOT", "LAB-EXP")
VENDORS = ("Lab Vendor One", "Lab Vendor Two")
CUSTOMERS = ("Lab Customer", "Lab Blocked")
KEY = "a key that the tests gave"


@dataclass
class Lab:
    """The rebuilt company: what stands in it by name, and which of its records stands for which recorded one."""

    engine: Engine
    users: dict[str, int]
    products: dict[str, int]
    partners: dict[str, int]
    warehouses: dict[str, int]
    stock: int
    east_stock: int
    internal: int
    delivery: int
    known: dict[tuple[str, int], int] = field(default_factory=dict)
    """(model, recorded id) to the id here."""
    relations: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """By model, which fields lead to records of which model, as this version names them."""

    @property
    def vendor(self) -> int:
        return self.partners[VENDORS[0]]

    @property
    def customer(self) -> int:
        return self.partners[CUSTOMERS[0]]

    def call(self, model: str, method: str, *args: Any, **context: Any) -> Any:
        """Set up by the administrator, in the words of Odoo 18 whatever the version."""
        return self.call_as("admin", model, method, *args, **context)

    def call_as(self, user: str, model: str, method: str, *args: Any, **context: Any) -> Any:
        with self.engine.transaction():
            return View(self.engine, self.users[user], context).call(model, method, None, *args)

    def write(self, model: str, record: int, values: Mapping[str, Any]) -> None:
        """Set up by the superuser, past all rights."""
        with self.engine.transaction() as env:
            env.write(model, record, values)

    def make(self, model: str, values: Mapping[str, Any]) -> int:
        return int(self.call(model, "create", dict(values)))

    def rows(self, model: str, *domain: tuple[str, str, Any]) -> list[Any]:
        env = self.engine.root()
        return env.rows(model, env.search(model, list(domain), order="id"))

    def stands(self, call: Captured, made: int, model: str | None = None) -> int:
        """The record made here stands for the one the recorded call is about."""
        if call.subject is not None:
            self.known[(model or call.model, call.subject)] = made
        return made


def open_lab(version: int = 18) -> Lab:
    engine = Engine(SetClock(NOW), version=version)
    with engine.transaction() as env:
        return _furnish(engine, env)


def _furnish(engine: Engine, env: Env) -> Lab:
    second = _companies(env)
    users = {"admin": ADMIN, **{login: _user(env, login, groups) for login, groups in PEOPLE.items()}}
    env.create("res.users.apikeys", {"name": "lab", "user_id": users["lab_agent"], "key": KEY, "scope": "rpc"})
    partners = {name: env.create("res.partner", {"name": name}) for name in (*VENDORS, *CUSTOMERS)}
    warehouses = _warehouses(env, second)
    main, east = env.row("stock.warehouse", warehouses["WH"]), env.row("stock.warehouse", warehouses["LE"])
    products = _products(env, [partners[name] for name in VENDORS])
    for code, quantity in (("LAB-A", 105.0), ("LAB-B", 50.0), ("LAB-C", 30.0), ("LAB-RET", 20.0)):
        _shelve(env, products[code], main["lot_stock_id"], quantity)
    _shelve(env, products["LAB-A"], east["lot_stock_id"], 40.0)
    return Lab(
        engine=engine,
        users=users,
        products=products,
        partners=partners,
        warehouses=warehouses,
        stock=main["lot_stock_id"],
        east_stock=east["lot_stock_id"],
        internal=main["int_type_id"],
        delivery=main["out_type_id"],
    )


def _companies(env: Env) -> int:
    second = env.create("res.company", {"name": "My Company (Chicago)", "currency_id": env.ref("base.EUR")})
    env.write("res.company", 1, {"name": "My Company (San Francisco)"})
    env.write("res.users", ADMIN, {"company_ids": [[6, 0, [1, second]]], "tz": "Europe/Brussels"})
    return second


def _user(env: Env, login: str, groups: list[str]) -> int:
    ids = [env.ref(group) for group in groups]
    name = login.replace("_", " ").capitalize()
    return env.create(
        "res.users",
        {
            "name": name,
            "login": login,
            "email": f"{login}@example.com",
            "company_id": 1,
            "groups_id": [[6, 0, ids]],
        },
    )


def _warehouses(env: Env, second: int) -> dict[str, int]:
    named = (("YourCompany", "WH", 1), ("My Company (Chicago)", "CH", second), ("Lab East", "LE", 1))
    return {
        code: env.create("stock.warehouse", {"name": name, "code": code, "company_id": company})
        for name, code, company in named
    }


def _products(env: Env, vendors: list[int]) -> dict[str, int]:
    """Lots of the two tracked products first expired, then soon, then far off."""
    made = {}
    for code in PRODUCTS:
        tracked = {"tracking": "lot", "use_expiration_date": True, "removal_time": 5} if code in TRACKED else {}
        values = {"name": f"{code} product", "default_code": code, "is_storable": True, "list_price": 20.0, **tracked}
        made[code] = env.create("product.product", {**values, "standard_price": 10.0})
    for code, price in (("LAB-A", 8.0), ("LAB-B", 6.0), ("LAB-C", 4.0)):
        template = env.row("product.product", made[code])["product_tmpl_id"]
        for vendor, factor in zip(vendors, (1.0, 1.1), strict=True):
            line = {"product_tmpl_id": template, "partner_id": vendor, "price": price * factor, "delay": 2}
            env.create("product.supplierinfo", {**line, "min_qty": 1.0, "company_id": 1})
    return made


def _shelve(env: Env, product: int, place: int, quantity: float) -> None:
    env.create("stock.quant", {"product_id": product, "location_id": place, "quantity": quantity})
