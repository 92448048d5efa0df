"""A new warehouse comes with its locations, its kinds of operation and their numbering."""

from typing import NamedTuple

from scenarios.sandbox.business import locations, supply
from scenarios.sandbox.business.finding import one
from scenarios.sandbox.env import Env, Raw, Values
from scenarios.sandbox.registry import after_create, after_write, compute, on_create


class Operation(NamedTuple):
    """A kind of operation that each warehouse has."""

    field: str
    name: str
    code: str
    sequence_code: str


OPERATIONS = (
    Operation("in_type_id", "Receipts", "incoming", "IN"),
    Operation("out_type_id", "Delivery Orders", "outgoing", "OUT"),
    Operation("int_type_id", "Internal Transfers", "internal", "INT"),
)

STORAGE = Operation("store_type_id", "Storage", "internal", "STOR")
"""What a warehouse that receives in two steps does next."""


@on_create("stock.warehouse")
def fill_warehouse(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    """Locations first: the warehouse itself needs them."""
    company = values.get("company_id") or env.company
    code = values.get("code") or str(values.get("name", ""))[:5].upper()
    view = values.get("view_location_id") or _location(env, code, "view", False, company)
    stock = values.get("lot_stock_id") or _location(env, "Stock", "internal", view, company)
    return {
        "buy_to_resupply": True,
        "sequence": 10,
        "partner_id": one(env, "res.company", company)["partner_id"],
        "wh_input_stock_loc_id": _location(env, "Input", "internal", view, company, active=False),
        "wh_output_stock_loc_id": _location(env, "Output", "internal", view, company, active=False),
        **values,
        "company_id": company,
        "code": code,
        "view_location_id": view,
        "lot_stock_id": stock,
    }


@after_create("stock.warehouse")
def equip_warehouse(env: Env, ids: list[int], _values: Values) -> None:
    """Number and name the operations, and let the locations know their warehouse."""
    for warehouse in ids:
        row = one(env, "stock.warehouse", warehouse)
        env.sudo().write("stock.location", [row["view_location_id"]], {"name": row["code"]})
        types = {
            operation.field: row[operation.field] or _operation(env, row, operation, place)
            for place, operation in enumerate(OPERATIONS)
        }
        env.sudo().write("stock.warehouse", [warehouse], types)
        for kind, back in (("in_type_id", "out_type_id"), ("out_type_id", "in_type_id")):
            env.sudo().write("stock.picking.type", [types[kind]], {"return_picking_type_id": types[back]})
        receive_in_steps(env, [warehouse], {"reception_steps": row["reception_steps"]})
        supply.buy_for(env, {**row, **types})


@after_write("stock.warehouse")
def receive_in_steps(env: Env, ids: list[int], values: Values) -> None:
    """In two steps goods come to the input first and are stored by an operation of its own; in one, to the stock."""
    if "reception_steps" not in values:
        return
    stepwise = values["reception_steps"] == "two_steps"
    for warehouse in env.sudo().rows("stock.warehouse", ids):
        gate = warehouse["wh_input_stock_loc_id"]
        first = gate if stepwise else warehouse["lot_stock_id"]
        env.sudo().write("stock.location", [gate], {"active": stepwise})
        env.sudo().write("stock.picking.type", [warehouse["in_type_id"]], {"default_location_dest_id": first})
        if stepwise and not warehouse["store_type_id"]:
            stored = _operation(env, warehouse, STORAGE, len(OPERATIONS))
            env.sudo().write("stock.picking.type", [stored], {"default_location_src_id": gate})
            env.sudo().write("stock.warehouse", [warehouse["id"]], {"store_type_id": stored})


def _location(env: Env, name: str, usage: str, parent: int | bool, company: int, *, active: bool = True) -> int:
    values = {"name": name, "usage": usage, "location_id": parent, "company_id": company, "active": active}
    return env.sudo().create("stock.location", {**values, "replenish_location": name == "Stock"})


def _operation(env: Env, warehouse: Values, operation: Operation, place: int) -> int:
    stock = warehouse["lot_stock_id"]
    source = locations.outside(env, "supplier") if operation.code == "incoming" else stock
    target = locations.outside(env, "customer") if operation.code == "outgoing" else stock
    return env.sudo().create(
        "stock.picking.type",
        {
            "name": operation.name,
            "code": operation.code,
            "sequence_code": operation.sequence_code,
            "sequence": place,
            "warehouse_id": warehouse["id"],
            "company_id": warehouse["company_id"],
            "default_location_src_id": source,
            "default_location_dest_id": target,
            "use_create_lots": operation.code == "incoming",
            "use_existing_lots": operation.code != "incoming",
        },
    )


@on_create("stock.picking.type")
def fill_operation(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    warehouse = values.get("warehouse_id")
    code = one(env, "stock.warehouse", warehouse)["code"] if warehouse else ""
    prefix = f"{code}/{values.get('sequence_code', '')}/" if code else str(values.get("sequence_code", ""))
    return {**values, "sequence_id": values.get("sequence_id") or _numbering(env, prefix, values)}


def _numbering(env: Env, prefix: str, values: Values) -> int:
    company = values.get("company_id") or env.company
    numbering = {"name": f"Sequence {prefix}", "code": prefix, "prefix": prefix, "padding": 5, "company_id": company}
    return env.sudo().create("ir.sequence", numbering)


@compute("stock.picking.type", "display_name")
def compute_operation_name(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    """The warehouse's name goes first."""
    rows = env.rows("stock.picking.type", ids)
    names = {row["id"]: row["name"] for row in env.sudo().rows("stock.warehouse", [r["warehouse_id"] for r in rows])}
    return {
        row["id"]: {"display_name": ": ".join(filter(None, [names.get(row["warehouse_id"]), row["name"]]))}
        for row in rows
    }
