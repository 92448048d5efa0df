"""What a reordering rule wants joins an open request for quotation, even on its very line, or makes a new one."""

from datetime import datetime, timedelta

from scenarios.sandbox.business import purchase_lines, uom, vendors
from scenarios.sandbox.business.finding import one
from scenarios.sandbox.business.quantities import rounded
from scenarios.sandbox.env import DATETIME, Env, Raw, Record
from scenarios.sandbox.faults import SandboxFault

ORDER = "purchase.order"
LINE = "purchase.order.line"


class RedirectWarning(SandboxFault):
    """A business rule forbids it, and Odoo's screen would show where to go."""

    name = "odoo.exceptions.RedirectWarning"


def buy(env: Env, rule: Record, quantity: float, seller: Record | None, arrives: str) -> int:
    """The purchase order line that now carries the quantity."""
    product = one(env, "product.product", rule["product_id"])
    vendor = _vendor(env, rule, quantity, product, seller)
    bought = uom.convert(env, quantity, product["uom_id"], product["uom_po_id"], "HALF-UP")
    order = _order(env, rule, vendor, f"{arrives} 12:00:00")
    line = _same_line(env, rule, order, product)
    if line is None:
        return _new_line(env, rule, order, product, bought, f"{arrives} 12:00:00")
    more = rounded(line["product_qty"] + bought)
    env.sudo().write(LINE, line["id"], {"product_qty": more, "orderpoint_id": rule["id"]})
    return int(line["id"])


def _vendor(env: Env, rule: Record, quantity: float, product: Record, fallback: Record | None) -> Record:
    """The rule's own vendor, else the best price line, else any."""
    best = vendors.choose(
        env,
        product["id"],
        rule["company_id"],
        partner=None,
        quantity=quantity,
        unit=product["uom_id"],
        day=env.today,
    )
    found = fallback if rule["supplier_id"] else best or fallback
    if found is None:
        raise RedirectWarning(
            f"There is no matching vendor price to generate the purchase order for product {product['display_name']}"
            " (no vendor defined, minimum quantity not reached, dates not valid, ...). Go on the product form and"
            " complete the list of vendors."
        )
    return found


def _order(env: Env, rule: Record, vendor: Record, arrives: str) -> int:
    """An open request to that vendor for that warehouse, else a new one; the rule's name joins its origin."""
    kind = one(env, "stock.warehouse", rule["warehouse_id"])["in_type_id"]
    wanted = {
        "partner_id": vendor["partner_id"],
        "picking_type_id": kind,
        "company_id": rule["company_id"],
        "currency_id": vendor["currency_id"],
        "user_id": False,
    }
    domain = [("state", "=", "draft"), *((field, "=", value) for field, value in wanted.items())]
    found = env.sudo().rows(ORDER, env.sudo().search(ORDER, domain, order="id", limit=1))
    if not found:
        ordered = (datetime.strptime(arrives, DATETIME) - timedelta(days=vendor["delay"])).strftime(DATETIME)  # noqa: DTZ007
        return env.sudo().create(ORDER, {**wanted, "origin": rule["name"], "date_order": ordered})
    origins = str(found[0]["origin"] or "").split(", ")
    if rule["name"] not in origins:
        origin = ", ".join([*filter(None, origins), rule["name"]])
        env.sudo().write(ORDER, found[0]["id"], {"origin": origin})
    return int(found[0]["id"])


def _same_line(env: Env, rule: Record, order: int, product: Record) -> Record | None:
    domain = [
        ("order_id", "=", order),
        ("product_id", "=", product["id"]),
        ("product_uom", "=", product["uom_po_id"]),
        ("orderpoint_id", "=", rule["id"]),
    ]
    found = env.sudo().rows(LINE, env.sudo().search(LINE, domain, order="id", limit=1))
    return found[0] if found else None


def _new_line(env: Env, rule: Record, order: int, product: Record, quantity: float, arrives: str) -> int:
    line: dict[str, Raw] = {
        "order_id": order,
        "product_id": product["id"],
        "product_qty": quantity,
        "product_uom": product["uom_po_id"],
        "date_planned": arrives,
        "orderpoint_id": rule["id"],
        "location_final_id": rule["location_id"],
    }
    priced = purchase_lines.listed_price(env, one(env, ORDER, order), line, product)
    return env.sudo().create(LINE, {**line, **priced})


def notice(env: Env, line: int) -> dict[str, Raw]:
    """What Odoo shows of the order that was made or filled up."""
    order = one(env, ORDER, one(env, LINE, line)["order_id"])
    link = {"label": order["name"], "url": f"/odoo/action-purchase.action_rfq_form/{order['id']}"}
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "title": "The following replenishment order has been generated",
            "message": "%s",
            "links": [link],
            "sticky": False,
            "next": {"type": "ir.actions.act_window_close"},
        },
    }
