"""A confirmed sales order leaves its warehouse by a delivery, which follows the order's quantities."""

from collections import defaultdict
from datetime import datetime, timedelta

from scenarios.sandbox.business import (
    drop_shipping,
    kits,
    locations,
    moves,
    picking_state,
    procurement,
    progress,
    reservation,
    uom,
)
from scenarios.sandbox.business.finding import find, one
from scenarios.sandbox.business.quantities import rounded, same
from scenarios.sandbox.env import DATETIME, Env, Record

LINE = "sale.order.line"
OVER = ("done", "cancel")


def update(env: Env, lines: list[Record]) -> None:
    """Make the open deliveries carry what each line still wants, more or less."""
    for line in lines:
        if line["product_id"] and one(env, "product.product", line["product_id"])["type"] == "consu":
            _update(env, line)


def _update(env: Env, line: Record) -> None:
    order = one(env, "sale.order", line["order_id"])
    missing = rounded(line["product_uom_qty"] - _planned(env, line))
    if same(missing, 0) or order["locked"]:
        return
    if drop_shipping.direct(env, one(env, "product.product", line["product_id"])):
        drop_shipping.buy(env, order, line, missing)
        return
    picking = _open_delivery(env, order) or _delivery(env, order, _planned_date(env, order, line))
    wanted = [_move(env, order, line, picking, part) for part in kits.parts(env, line, missing)]
    new = [env.sudo().create("stock.move", move) for move in wanted]
    reservation.confirm(env, new)
    procurement.on_order(env, new)
    progress.refresh_order(env, progress.DELIVERIES, order["id"])


def _planned(env: Env, line: Record) -> float:
    """What the line's moves take and took out, in the line's unit; of a kit the whole ones."""
    out: defaultdict[int, float] = defaultdict(float)
    for move in moves_of(env, [line["id"]]):
        if move["state"] == "cancel":
            continue
        quantity = move["quantity"] if move["state"] == "done" else move["product_uom_qty"]
        outward = one(env, "stock.location", move["location_dest_id"])["usage"] in ("customer", "transit")
        signed = quantity if outward else -quantity
        unit = one(env, "product.product", move["product_id"])["uom_id"]
        out[move["product_id"]] += uom.convert(env, signed, move["product_uom"], unit, "HALF-UP")
    return rounded(kits.counted(env, line, out))


def moves_of(env: Env, lines: list[int]) -> list[Record]:
    return find(env, "stock.move", [("sale_line_id", "in", lines)])


def _open_delivery(env: Env, order: Record) -> int | None:
    """An open delivery that left the order's present warehouse's hands not yet."""
    stock = one(env, "stock.warehouse", order["warehouse_id"])["lot_stock_id"]
    for row in progress.transfers_of(env, progress.DELIVERIES, order["id"]):
        if row["state"] not in OVER and row["location_id"] == stock:
            return int(row["id"])
    return None


def _delivery(env: Env, order: Record, planned: str) -> int:
    warehouse = one(env, "stock.warehouse", order["warehouse_id"])
    return env.sudo().create(
        "stock.picking",
        {
            "picking_type_id": warehouse["out_type_id"],
            "partner_id": order["partner_shipping_id"],
            "origin": order["name"],
            "location_id": warehouse["lot_stock_id"],
            "location_dest_id": locations.outside(env, "customer"),
            "company_id": order["company_id"],
            "move_type": order["picking_policy"],
            "scheduled_date": planned,
            "group_id": order["procurement_group_id"] or _group(env, order),
            "sale_id": order["id"],
            "user_id": False,
        },
    )


def _group(env: Env, order: Record) -> int:
    values = {"name": order["name"], "move_type": order["picking_policy"], "partner_id": order["partner_shipping_id"]}
    group = env.sudo().create("procurement.group", {**values, "sale_id": order["id"]})
    env.sudo().write("sale.order", order["id"], {"procurement_group_id": group})
    return group


def deadline(order: Record, line: Record) -> str:
    """The day promised to the customer, else the order's day and the product's lead time."""
    return str(order["commitment_date"] or _expected(order["date_order"], line))


def expected(env: Env, order: Record) -> str | bool:
    """When the order could leave, whatever was promised: with its first line, or with its last where all go at once."""
    since = order["date_order"] if order["state"] == "sale" else env.stamp
    lines = [line for line in find(env, LINE, [("order_id", "=", order["id"])]) if not line["display_type"]]
    days = [_expected(since, line) for line in lines]
    if not days or order["state"] == "cancel":
        return False
    return max(days) if order["picking_policy"] == "one" else min(days)


def _expected(since: str, line: Record) -> str:
    ordered = datetime.strptime(since, DATETIME)  # noqa: DTZ007
    return (ordered + timedelta(days=line["customer_lead"] or 0)).strftime(DATETIME)


def _planned_date(env: Env, order: Record, line: Record) -> str:
    """Earlier than the deadline by the company's safety days."""
    due = datetime.strptime(deadline(order, line), DATETIME)  # noqa: DTZ007
    early = one(env, "res.company", order["company_id"])["security_lead"] or 0
    return (due - timedelta(days=early)).strftime(DATETIME)


def _move(env: Env, order: Record, line: Record, picking: int, part: kits.Part) -> dict[str, object]:
    product = one(env, "product.product", part.product)
    delivery = one(env, "stock.picking", picking)
    return {
        "name": line["name"],
        "product_id": product["id"],
        "product_uom": product["uom_id"],
        "product_uom_qty": part.quantity,
        "procure_method": procurement.method(env, product),
        "date": _planned_date(env, order, line),
        "date_deadline": deadline(order, line),
        "location_id": delivery["location_id"],
        "location_dest_id": delivery["location_dest_id"],
        "location_final_id": delivery["location_dest_id"],
        "picking_id": picking,
        "picking_type_id": delivery["picking_type_id"],
        "partner_id": order["partner_shipping_id"],
        "sale_line_id": line["id"],
        "company_id": order["company_id"],
        "group_id": delivery["group_id"],
        "origin": order["name"],
        "warehouse_id": order["warehouse_id"],
        "sequence": line["sequence"],
    }


def set_deadline(env: Env, order: Record) -> None:
    """A new promise is every move's deadline, of done ones too; the day it is planned for stays.

    Without a promise each line's own lead time is forgotten: all of them get the order's expected day.
    """
    lines = [line["id"] for line in find(env, LINE, [("order_id", "=", order["id"])])]
    due = order["commitment_date"] or expected(env, order)
    moves.put(env, [move["id"] for move in moves_of(env, lines)], {"date_deadline": due})


def call_off(env: Env, order: int) -> None:
    """Cancel the deliveries that have not left; done ones stay."""
    lines = env.sudo().search(LINE, [("order_id", "=", order)])
    moves.cancel(env, [move["id"] for move in moves_of(env, lines) if move["state"] not in OVER])
    picking_state.refresh(env, [row["id"] for row in progress.transfers_of(env, progress.DELIVERIES, order)])
    progress.refresh_order(env, progress.DELIVERIES, order)
