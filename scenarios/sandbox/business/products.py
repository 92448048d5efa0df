"""Products: one template for what is common, one variant for what is stocked and sold."""

from scenarios.sandbox.business.finding import one
from scenarios.sandbox.env import Env, Raw, Values
from scenarios.sandbox.registry import after_create, after_write, compute, method, on_create, related

related("product.template", "uom_name", "uom_id.name")
related("product.template", "uom_category_id", "uom_id.category_id")
related("product.product", "uom_name", "uom_id.name")
related("product.product", "uom_category_id", "uom_id.category_id")


@on_create("product.template")
def fill_template(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    """Bought in the unit it is stocked in, unless another of the same category is given."""
    template = {"type": "consu", "list_price": 1.0, "invoice_policy": "order", "purchase_method": "receive", **values}
    stocked, bought = template.get("uom_id"), template.get("uom_po_id")
    if stocked and (not bought or _category(env, stocked) != _category(env, bought)):
        template["uom_po_id"] = stocked
    return template


def _category(env: Env, unit: int) -> int:
    return int(one(env, "uom.uom", unit)["category_id"])


@after_create("product.template")
def add_variant(env: Env, ids: list[int], values: Values) -> None:
    """A template made by itself has one variant."""
    if env.context.get("create_product_product", True) is False:
        return
    own = {field: values[field] for field in ("default_code", "barcode", "standard_price") if values.get(field)}
    for template in ids:
        env.sudo().create("product.product", {"product_tmpl_id": template, **own})


@after_write("product.template")
def tell_variants(env: Env, ids: list[int], values: Values) -> None:
    """The code and cost of a single variant are set on the template too."""
    told = {field: values[field] for field in ("default_code", "standard_price") if field in values}
    for template in ids:
        variants = env.sudo().search("product.product", [("product_tmpl_id", "=", template)])
        if told and len(variants) == 1:
            env.sudo().write("product.product", variants, told)
        if "active" in values:
            _follow_template(env, template, active=bool(values["active"]))


def _follow_template(env: Env, template: int, *, active: bool) -> None:
    everything = env.sudo().with_context(active_test=False)
    variants = everything.search("product.product", [("product_tmpl_id", "=", template), ("active", "=", not active)])
    if variants:
        everything.write("product.product", variants, {"active": active})


@method("product.product", "action_archive")
def action_archive(env: Env, ids: list[int]) -> None:
    """A template goes with its last variant."""
    env.write("product.product", ids, {"active": False})
    for template in {row["product_tmpl_id"] for row in env.sudo().rows("product.product", ids)}:
        if not env.sudo().search("product.product", [("product_tmpl_id", "=", template)], limit=1):
            env.sudo().write("product.template", template, {"active": False})


@after_write("product.product")
def tell_rules(env: Env, ids: list[int], values: Values) -> None:
    """Reordering rules are archived with their product, and come back with it."""
    if "active" in values:
        everything = env.sudo().with_context(active_test=False)
        rules = everything.search("stock.warehouse.orderpoint", [("product_id", "in", ids)])
        everything.write("stock.warehouse.orderpoint", rules, {"active": values["active"]})


@compute("product.product", "code", "partner_ref", "lst_price")
def compute_sale_view(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    """The variant's own code and price, under the names that sales uses."""
    return {
        row["id"]: {"code": row["default_code"], "partner_ref": row["display_name"], "lst_price": row["list_price"]}
        for row in env.rows("product.product", ids)
    }


@compute("product.template", "display_name")
def compute_template_name(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    """The code in brackets before the name, as on the variant."""
    names = {}
    for row in env.rows("product.template", ids):
        shown = f"[{row['default_code']}] {row['name']}" if row["default_code"] else row["name"]
        names[row["id"]] = {"display_name": shown}
    return names


@compute("product.template", "standard_price", "product_variant_id", "product_variant_count")
def compute_variant(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    """Cost and variant of templates that have just one."""
    found: dict[int, dict[str, Raw]] = {}
    for template in ids:
        rows = env.rows("product.product", env.search("product.product", [("product_tmpl_id", "=", template)]))
        cost = rows[0]["standard_price"] if len(rows) == 1 else 0.0
        first = rows[0]["id"] if rows else False
        found[template] = {"standard_price": cost, "product_variant_id": first, "product_variant_count": len(rows)}
    return found
