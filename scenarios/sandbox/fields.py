"""What models and fields the sandbox knows: recorded from a real Odoo, with the links between them."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from domain.errors import Misuse
from scenarios.sandbox.labels import LABELS

NUMERIC = frozenset({"integer", "float", "monetary", "many2one_reference"})
MANY = frozenset({"one2many", "many2many"})
LOG_COLUMNS = frozenset({"id", "create_uid", "create_date", "write_uid", "write_date"})

DELEGATES = {"product.product": ("product_tmpl_id", "product.template"), "res.users": ("partner_id", "res.partner")}
"""Models that show another model's fields as their own, and the field that leads there."""

PARENTS = {
    "product.category": "parent_id",
    "res.company": "parent_id",
    "res.partner": "parent_id",
    "res.partner.category": "parent_id",
    "stock.location": "location_id",
}
"""The field that ``child_of`` climbs."""

INVERSES = {
    ("account.move", "reversal_move_ids"): "reversed_entry_id",
    ("product.pricelist", "item_ids"): "pricelist_id",
    ("res.partner", "child_ids"): "parent_id",
    ("res.partner", "invoice_ids"): "partner_id",
    ("res.partner", "sale_order_ids"): "partner_id",
    ("stock.picking", "backorder_ids"): "backorder_id",
    ("stock.picking", "return_ids"): "return_id",
    ("stock.warehouse", "resupply_route_ids"): "supplied_wh_id",
}
"""One2many fields whose other end cannot be told from the relation alone."""

MIRRORS = {
    ("product.tag", "product_product_ids"): "additional_product_tag_ids",
    ("product.tag", "product_template_ids"): "product_tag_ids",
    ("res.company", "user_ids"): "company_ids",
    ("res.groups", "users"): "groups_id",
    ("res.partner.category", "partner_ids"): "category_id",
    ("stock.move", "move_orig_ids"): "move_dest_ids",
    ("stock.route", "categ_ids"): "route_ids",
    ("stock.route", "product_ids"): "route_ids",
    ("stock.route", "warehouse_ids"): "route_ids",
}
"""Many2many fields kept at their other end, and what they are called there."""

THREADS = {
    "activity_ids": ("mail.activity", "res_model"),
    "message_follower_ids": ("mail.followers", "res_model"),
    "message_ids": ("mail.message", "model"),
}
"""One2many fields that any document has, through a model's name and ``res_id``."""

