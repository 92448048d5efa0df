"""Sales orders: a quotation, its confirmation, its delivery, its end."""

from scenarios.sandbox.business import currency, deliveries, progress
from scenarios.sandbox.env import Env, Raw, Record, Values
from scenarios.sandbox.faults import UserError, ValidationError
from scenarios.sandbox.people import access
from scenarios.sandbox.registry import after_create, after_write, before_unlink, compute, method, on_create

MODEL = "sale.order"
LINE = "sale.order.line"
TOLD = {
    "state": "state",
    "partner_id": "order_partner_id",
    "user_id": "salesman_id",
    "company_id": "company_id",
    "currency_id": "currency_id",
    "warehouse_id": "warehouse_id",
}
"""What each line repeats of its order, and under what name."""


@on_create(MODEL)
def fill_order(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    company = values.get("company_id") or env.company
    partner = values.get("partner_id") or False
    named = values.get("name") if values.get("name") not in (None, False, "New", "") else None
    return {
        "currency_id": currency.company_currency(env, company),
        "currency_rate": 1.0,
        "user_id": env.uid,
        "partner_invoice_id": partner,
        "partner_shipping_id": partner,
        "warehouse_id": _first_warehouse(env, company),
        "invoice_status": "no",
        **values,
        "company_id": company,
        "name": named or env.next_name(MODEL),
    }


def _first_warehouse(env: Env, company: int) -> int | bool:
    found = env.sudo().search("stock.warehouse", [("company_id", "=", company)], order="sequence, id", limit=1)
    return found[0] if found else False


@after_write(MODEL)
def follow_edit(env: Env, ids: list[int], values: Values) -> None:
    told = {name: values[field] for field, name in TOLD.items() if field in values}
    lines = env.sudo().search(LINE, [("order_id", "in", ids)])
    if told and lines:
        env.sudo().write(LINE, lines, told)
    if "commitment_date" in values:
        for order in env.sudo().rows(MODEL, ids):
            deliveries.set_deadline(env, order)


@before_unlink(MODEL)
def refuse_unlink(env: Env, ids: list[int]) -> None:
    if any(row["state"] not in ("draft", "cancel") for row in env.rows(MODEL, ids)):
        raise UserError("You can not delete a sent quotation or a confirmed sales order. You must first cancel it.")
    env.sudo().unlink(LINE, env.sudo().search(LINE, [("order_id", "in", ids)]))


@method(MODEL, "action_confirm")
def action_confirm(env: Env, ids: list[int]) -> bool:
    """The order becomes a sale of today, and its delivery is made and reserved."""
    access.check(env, MODEL, "write", ids)
    orders = env.rows(MODEL, ids)
    if any(order["state"] not in ("draft", "sent") for order in orders):
        raise UserError("Some orders are not in a state requiring confirmation.")
    for order in orders:
        env.call(MODEL, "message_subscribe", [order["id"]], [order["partner_id"]])
    env.write(MODEL, ids, {"state": "sale", "date_order": env.stamp})
    for sale in ids:
        lines = env.sudo().search(LINE, [("order_id", "=", sale)], order="id")
        deliveries.update(env, env.sudo().rows(LINE, lines))
        progress.refresh_order(env, progress.DELIVERIES, sale)
    return True


@method(MODEL, "action_cancel")
def action_cancel(env: Env, ids: list[int]) -> bool | dict[str, Raw]:
    """Past draft, a release may ask back first and do nothing, unless ``disable_cancel_warning`` is in the context."""
    access.check(env, MODEL, "write", ids)
    orders = env.rows(MODEL, ids)
    if any(order["locked"] for order in orders):
        raise UserError("You cannot cancel a locked order. Please unlock it first.")
    asked = [order for order in orders if order["state"] != "draft"]
    if env.engine.release.asks_before_cancelling_sales and asked and not env.context.get("disable_cancel_warning"):
        return _question(asked[0])
    cancel(env, ids)
    return True


def cancel(env: Env, ids: list[int]) -> None:
    """Call orders off with their open deliveries; what was delivered stays delivered."""
    for order in ids:
        deliveries.call_off(env, order)
    env.write(MODEL, ids, {"state": "cancel"})


def _question(order: Record) -> dict[str, Raw]:
    """The window Odoo would open; its answer is a call of its own."""
    shown = "Sales Order" if order["state"] == "sale" else "Quotation"
    return {
        "name": f"Cancel {shown}",
        "view_mode": "form",
        "res_model": "sale.order.cancel",
        "view_id": False,
        "type": "ir.actions.act_window",
        "context": {"default_order_id": order["id"], "mark_so_as_canceled": True},
        "target": "new",
    }


@method("sale.order.cancel", "action_cancel")
def answer_cancel(env: Env, ids: list[int]) -> bool:
    """The answer to the question: cancel after all."""
    cancel(env, [row["order_id"] for row in env.rows("sale.order.cancel", ids)])
    return True


@method(MODEL, "action_draft")
def action_draft(env: Env, ids: list[int]) -> bool:
    """Only cancelled and sent orders become quotations again; others are passed over."""
    again = [row["id"] for row in env.rows(MODEL, ids) if row["state"] in ("cancel", "sent")]
    env.write(MODEL, again, {"state": "draft"})
    return True


@method(MODEL, "action_quotation_sent")
def action_quotation_sent(env: Env, ids: list[int]) -> None:
    if any(row["state"] != "draft" for row in env.rows(MODEL, ids)):
        raise UserError("Only draft orders can be marked as sent directly.")
    env.write(MODEL, ids, {"state": "sent"})


@method(MODEL, "action_lock")
def action_lock(env: Env, ids: list[int]) -> None:
    env.write(MODEL, ids, {"locked": True})


@method(MODEL, "action_unlock")
def action_unlock(env: Env, ids: list[int]) -> None:
    env.write(MODEL, ids, {"locked": False})


@after_create("crm.tag")
def refuse_double_tag(env: Env, ids: list[int], values: Values) -> None:
    if set(env.sudo().search("crm.tag", [("name", "=", values.get("name"))])) - set(ids):
        raise ValidationError("The operation cannot be completed: Tag name already exists!")


@compute(MODEL, "delivery_count", "expected_date")
def compute_deliveries(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    found = {}
    for order in env.rows(MODEL, ids):
        expected = deliveries.expected(env, order)
        count = len(progress.transfers_of(env, progress.DELIVERIES, order["id"]))
        found[order["id"]] = {"delivery_count": count, "expected_date": expected}
    return found
