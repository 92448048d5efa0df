"""Posting a vendor's bill: from then on it counts in the books, and its order cannot be cancelled."""

from scenarios.sandbox.env import Env, Record
from scenarios.sandbox.faults import UserError
from scenarios.sandbox.people import access
from scenarios.sandbox.registry import method

BILL = "account.move"
SERIES = {"in_invoice": "BILL", "in_refund": "RBILL", "out_invoice": "INV", "out_refund": "RINV"}


@method(BILL, "action_post")
def action_post(env: Env, ids: list[int]) -> bool:
    """False, as Odoo answers where nothing is to be shown."""
    access.check(env, BILL, "write", ids)
    for bill in env.rows(BILL, ids):
        if bill["state"] != "draft":
            raise UserError(f"The entry {bill['name']} (id {bill['id']}) must be in draft.")
        if not bill["invoice_date"]:
            raise UserError("The Bill/Refund date is required to validate this document.")
        env.write(BILL, bill["id"], {"state": "posted", "name": _number(env, bill)})
    return False


def _number(env: Env, bill: Record) -> str:
    day = str(bill["invoice_date"])
    posted = [("state", "=", "posted"), ("move_type", "=", bill["move_type"]), ("invoice_date", "like", day[:7])]
    return f"{SERIES[bill['move_type']]}/{day[:4]}/{day[5:7]}/{len(env.sudo().search(BILL, posted)) + 1:04d}"
