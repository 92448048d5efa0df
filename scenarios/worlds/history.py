"""What happened before today: goods delivered to customers week by week, and purchases with promise and arrival.

Written straight as finished records, without move lines, for speed: today's stock is what remained after all of it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import NamedTuple

from scenarios.sandbox.business import locations
from scenarios.sandbox.env import Env
from scenarios.sandbox.registry import Raw
from scenarios.worlds.ground import Warehouse
from scenarios.worlds.trade import odoo_time

MIDWEEK = timedelta(days=2, hours=6)
"""When in its week a week's goods left."""


class Bought(NamedTuple):
    """One line of a past purchase."""

    product: int
    quantity: float
    """In the purchase unit."""
    uom: int
    units: float
    """The same in stock units."""
    price: float
    """Per purchase unit, in the order's currency."""


class Purchase(NamedTuple):
    """A past purchase that arrived whole."""

    vendor: int
    currency: int
    lines: tuple[Bought, ...]
    ordered: datetime
    promised: datetime
    arrived: datetime


def insert(env: Env, model: str, values: Mapping[str, Raw], when: datetime) -> int:
    """A finished record as it stands, past defaults and hooks."""
    record = env.engine.table(model).next_id()
    stamps = {
        "create_uid": env.uid,
        "write_uid": env.uid,
        "create_date": odoo_time(when),
        "write_date": odoo_time(when),
    }
    kept = {field: value for field, value in values.items() if value not in (False, None, [])}
    env.engine.put(model, record, {**stamps, **kept})
    return record


def deliveries(env: Env, site: Warehouse, weekly: Mapping[int, Sequence[float]], until: datetime) -> None:
    """What left for customers in each week before ``until``, oldest first and last week last; one delivery a week."""
    customers = locations.outside(env, "customer")
    names = _Names(env, site.deliveries)
    oldest_first = zip_longest(*(reversed(sold) for sold in weekly.values()), fillvalue=0.0)
    for weeks_ago, sold in reversed(list(enumerate(oldest_first, 1))):
        left = {product: float(quantity) for product, quantity in zip(weekly, sold, strict=True) if quantity > 0}
        when = until - timedelta(weeks=weeks_ago) + MIDWEEK
        picking = _picking(env, site, names.next(), (site.stock, customers), when, when)
        for product, quantity in left.items():
            insert(env, "stock.move", _move(env, picking, product, quantity), when)


def purchases(env: Env, site: Warehouse, past: Sequence[Purchase]) -> None:
    """Orders approved, promised and received whole, with their receipts."""
    vendors = locations.outside(env, "supplier")
    names = _Names(env, site.receipts)
    for purchase in past:
        order = _order(env, site, purchase)
        times = (purchase.arrived, purchase.promised)
        picking = _picking(
            env, site, names.next(), (vendors, site.stock), *times, partner=purchase.vendor, origin=order
        )
        for line in purchase.lines:
            bought = insert(env, "purchase.order.line", _line(env, order, purchase, line), purchase.ordered)
            priced = {"purchase_line_id": bought, "price_unit": line.price}
            insert(env, "stock.move", {**_move(env, picking, line.product, line.units), **priced}, purchase.arrived)


class _Names:
    """Runs through an operation's numbering."""

    def __init__(self, env: Env, operation: int) -> None:
        self._env = env
        sequence = env.row("stock.picking.type", operation)["sequence_id"]
        self._code = env.row("ir.sequence", sequence)["code"]

    def next(self) -> str:
        return self._env.next_name(self._code)


def _picking(
    env: Env,
    site: Warehouse,
    name: str,
    way: tuple[int, int],
    done: datetime,
    due: datetime,
    *,
    partner: int | None = None,
    origin: int | None = None,
) -> int:
    """A done transfer."""
    values = {
        "name": name,
        "origin": env.row("purchase.order", origin)["name"] if origin else None,
        "partner_id": partner,
        "picking_type_id": site.receipts if origin else site.deliveries,
        "company_id": site.company,
        "location_id": way[0],
        "location_dest_id": way[1],
        "state": "done",
        "move_type": "direct",
        "priority": "0",
        "date": odoo_time(done),
        "scheduled_date": odoo_time(done),
        "date_deadline": odoo_time(due),
        "date_done": odoo_time(done),
    }
    picking = insert(env, "stock.picking", values, done)
    if origin:
        order = env.engine.table("purchase.order").rows[origin]
        env.engine.put("purchase.order", origin, {**order, "picking_ids": [picking]})
    return picking


def _move(env: Env, picking: int, product: int, quantity: float) -> dict[str, Raw]:
    """A done move of a transfer."""
    transfer, goods = env.row("stock.picking", picking), env.row("product.product", product)
    same = ("picking_type_id", "company_id", "location_id", "location_dest_id", "partner_id", "origin", "date_deadline")
    return {
        **{field: transfer[field] for field in same},
        "name": goods["name"],
        "reference": transfer["name"],
        "picking_id": picking,
        "product_id": product,
        "product_uom": goods["uom_id"],
        **dict.fromkeys(("product_uom_qty", "product_qty", "quantity"), float(quantity)),
        "picked": True,
        "state": "done",
        "date": transfer["date_done"],
        "procure_method": "make_to_stock",
        "priority": "0",
        "sequence": 10,
    }


def _order(env: Env, site: Warehouse, purchase: Purchase) -> int:
    """A purchase order whose goods are all there."""
    total = round(sum(line.quantity * line.price for line in purchase.lines), 2)
    values = {
        "name": env.next_name("purchase.order"),
        "partner_id": purchase.vendor,
        "company_id": site.company,
        "currency_id": purchase.currency,
        "picking_type_id": site.receipts,
        "state": "purchase",
        "priority": "0",
        "date_order": odoo_time(purchase.ordered),
        "date_approve": odoo_time(purchase.ordered),
        "date_planned": odoo_time(purchase.promised),
        "effective_date": odoo_time(purchase.arrived),
        "receipt_status": "full",
        "invoice_status": "no",
        "amount_untaxed": total,
        "amount_total": total,
    }
    return insert(env, "purchase.order", values, purchase.ordered)


def _line(env: Env, order: int, purchase: Purchase, line: Bought) -> dict[str, Raw]:
    head, amount = env.row("purchase.order", order), round(line.quantity * line.price, 2)
    return {
        "order_id": order,
        "partner_id": head["partner_id"],
        "company_id": head["company_id"],
        "currency_id": head["currency_id"],
        "state": "purchase",
        "sequence": 10,
        "name": env.row("product.product", line.product)["name"],
        "product_id": line.product,
        "product_qty": line.quantity,
        "product_uom": line.uom,
        "product_uom_qty": line.units,
        "qty_received": line.quantity,
        "qty_received_method": "stock_moves",
        "price_unit": line.price,
        "price_subtotal": amount,
        "price_total": amount,
        "date_planned": odoo_time(purchase.promised),
    }
