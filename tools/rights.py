"""Which rights in Odoo the desk's own user needs, in which groups they are, and what each further group would add."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from domain.plans import Draft
from domain.ports import Reads
from domain.scopes import Scope
from tools.action import AnyAction

OPERATIONS: Mapping[str, str] = {"create": "create", "unlink": "unlink"}
"""Which right a method needs; every other method that an action calls needs ``write``."""

BEYOND = "beyond the rights of the desk's user in Odoo: "
"""How a refusal begins that another user of Odoo would not have met."""


class Need(NamedTuple):
    """A right on a model, as Odoo grants it."""

    model: str
    operation: str

    def __str__(self) -> str:
        return f"{self.operation} {self.model}"


class Group(NamedTuple):
    """A group of Odoo, as its programs and as its people call it."""

    xmlid: str
    name: str
    """Section and choice in the form of a user; the same words in 17, 18 and 19 unless ``renamed``."""
    gives: str
    """What the desk can do by it."""
    renamed: Mapping[int, str] = {}

    def called(self, version: int) -> str:
        """What a person reads in the form of a user."""
        return self.renamed.get(version, self.name)


BUYER = Group("purchase.group_purchase_user", "Purchase: User", "reads, asks for, confirms and re-dates purchases")
STOCK = Group(
    "stock.group_stock_user",
    "Inventory: User",
    "reads stock with its lots, transfers it, and re-allocates reservations",
)
SELLER = Group(
    "sales_team.group_sale_salesman_all_leads",
    "Sales: User: All Documents",
    "reads everybody's orders, promises dates, and holds orders",
)
SERVICE_GROUPS = (BUYER, STOCK, SELLER)
"""They suffice for every read, and for every action but those of FURTHER_GROUPS, with their compensation."""

RULES = Group(
    "stock.group_stock_manager", "Inventory: Administrator", "changes minimum and maximum of reordering rules"
)
FURTHER_GROUPS: Mapping[str, Group] = {"stock.minmax": RULES}
"""What an action needs beyond SERVICE_GROUPS; without it the desk asks somebody who has it."""

MIGHTY_GROUPS = (
    Group("base.group_system", "Administration: Settings", "changes everything", {19: "Role: Administrator"}),
    Group("base.group_erp_manager", "Administration: Access Rights", "gives rights", {19: "Access Rights"}),
    Group("purchase.group_purchase_manager", "Purchase: Administrator", "approves purchases that Odoo holds back"),
    Group("sales_team.group_sale_manager", "Sales: Administrator", "changes price lists and everybody's sales"),
    Group("account.group_account_invoice", "Invoicing: Invoicing", "posts invoices", {19: "Accounting: Invoicing"}),
)
"""What no action of the desk needs: its user is mightier than it has to be."""

ADDRESS_WANTED = frozenset({17, 18})
"""Versions in which a user without an e-mail address writes no note: no ``mail.note`` and no ``sale.hold``."""

GRANTED_BY: Mapping[Need, Group] = {
    Need("crm.tag", "create"): SELLER,
    Need("purchase.order", "create"): BUYER,
    Need("purchase.order", "unlink"): BUYER,
    Need("purchase.order", "write"): BUYER,
    Need("purchase.order.line", "write"): BUYER,
    Need("sale.order", "write"): SELLER,
    Need("stock.lot", "read"): STOCK,
    Need("stock.move", "write"): STOCK,
    Need("stock.picking", "create"): STOCK,
    Need("stock.picking", "write"): STOCK,
    Need("stock.warehouse.orderpoint", "write"): RULES,
}
"""The smallest group that holds a right which an action needs; what every internal user has is not named."""


def needs(action: AnyAction) -> frozenset[Need]:
    """What the action's own calls need."""
    return frozenset(_of(action.scope))


def undo_needs(action: AnyAction) -> frozenset[Need]:
    """What taking it back needs."""
    return frozenset(_of(action.undo_scope))


def lacking(reads: Reads, action: AnyAction, draft: Draft) -> tuple[Need, ...]:
    """What the desk's user may not do of a step; a word on a document needs that document's model only."""
    about = draft.params.get("model")
    wanted = needs(action)
    own = frozenset(need for need in wanted if need.model == about) or wanted
    return tuple(need for need in sorted(own) if not reads.may(need.model, need.operation))


def _of(scope: Scope) -> Iterator[Need]:
    for permit in scope.permits:
        for method in () if permit.spare else permit.methods:
            yield Need(permit.model, OPERATIONS.get(method, "write"))
