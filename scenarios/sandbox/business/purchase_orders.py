"""Purchase orders: a request for quotation, its approval, its receipt, its end."""

from datetime import date

from scenarios.sandbox.business import currency, progress, receipt_changes, receipts, uom, vendors
from scenarios.sandbox.business.finding import find, one
from scenarios.sandbox.env import Env, Raw, Record, Values
from scenarios.sandbox.faults import UserError
from scenarios.sandbox.people import access
from scenarios.sandbox.registry import after_write, before_unlink, compute, method, on_create, related

MODEL = "purchase.order"
LINE = "purchase.order.line"
SHARED = ("state", "partner_id", "company_id", "currency_id")
"""What each line repeats of its order."""

MOST_VENDORS = 10

related(MODEL, "company_currency_id", "company_id.currency_id")


@on_create(MODEL)
def fill_order(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    """Number, dates, currency and receiving warehouse; the currency is the company's unless told otherwise."""
    company = values.get("company_id") or env.company
    own = currency.company_currency(env, company)
    named = values.get("name") if values.get("name") not in (None, False, "New", "") else None
    order = {
        "currency_id": own,
        "user_id": env.uid,
        "invoice_status": "no",
        "picking_type_id": _receiving(env, company),
        **values,
        "company_id": company,
        "name": named or env.next_name(MODEL),
    }
    return {"date_calendar_start": order["date_order"], "currency_rate": _rate(env, order, own), **order}


def _rate(env: Env, order: Values, own: int) -> float:
    day = str(order["date_order"])[:10]
    if len(day) < 10 or day[4] != "-":
        return 1.0
    rates = currency.rates_on(env, [own, order["currency_id"]], order["company_id"], date.fromisoformat(day))
    return rates[order["currency_id"]] / rates[own]


def _receiving(env: Env, company: int) -> int | bool:
    """The company's first kind of operation for receipts."""
    domain = [("code", "=", "incoming"), ("warehouse_id.company_id", "=", company)]
    found = env.sudo().search("stock.picking.type", domain, order="id", limit=1)
    return found[0] if found else False


@after_write(MODEL)
def tell_lines(env: Env, ids: list[int], values: Values) -> None:
    told = {field: values[field] for field in SHARED if field in values}
    lines = env.sudo().search(LINE, [("order_id", "in", ids)])
    if told and lines:
        env.sudo().write(LINE, lines, told)


@after_write(MODEL)
def place_in_calendar(env: Env, ids: list[int], values: Values) -> None:
    """An order stands in the calendar on the day it was approved, a request on the day it is to be ordered."""
    if not values.keys() & {"state", "date_order", "date_approve"}:
        return
    for order in env.sudo().rows(MODEL, ids):
        start = order["date_approve"] if order["state"] in ("purchase", "done") else order["date_order"]
        env.sudo().write(MODEL, order["id"], {"date_calendar_start": start})


@before_unlink(MODEL)
def refuse_unlink(env: Env, ids: list[int]) -> None:
    if any(row["state"] != "cancel" for row in env.rows(MODEL, ids)):
        raise UserError("In order to delete a purchase order, you must cancel it first.")
    lines = env.sudo().search(LINE, [("order_id", "in", ids)])
    env.sudo().unlink(LINE, lines)


@method(MODEL, "button_confirm")
def button_confirm(env: Env, ids: list[int]) -> bool:
    """True in any case: a confirmed or cancelled order is passed over, one that is too dear waits ``to approve``."""
    access.check(env, MODEL, "write", ids)
    for order in env.rows(MODEL, ids):
        if order["state"] not in ("draft", "sent"):
            continue
        _remember_vendor(env, order)
        if _may_approve(env, order):
            _approve(env, order)
        else:
            env.write(MODEL, order["id"], {"state": "to approve"})
        env.call(MODEL, "message_subscribe", [order["id"]], [order["partner_id"]])
    return True


@method(MODEL, "button_approve")
def button_approve(env: Env, ids: list[int], force: bool = False) -> dict[str, Raw]:  # noqa: ARG001
    """Without the right to approve nothing happens, and nothing says so."""
    access.check(env, MODEL, "write", ids)
    for order in env.rows(MODEL, ids):
        if _may_approve(env, order):
            _approve(env, order)
    return {}


def _approve(env: Env, order: Record) -> None:
    env.write(MODEL, order["id"], {"state": "purchase", "date_approve": env.stamp})
    receipts.open_for(env, order["id"])
    progress.refresh_order(env, progress.RECEIPTS, order["id"])
    if one(env, "res.company", order["company_id"])["po_lock"] == "lock":
        env.write(MODEL, order["id"], _lock(env))


def _may_approve(env: Env, order: Record) -> bool:
    """One step, or below the company's limit, or a purchase manager."""
    company = one(env, "res.company", order["company_id"])
    if company["po_double_validation"] != "two_step" or env.has_group("purchase.group_purchase_manager"):
        return True
    day = date.fromisoformat(order["date_order"][:10])
    limit = company["po_double_validation_amount"]
    own = company["currency_id"]
    return bool(order["amount_total"] < currency.convert(env, limit, own, order["currency_id"], company["id"], day))


def _remember_vendor(env: Env, order: Record) -> None:
    """A vendor that is new for a product gets a price line, which stays when the order is cancelled."""
    partner = one(env, "res.partner", order["partner_id"])
    seller = partner["parent_id"] or partner["id"]
    for line in find(env, LINE, [("order_id", "=", order["id"])]):
        if not line["product_id"]:
            continue
        template = one(env, "product.product", line["product_id"])["product_tmpl_id"]
        known = find(env, vendors.MODEL, [("product_tmpl_id", "=", template)])
        if len(known) <= MOST_VENDORS and not {r["partner_id"] for r in known} & {seller, partner["id"]}:
            env.sudo().create(vendors.MODEL, _price_line(env, line, template, seller, known))


def _price_line(env: Env, line: Record, template: int, seller: int, known: list[Record]) -> dict[str, Raw]:
    own = env.engine.release.vendors_have_units
    unit = one(env, "product.template", template)["uom_id" if own else "uom_po_id"]
    return {
        **({"product_uom_id": unit} if own else {}),
        "product_tmpl_id": template,
        "partner_id": seller,
        "sequence": max((row["sequence"] for row in known), default=0) + 1,
        "min_qty": 1.0,
        "price": uom.convert_price(env, line["price_unit"], line["product_uom"], unit),
        "currency_id": line["currency_id"],
        "discount": line["discount"],
        "delay": 0,
        "company_id": line["company_id"],
    }


@method(MODEL, "button_cancel")
def button_cancel(env: Env, ids: list[int]) -> None:
    """Refused once a bill is posted, and by release once something was received or the order is locked; otherwise
    the open receipt goes too."""
    access.check(env, MODEL, "write", ids)
    orders = env.rows(MODEL, ids)
    release = env.engine.release
    if not release.cancels_received_orders:
        came = [order["name"] for order in orders if receipt_changes.received(env, order["id"])]
        _refuse_cancel(came, " since they have receipts that are already done.")
    if not release.cancels_locked_orders:
        _refuse_cancel([order["name"] for order in orders if order["locked"]], ". You must first unlock them.")
    billed = [order["name"] for order in orders if _billed(env, order)]
    _refuse_cancel(billed, ". You must first cancel their related vendor bills.")
    for order in orders:
        receipt_changes.call_off(env, order["id"])
        env.write(MODEL, order["id"], {"state": "cancel", "mail_reminder_confirmed": False})
        progress.refresh_order(env, progress.RECEIPTS, order["id"])


def _refuse_cancel(names: list[str], because: str) -> None:
    if names:
        raise UserError(f"Unable to cancel purchase order(s): {', '.join(names)}{because}")


def _billed(env: Env, order: Record) -> bool:
    bills = env.sudo().rows("account.move", order["invoice_ids"])
    return any(bill["state"] not in ("cancel", "draft") for bill in bills)


@method(MODEL, "button_draft")
def button_draft(env: Env, ids: list[int]) -> dict[str, Raw]:
    """Not refused on a confirmed order: it is then a draft whose receipt stays open."""
    env.write(MODEL, ids, {"state": "draft"})
    return {}


@method(MODEL, "button_done")
def button_done(env: Env, ids: list[int]) -> None:
    env.write(MODEL, ids, _lock(env))


def _lock(env: Env) -> dict[str, Raw]:
    """What makes an order a locked one."""
    return {"state": "done", "priority": "0"} if env.engine.release.locks_by_state else {"locked": True}


@method(MODEL, "button_unlock")
def button_unlock(env: Env, ids: list[int]) -> None:
    """Where the state says that an order is locked it is not looked at: a cancelled order becomes a purchase order."""
    env.write(MODEL, ids, {"state": "purchase"} if env.engine.release.locks_by_state else {"locked": False})


@compute(MODEL, "picking_ids", "incoming_picking_count", "is_shipped")
def compute_receipts(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    found = {}
    for order in ids:
        transfers = progress.transfers_of(env, progress.RECEIPTS, order)
        ended = bool(transfers) and all(row["state"] in ("done", "cancel") for row in transfers)
        found[order] = {
            "picking_ids": [row["id"] for row in transfers],
            "incoming_picking_count": len(transfers),
            "is_shipped": ended,
        }
    return found
