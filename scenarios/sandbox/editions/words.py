"""What Odoo 19 calls the things that the sandbox keeps under Odoo 18's names; its fields are recorded beside this."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Words:
    """The names of one version, outer name to the one that is kept."""

    models: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """By the outer model and its field; what is not here is kept as it is called."""
    methods: Mapping[tuple[str, str], str] = field(default_factory=dict)
    gone_models: frozenset[str] = frozenset()
    gone_methods: frozenset[tuple[str, str]] = frozenset()
    """By the outer model and the method; ``*`` stands for every model."""
    private: frozenset[str] = frozenset()
    """Methods of every model that no call from outside reaches."""


INNER = frozenset(
    {"ensure_one", "filtered", "flush_model", "invalidate_model", "mapped", "sorted", "sudo"}
    | {"with_company", "with_context", "with_env", "with_user"}
)
"""Methods that only Odoo's own code calls, in every version."""

ODOO_18 = Words(
    gone_methods=frozenset(
        {("*", "formatted_read_group"), ("purchase.order", "action_acknowledge"), ("stock.rule", "run_scheduler")}
    ),
    private=INNER,
)

ODOO_19 = Words(
    models={"stock.package": "stock.quant.package", "stock.reference": "procurement.group"},
    fields={
        ("purchase.order", "note"): "notes",
        ("purchase.order.line", "product_uom_id"): "product_uom",
        ("purchase.order.line", "tax_ids"): "taxes_id",
        ("res.groups", "user_ids"): "users",
        ("res.users", "group_ids"): "groups_id",
        ("sale.order.line", "product_uom_id"): "product_uom",
        ("sale.order.line", "tax_ids"): "tax_id",
        ("stock.warehouse.orderpoint", "lead_horizon_date"): "lead_days_date",
        ("uom.uom", "factor"): "factor_inv",
    },
    methods={("purchase.order", "button_lock"): "button_done"},
    gone_models=frozenset(
        {"procurement.group", "product.packaging", "sale.order.cancel", "stock.quant.package"}
        | {"stock.valuation.layer", "uom.category"}
    ),
    gone_methods=frozenset({("purchase.order", "button_done")}),
    private=INNER | frozenset({"browse", "check_access", "exists", "fetch", "filtered_domain", "search_fetch"}),
)

WORDS: Mapping[int, Words] = {18: ODOO_18, 19: ODOO_19}
