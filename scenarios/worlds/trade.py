"""Trade as people do it in Odoo: stock lies somewhere, customers order, vendors confirm, promises move."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from domain.errors import Misuse
from scenarios.sandbox.business.quants import Place, move_stock
from scenarios.sandbox.env import DATETIME, Env
from scenarios.sandbox.registry import Raw
from scenarios.worlds.ground import Warehouse


def odoo_time(when: datetime) -> str:
    """As Odoo writes a time in UTC."""
    return when.strftime(DATETIME)


def stock(env: Env, product: int, warehouse: Warehouse, quantity: float, *, lot: int | Literal[False] = False) -> None:
    """Put (or with a negative quantity take) stock, without a move."""
    move_stock(env, Place(product, warehouse.stock, lot), quantity)


def lot(env: Env, product: int, name: str, expires: datetime, company: int) -> int:
    """A lot that must not leave from that moment on."""
    return env.create(
        "stock.lot",
        {"name": name, "product_id": product, "company_id": company, "expiration_date": odoo_time(expires)},
    )


def sell(
    env: Env,
    customer: int,
    lines: Mapping[int, float],
    warehouse: Warehouse,
    when: datetime,
    *,
    uom: int | None = None,
    seller: int | None = None,
    confirm: bool = True,
) -> int:
    """An order for so much of each product, promised for then; confirmed, its delivery reserves what is there."""
    company = env.with_company(warehouse.company)
    told: dict[str, Raw] = {"product_uom": uom} if uom else {}
    by: dict[str, Raw] = {"user_id": seller} if seller else {}
    order = company.create(
        "sale.order",
        {
            "partner_id": customer,
            "company_id": warehouse.company,
            "warehouse_id": warehouse.id,
            "commitment_date": odoo_time(when),
            "order_line": [
                (0, 0, {"product_id": product, "product_uom_qty": quantity, **told})
                for product, quantity in lines.items()
            ],
            **by,
        },
    )
    if confirm:
        company.call("sale.order", "action_confirm", [order])
    return order


def buy(
    env: Env,
    vendor: int,
    lines: Mapping[int, float],
    warehouse: Warehouse,
    when: datetime,
    *,
    uom: int | None = None,
    price: Decimal | None = None,
    buyer: int | None = None,
    confirm: bool = True,
) -> int:
    """An order with a vendor, due then; in the products' purchase units and at the vendor's prices unless told."""
    company = env.with_company(warehouse.company)
    told: dict[str, Raw] = {"date_planned": odoo_time(when)}
    told |= {"product_uom": uom} if uom else {}
    told |= {"price_unit": float(price)} if price is not None else {}
    order = company.create(
        "purchase.order",
        {
            "partner_id": vendor,
            "company_id": warehouse.company,
            "picking_type_id": warehouse.receipts,
            "order_line": [
                (0, 0, {"product_id": product, "product_qty": quantity, **told}) for product, quantity in lines.items()
            ],
            **({"user_id": buyer} if buyer else {}),
        },
    )
    if confirm:
        company.call("purchase.order", "button_confirm", [order])
    return order


def receipt_of(env: Env, order: int) -> list[int]:
    """The open receipts of a purchase order."""
    lines = env.search("purchase.order.line", [("order_id", "=", order)])
    moves = env.search("stock.move", [("purchase_line_id", "in", lines), ("state", "not in", ["done", "cancel"])])
    return sorted({row["picking_id"] for row in env.rows("stock.move", moves)})


def postpone(env: Env, order: int, by: timedelta) -> None:
    """The vendor says it comes later: the promise and the receipt move; the moves' deadline keeps the old promise."""
    lines = env.search("purchase.order.line", [("order_id", "=", order)])
    moves = env.search("stock.move", [("purchase_line_id", "in", lines), ("state", "not in", ["done", "cancel"])])
    deadlines = {row["id"]: row["date_deadline"] for row in env.rows("stock.move", moves)}
    for row in env.rows("purchase.order.line", lines):
        env.write("purchase.order.line", row["id"], {"date_planned": _later(row["date_planned"], by)})
    for picking in receipt_of(env, order):
        row = env.row("stock.picking", picking)
        env.write("stock.picking", picking, {"scheduled_date": _later(row["scheduled_date"], by)})
    for move, deadline in deadlines.items():
        env.write("stock.move", move, {"date_deadline": deadline})


def receive(env: Env, order: int) -> None:
    """Everything still open of the order arrives now; raises Misuse where nothing is open."""
    coming = receipt_of(env, order)
    if not coming:
        raise Misuse(f"nothing of purchase order {order} is still to come")
    env.with_context(skip_backorder=True).call("stock.picking", "button_validate", coming)


def deliver(env: Env, order: int) -> None:
    """What is reserved for a sales order leaves, the rest waits in a second delivery; Misuse where nothing is."""
    going = env.search("stock.picking", [("sale_id", "=", order), ("state", "=", "assigned")])
    if not going:
        raise Misuse(f"nothing is reserved for sales order {order}")
    env.with_context(skip_backorder=True).call("stock.picking", "button_validate", going)


def _later(stamp: str, by: timedelta) -> str:
    return odoo_time(datetime.strptime(stamp, DATETIME) + by)  # noqa: DTZ007
