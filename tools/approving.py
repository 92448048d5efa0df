"""Orders that Odoo holds back until a purchase manager approves them, where a company wants two behind a purchase."""

from domain.money import Money
from domain.ports import Reads
from domain.refusals import Refusal
from domain.values import Row
from tools.reads.names import quoted
from tools.reads.parsing import label, name, number, text
from tools.rights import BEYOND
from tools.valuing import converted

COMPANY = "res.company"
RULE = ("currency_id", "po_double_validation", "po_double_validation_amount")
MANAGER = "purchase.group_purchase_manager"


def held_back(reads: Reads, order: Row) -> Refusal | None:
    """Why Odoo would not let the desk's user order this: it would answer True, and the order would wait unseen.

    Its amount with taxes is what Odoo looks at: from the company's limit on, only a purchase manager orders.
    """
    company = reads.read(COMPANY, [reads.company], RULE)[0]
    if text(company, "po_double_validation") != "two_step" or reads.holds(reads.uid, MANAGER):
        return None
    total = Money(amount=number(order["amount_total"]), currency=label(order, "currency_id"))
    worth = converted(reads, total, of=f"request {quoted(name(order, 'name'))}")
    limit = Money(amount=number(company["po_double_validation_amount"]), currency=label(company, "currency_id"))
    if isinstance(worth, Refusal) or worth < limit:
        return worth if isinstance(worth, Refusal) else None
    reason = f"{name(order, 'name')} over {total} needs a purchase manager, as every order of {limit} and more"
    return Refusal(guard="rights", reason=f"{BEYOND}{reason}")
