"""Vendor bills as far as purchases feel them: a draft for what came, linked to its order."""

from scenarios.sandbox.business.finding import find
from scenarios.sandbox.business.quantities import positive, rounded
from scenarios.sandbox.business.screens import window
from scenarios.sandbox.env import Env, Raw, Record
from scenarios.sandbox.faults import UserError
from scenarios.sandbox.registry import method

ORDER, LINE, BILL = "purchase.order", "purchase.order.line", "account.move"
NOTHING = (
    "There is no invoiceable line. If a product has a control policy based on received quantity, please make sure that "
    "a quantity has been received."
)


@method(ORDER, "action_create_invoice")
def action_create_invoice(env: Env, ids: list[int]) -> dict[str, Raw]:
    """A draft bill for each order, over what came and was not billed; one over nothing is refused, or empty."""
    bills = [_bill(env, order) for order in env.rows(ORDER, ids)]
    context: Raw = {"default_move_type": "in_invoice", "display_account_trust": True}
    types = ["in_invoice", "in_refund", *(["in_receipt"] if env.engine.release.bills_nothing else [])]
    return window(
        env,
        name="Bills",
        xml_id="account.action_move_in_invoice_type",
        path="bills",
        model=BILL,
        record=bills[-1] if bills else 0,
        domain=f"[('move_type', 'in', {types})]",
        context=context if env.engine.release.bills_nothing else str(context),
        kinds=("list", "kanban", "form", "activity"),
    )


def _bill(env: Env, order: Record) -> int:
    lines = find(env, LINE, [("order_id", "=", order["id"])])
    wanted = [line for line in lines if positive(line["qty_to_invoice"])]
    if not wanted and not env.engine.release.bills_nothing:
        raise UserError(NOTHING)
    amount = rounded(sum(line["qty_to_invoice"] * line["price_unit"] for line in wanted))
    kept = {"partner_id": order["partner_id"], "currency_id": order["currency_id"], "invoice_origin": order["name"]}
    head = {"move_type": "in_invoice", "state": "draft", "name": "/", "amount_total": amount, **kept}
    bill = env.sudo().create(BILL, head)
    for line in wanted:
        env.sudo().write(LINE, line["id"], {"qty_invoiced": rounded(line["qty_invoiced"] + line["qty_to_invoice"])})
    env.sudo().write(ORDER, order["id"], {"invoice_ids": [(4, bill)]})
    return bill
