"""What is still to be invoiced: of a purchase what has come, of a sale what was ordered or as its product says."""

from scenarios.sandbox.business.finding import find
from scenarios.sandbox.business.quantities import rounded
from scenarios.sandbox.env import Env, Raw, Record
from scenarios.sandbox.registry import compute

Found = dict[int, dict[str, Raw]]


@compute("purchase.order.line", "qty_to_invoice")
def compute_bought(env: Env, ids: list[int]) -> Found:
    return {line["id"]: {"qty_to_invoice": _to_bill(env, line)} for line in env.sudo().rows("purchase.order.line", ids)}


@compute("purchase.order", "invoice_status")
def compute_order(env: Env, ids: list[int]) -> Found:
    return {row["id"]: {"invoice_status": _billed(env, row)} for row in env.sudo().rows("purchase.order", ids)}


@compute("sale.order.line", "qty_to_invoice", "invoice_status")
def compute_sold(env: Env, ids: list[int]) -> Found:
    found = {}
    for line in env.sudo().rows("sale.order.line", ids):
        left = _to_invoice(env, line)
        found[line["id"]] = {"qty_to_invoice": left, "invoice_status": _invoiced(env, line, left)}
    return found


@compute("sale.order", "invoice_status")
def compute_sale(env: Env, ids: list[int]) -> Found:
    return {order: {"invoice_status": _of_lines(env, order)} for order in ids}


def _policy(env: Env, line: Record, field: str) -> Raw:
    product = line["product_id"]
    return env.sudo().value("product.product", [product], [field])[0][field] if product else False


def _to_bill(env: Env, line: Record) -> float:
    if env.sudo().row("purchase.order", line["order_id"])["state"] not in ("purchase", "done"):
        return 0.0
    counted = "product_qty" if _policy(env, line, "purchase_method") == "purchase" else "qty_received"
    return rounded(line[counted] - line["qty_invoiced"])


def _billed(env: Env, order: Record) -> str:
    if order["state"] not in ("purchase", "done"):
        return "no"
    lines = find(env, "purchase.order.line", [("order_id", "=", order["id"])])
    if any(_to_bill(env, line) for line in lines if not line["display_type"]):
        return "to invoice"
    return "invoiced" if order["invoice_ids"] else "no"


def _sale_state(env: Env, line: Record) -> Raw:
    return env.sudo().row("sale.order", line["order_id"])["state"]


def _to_invoice(env: Env, line: Record) -> float:
    if _sale_state(env, line) != "sale" or line["display_type"]:
        return 0.0
    counted = "qty_delivered" if _policy(env, line, "invoice_policy") == "delivery" else "product_uom_qty"
    return rounded(line[counted] - line["qty_invoiced"])


def _invoiced(env: Env, line: Record, left: float) -> str:
    if _sale_state(env, line) != "sale":
        return "no"
    if left:
        return "to invoice"
    ordered = line["product_uom_qty"]
    if _policy(env, line, "invoice_policy") == "order" and ordered >= 0 and line["qty_delivered"] > ordered:
        return "upselling"
    return "invoiced" if line["qty_invoiced"] >= ordered else "no"


def _of_lines(env: Env, order: int) -> str:
    """The most pressing of the lines; an order that is not confirmed owes nobody an invoice."""
    rows = [line for line in find(env, "sale.order.line", [("order_id", "=", order)]) if not line["display_type"]]
    if env.sudo().row("sale.order", order)["state"] != "sale":
        return "no"
    states = {_invoiced(env, line, _to_invoice(env, line)) for line in rows}
    if "to invoice" in states:
        return "to invoice"
    if states and states <= {"invoiced", "upselling"}:
        return "upselling" if "upselling" in states else "invoiced"
    return "no"
