"""Groups that give rights in Odoo, what each implies, and what its rights are called."""

from collections.abc import Iterable
from typing import NamedTuple


class Group(NamedTuple):
    """A group by its full name on screen, with the groups that come with it."""

    name: str
    implies: tuple[str, ...] = ()


USER = "base.group_user"
SYSTEM = "base.group_system"
RIGHTS = "base.group_erp_manager"
CONTACTS = "base.group_partner_manager"
PRODUCTS = "product.group_product_manager"
BUYER, BUYERS = "purchase.group_purchase_user", "purchase.group_purchase_manager"
SELLER, SELLERS_ALL, SELLERS = (
    "sales_team.group_sale_salesman",
    "sales_team.group_sale_salesman_all_leads",
    "sales_team.group_sale_manager",
)
STOCK, STOCKERS = "stock.group_stock_user", "stock.group_stock_manager"
INVOICES, ACCOUNTS, READS_ACCOUNTS = (
    "account.group_account_invoice",
    "account.group_account_manager",
    "account.group_account_readonly",
)

GROUPS = {
    USER: Group("User types/Internal User"),
    "base.group_portal": Group("User types/Portal"),
    "base.group_public": Group("User types/Public"),
    RIGHTS: Group("Administration/Access Rights", (USER,)),
    SYSTEM: Group("Administration/Settings", (RIGHTS,)),
    CONTACTS: Group("Extra Rights/Contact Creation"),
    "base.group_multi_company": Group("Extra Rights/Multi Companies"),
    "base.group_multi_currency": Group("Extra Rights/Multi Currencies"),
    "base.group_no_one": Group("Extra Rights/Technical Features"),
    PRODUCTS: Group("Extra Rights/Product Creation"),
    "uom.group_uom": Group("Technical/Manage Multiple Units of Measure"),
    BUYER: Group("Purchase/User", (USER,)),
    BUYERS: Group("Purchase/Administrator", (BUYER,)),
    SELLER: Group("Sales/User: Own Documents Only", (USER,)),
    SELLERS_ALL: Group("Sales/User: All Documents", (SELLER,)),
    SELLERS: Group("Sales/Administrator", (SELLERS_ALL,)),
    STOCK: Group("Inventory/User", (USER,)),
    STOCKERS: Group("Inventory/Administrator", (STOCK,)),
    "stock.group_stock_multi_locations": Group("Technical/Manage Multiple Stock Locations"),
    "stock.group_stock_multi_warehouses": Group("Technical/Manage Multiple Warehouses"),
    "stock.group_production_lot": Group("Technical/Manage Lots / Serial Numbers"),
    INVOICES: Group("Invoicing/Invoicing", (USER,)),
    READS_ACCOUNTS: Group("Technical/Show Accounting Features - Readonly", (USER,)),
    "account.group_account_user": Group("Technical/Show Full Accounting Features", (INVOICES, READS_ACCOUNTS)),
    ACCOUNTS: Group("Invoicing/Administrator", (INVOICES,)),
}

ALL, KEEP, CHANGE, READ = "rwcu", "rwc", "rw", "r"

_MASTER = {USER: READ, PRODUCTS: ALL, BUYERS: ALL, SELLERS: ALL, STOCKERS: ALL, ACCOUNTS: ALL}
_CATALOGUE = {USER: READ, PRODUCTS: ALL, BUYERS: ALL, SELLERS: ALL, STOCKERS: ALL}
_UNITS = {USER: READ, BUYERS: ALL, SELLERS: ALL, STOCKERS: ALL, SYSTEM: ALL}
_SETTINGS = {USER: READ, SYSTEM: ALL}
_ADMINISTRATION = {RIGHTS: ALL}
_FLOOR = {USER: READ, STOCKERS: ALL}
_MOVES = {
    STOCK: KEEP,
    BUYER: KEEP,
    SELLER: KEEP,
    INVOICES: KEEP,
    READS_ACCOUNTS: READ,
    STOCKERS: ALL,
    BUYERS: ALL,
    SELLERS: ALL,
}
_ORDERS = {BUYER: ALL, BUYERS: ALL, STOCK: READ, INVOICES: CHANGE, READS_ACCOUNTS: READ, "base.group_portal": READ}
_SALES = {SELLER: KEEP, SELLERS: ALL, STOCK: CHANGE, INVOICES: CHANGE, READS_ACCOUNTS: READ}
_BOOKS = {INVOICES: ALL, READS_ACCOUNTS: READ, BUYER: READ, SELLER: READ}
_DOCUMENTS = {USER: ALL}

