"""Reordering rules: when the forecast falls below the minimum, buy up to the maximum."""

from collections import defaultdict
from datetime import timedelta

from scenarios.sandbox.business import availability, procurement, vendors
from scenarios.sandbox.business.finding import find, one
from scenarios.sandbox.business.quantities import positive, rounded
from scenarios.sandbox.env import Env, Record
from scenarios.sandbox.faults import UserError, ValidationError
from scenarios.sandbox.registry import (
    Raw,
    Values,
    after_create,
    after_write,
    before_write,
    compute,
    method,
    on_create,
    related,
)

MODEL = "stock.warehouse.orderpoint"
LINE = "purchase.order.line"
LIMITS = ("product_min_qty", "product_max_qty")

related(MODEL, "product_tmpl_id", "product_id.product_tmpl_id")
related(MODEL, "product_uom", "product_id.uom_id")
related(MODEL, "product_uom_name", "product_id.uom_id.name")


@on_create(MODEL)
def fill_rule(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    """The place is the warehouse's stock; a maximum that is not given is the minimum."""
    rule = {"name": env.next_name("stock.orderpoint"), "product_max_qty": values.get("product_min_qty", 0.0), **values}
    if values.get("location_id") and not values.get("warehouse_id"):
        rule["warehouse_id"] = one(env, "stock.location", values["location_id"])["warehouse_id"]
    if values.get("warehouse_id") and not values.get("location_id"):
        rule["location_id"] = one(env, "stock.warehouse", values["warehouse_id"])["lot_stock_id"]
    product = values.get("product_id")
    if product:
        rule["product_category_id"] = one(env, "product.product", product)["categ_id"]
    if rule.get("supplier_id"):
        rule["vendor_id"] = one(env, vendors.MODEL, rule["supplier_id"])["partner_id"]
    if "qty_to_order" in rule:
        rule["qty_to_order_manual"] = 0.0 if rule.get("trigger") == "auto" else rule["qty_to_order"]
    return rule


@after_create(MODEL)
def check_new(env: Env, ids: list[int], _values: Values) -> None:
    _refuse_doubles(env, ids)
    _refuse_crossed(env, ids)


def _refuse_doubles(env: Env, ids: list[int]) -> None:
    everything = env.sudo().with_context(active_test=False)
    for row in everything.rows(MODEL, ids):
        same = [(field, "=", row[field]) for field in ("product_id", "location_id", "company_id")]
        if len(everything.search(MODEL, same, limit=2)) > 1:
            raise ValidationError(
                "The operation cannot be completed: A replenishment rule already exists for this product on this"
                " location."
            )


def _refuse_crossed(env: Env, ids: list[int]) -> None:
    if any(row["product_min_qty"] > row["product_max_qty"] for row in env.sudo().rows(MODEL, ids)):
        raise ValidationError("The minimum quantity must be less than or equal to the maximum quantity.")


@before_write(MODEL)
def refuse_edit(env: Env, ids: list[int], values: Values) -> None:
    if "snoozed_until" in values and any(row["trigger"] == "auto" for row in env.sudo().rows(MODEL, ids)):
        raise UserError(
            "You can only snooze manual orderpoints. You should rather archive 'auto-trigger' orderpoints if you do not"
            " want them to be triggered."
        )


@after_write(MODEL)
def follow_edit(env: Env, ids: list[int], values: Values) -> None:
    """One limit that crosses the other takes it along, silently; both given crossed are refused."""
    given = [field for field in LIMITS if field in values]
    if len(given) == 1:
        other = LIMITS[1 - LIMITS.index(given[0])]
        crossed = [r["id"] for r in env.sudo().rows(MODEL, ids) if r["product_min_qty"] > r["product_max_qty"]]
        if crossed:
            env.sudo().write(MODEL, crossed, {other: values[given[0]], given[0]: values[given[0]]})
    elif given:
        _refuse_crossed(env, ids)
    if "qty_to_order" in values:
        _order_by_hand(env, ids, values["qty_to_order"])
    if values.keys() & {"product_id", "location_id"}:
        _refuse_doubles(env, ids)


def _order_by_hand(env: Env, ids: list[int], quantity: float) -> None:
    """An automatic rule forgets what a person wrote; a manual one keeps it."""
    for row in env.sudo().rows(MODEL, ids):
        env.sudo().write(MODEL, row["id"], {"qty_to_order_manual": 0.0 if row["trigger"] == "auto" else quantity})


@compute(MODEL, "qty_on_hand", "qty_forecast", "qty_to_order", "qty_to_order_computed", "lead_days_date")
def compute_need(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    """Stock, forecast up to the vendor's lead time with open requests for quotation, and what to order."""
    rules = env.sudo().rows(MODEL, ids)
    horizons = {row["id"]: _horizon(env, row) for row in rules}
    drafts = _drafts(env, rules)
    figures = _availability(env, rules, horizons)
    found = {}
    for row in rules:
        there = figures[row["id"]]
        forecast = rounded(there["virtual_available"] + drafts[row["product_id"], row["location_id"]])
        wanted = _to_order(row, forecast)
        found[row["id"]] = {
            "qty_on_hand": there["qty_available"],
            "qty_forecast": forecast,
            "qty_to_order_computed": wanted,
            "qty_to_order": row["qty_to_order_manual"] or wanted,
            "lead_days_date": horizons[row["id"]][:10],
        }
    return found


def _horizon(env: Env, rule: Record) -> str:
    """The end of the day on which an order of today would come."""
    seller = _seller(env, rule)
    company = one(env, "res.company", rule["company_id"])
    days = (seller["delay"] + (company["po_lead"] or 0) + (company["days_to_purchase"] or 0)) if seller else 0
    return (env.now + timedelta(days=days)).strftime("%Y-%m-%d 23:59:59")


def _seller(env: Env, rule: Record) -> Record | None:
    if rule["supplier_id"]:
        return one(env, vendors.MODEL, rule["supplier_id"])
    return next(iter(vendors.sellers(env, rule["product_id"], rule["company_id"])), None)


def _availability(env: Env, rules: list[Record], horizons: dict[int, str]) -> dict[int, dict[str, Raw]]:
    """One look at stock for all rules of one place and one horizon."""
    groups: defaultdict[tuple[int, str], list[Record]] = defaultdict(list)
    for row in rules:
        groups[row["location_id"], horizons[row["id"]]].append(row)
    found: dict[int, dict[str, Raw]] = {}
    for (location, until), group in groups.items():
        view = env.sudo().with_context(location=location, to_date=until, warehouse_id=False)
        figures = availability.compute_quantities(view, sorted({row["product_id"] for row in group}))
        found.update({row["id"]: figures[row["product_id"]] for row in group})
    return found


def _drafts(env: Env, rules: list[Record]) -> defaultdict[tuple[int, int], float]:
    """What open requests for quotation will bring, by product and place, in stock units."""
    states = ["draft", "sent", "to approve"]
    domain = [("product_id", "in", sorted({row["product_id"] for row in rules})), ("state", "in", states)]
    found: defaultdict[tuple[int, int], float] = defaultdict(float)
    for line in find(env, LINE, domain):
        found[line["product_id"], _destination(env, line)] += line["product_uom_qty"]
    return found


def _destination(env: Env, line: Record) -> int:
    if line["orderpoint_id"]:
        return int(one(env, MODEL, line["orderpoint_id"])["location_id"])
    order = one(env, "purchase.order", line["order_id"])
    return int(one(env, "stock.picking.type", order["picking_type_id"])["default_location_dest_id"])


def _to_order(rule: Record, forecast: float) -> float:
    """Up to the maximum in whole multiples, never above it; without a maximum at least what is missing."""
    if forecast >= rule["product_min_qty"]:
        return 0.0
    wanted = max(rule["product_min_qty"], rule["product_max_qty"]) - forecast
    over = wanted % rule["qty_multiple"] if rule["qty_multiple"] > 0 else 0.0
    if positive(over) and positive(rule["qty_multiple"] - over):
        wanted += (rule["qty_multiple"] - over) if not rule["product_max_qty"] else -over
    return rounded(wanted)


@method(MODEL, "action_replenish")
def action_replenish(env: Env, ids: list[int], force_to_max: bool = False) -> bool | dict[str, Raw]:
    """Order what the rules want; the order made is named when there was one rule, False when nothing was wanted."""
    return replenish(env, ids, force_to_max=force_to_max)


def replenish(env: Env, ids: list[int], *, force_to_max: bool = False) -> bool | dict[str, Raw]:
    lines: list[int] = []
    for row in env.rows(MODEL, ids):
        wanted = compute_need(env, [row["id"]])[row["id"]]
        quantity = row["product_max_qty"] - wanted["qty_forecast"] if force_to_max else wanted["qty_to_order"]
        if positive(quantity):
            lines.append(procurement.buy(env, row, quantity, _seller(env, row), wanted["lead_days_date"]))
    env.write(MODEL, ids, {"qty_to_order_manual": 0.0})
    return procurement.notice(env, lines[0]) if len(ids) == 1 and lines else False


@method(MODEL, "action_unarchive")
def action_unarchive(env: Env, ids: list[int]) -> None:
    env.write(MODEL, ids, {"active": True})


@method(MODEL, "action_archive")
def action_archive(env: Env, ids: list[int]) -> None:
    env.write(MODEL, ids, {"active": False})


@method(MODEL, "action_replenish_auto")
def action_replenish_auto(env: Env, ids: list[int]) -> bool | dict[str, Raw]:
    env.write(MODEL, ids, {"trigger": "auto"})
    return replenish(env, ids)
