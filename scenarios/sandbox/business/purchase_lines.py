"""Purchase order lines: the vendor's price and date are filled in, the amount follows.

A new line is priced as Odoo prices it: for the smallest quantity that the vendor sells, in the product's purchase unit
and without the vendor's discount, whatever quantity and unit it was made with. Writing its quantity prices it anew.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from scenarios.sandbox.business import currency, receipt_changes, receipts, uom, vendors
from scenarios.sandbox.business.finding import one
from scenarios.sandbox.business.quantities import money, same
from scenarios.sandbox.env import DATETIME, Env, Raw, Record, Values
from scenarios.sandbox.faults import UserError
from scenarios.sandbox.registry import after_create, after_write, before_unlink, before_write, on_create, related

MODEL = "purchase.order.line"
ORDER = "purchase.order"
PRICED = frozenset({"product_qty", "price_unit", "discount", "product_uom", "product_id"})
REPRICED = frozenset({"product_qty", "product_uom"})
OFFERED = frozenset({"price_unit", "discount", "date_planned", "name"})
"""What a vendor's list gives together: whoever writes one of these keeps the others as they are."""
INNER = "purchase_line_figures"
"""Context key: the line's own figures are being written."""

related(MODEL, "date_order", "order_id.date_order")
related(MODEL, "date_approve", "order_id.date_approve")
related(MODEL, "product_uom_category_id", "product_uom.category_id")
related(MODEL, "product_type", "product_id.type")
related(MODEL, "is_storable", "product_id.is_storable")


class Offer(NamedTuple):
    """What the vendor's price list says on a line."""

    price: float
    discount: float
    arrives: str
    listed: bool
    """Whether it stands on the vendor's list, or is the product's own cost."""