RULES: dict[str, dict[str, str]] = {
    "account.move": _BOOKS,
    "account.move.line": _BOOKS,
    "account.payment.term": {USER: READ, ACCOUNTS: ALL},
    "account.tax": {USER: READ, ACCOUNTS: ALL},
    "crm.tag": {SELLER: KEEP, SELLERS: ALL},
    "crm.team": {USER: READ, SELLERS: ALL},
    "ir.config_parameter": {SYSTEM: ALL},
    "ir.model": _ADMINISTRATION,
    "ir.model.data": _ADMINISTRATION,
    "ir.module.category": _SETTINGS,
    "ir.module.module": _SETTINGS,
    "ir.sequence": _SETTINGS,
    "mail.activity": _DOCUMENTS,
    "mail.activity.type": {**_SETTINGS, SELLERS: ALL},
    "mail.followers": _SETTINGS,
    "mail.mail": {SYSTEM: ALL},
    "mail.message": _DOCUMENTS,
    "mail.message.subtype": _SETTINGS,
    "mrp.bom": _FLOOR,
    "mrp.bom.line": _FLOOR,
    "procurement.group": {USER: KEEP},
    "product.category": _CATALOGUE,
    "product.packaging": {**_CATALOGUE, SELLER: KEEP},
    "product.pricelist": {USER: READ, PRODUCTS: ALL, SELLERS: ALL, STOCKERS: ALL},
    "product.pricelist.item": _CATALOGUE,
    "product.product": _MASTER,
    "product.supplierinfo": _CATALOGUE,
    "product.tag": _CATALOGUE,
    "product.template": _MASTER,
    "purchase.order": _ORDERS,
    "purchase.order.line": _ORDERS,
    "res.company": {USER: READ, RIGHTS: ALL},
    "res.country": _SETTINGS,
    "res.currency": {USER: READ, SYSTEM: ALL, ACCOUNTS: ALL},
    "res.currency.rate": {USER: READ, SYSTEM: ALL, ACCOUNTS: ALL},
    "res.groups": {USER: READ, RIGHTS: ALL},
    "res.lang": _SETTINGS,
    "res.partner": {USER: READ, CONTACTS: ALL, SELLERS: KEEP, BUYERS: KEEP, STOCKERS: KEEP},
    "res.partner.category": {USER: READ, CONTACTS: ALL},
    "res.users": {USER: READ, RIGHTS: ALL},
    "res.users.apikeys": {RIGHTS: ALL},
    "sale.order": _SALES,
    "sale.order.cancel": {SELLER: KEEP},
    "sale.order.line": {**_SALES, SELLER: ALL},
    "stock.backorder.confirmation": {STOCK: KEEP},
    "stock.location": {**_FLOOR, STOCK: CHANGE},
    "stock.lot": {STOCK: ALL},
    "stock.move": _MOVES,
    "stock.move.line": _DOCUMENTS,
    "stock.picking": {**_MOVES, STOCK: ALL, BUYER: ALL},
    "stock.picking.type": _FLOOR,
    "stock.quant": {USER: READ, STOCK: KEEP},
    "stock.quant.package": {USER: READ, STOCK: ALL},
    "stock.return.picking": {STOCK: KEEP},
    "stock.return.picking.line": {STOCK: ALL},
    "stock.route": _FLOOR,
    "stock.rule": {**_FLOOR, SELLERS: ALL},
    "stock.scrap": {STOCK: KEEP, STOCKERS: ALL},
    "stock.valuation.layer": {STOCKERS: KEEP},
    "stock.warehouse": _FLOOR,
    "stock.warehouse.orderpoint": {STOCK: READ, BUYER: READ, SELLER: READ, STOCKERS: ALL},
    "uom.category": _UNITS,
    "uom.uom": _UNITS,
}
"""Who may read, write, create and unlink (r, w, c, u) the records of a model, as ``ir.model.access`` says in Odoo."""


def implied(names: Iterable[str]) -> set[str]:
    """The groups and all that come with them."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(GROUPS[name].implies)
    return found


def allowed(model: str, operation: str) -> set[str]:
    """The groups that may do it; the operation is named by its first letter."""
    return {group for group, rights in RULES.get(model, {}).items() if operation in rights}
