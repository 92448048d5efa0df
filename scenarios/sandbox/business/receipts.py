"""A confirmed purchase order brings goods by a receipt, which follows the order's quantities and dates."""

from collections import defaultdict

from scenarios.sandbox.business import currency, kits, locations, progress, reservation, uom
from scenarios.sandbox.business.finding import find, one
from scenarios.sandbox.business.quantities import money, rounded, same
from scenarios.sandbox.env import Env, Record
from scenarios.sandbox.faults import UserError

LINE = "purchase.order.line"
OPEN_DONE = ("done", "cancel")


def open_for(env: Env, order: int) -> None:
    """The receipt for a newly confirmed order; an open one that is there already is filled up."""
    ids = env.sudo().search(LINE, [("order_id", "=", order)], order="id")
    update(env, env.sudo().rows(LINE, ids))


def update(env: Env, lines: list[Record]) -> None:
    """Make the open receipts carry what each line still wants, more or less."""
    for line in lines:
        if line["product_id"] and one(env, "product.product", line["product_id"])["type"] == "consu":
            _update(env, line)


def _update(env: Env, line: Record) -> None:
    missing = rounded(line["product_qty"] - _planned(env, line))
    if same(missing, 0):
        return
    order = one(env, "purchase.order", line["order_id"])
    picking = _open_receipt(env, order, line)
    if picking is None and not line["product_qty"] > line["qty_received"]:
        return
    receipt = picking or _receipt(env, order)
    wanted = [_move(env, order, line, receipt, part) for part in kits.parts(env, line, missing)]
    new = [env.sudo().create("stock.move", move) for move in wanted]
    env.sudo().write(LINE, line["id"], {"move_dest_ids": [(5,)]})
    reservation.confirm(env, new)
    progress.refresh_order(env, progress.RECEIPTS, order["id"])


def _planned(env: Env, line: Record) -> float:
    """What the line's moves bring and brought, in the line's unit; of a kit the whole ones."""
    brought: defaultdict[int, float] = defaultdict(float)
    for move in moves_of(env, [line["id"]]):
        if move["state"] == "cancel":
            continue
        quantity = move["quantity"] if move["state"] == "done" else move["product_uom_qty"]
        sign = -1 if one(env, "stock.location", move["location_dest_id"])["usage"] == "supplier" else 1
        unit = one(env, "product.product", move["product_id"])["uom_id"]
        brought[move["product_id"]] += sign * uom.convert(env, quantity, move["product_uom"], unit, "HALF-UP")
    return rounded(kits.counted(env, line, brought))


def moves_of(env: Env, lines: list[int]) -> list[Record]:
    return find(env, "stock.move", [("purchase_line_id", "in", lines)])


def _open_receipt(env: Env, order: Record, line: Record) -> int | None:
    """The open receipt that already carries the line, else any of the order's."""
    own = {move["picking_id"] for move in moves_of(env, [line["id"]])}
    found = [row for row in progress.transfers_of(env, progress.RECEIPTS, order["id"]) if row["state"] not in OPEN_DONE]
    inward = [row for row in found if one(env, "stock.location", row["location_dest_id"])["usage"] != "supplier"]
    inward.sort(key=lambda row: (row["id"] not in own, row["id"]))
    return int(inward[0]["id"]) if inward else None


def _receipt(env: Env, order: Record) -> int:
    kind = one(env, "stock.picking.type", order["picking_type_id"])
    if kind["company_id"] != order["company_id"]:
        raise UserError(f"Incompatible companies on records:\n- “{order['name']}” receives by “{kind['name']}”.")
    return env.sudo().create(
        "stock.picking",
        {
            "picking_type_id": kind["id"],
            "partner_id": order["partner_id"],
            "user_id": False,
            "date": order["date_order"],
            "scheduled_date": order["date_planned"] or env.stamp,
            "origin": order["name"],
            "location_id": locations.outside(env, "supplier"),
            "location_dest_id": kind["default_location_dest_id"],
            "company_id": order["company_id"],
            "group_id": order["group_id"] or _group(env, order),
            "sale_id": _sale(env, order["id"]),
        },
    )


def _sale(env: Env, order: int) -> int | bool:
    """The sales order that the vendor sends the goods for."""
    lines = [row["sale_line_id"] for row in find(env, LINE, [("order_id", "=", order), ("sale_line_id", "!=", False)])]
    return int(one(env, "sale.order.line", lines[0])["order_id"]) if lines else False


def _group(env: Env, order: Record) -> int:
    group = env.sudo().create("procurement.group", {"name": order["name"], "partner_id": order["partner_id"]})
    env.sudo().write("purchase.order", order["id"], {"group_id": group})
    return group


def _move(env: Env, order: Record, line: Record, picking: int, part: kits.Part) -> dict[str, object]:
    """Dates are the line's promise, which the parts of a kit have for a plan and not for a deadline."""
    whole = part.product == line["product_id"]
    receipt = one(env, "stock.picking", picking)
    promised = line["date_planned"] or order["date_planned"] or env.stamp
    return {
        "name": line["name"],
        "product_id": part.product,
        "product_uom": one(env, "product.product", part.product)["uom_id"],
        "product_uom_qty": part.quantity,
        "date": promised,
        "date_deadline": promised if whole else False,
        "location_id": receipt["location_id"],
        "location_dest_id": receipt["location_dest_id"],
        "location_final_id": line["location_final_id"] or _final(env, order, receipt),
        "picking_id": picking,
        "picking_type_id": order["picking_type_id"],
        "purchase_line_id": line["id"],
        "sale_line_id": line["sale_line_id"],
        "company_id": order["company_id"],
        "price_unit": stock_price(env, order, line) if whole else 0.0,
        "group_id": receipt["group_id"],
        "origin": order["name"],
        "description_picking": line["name"],
        "propagate_cancel": line["propagate_cancel"],
        "move_dest_ids": [(6, 0, line["move_dest_ids"])],
        "warehouse_id": one(env, "stock.picking.type", order["picking_type_id"])["warehouse_id"],
        "sequence": line["sequence"],
    }


def _final(env: Env, order: Record, receipt: Record) -> int:
    """The stock that the goods are for in the end, over however many steps."""
    warehouse = one(env, "stock.picking.type", order["picking_type_id"])["warehouse_id"]
    return int(one(env, "stock.warehouse", warehouse)["lot_stock_id"] if warehouse else receipt["location_dest_id"])


def stock_price(env: Env, order: Record, line: Record) -> float:
    """The price of one stock unit in the company's currency."""
    unit = one(env, "product.product", line["product_id"])["uom_id"]
    price = uom.convert_price(env, line["price_unit"], line["product_uom"], unit)
    own = currency.company_currency(env, order["company_id"])
    rate_day = env.today.fromisoformat(order["date_order"][:10])
    return money(currency.convert(env, price, order["currency_id"], own, order["company_id"], rate_day, exact=True))
