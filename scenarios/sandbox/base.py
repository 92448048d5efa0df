"""What every new database holds: groups, the first company and its administrator, currencies, units and locations."""

from typing import Any

from scenarios.sandbox.env import Env
from scenarios.sandbox.people.groups import GROUPS, called
from scenarios.sandbox.people.rights import RULES
from scenarios.sandbox.sequences import name_record

MODULES = (
    *("account", "base", "mail", "product", "product_expiry", "purchase", "purchase_stock", "sale", "sale_management"),
    *("sale_purchase", "sale_stock", "stock", "stock_account", "uom", "web"),
)

CURRENCIES = {"EUR": "€", "GBP": "£", "USD": "$"}

LOCATIONS: tuple[tuple[str, str, str, str | None], ...] = (
    ("stock.stock_location_locations_partner", "Partners", "view", None),
    ("stock.stock_location_locations_virtual", "Virtual Locations", "view", None),
    ("stock.stock_location_suppliers", "Vendors", "supplier", "stock.stock_location_locations_partner"),
    ("stock.stock_location_customers", "Customers", "customer", "stock.stock_location_locations_partner"),
    (
        "stock.stock_location_inter_company",
        "Inter-company transit",
        "transit",
        "stock.stock_location_locations_virtual",
    ),
    ("stock.location_inventory", "Inventory adjustment", "inventory", "stock.stock_location_locations_virtual"),
    ("stock.stock_location_scrapped", "Scrap", "inventory", "stock.stock_location_locations_virtual"),
    ("stock.location_production", "Production", "production", "stock.stock_location_locations_virtual"),
)

ACTIVITY_TYPES = {
    "mail.mail_activity_data_email": "Email",
    "mail.mail_activity_data_call": "Call",
    "mail.mail_activity_data_meeting": "Meeting",
    "mail.mail_activity_data_todo": "To-Do",
    "mail.mail_activity_data_warning": "Exception",
}


ROUTES = {
    "stock.route_warehouse0_mto": "Replenish on Order (MTO)",
    "purchase_stock.route_warehouse0_buy": "Buy",
    "stock_dropshipping.route_drop_shipping": "Dropship",
}


def build(env: Env) -> None:
    """Fill an empty database; the main company and the administrator may be renamed, their ids stay."""
    _company_and_users(env)
    _models_and_modules(env)
    for xmlid, name in (
        ("mail.mt_comment", "Discussions"),
        ("mail.mt_note", "Note"),
        ("mail.mt_activities", "Activities"),
    ):
        _add(env, xmlid, "mail.message.subtype", name=name, internal=name != "Discussions", default=name != "Note")
    for xmlid, name in ACTIVITY_TYPES.items():
        _add(env, xmlid, "mail.activity.type", name=name)
    for xmlid, name in ROUTES.items():
        _add(env, xmlid, "stock.route", name=name)
    _units(env)
    flat = env.engine.release.flat_places
    for xmlid, name, usage, above in LOCATIONS:
        if flat and usage == "view":
            continue
        parent = env.ref(above) if above and not flat else False
        path = f"{env.row('stock.location', parent)['complete_name']}/{name}" if parent else name
        scrap = name == "Scrap"
        _add(
            env, xmlid, "stock.location", name=name, usage=usage, location_id=parent, complete_name=path,
            scrap_location=scrap,
        )  # fmt: skip


def _add(env: Env, xmlid: str, model: str, **values: Any) -> int:
    record = env.create(model, values)
    name_record(env, xmlid, model, record)
    return record


def _company_and_users(env: Env) -> None:
    for code, symbol in CURRENCIES.items():
        _add(env, f"base.{code}", "res.currency", name=code, symbol=symbol, rounding=0.01, decimal_places=2)
    company = _add(env, "base.main_company", "res.company", name="My Company", currency_id=env.ref("base.EUR"))
    _add(env, "base.lang_en", "res.lang", name="English (US)", code="en_US")
    _groups(env)
    users = (("base.user_root", "__system__", "OdooBot"), ("base.user_admin", "admin", "Administrator"))
    for xmlid, login, name in users:
        every = [
            (6, 0, [env.ref(group) for group in GROUPS if group not in ("base.group_portal", "base.group_public")])
        ]
        mail = f"{name.lower()}@example.com"
        _add(env, xmlid, "res.users", login=login, name=name, email=mail, company_id=company, groups_id=every)
    name_record(env, "base.main_partner", "res.partner", env.row("res.company", company)["partner_id"])


def _groups(env: Env) -> None:
    """Groups first, then what they imply: the order of the table need not matter."""
    for xmlid in GROUPS:
        name = called(xmlid, newer=env.engine.release.renames_groups)
        _add(env, xmlid, "res.groups", name=name.rpartition("/")[2], full_name=name)
    for xmlid, group in GROUPS.items():
        if group.implies:
            env.write("res.groups", [env.ref(xmlid)], {"implied_ids": [(6, 0, [env.ref(g) for g in group.implies])]})


def _models_and_modules(env: Env) -> None:
    for model in RULES:
        record = env.create("ir.model", {"model": model, "name": env.engine.model(model).label, "state": "base"})
        name_record(env, f"base.model_{model.replace('.', '_')}", "ir.model", record)
    for name in MODULES:
        env.create("ir.module.module", {"name": name, "shortdesc": name.title(), "state": "installed"})


def _units(env: Env) -> None:
    unit = _add(env, "uom.product_uom_categ_unit", "uom.category", name="Unit")
    weight = _add(env, "uom.product_uom_categ_kgm", "uom.category", name="Weight")
    _add(env, "uom.product_uom_unit", "uom.uom", name="Units", category_id=unit, uom_type="reference", factor=1.0)
    _add(env, "uom.product_uom_dozen", "uom.uom", name="Dozens", category_id=unit, uom_type="bigger", factor=1.0 / 12.0)
    _add(env, "uom.product_uom_kgm", "uom.uom", name="kg", category_id=weight, uom_type="reference", factor=1.0)
    _add(env, "product.product_category_all", "product.category", name="All")
