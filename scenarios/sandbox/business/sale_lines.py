"""Sales order lines: the list price is filled in, the amount follows, and a confirmed line wants to be delivered."""

from scenarios.sandbox.business import availability, currency, deliveries, uom
from scenarios.sandbox.business.finding import one
from scenarios.sandbox.business.quantities import money, rounded
from scenarios.sandbox.env import Env, Raw, Record, Values
from scenarios.sandbox.faults import UserError
from scenarios.sandbox.registry import (
    after_create,
    after_write,
    before_unlink,
    before_write,
    compute,
    method,
    on_create,
    related,
)

MODEL = "sale.order.line"
ORDER = "sale.order"
PRICED = frozenset({"product_uom_qty", "price_unit", "discount", "product_uom", "product_id"})
LOCKED = {
    "price_unit": "Unit Price",
    "product_uom_qty": "Quantity",
    "product_id": "Product",
    "product_uom": "Unit of Measure",
}
"""What may not change on a locked order."""

INNER = "sale_line_figures"
"""Context key: the line's own figures are being written."""

related(MODEL, "product_template_id", "product_id.product_tmpl_id")
related(MODEL, "product_uom_category_id", "product_uom.category_id")
related(MODEL, "product_type", "product_id.type")
related(MODEL, "is_storable", "product_id.is_storable")


