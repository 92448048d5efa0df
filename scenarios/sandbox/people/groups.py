"""Groups that give rights in Odoo, what each implies, and what its rights are called."""

from collections.abc import Iterable
from typing import NamedTuple


class Group(NamedTuple):
    """A group by its full name on screen, with the groups that come with it, and its name since Odoo 19."""

    name: str
    implies: tuple[str, ...] = ()
    newer: str = ""


USER, PORTAL, PUBLIC = "base.group_user", "base.group_portal", "base.group_public"
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
BOOKKEEPERS = "account.group_account_user"

GROUPS = {
    USER: Group("User types/Internal User", newer="Role / User"),
    PORTAL: Group("User types/Portal", newer="Role / Portal"),
    PUBLIC: Group("User types/Public", newer="Role / Public"),
    RIGHTS: Group("Administration/Access Rights", (USER,), "Access Rights"),
    SYSTEM: Group("Administration/Settings", (RIGHTS,), "Role / Administrator"),
    CONTACTS: Group("Extra Rights/Contact Creation", newer="Contact/Creation"),
    "base.group_multi_company": Group("Extra Rights/Multi Companies", newer="Multi Companies"),
    "base.group_multi_currency": Group("Extra Rights/Multi Currencies", newer="Multi Currencies"),
    "base.group_no_one": Group("Extra Rights/Technical Features", newer="Technical Features"),
    PRODUCTS: Group("Extra Rights/Product Creation", newer="Products/Create"),
    "uom.group_uom": Group("Technical/Manage Multiple Units of Measure", newer="Manage Multiple Units of Measure"),
    BUYER: Group("Purchase/User", (USER,)),
    BUYERS: Group("Purchase/Administrator", (BUYER,)),
    SELLER: Group("Sales/User: Own Documents Only", (USER,)),
    SELLERS_ALL: Group("Sales/User: All Documents", (SELLER,)),
    SELLERS: Group("Sales/Administrator", (SELLERS_ALL,)),
    STOCK: Group("Inventory/User", (USER,)),
    STOCKERS: Group("Inventory/Administrator", (STOCK,)),
    "stock.group_stock_multi_locations": Group(
        "Technical/Manage Multiple Stock Locations", newer="Manage Multiple Stock Locations"
    ),
    "stock.group_stock_multi_warehouses": Group(
        "Technical/Manage Multiple Warehouses", newer="Manage Multiple Warehouses"
    ),
    "stock.group_production_lot": Group("Technical/Manage Lots / Serial Numbers", newer="Manage Lots / Serial Numbers"),
    INVOICES: Group("Invoicing/Invoicing", (USER,), "Accounting/Invoicing"),
    READS_ACCOUNTS: Group(
        "Technical/Show Accounting Features - Readonly", (USER,), "Show Accounting Features - Readonly"
    ),
    BOOKKEEPERS: Group(
        "Technical/Show Full Accounting Features", (INVOICES, READS_ACCOUNTS), "Show Full Accounting Features"
    ),
    ACCOUNTS: Group("Invoicing/Administrator", (INVOICES,), "Accounting/Administrator"),
}


def called(name: str, *, newer: bool) -> str:
    """What a group is called on screen, before Odoo 19 or since."""
    group = GROUPS[name]
    return group.newer or group.name if newer else group.name


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
