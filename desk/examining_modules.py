"""Looks at which modules Odoo has, by the fields that they bring, and which fields the desk reads and does not find."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from desk.examining import Check
from domain.calls import Call
from domain.errors import DeskError
from domain.ports import Transport
from tools.allowlist import FIELDS


class Module(NamedTuple):
    """A module, and how it shows without asking for the list of modules, which not every user may read."""

    name: str
    model: str
    field: str | None
    """A field that it brings; None where it brings the model."""
    needed: bool
    without: str
    """What the desk cannot do without it."""


MODULES = (
    Module("stock", "stock.quant", None, True, "nothing can be told of stock"),
    Module("purchase", "purchase.order", None, True, "nothing can be bought or confirmed"),
    Module("sale", "sale.order", None, True, "no demand is seen but forecasts"),
    Module("purchase_stock", "purchase.order", "picking_type_id", True, "no purchase brings goods to a warehouse"),
    Module("sale_stock", "sale.order", "warehouse_id", True, "no sale takes goods from a warehouse"),
    Module("mail", "mail.activity", None, True, "nobody can be asked or told in Odoo"),
    Module("product_expiry", "stock.lot", "expiration_date", False, "stock that expires is taken for good"),
    Module("mrp", "mrp.bom", None, False, "kits are not sold as their parts"),
    Module("stock_dropshipping", "stock.picking", "is_dropship", False, "vendors deliver to no customer"),
    Module("purchase_requisition", "purchase.order", "requisition_id", False, "alternatives to an RFQ are not known"),
)

Known = Mapping[str, frozenset[str] | None]
"""The fields that the desk's user sees, by model; None where Odoo does not show the model."""


def fields_seen(transport: Transport) -> Known:
    """One question a model, none of them about records."""
    models = dict.fromkeys((*FIELDS, *(module.model for module in MODULES)))
    return {model: _fields(transport, model) for model in models}


def _fields(transport: Transport, model: str) -> frozenset[str] | None:
    asked = Call(model=model, method="fields_get", kwargs={"attributes": ["type"]})
    try:
        answer = transport.execute(asked)
    except DeskError:
        return None
    return frozenset(answer) if isinstance(answer, dict) else None


def module_checks(known: Known) -> Iterator[Check]:
    """What is there, and one line for each module that is missing or hidden."""
    missing = [module for module in MODULES if not _there(module, known)]
    there = ", ".join(module.name for module in MODULES if module not in missing)
    yield Check(name="modules", outcome="ok", found=there or "none is seen", fix=None)
    for module in missing:
        need = "needed" if module.needed else "good to have"
        fix = f"install {module.name} in Odoo, or let the desk's user read {module.model}"
        found = f"not seen, {need}: without it {module.without}"
        yield Check(name=f"module {module.name}", outcome="fail" if module.needed else "ok", found=found, fix=fix)


def _there(module: Module, known: Known) -> bool:
    seen = known.get(module.model)
    return seen is not None and (module.field is None or module.field in seen)


def fields_check(known: Known) -> Check:
    """Whether the desk finds every field that it reads; one behind a group of Odoo is as good as missing."""
    missing = [
        f"{model} {', '.join(lost)}"
        for model, fields in FIELDS.items()
        if (seen := known.get(model)) is not None and (lost := sorted(_own(fields) - seen))
    ]
    if not missing:
        return Check(name="fields", outcome="ok", found="every field that the desk reads")
    fix = "install the module that brings them, or give the desk's user the group that shows them"
    return Check(name="fields", outcome="warn", found=f"not seen: {'; '.join(missing)}", fix=fix)


def _own(fields: frozenset[str]) -> frozenset[str]:
    return frozenset(field for field in fields if "." not in field)