@on_create(MODEL)
def fill_line(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    """Unit, description, price and date from product and vendor, where not given; no discount."""
    order = one(env, ORDER, values["order_id"]) if values.get("order_id") else None
    line = {"propagate_cancel": True, "discount": 0.0, "product_qty": 1.0, **values}
    if order is None or not line.get("product_id"):
        return line
    product = env.row("product.product", line["product_id"])
    bought = _unit(env, order, product)
    line["product_uom"] = line.get("product_uom") or bought
    offer = _offer(env, order, {**line, "product_qty": _smallest(env, order, product)}, product, bought)
    line = {
        "name": product["display_name"],
        "price_unit": offer.price,
        "date_planned": offer.arrives,
        "qty_received_method": "stock_moves" if product["type"] == "consu" else "manual",
        **_of_order(order),
        **line,
    }
    line["name"] = line["name"] or product["display_name"]
    return {**line, **_reckoned(env, line["price_unit"]), **_figures(env, line, product)}


def _reckoned(env: Env, price: float) -> dict[str, Raw]:
    """What a line remembers as the price that nobody typed."""
    return {"technical_price_unit": price} if env.engine.release.keeps_typed_prices else {}


def _unit(env: Env, order: Record, product: Record) -> int:
    """The unit to buy in: the one that the vendor sells by, where vendors have one of their own."""
    listed = vendors.sellers(env, product["id"], order["company_id"])
    theirs = [row for row in listed if row["partner_id"] == order["partner_id"]]
    return vendors.unit(env, theirs[0]) if theirs else int(product["uom_po_id"])


def _of_order(order: Record) -> dict[str, Raw]:
    return {field: order[field] for field in ("state", "partner_id", "company_id", "currency_id")}


def listed_price(env: Env, order: Record, line: Values, product: Record) -> dict[str, Raw]:
    """Price and discount for the line's own quantity, as replenishment writes them on it."""
    offer = _offer(env, order, line, product, product["uom_po_id"])
    return {"price_unit": offer.price, "discount": offer.discount}


def _smallest(env: Env, order: Record, product: Record) -> float:
    """The smallest quantity on the vendor's list, one without a list."""
    listed = vendors.sellers(env, product["id"], order["company_id"])
    return min((row["min_qty"] for row in listed if row["partner_id"] == order["partner_id"]), default=1.0) or 1.0


def _offer(env: Env, order: Record, line: Values, product: Record, into: int) -> Offer:
    """The vendor's price in the order's currency for one unit of ``into``; without one the product's cost."""
    day = date.fromisoformat(order["date_order"][:10])
    seller = vendors.choose(
        env,
        product["id"],
        order["company_id"],
        partner=order["partner_id"],
        quantity=_number(line["product_qty"]),
        asked=into,
        any_unit=False,
        day=day,
    )
    arrives = _arrival(order["date_order"], seller["delay"] if seller else 0)
    unit = vendors.unit(env, seller) if seller else product["uom_id"]
    own = currency.company_currency(env, order["company_id"])
    amount = seller["price"] if seller else _cost(env, product["id"], order["company_id"])
    source = seller["currency_id"] if seller else own
    worth = currency.convert(env, amount, source, order["currency_id"], order["company_id"], day, exact=True)
    price = uom.convert_price(env, money(worth), unit, into)
    return Offer(price, (seller["discount"] or 0.0) if seller else 0.0, arrives, seller is not None)


def _cost(env: Env, product: int, company: int) -> float:
    return float(env.sudo().with_company(company).row("product.product", product)["standard_price"])


def _number(value: Raw) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _arrival(ordered: str, delay: int) -> str:
    return (datetime.strptime(ordered, DATETIME) + timedelta(days=delay)).strftime(DATETIME)  # noqa: DTZ007


def _figures(env: Env, line: Values, product: Record) -> dict[str, Raw]:
    """Amount, and the quantity in the product's stock unit."""
    quantity = _number(line["product_qty"])
    amount = money(quantity * _number(line["price_unit"]) * (1 - _number(line["discount"]) / 100))
    stocked = uom.convert(env, quantity, line["product_uom"], product["uom_id"], "HALF-UP")
    return {"product_uom_qty": stocked, "price_subtotal": amount, "price_total": amount, "price_tax": 0.0}


@after_create(MODEL)
def follow_new(env: Env, ids: list[int], _values: Values) -> None:
    rows = env.sudo().rows(MODEL, ids)
    for order in {row["order_id"] for row in rows}:
        sum_up(env, order)
    receipts.update(env, [row for row in rows if row["state"] == "purchase"])


@before_write(MODEL)
def refuse_less_than_received(env: Env, ids: list[int], values: Values) -> None:
    if "product_qty" not in values or env.engine.release.returns_what_is_too_much:
        return
    for line in env.sudo().rows(MODEL, ids):
        changed = not same(_number(values["product_qty"]), line["product_qty"])
        if line["state"] == "purchase" and changed and _number(values["product_qty"]) < line["qty_received"]:
            raise UserError(
                "You cannot decrease the ordered quantity below the received quantity.\nCreate a return first."
            )


@after_write(MODEL)
def follow_edit(env: Env, ids: list[int], values: Values) -> None:
    """Amounts, the order's sums, and of a confirmed order the receipt's quantities and dates."""
    if env.context.get(INNER):
        return
    rows = env.sudo().rows(MODEL, ids)
    ordered = [row["id"] for row in rows if "product_qty" in values and _changed(env, row)]
    if values.keys() & PRICED:
        _price_again(env, rows, values)
    if values.get("date_planned"):
        receipt_changes.set_deadline(env, ids, values["date_planned"])
    if "price_unit" in values:
        receipt_changes.set_prices(env, [row for row in env.sudo().rows(MODEL, ids) if row["state"] == "purchase"])
    if values.keys() & (PRICED | {"date_planned"}):
        for order in {row["order_id"] for row in rows}:
            sum_up(env, order)
    receipts.update(env, [row for row in env.sudo().rows(MODEL, ordered) if row["state"] == "purchase"])


def _changed(env: Env, line: Record) -> bool:
    """Whether the quantity just written is another one than before; the same once more changes no receipt."""
    if not line["product_id"]:
        return False
    unit = one(env, "product.product", line["product_id"])["uom_id"]
    stocked = uom.convert(env, line["product_qty"], line["product_uom"], unit, "HALF-UP")
    return not same(stocked, line["product_uom_qty"])


def _price_again(env: Env, rows: list[Record], values: Values) -> None:
    """A new quantity or unit takes price, discount and date from the vendor's list again, on a confirmed line too."""
    for row in rows:
        if not row["product_id"]:
            continue
        product = one(env, "product.product", row["product_id"])
        line = {field: row[field] for field in ("product_id", *PRICED)}
        told = _repriced(env, row, values, product) if values.keys() & REPRICED else {}
        figures = {**told, **_figures(env, {**line, **told}, product)}
        env.sudo().with_context(**{INNER: True}).write(MODEL, row["id"], figures)


def _repriced(env: Env, line: Record, values: Values, product: Record) -> dict[str, Raw]:
    """Nothing where part of it is given; a price without a list stays as it is, and everything once a bill is there."""
    order = one(env, ORDER, line["order_id"])
    typed = env.engine.release.keeps_typed_prices and line["technical_price_unit"] != line["price_unit"]
    if typed or values.keys() & OFFERED or order["invoice_ids"] or not _listed(env, line):
        return {}
    offer = _offer(env, order, line, product, line["product_uom"])
    told: dict[str, Raw] = {"price_unit": offer.price, "discount": offer.discount}
    if offer.listed:
        told["date_planned"] = offer.arrives
    return {**told, **_reckoned(env, offer.price)}


def _listed(env: Env, line: Record) -> bool:
    return any(
        s["partner_id"] == line["partner_id"] for s in vendors.sellers(env, line["product_id"], line["company_id"])
    )


@before_unlink(MODEL)
def refuse_unlink(env: Env, ids: list[int]) -> None:
    rows = env.sudo().rows(MODEL, ids)
    for line in rows:
        if line["state"] in ("purchase", "done"):
            shown = "Purchase Order" if line["state"] == "purchase" else "Locked"
            raise UserError(f"Cannot delete a purchase order line which is in state “{shown}”.")
    for order in {row["order_id"] for row in rows}:
        sum_up(env, order, without=ids)


def sum_up(env: Env, order: int, *, without: list[int] | None = None) -> None:
    """The order's amounts and its first planned date, from its lines."""
    ids = [line for line in env.sudo().search(MODEL, [("order_id", "=", order)]) if line not in (without or [])]
    rows = env.sudo().rows(MODEL, ids)
    total = money(sum(row["price_subtotal"] for row in rows))
    head = one(env, ORDER, order)
    dates = [row["date_planned"] for row in rows if row["date_planned"]]
    sums = {"amount_untaxed": total, "amount_tax": 0.0, "amount_total": total}
    sums["amount_total_cc"] = money(total / (head["currency_rate"] or 1.0))
    env.sudo().write(ORDER, order, {**sums, "date_planned": min(dates, default=head["date_planned"])})
