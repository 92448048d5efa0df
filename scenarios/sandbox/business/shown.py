"""What documents show of the product, company or transfer that they are about; kept there, and read from there."""

from scenarios.sandbox.business.finding import find, one
from scenarios.sandbox.env import Env, Values
from scenarios.sandbox.registry import after_create, after_write, related

ALONG: dict[str, dict[str, str]] = {
    "purchase.order.line": {"company_currency_id": "company_id.currency_id"},
    "stock.move": {
        "company_currency_id": "company_id.currency_id",
        "has_tracking": "product_id.tracking",
        "is_locked": "picking_id.is_locked",
        "product_uom_category_id": "product_id.uom_id.category_id",
    },
    "stock.picking": {
        "use_create_lots": "picking_type_id.use_create_lots",
        "use_existing_lots": "picking_type_id.use_existing_lots",
        "warehouse_address_id": "picking_type_id.warehouse_id.partner_id",
    },
    "stock.quant": {"currency_id": "company_id.currency_id"},
    "stock.return.picking": {
        "company_id": "picking_id.company_id",
        "picking_type_code": "picking_id.picking_type_code",
    },
    "stock.return.picking.line": {"uom_id": "product_id.uom_id"},
    "stock.scrap": {"product_uom_category_id": "product_id.uom_id.category_id", "tracking": "product_id.tracking"},
}
"""By model and field: the way to the value."""

for _model, _fields in ALONG.items():
    for _field, _path in _fields.items():
        related(_model, _field, _path)


@after_create("product.product")
def tell_new_code(env: Env, ids: list[int], values: Values) -> None:
    tell_code(env, ids, values)


@after_write("product.product")
def tell_code(env: Env, ids: list[int], values: Values) -> None:
    """The reference of an only variant stands on its template too."""
    if "default_code" not in values:
        return
    for product in env.sudo().rows("product.product", ids):
        template = product["product_tmpl_id"]
        only = len(find(env, "product.product", [("product_tmpl_id", "=", template)])) == 1
        if only and one(env, "product.template", template)["default_code"] != product["default_code"]:
            env.sudo().write("product.template", template, {"default_code": product["default_code"]})
