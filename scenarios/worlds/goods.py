"""What is traded and with whom: products, vendors with their prices, customers in tiers, and reorder rules."""

from collections.abc import Mapping
from decimal import Decimal

from scenarios.sandbox.env import Env
from scenarios.worlds.ground import Units, Warehouse, currency


def product(
    env: Env,
    code: str,
    name: str,
    *,
    price: Decimal,
    cost: Decimal,
    uoms: Units,
    by_dozen: bool = False,
    expires: bool = False,
) -> int:
    """A stored product, sold by the unit; bought by the dozen and kept in expiring lots when so asked."""
    return env.create(
        "product.product",
        {
            "name": name,
            "default_code": code,
            "type": "consu",
            "is_storable": True,
            "sale_ok": True,
            "purchase_ok": True,
            "list_price": float(price),
            "standard_price": float(cost),
            "uom_id": uoms.unit,
            "uom_po_id": uoms.dozen if by_dozen else uoms.unit,
            "categ_id": env.ref("product.product_category_all"),
            "tracking": "lot" if expires else "none",
            "use_expiration_date": expires,
        },
    )


def kit(env: Env, name: str, price: Decimal, parts: Mapping[int, float]) -> int:
    """A product that is never in stock itself: it leaves as so much of each part."""
    values = {"name": name.capitalize(), "type": "consu", "is_storable": False, "list_price": float(price)}
    made = env.create("product.product", values)
    lines = [(0, 0, {"product_id": part, "product_qty": quantity}) for part, quantity in parts.items()]
    template = env.row("product.product", made)["product_tmpl_id"]
    env.create("mrp.bom", {"product_tmpl_id": template, "type": "phantom", "bom_line_ids": lines})
    return made


def vendor(env: Env, name: str, money: str) -> int:
    """A vendor that quotes in that currency."""
    return env.create(
        "res.partner",
        {
            "name": name,
            "is_company": True,
            "supplier_rank": 1,
            "property_purchase_currency_id": currency(env, money),
        },
    )


def customer(env: Env, name: str, tier: str) -> int:
    """A customer, tagged with its tier: ``A``, ``B`` or ``C``."""
    known = env.search("res.partner.category", [("name", "=", f"Tier {tier}")])
    tag = known[0] if known else env.create("res.partner.category", {"name": f"Tier {tier}"})
    return env.create(
        "res.partner", {"name": name, "is_company": True, "customer_rank": 1, "category_id": [(6, 0, [tag])]}
    )


def vendor_price(
    env: Env,
    product: int,
    vendor: int,
    price: Decimal,
    *,
    money: str,
    delay: int,
    company: int | None = None,
    min_qty: float = 0,
    sequence: int = 1,
) -> int:
    """A price per purchase unit, from that many purchase units on; in every company unless one is named."""
    return env.create(
        "product.supplierinfo",
        {
            "partner_id": vendor,
            "product_tmpl_id": env.row("product.product", product)["product_tmpl_id"],
            "product_id": product,
            "price": float(price),
            "currency_id": currency(env, money),
            "delay": delay,
            "min_qty": min_qty,
            "company_id": company or False,
            "sequence": sequence,
        },
    )


def reorder(
    env: Env, product: int, warehouse: Warehouse, minimum: float, maximum: float, *, multiple: float = 1
) -> int:
    """A reorder rule: below the minimum order up to the maximum, in whole multiples."""
    return env.create(
        "stock.warehouse.orderpoint",
        {
            "product_id": product,
            "warehouse_id": warehouse.id,
            "location_id": warehouse.stock,
            "company_id": warehouse.company,
            "product_min_qty": minimum,
            "product_max_qty": maximum,
            "qty_multiple": multiple,
            "trigger": "manual",
        },
    )
