"""What a reordering rule or an order wants joins an open request for quotation, even its line, or makes a new one."""

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from scenarios.sandbox.business import purchase_lines, uom, vendors
from scenarios.sandbox.business.finding import one
from scenarios.sandbox.business.quantities import rounded
from scenarios.sandbox.env import DATETIME, Env, Raw, Record
from scenarios.sandbox.faults import SandboxFault

ORDER = "purchase.order"
LINE = "purchase.order.line"
MOVE = "stock.move"


class RedirectWarning(SandboxFault):
    """A business rule forbids it, and Odoo's screen would show where to go."""

    name = "odoo.exceptions.RedirectWarning"


class Need(NamedTuple):
    """So much of a product that is wanted in a place on a day, in the stock unit, and who wants it."""

    product: int
    quantity: float
    warehouse: int
    company: int
    place: int
    arrives: str
    origin: str
    rule: int | Literal[False] = False
    """The reordering rule that wants it."""
    move: int | Literal[False] = False
    """The move that it is bought for."""


def method(env: Env, product: Record) -> str:
    """How a delivery of the product gets its goods: from stock, or ordered for it alone."""
    to_order = env.ref("stock.route_warehouse0_mto") in product["route_ids"]
    return "make_to_order" if to_order else "make_to_stock"


def on_order(env: Env, moves: list[int]) -> None:
    """What was sold to order is asked of a vendor at once, for that very move."""
    for move in env.sudo().rows(MOVE, env.sudo().exists(MOVE, moves)):
        if move["procure_method"] == "make_to_order" and not move["move_orig_ids"] and move["state"] != "cancel":
            need = Need(
                product=move["product_id"],
                quantity=move["product_qty"],
                warehouse=move["warehouse_id"],
                company=move["company_id"],
                place=move["location_id"],
                arrives=move["date"],
                origin=move["origin"],
                move=move["id"],
            )
            _carry(env, need, _vendor(env, need, _first(env, need)))


def _first(env: Env, need: Need) -> Record | None:
    return next(iter(vendors.sellers(env, need.product, need.company)), None)


def buy(env: Env, rule: Record, quantity: float, seller: Record | None, arrives: str) -> int:
    """The purchase order line that now carries what a reordering rule wants."""
    need = Need(
        product=rule["product_id"],
        quantity=quantity,
        warehouse=rule["warehouse_id"],
        company=rule["company_id"],
        place=rule["location_id"],
        arrives=f"{arrives} 12:00:00",
        origin=rule["name"],
        rule=rule["id"],
    )
    return _carry(env, need, seller if seller and rule["supplier_id"] else _vendor(env, need, seller))


def _carry(env: Env, need: Need, vendor: Record) -> int:
    """The purchase order line that carries the need from now on."""
    product = one(env, "product.product", need.product)
    bought = uom.convert(env, need.quantity, product["uom_id"], product["uom_po_id"], "HALF-UP")
    order = _order(env, need, vendor)
    line = _same_line(env, need, order, product)
    if line is None:
        return _new_line(env, need, order, product, bought)
    wanted = {"orderpoint_id": need.rule} if need.rule else {"move_dest_ids": [(4, need.move)]}
    env.sudo().write(LINE, line["id"], {"product_qty": rounded(line["product_qty"] + bought), **wanted})
    return int(line["id"])


def _vendor(env: Env, need: Need, fallback: Record | None) -> Record:
    """The best price line, else any."""
    product = one(env, "product.product", need.product)
    best = vendors.choose(
        env, need.product, need.company, partner=None, quantity=need.quantity, asked=product["uom_id"], day=env.today
    )
    found = best or fallback
    if found is None and env.engine.release.buys_by_vendor:
        raise RedirectWarning(_no_rule(env, product, need))
    if found is None:
        raise RedirectWarning(
            f"There is no matching vendor price to generate the purchase order for product {product['display_name']}"
            " (no vendor defined, minimum quantity not reached, dates not valid, ...). Go on the product form and"
            " complete the list of vendors."
        )
    return found


def _no_rule(env: Env, product: Record, need: Need) -> str:
    """What is said where the route to buy is open only for products that somebody sells."""
    window = {
        "name": product["display_name"],
        "type": "ir.actions.act_window",
        "res_model": "product.product",
        "res_id": product["id"],
        "views": [(False, "form")],
    }
    place = one(env, "stock.location", need.place)["complete_name"]
    return (
        f'No rule has been found to replenish "{product["display_name"]}" in "{place}".\n'
        f"Verify the routes configuration on the product.\n{window}\nEdit Product\nNone"
    )


def _order(env: Env, need: Need, vendor: Record) -> int:
    """An open request to that vendor for that warehouse, else a new one; who wants the goods joins its origin."""
    wanted = {
        "partner_id": vendor["partner_id"],
        "picking_type_id": one(env, "stock.warehouse", need.warehouse)["in_type_id"],
        "company_id": need.company,
        "currency_id": vendor["currency_id"],
        "user_id": False,
    }
    domain = [("state", "=", "draft"), *((field, "=", value) for field, value in wanted.items())]
    found = env.sudo().rows(ORDER, env.sudo().search(ORDER, domain, order="id", limit=1))
    if not found:
        ordered = datetime.strptime(need.arrives, DATETIME) - timedelta(days=vendor["delay"])  # noqa: DTZ007
        return env.sudo().create(ORDER, {**wanted, "origin": need.origin, "date_order": ordered.strftime(DATETIME)})
    origins = str(found[0]["origin"] or "").split(", ")
    if need.origin not in origins:
        origin = ", ".join([*filter(None, origins), need.origin])
        env.sudo().write(ORDER, found[0]["id"], {"origin": origin})
    return int(found[0]["id"])


def _same_line(env: Env, need: Need, order: int, product: Record) -> Record | None:
    """A line of the product that the need may join: a rule its own, what is sold to order any."""
    own = [("orderpoint_id", "=", need.rule)] if need.rule else []
    domain = [
        ("order_id", "=", order),
        ("product_id", "=", product["id"]),
        ("product_uom", "=", product["uom_po_id"]),
        *own,
    ]
    found = env.sudo().rows(LINE, env.sudo().search(LINE, domain, order="id", limit=1))
    return found[0] if found else None


def _new_line(env: Env, need: Need, order: int, product: Record, quantity: float) -> int:
    warehouse = one(env, "stock.warehouse", need.warehouse)
    line: dict[str, Raw] = {
        "order_id": order,
        "product_id": product["id"],
        "product_qty": quantity,
        "product_uom": product["uom_po_id"],
        "date_planned": need.arrives,
        "orderpoint_id": need.rule,
        "location_final_id": need.place,
        "propagate_cancel": warehouse["reception_steps"] != "one_step",
    }
    priced = purchase_lines.listed_price(env, one(env, ORDER, order), line, product)
    served = {"move_dest_ids": [(4, need.move)]} if need.move else {}
    return env.sudo().create(LINE, {**line, **priced, **served})


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