@on_create(MODEL)
def fill_line(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    """Unit, description and price from the product, where not given."""
    order = one(env, ORDER, values["order_id"]) if values.get("order_id") else None
    line = {"discount": 0.0, "product_uom_qty": 1.0, **values}
    if order is None or not line.get("product_id"):
        return line
    product = one(env, "product.product", line["product_id"])
    unit = line.get("product_uom") or product["uom_id"]
    line = {
        "name": product["display_name"],
        "price_unit": _list_price(env, order, product, unit),
        "qty_delivered_method": "stock_move" if product["type"] == "consu" else "manual",
        "invoice_status": "no",
        **_of_order(order),
        **line,
        "product_uom": unit,
    }
    line["customer_lead"] = line.get("customer_lead") or product["sale_delay"]
    return {**line, **_figures(line)}


@method(ORDER, "action_update_prices")
def action_update_prices(env: Env, ids: list[int]) -> None:
    """Every line takes the list price of today again, without a discount."""
    for order in env.rows(ORDER, ids):
        for line in env.rows(MODEL, order["order_line"]):
            if line["product_id"]:
                product = one(env, "product.product", line["product_id"])
                price = _list_price(env, order, product, line["product_uom"])
                env.write(MODEL, line["id"], {"price_unit": price, "discount": 0.0})


def _reprice(env: Env, lines: list[Record]) -> None:
    """The list price of what the line is counted in now."""
    for line in lines:
        if line["product_id"]:
            product = one(env, "product.product", line["product_id"])
            price = _list_price(env, one(env, ORDER, line["order_id"]), product, line["product_uom"])
            env.sudo().with_context(**{INNER: True}).write(MODEL, line["id"], {"price_unit": price})


def _of_order(order: Record) -> dict[str, Raw]:
    return {
        "state": order["state"],
        "company_id": order["company_id"],
        "currency_id": order["currency_id"],
        "order_partner_id": order["partner_id"],
        "salesman_id": order["user_id"],
        "warehouse_id": order["warehouse_id"],
    }


def _list_price(env: Env, order: Record, product: Record, unit: int) -> float:
    own = currency.company_currency(env, order["company_id"])
    day = env.today.fromisoformat(order["date_order"][:10])
    price = uom.convert_price(env, product["list_price"], product["uom_id"], unit)
    return money(currency.convert(env, price, own, order["currency_id"], order["company_id"], day, exact=True))


def _number(value: Raw) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _figures(line: Values) -> dict[str, Raw]:
    reduced = _number(line["price_unit"]) * (1 - _number(line["discount"]) / 100)
    amount = money(reduced * _number(line["product_uom_qty"]))
    return {"price_subtotal": amount, "price_total": amount, "price_tax": 0.0, "price_reduce_taxexcl": money(reduced)}


@after_create(MODEL)
def follow_new(env: Env, ids: list[int], _values: Values) -> None:
    rows = env.sudo().rows(MODEL, ids)
    for order in {row["order_id"] for row in rows}:
        sum_up(env, order)
    deliveries.update(env, [row for row in rows if row["state"] == "sale"])


@before_write(MODEL)
def refuse_edit(env: Env, ids: list[int], values: Values) -> None:
    _refuse_other_product(env, ids, values)
    locked = LOCKED if env.engine.release.discounts_locked_sales else {**LOCKED, "discount": "Discount (%)"}
    forbidden = [label for field, label in locked.items() if field in values]
    rows = env.sudo().rows(MODEL, ids)
    if env.context.get(INNER) or not forbidden:
        return
    if any(one(env, ORDER, row["order_id"])["locked"] for row in rows):
        raise UserError(f"It is forbidden to modify the following fields in a locked order:\n{chr(10).join(forbidden)}")
    less = _number(values.get("product_uom_qty", float("inf")))
    if any(row["state"] == "sale" and less < row["qty_delivered"] for row in rows):
        raise UserError(
            "The ordered quantity of a sale order line cannot be decreased below the amount already delivered. Instead,"
            " create a return in your inventory."
        )


def _refuse_other_product(env: Env, ids: list[int], values: Values) -> None:
    """What was sold once stays what it was, called off or not."""
    rows = env.sudo().rows(MODEL, ids) if "product_id" in values else []
    if any(row["state"] not in ("draft", "sent") and row["product_id"] != values["product_id"] for row in rows):
        raise UserError("You cannot modify the product of this order line.")


@after_write(MODEL)
def follow_edit(env: Env, ids: list[int], values: Values) -> None:
    if env.context.get(INNER) or not values.keys() & PRICED:
        return
    rows = env.sudo().rows(MODEL, ids)
    if "product_uom" in values and "price_unit" not in values:
        _reprice(env, rows)
        rows = env.sudo().rows(MODEL, ids)
    for row in rows:
        figures = _figures({field: row[field] for field in PRICED})
        env.sudo().with_context(**{INNER: True}).write(MODEL, row["id"], figures)
    for order in {row["order_id"] for row in rows}:
        sum_up(env, order)
    if "product_uom_qty" in values:
        deliveries.update(env, [row for row in rows if row["state"] == "sale"])


@before_unlink(MODEL)
def refuse_unlink(env: Env, ids: list[int]) -> None:
    rows = env.sudo().rows(MODEL, ids)
    if any(row["state"] == "sale" for row in rows):
        raise UserError(
            "Once a sales order is confirmed, you can't remove one of its lines (we need to track if something gets"
            " invoiced or delivered).\nSet the quantity to 0 instead."
        )
    for order in {row["order_id"] for row in rows}:
        sum_up(env, order, without=ids)


def sum_up(env: Env, order: int, *, without: list[int] | None = None) -> None:
    """The order's amounts, from its lines."""
    ids = [line for line in env.sudo().search(MODEL, [("order_id", "=", order)]) if line not in (without or [])]
    total = money(sum(row["price_subtotal"] for row in env.sudo().rows(MODEL, ids)))
    if env.exists(ORDER, [order]):
        env.sudo().write(ORDER, order, {"amount_untaxed": total, "amount_tax": 0.0, "amount_total": total})


@compute(
    MODEL, "qty_to_deliver", "scheduled_date", "free_qty_today", "qty_available_today", "virtual_available_at_date"
)
def compute_delivery(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    """What is still to be delivered, when it is planned, and what the order's warehouse has of it."""
    found = {}
    for row in env.rows(MODEL, ids):
        planned = [m["date"] for m in deliveries.moves_of(env, [row["id"]]) if m["state"] not in ("done", "cancel")]
        there = _there(env, row)
        found[row["id"]] = {
            "qty_to_deliver": rounded(row["product_uom_qty"] - row["qty_delivered"]),
            "scheduled_date": min(planned, default=False),
            "free_qty_today": there.get("free_qty", 0.0),
            "qty_available_today": there.get("qty_available", 0.0),
            "virtual_available_at_date": there.get("virtual_available", 0.0),
        }
    return found


def _there(env: Env, line: Record) -> dict[str, Raw]:
    if not line["product_id"] or not line["warehouse_id"]:
        return {}
    asked = env.sudo().with_context(warehouse_id=line["warehouse_id"])
    return availability.compute_quantities(asked, [line["product_id"]])[line["product_id"]]
