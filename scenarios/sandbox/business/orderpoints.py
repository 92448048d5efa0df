"""Reordering rules: when the forecast falls below the minimum, buy up to the maximum."""

from scenarios.sandbox.business import needs, procurement, vendors
from scenarios.sandbox.business.finding import one
from scenarios.sandbox.business.quantities import positive
from scenarios.sandbox.env import Env, Raw, Values
from scenarios.sandbox.faults import UserError, ValidationError
from scenarios.sandbox.registry import after_create, after_write, before_write, method, on_create, related

MODEL = "stock.warehouse.orderpoint"
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
    rows = env.sudo().rows(MODEL, ids) if "company_id" in values and not env.su else []
    if any(row["company_id"] != values["company_id"] for row in rows):
        raise UserError(
            "Changing the company of this record is forbidden at this point, you should rather archive it and create a"
            " new one."
        )


@after_write(MODEL)
def follow_edit(env: Env, ids: list[int], values: Values) -> None:
    """One limit alone silently drags the other along where they cross or that is zero; both crossed are refused."""
    given = [field for field in LIMITS if field in values]
    if given == ["product_max_qty"] and env.engine.release.refuses_low_maximum:
        _refuse_crossed(env, ids)
    if len(given) == 1:
        other = LIMITS[1 - LIMITS.index(given[0])]
        rows = env.sudo().rows(MODEL, ids)
        dragged = [r["id"] for r in rows if r["product_min_qty"] > r["product_max_qty"] or not r[other]]
        if dragged:
            env.sudo().write(MODEL, dragged, {other: values[given[0]], given[0]: values[given[0]]})
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


@method(MODEL, "action_replenish")
def action_replenish(env: Env, ids: list[int], force_to_max: bool = False) -> bool | dict[str, Raw]:
    """Order what the rules want; the order made is named when there was one rule, False when nothing was wanted."""
    return replenish(env, ids, force_to_max=force_to_max)


def replenish(env: Env, ids: list[int], *, force_to_max: bool = False) -> bool | dict[str, Raw]:
    lines: list[int] = []
    for row in env.rows(MODEL, ids):
        wanted = needs.compute_need(env, [row["id"]])[row["id"]]
        quantity = row["product_max_qty"] - wanted["qty_forecast"] if force_to_max else wanted["qty_to_order"]
        if positive(quantity):
            lines.append(procurement.buy(env, row, quantity, needs.seller_of(env, row), needs.arrival(env, row)))
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
