"""The recorded matrix of who may do what, tried by role."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from scenarios.sandbox.faults import AccessError, SandboxFault
from tests.contract.recorded import states
from tests.contract.recorded.lab import Lab

Tried: TypeAlias = tuple[str, str, list[Any] | Callable[[Lab], list[Any]]]


TRIED: Mapping[str, Tried] = {
    "read product": ("product.product", "search_read", [[], ["name"]]),
    "read free_qty": ("product.product", "read", lambda lab: [[lab.products["LAB-A"]], ["free_qty"]]),
    "read cost": ("product.product", "read", lambda lab: [[lab.products["LAB-A"]], ["standard_price"]]),
    "read PO": (states.PO, "search_read", [[], ["name"]]),
    "create PO": (states.PO, "create", lambda lab: [{"partner_id": lab.vendor}]),
    "read SO": (states.SO, "search_read", [[], ["name"]]),
    "create SO": (states.SO, "create", lambda lab: [{"partner_id": lab.customer}]),
    "read picking": (states.PICKING, "search_read", [[], ["name"]]),
    "create picking": (
        states.PICKING,
        "create",
        lambda lab: [
            {"picking_type_id": lab.internal, "location_id": lab.stock, "location_dest_id": lab.east_stock},
        ],
    ),
    "read quant": (states.QUANT, "search_read", [[], ["quantity"]]),
    "create quant direct": (
        states.QUANT,
        "create",
        lambda lab: [{"product_id": lab.products["LAB-A"], "location_id": lab.stock, "quantity": 1}],
    ),
    "read orderpoint": (states.RULE, "search_read", [[], ["product_min_qty"]]),
    "write orderpoint": (states.RULE, "write", lambda lab: [[states.rule(lab)], {"product_min_qty": 1}]),
    "create scrap": (
        "stock.scrap",
        "create",
        lambda lab: [{"product_id": lab.products["LAB-RET"], "scrap_qty": 1, "location_id": lab.stock}],
    ),
    "create return wiz": (states.RETURN, "create", lambda lab: [{"picking_id": states.returnable(lab)}]),
    "write list_price": ("product.template", "write", [[1], {"list_price": 5}]),
    "create pricelist item": (
        "product.pricelist.item",
        "create",
        [{"pricelist_id": 1, "compute_price": "fixed", "fixed_price": 1, "applied_on": "3_global"}],
    ),
    "read supplierinfo": ("product.supplierinfo", "search_read", [[], ["price"]]),
    "write supplierinfo": (
        "product.supplierinfo",
        "write",
        lambda lab: [[lab.rows("product.supplierinfo")[0]["id"]], {"price": 1}],
    ),
    "create xmlid": (
        "ir.model.data",
        "create",
        [{"module": "exc", "name": "x", "model": "res.partner", "res_id": 1}],
    ),
    "read xmlid": ("ir.model.data", "search_read", [[], ["name"]]),
    "read ir.model": ("ir.model", "search_read", [[], ["model"]]),
    "read mail.message": ("mail.message", "search_read", [[], ["body"]]),
}
"""What each row of the matrix tried, by its recorded name."""

NOT_TRIED = frozenset(
    {
        "read invoice",  # of accounting
        "create refund",  # of accounting
        "create activity",  # denied for want of context, which act_create lines show
        "message_post partner",  # on a partner that only some may write
    }
)


def may(lab: Lab, role: str, tried: str) -> bool:
    """Whether somebody of that role may do it."""
    model, method, args = TRIED[tried]
    prepared = args(lab) if callable(args) else args
    try:
        lab.engine.execute_kw(lab.users[f"lab_{role}"], None, model, method, prepared, {})
    except AccessError:
        return False
    except SandboxFault as fault:
        raise AssertionError(f"{role}, {tried}: {fault.name}: {fault.message}") from fault
    return True