MODEL_LABELS = {
    "account.move": "Journal Entry",
    "account.move.line": "Journal Item",
    "account.payment.term": "Payment Terms",
    "account.tax": "Tax",
    "crm.tag": "CRM Tag",
    "crm.team": "Sales Team",
    "ir.config_parameter": "System Parameter",
    "ir.model": "Models",
    "ir.model.data": "Model Data",
    "ir.module.category": "Application",
    "ir.module.module": "Module",
    "ir.sequence": "Sequence",
    "mail.activity": "Activity",
    "mail.activity.type": "Activity Type",
    "mail.followers": "Document Followers",
    "mail.mail": "Outgoing Mails",
    "mail.message": "Message",
    "mail.message.subtype": "Message subtypes",
    "mrp.bom": "Bill of Material",
    "mrp.bom.line": "Bill of Material Line",
    "product.pricelist": "Pricelist",
    "product.pricelist.item": "Pricelist Rule",
    "product.product": "Product Variant",
    "product.supplierinfo": "Supplier Pricelist",
    "product.template": "Product",
    "purchase.order": "Purchase Order",
    "purchase.order.line": "Purchase Order Line",
    "res.company": "Companies",
    "res.country": "Country",
    "res.currency": "Currency",
    "res.currency.rate": "Currency Rate",
    "res.groups": "Access Groups",
    "res.lang": "Languages",
    "res.partner": "Contact",
    "res.partner.category": "Partner Tags",
    "res.users": "User",
    "res.users.apikeys": "Users API Keys",
    "sale.order": "Sales Order",
    "sale.order.cancel": "Sales Order Cancel",
    "sale.order.line": "Sales Order Line",
    "stock.backorder.confirmation": "Backorder Confirmation",
    "stock.location": "Inventory Locations",
    "stock.lot": "Lot/Serial",
    "stock.move": "Stock Move",
    "stock.move.line": "Product Moves (Stock Move Line)",
    "stock.picking": "Transfer",
    "stock.picking.type": "Picking Type",
    "stock.quant": "Quants",
    "stock.quant.package": "Packages",
    "stock.return.picking": "Return Picking",
    "stock.return.picking.line": "Return Picking Line",
    "stock.route": "Inventory Routes",
    "stock.scrap": "Scrap",
    "stock.warehouse": "Warehouse",
    "stock.warehouse.orderpoint": "Minimum Inventory Rule",
    "uom.category": "Product UoM Categories",
    "uom.uom": "Product Unit of Measure",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One field of a model, and where its value comes from when it is not a column."""

    name: str
    type: str
    label: str
    required: bool
    readonly: bool
    stored: bool
    relation: str
    selection: tuple[tuple[Any, str], ...]
    company_dependent: bool
    searchable: bool = True
    """Whether a domain may ask about it, stored or not."""
    inverse: str = ""
    """For a one2many: the many2one (or ``res_id``) at the other end."""
    thread: str = ""
    """For messages, activities and followers: the field at the other end that names the model."""
    mirror: str = ""
    """For a many2many kept at its other end: its name there."""
    delegate: str = ""
    """The many2one whose record has this field."""

    @property
    def empty(self) -> Any:
        """What an unset field reads as, raw; a list is a new one every time."""
        if self.type in NUMERIC:
            return 0 if self.type.startswith(("integer", "many2one")) else 0.0
        return [] if self.type in MANY else False

    @property
    def column(self) -> bool:
        """Whether the value is kept in the record's own row."""
        return self.stored and self.type != "one2many" and not self.mirror

    @property
    def many(self) -> bool:
        return self.type in MANY


@dataclass(frozen=True, kw_only=True, slots=True)
class Model:
    """A model's name, label and fields."""

    name: str
    label: str
    fields: Mapping[str, Field]
    delegate: tuple[str, str] | None
    per_company: frozenset[str] = field(default_factory=frozenset)

    @property
    def parent(self) -> str:
        """The field that leads to the record above, for ``child_of``; empty where there is none."""
        return PARENTS.get(self.name, "")


@cache
def definitions(version: int) -> Mapping[str, Model]:
    """Every model of that Odoo version by its own names, from the recorded definitions."""
    packed = Path(__file__).with_name("contract") / f"fields{version}.json.gz"
    if not packed.exists():
        raise Misuse(
            f"the sandbox can be an Odoo 18 or 19, not {version}: there are no recorded field definitions of it"
        )
    recorded = json.loads(gzip.decompress(packed.read_bytes()))
    return {name: _model(name, recorded) for name in recorded}


def _model(name: str, recorded: Mapping[str, Any]) -> Model:
    fields = {key: _field(name, key, recorded) for key in recorded[name]}
    return Model(
        name=name,
        label=MODEL_LABELS.get(name, name.replace(".", " ").title()),
        fields=fields,
        delegate=DELEGATES.get(name),
        per_company=frozenset(f.name for f in fields.values() if f.company_dependent and f.stored),
    )


def _field(model: str, name: str, recorded: Mapping[str, Any]) -> Field:
    kind, flags, *rest = recorded[model][name]
    relation = rest[0] if rest else ""
    thread = THREADS.get(name) if kind == "one2many" else None
    return Field(
        name=name,
        type=kind,
        label=LABELS.get((model, name), name.removesuffix("_ids").removesuffix("_id").replace("_", " ").title()),
        required="r" in flags,
        readonly="o" in flags,
        stored="s" in flags,
        relation=relation,
        selection=tuple((value, text) for value, text in rest[1]) if len(rest) > 1 else (),
        company_dependent="c" in flags,
        searchable=bool({"q", "s"} & set(flags)),
        inverse="res_id" if thread else _inverse(model, name, kind, relation, recorded),
        thread=thread[1] if thread else "",
        mirror=MIRRORS.get((model, name), ""),
        delegate=_delegate(model, name, flags, recorded),
    )


def _inverse(model: str, name: str, kind: str, relation: str, recorded: Mapping[str, Any]) -> str:
    """The only many2one that leads back, when there is exactly one."""
    if kind != "one2many":
        return ""
    back = [
        other
        for other, (its_kind, _, *rest) in recorded.get(relation, {}).items()
        if its_kind == "many2one" and rest[0] == model and other not in LOG_COLUMNS
    ]
    return INVERSES.get((model, name), back[0] if len(back) == 1 else "")


def _delegate(model: str, name: str, flags: str, recorded: Mapping[str, Any]) -> str:
    link, parent = DELEGATES.get(model, ("", ""))
    if not link or "s" in flags or name in THREADS:
        return ""
    theirs = recorded[parent].get(name)
    return link if theirs is not None and "s" in theirs[1] else ""
