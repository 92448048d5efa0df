"""Which versions of Odoo the desk speaks: it thinks in Odoo 18's words; a difference is one row here."""

import re
from collections.abc import Mapping
from typing import Literal

from domain.faults import UnspokenVersion
from tools.dialects import goods, orders, units
from tools.dialects.differences import ContextKey, Differences, Field, Method, first, renamed, stands_for

SPOKEN = (17, 18, 19)
VERIFIED = (18, 19)
"""Those that the contract suite was run against; 17 is from documentation and was not run."""
NATIVE = 18
"""The version whose names plans, records and the journal keep."""

Way = Literal["auto", "jsonrpc", "json2"]
"""How Odoo is spoken to: by JSON-RPC, by Odoo 19's ``/json/2`` with an API key, or by the newer one it has."""


def major(version: str) -> int:
    """The number that names depend on: 18 for ``18.0`` and ``saas~18.3``; raises UnspokenVersion outside the spoken."""
    found = re.match(r"(?:saas[~-])?(\d+)", version)
    if found is None or int(found[1]) not in SPOKEN:
        spoken = ", ".join(map(str, SPOKEN))
        raise UnspokenVersion(f"expected an Odoo of version {spoken}, found {version!r}; nothing was asked of it")
    return int(found[1])


ODOO_17 = Differences(
    fields=(
        *(goods.storable(model) for model in goods.MODELS),
        *(goods.kind(model) for model in goods.MODELS),
        Field(
            model="stock.move",
            ours="location_final_id",
            theirs=("id",),
            value=lambda *_: False,
            because="every step of a way is there from the start",
        ),
    ),
    methods=(Method(model="res.users", ours="has_group", args=goods.of_oneself),),
    context=(ContextKey(ours="warehouse_id", theirs="warehouse"),),
)
"""From its published source and documentation; no row of it was run against an Odoo 17."""

UNIT_OF_A_VENDOR = "what goods are bought in stands with each vendor price"
UNIT_OF_A_UNIT = "a unit is so many of another one there: relative_factor and relative_uom_id"

ODOO_19 = Differences(
    fields=(
        Field(
            model="product.supplierinfo",
            ours="product_uom",
            theirs=("product_uom_id", "product_tmpl_id"),
            value=lambda _, unit: unit,
            beside=units.stock_units,
            written=lambda value: {"product_uom_id": value},
        ),
        Field(
            model="product.supplierinfo",
            ours="price",
            theirs=("price", "product_tmpl_id", "product_uom_id"),
            value=units.price,
            beside=units.vendor_units,
            written=lambda value: {"price": value},
        ),
        Field(
            model="product.supplierinfo",
            ours="min_qty",
            theirs=("min_qty", "product_tmpl_id", "product_uom_id"),
            value=units.least,
            beside=units.vendor_units,
            written=lambda value: {"min_qty": value},
        ),
        stands_for("product.product", "uom_po_id", "uom_id", UNIT_OF_A_VENDOR),
        stands_for("product.template", "uom_po_id", "uom_id", UNIT_OF_A_VENDOR),
        Field(
            model="purchase.order",
            ours="state",
            theirs=("state", "locked"),
            value=orders.own_lock,
            asked=orders.asked_state(),
            because="its buttons change it",
        ),
        Field(
            model="purchase.order.line",
            ours="state",
            theirs=("state", "order_id"),
            value=orders.locked_is_done,
            beside=orders.locks,
            asked=orders.asked_state("order_id."),
            because="it follows its order",
        ),
        renamed("purchase.order.line", "product_uom", "product_uom_id"),
        renamed("res.users", "groups_id", "group_ids"),
        renamed("sale.order.line", "product_uom", "product_uom_id"),
        Field(
            model="stock.move",
            ours="name",
            theirs=("product_id",),
            value=lambda row, _: row["product_id"][1] if isinstance(row["product_id"], list) else "",
            written=lambda _: {},
            because="ask for its reference",
        ),
        Field(
            model="stock.warehouse.orderpoint",
            ours="qty_multiple",
            theirs=("product_uom", "replenishment_uom_id"),
            value=lambda _, held: 0.0 if held is None else held,
            beside=units.packs,
            because="a rule orders in whole units of its replenishment_uom_id",
        ),
        Field(
            model="uom.uom",
            ours="category_id",
            theirs=("relative_uom_id", "parent_path"),
            value=units.family,
            asked=units.asked_family,
            because=UNIT_OF_A_UNIT,
        ),
        Field(
            model="uom.uom",
            ours="factor",
            theirs=("factor",),
            value=units.per_reference,
            sorts=False,
            because=UNIT_OF_A_UNIT,
        ),
    ),
    methods=(
        Method(model="purchase.order", ours="button_done", theirs="button_lock"),
        Method(ours="activity_schedule", answer=lambda made: f"mail.activity({first(made)},)"),
        Method(ours="message_post", answer=first),
    ),
)

DIFFERENCES: Mapping[int, Differences] = {17: ODOO_17, 18: Differences(), 19: ODOO_19}
