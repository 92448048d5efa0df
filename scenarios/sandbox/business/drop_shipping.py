"""Goods that a vendor sends straight to the customer: sold here, bought at once, and never in any warehouse."""

from scenarios.sandbox.business import locations, procurement, purchase_lines, uom, vendors
from scenarios.sandbox.business.finding import find, one
from scenarios.sandbox.env import Env, Record

ORDER, LINE, KIND = "purchase.order", "purchase.order.line", "stock.picking.type"
ROUTE = "Dropship"


def direct(env: Env, product: Record) -> bool:
    """Whether a sale of the product is the vendor's to deliver."""
    return bool(find(env, "stock.route", [("id", "in", product["route_ids"]), ("name", "=", ROUTE)]))


def buy(env: Env, sale: Record, line: Record, quantity: float) -> None:
    """Ask a vendor to send so much of a sales order line to the customer, unless one was asked already."""
    if find(env, LINE, [("sale_line_id", "=", line["id"]), ("state", "!=", "cancel")]):
        return
    product = one(env, "product.product", line["product_id"])
    seller = _seller(env, product, sale, quantity)
    order = env.sudo().create(ORDER, {**_head(env, sale, seller), "origin": sale["name"], "user_id": False})
    bought = uom.convert(env, quantity, line["product_uom"], product["uom_po_id"], "HALF-UP")
    values = {"order_id": order, "product_id": product["id"], "product_qty": bought, "sale_line_id": line["id"]}
    priced = purchase_lines.listed_price(
        env, one(env, ORDER, order), {**values, "product_uom": product["uom_po_id"]}, product
    )
    env.sudo().create(LINE, {**values, **priced, "product_uom": product["uom_po_id"]})


def _seller(env: Env, product: Record, sale: Record, quantity: float) -> Record:
    company = sale["company_id"]
    found = vendors.choose(
        env, product["id"], company, partner=None, quantity=quantity, asked=product["uom_id"], day=env.today
    ) or next(iter(vendors.sellers(env, product["id"], company)), None)
    if found is None:
        raise procurement.RedirectWarning(f"There is no matching vendor price for product {product['display_name']}.")
    return found


def _head(env: Env, sale: Record, seller: Record) -> dict[str, object]:
    return {
        "partner_id": seller["partner_id"],
        "currency_id": seller["currency_id"],
        "company_id": sale["company_id"],
        "dest_address_id": sale["partner_shipping_id"],
        "picking_type_id": _operation(env, sale["company_id"]),
    }


def _operation(env: Env, company: int) -> int:
    """The company's kind of operation from vendors to customers, of no warehouse."""
    found = find(env, KIND, [("code", "=", "dropship"), ("company_id", "=", company)])
    if found:
        return int(found[0]["id"])
    source, target = locations.outside(env, "supplier"), locations.outside(env, "customer")
    values = {"name": ROUTE, "code": "dropship", "sequence_code": "DS", "company_id": company, "warehouse_id": False}
    return env.sudo().create(KIND, {**values, "default_location_src_id": source, "default_location_dest_id": target})
