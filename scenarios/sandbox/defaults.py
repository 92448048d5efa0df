"""What a field of a new record is when the caller does not say."""

from typing import Any

from scenarios.sandbox.env import Env
from scenarios.sandbox.fields import Field

FIXED: dict[tuple[str, str], Any] = {
    ("ir.sequence", "number_increment"): 1,
    ("ir.sequence", "number_next"): 1,
    ("mail.activity.type", "delay_from"): "previous_activity",
    ("product.pricelist.item", "applied_on"): "3_global",
    ("product.pricelist.item", "compute_price"): "fixed",
    ("product.supplierinfo", "delay"): 1,
    ("product.template", "purchase_ok"): True,
    ("product.template", "sale_ok"): True,
    ("product.template", "tracking"): "none",
    ("purchase.order", "name"): "New",
    ("purchase.order", "priority"): "0",
    ("purchase.order", "state"): "draft",
    ("purchase.order.line", "sequence"): 10,
    ("res.company", "horizon_days"): 365.0,
    ("res.currency", "rounding"): 0.01,
    ("res.partner", "lang"): "en_US",
    ("res.partner", "type"): "contact",
    ("sale.order", "name"): "New",
    ("sale.order", "picking_policy"): "direct",
    ("sale.order", "state"): "draft",
    ("sale.order.line", "product_uom_qty"): 1.0,
    ("sale.order.line", "sequence"): 10,
    ("stock.location", "usage"): "internal",
    ("stock.move", "priority"): "0",
    ("stock.move", "procure_method"): "make_to_stock",
    ("stock.move", "sequence"): 10,
    ("stock.move", "state"): "draft",
    ("stock.picking", "move_type"): "direct",
    ("stock.picking", "priority"): "0",
    ("stock.picking", "state"): "draft",
    ("stock.picking.type", "create_backorder"): "ask",
    ("stock.picking.type", "reservation_method"): "at_confirm",
    ("stock.scrap", "name"): "New",
    ("stock.scrap", "state"): "draft",
    ("stock.warehouse", "delivery_steps"): "ship_only",
    ("stock.warehouse", "reception_steps"): "one_step",
    ("stock.warehouse.orderpoint", "qty_multiple"): 1.0,
    ("stock.warehouse.orderpoint", "trigger"): "auto",
    ("uom.uom", "factor"): 1.0,
    ("uom.uom", "rounding"): 0.01,
    ("uom.uom", "uom_type"): "reference",
}

STAMPED = frozenset(
    {
        ("mail.message", "date"),
        ("purchase.order", "date_order"),
        ("sale.order", "date_order"),
        ("stock.move", "date"),
        ("stock.move.line", "date"),
        ("stock.picking", "date"),
        ("stock.picking", "scheduled_date"),
        ("stock.quant", "in_date"),
    }
)
"""Times that are now."""

NEEDS_NO_COMPANY_DATA = frozenset({"account.move", "res.company"})
"""Models kept minimal here: of their required fields only the names and links below are insisted on."""

INSISTED = frozenset({"name", "currency_id", "move_type"})


def default(env: Env, model: str, field: Field) -> Any:
    """The default, None where the field has none."""
    key = (model, field.name)
    if f"default_{field.name}" in env.context:
        return env.context[f"default_{field.name}"]
    if key in FIXED:
        return FIXED[key]
    if key in STAMPED:
        return env.stamp
    if field.name == "active":
        return True
    return _required(env, model, field) if field.required else None


def _required(env: Env, model: str, field: Field) -> Any:
    if field.relation == "res.company":
        return env.company
    if field.relation == "res.users":
        return env.uid
    if field.relation == "res.currency":
        company = env.engine.table("res.company").rows.get(env.company, {}) if env.companies else {}
        return company.get("currency_id")
    if (model, field.name) in {("product.template", "uom_id"), ("product.template", "uom_po_id")}:
        return env.ref("uom.product_uom_unit")
    if (model, field.name) == ("product.template", "categ_id"):
        return env.ref("product.product_category_all")
    if (model, field.name) == ("purchase.order", "picking_type_id"):
        domain = [("code", "=", "incoming"), ("warehouse_id.company_id", "=", env.company)]
        return next(iter(env.sudo().search("stock.picking.type", domain, order="id", limit=1)), None)
    if field.type == "selection" and field.selection and (model, field.name) != ("stock.picking.type", "code"):
        return field.selection[0][0]
    return env.today.isoformat() if field.type == "date" else None


def insists(model: str, field: Field) -> bool:
    """Whether an empty value is refused."""
    if not field.required or not field.column or field.type in {"boolean", "integer", "float", "monetary"}:
        return False
    return model not in NEEDS_NO_COMPANY_DATA or field.name in INSISTED
