"""The company in which the calls were captured, rebuilt in the sandbox with the same ids where the calls name them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from domain.clock import SetClock
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.env import Env
from tests.contract.captures import Captured

NOW = datetime(2026, 11, 20, 22, 45, tzinfo=UTC)
ADMIN, VENDOR, OTHER_VENDOR, CUSTOMER = 2, 44, 45, 46
SHORT = {
    "lab_buyer": ("Lab buyer", ["purchase.group_purchase_user"]),
    "lab_buymgr": ("Lab buymgr", ["purchase.group_purchase_manager"]),
    "lab_seller": ("Lab seller", ["sales_team.group_sale_salesman_all_leads"]),
    "lab_own": ("Lab own", ["sales_team.group_sale_salesman"]),
    "lab_stocker": ("Lab stocker", ["stock.group_stock_user"]),
    "lab_plain": ("Lab plain", ["base.group_user"]),
    "lab_agent": (
        "Lab agent",
        [
            "purchase.group_purchase_user",
            "sales_team.group_sale_salesman_all_leads",
            "stock.group_stock_user",
            "account.group_account_invoice",
        ],
    ),
}
PRODUCTS = {
    50: "LAB-A",
    51: "LAB-B",
    52: "LAB-C",
    53: "LAB-LOT",
    54: "LAB-NOVENDOR",
    59: "LAB-RES",
    60: "LAB-RET",
    63: "LAB-EXP",
}
TRACKED = {53, 63}


@dataclass
class Lab:
    """The rebuilt company; documents are made under the id that a captured call names."""

    engine: Engine
    users: dict[str, int]
    stock: int
    east_stock: int
    internal: int
    delivery: int

    def ask(self, call: Captured) -> Any:
        """Make the captured call here."""
        args = self._translated(call.args)
        kwargs = self._translated(dict(call.kwargs))
        return self.engine.execute_kw(self.users[call.user], None, call.model, call.method, args, kwargs)

    def call(self, model: str, method: str, *args: Any, **context: Any) -> Any:
        return self.engine.execute_kw(ADMIN, None, model, method, args, {"context": context} if context else {})

    def write(self, model: str, record: int, values: Mapping[str, Any]) -> None:
        """Set up by the superuser, past all rights."""
        with self.engine.transaction() as env:
            env.write(model, record, values)

    def make(self, model: str, values: Mapping[str, Any], record: int | None = None) -> int:
        if record is not None:
            self.engine.table(model).last = record - 1
        return int(self.call(model, "create", dict(values)))

    def numbered(self, model: str, record: int) -> None:
        """The next record of the model gets this id."""
        self.engine.table(model).last = record - 1

    def rows(self, model: str, *domain: tuple[str, str, Any]) -> list[Any]:
        env = self.engine.root()
        return env.rows(model, env.search(model, list(domain), order="id"))

    def _translated(self, value: Any) -> Any:
        """Places, operations and people have ids of their own here."""
        if isinstance(value, dict):
            return {key: self._named(key, each) for key, each in value.items()}
        return [self._translated(each) for each in value] if isinstance(value, list) else value

    def _named(self, key: str, value: Any) -> Any:
        root = self.engine.root()
        scrap = root.ref("stock.stock_location_scrapped")
        places = {8: self.stock, 35: self.east_stock, 16: scrap}
        sale = root.search("ir.model", [("model", "=", "sale.order")])[0]
        maps: dict[str, dict[int, int]] = {
            **dict.fromkeys(("location_id", "location_dest_id", "location"), places),
            "picking_type_id": {7: self.internal},
            "user_id": {8: self.users["lab_buyer"], 9: self.users["lab_seller"]},
            "res_model_id": {593: sale},
        }
        if key in maps and isinstance(value, int):
            return maps[key].get(value, value)
        return self._translated(value)


def open_lab() -> Lab:
    engine = Engine(SetClock(NOW))
    with engine.transaction() as env:
        return _furnish(engine, env)


def _furnish(engine: Engine, env: Env) -> Lab:
    second = env.create("res.company", {"name": "My Company (Chicago)", "currency_id": env.ref("base.EUR")})
    env.write("res.company", 1, {"name": "My Company (San Francisco)"})
    env.write("res.users", ADMIN, {"company_ids": [[6, 0, [1, second]]]})
    for name, code, company in (
        ("YourCompany", "WH", 1),
        ("My Company (Chicago)", "CH", second),
        ("Lab East", "LE", 1),
    ):
        env.create("stock.warehouse", {"name": name, "code": code, "company_id": company})
    engine.table("res.partner").last = VENDOR - 1
    for name in ("Lab Vendor One", "Lab Vendor Two", "Lab Customer"):
        env.create("res.partner", {"name": name})
    users = {login: _user(env, login, name, groups) for login, (name, groups) in SHORT.items()}
    _products(engine, env)
    main, east = env.row("stock.warehouse", 1), env.row("stock.warehouse", 3)
    for product, quantity in ((50, 105.0), (51, 50.0), (52, 30.0), (60, 20.0)):
        env.create("stock.quant", {"product_id": product, "location_id": main["lot_stock_id"], "quantity": quantity})
    env.create("stock.quant", {"product_id": 50, "location_id": east["lot_stock_id"], "quantity": 40.0})
    return Lab(
        engine=engine,
        users={"admin": ADMIN, **users},
        stock=main["lot_stock_id"],
        east_stock=east["lot_stock_id"],
        internal=main["int_type_id"],
        delivery=main["out_type_id"],
    )


def _user(env: Env, login: str, name: str, groups: list[str]) -> int:
    ids = [env.ref(group) for group in groups]
    return env.create(
        "res.users",
        {"name": name, "login": login, "email": f"{login}@example.com", "company_id": 1, "groups_id": [[6, 0, ids]]},
    )


def _products(engine: Engine, env: Env) -> None:
    """Lots of the two tracked products first expired, then soon, then far off."""
    for record, code in PRODUCTS.items():
        engine.table("product.template").last = record - 12
        engine.table("product.product").last = record - 1
        tracked = {"tracking": "lot", "use_expiration_date": True, "removal_time": 5} if record in TRACKED else {}
        values = {"name": f"{code} product", "default_code": code, "is_storable": True, "list_price": 20.0, **tracked}
        env.create("product.product", {**values, "standard_price": 10.0})
    for template, price in ((39, 8.0), (40, 6.0), (41, 4.0)):
        for vendor, factor in ((VENDOR, 1.0), (OTHER_VENDOR, 1.1)):
            line = {"product_tmpl_id": template, "partner_id": vendor, "price": price * factor, "delay": 2}
            env.create("product.supplierinfo", {**line, "min_qty": 1.0, "company_id": 1})
