"""Goods that are worth nothing any more leave the stock for the scrap place; nobody is asked twice."""

from scenarios.sandbox.business import doing, uom
from scenarios.sandbox.business.finding import find, one
from scenarios.sandbox.business.quantities import positive, rounded
from scenarios.sandbox.env import Env, Raw, Record
from scenarios.sandbox.faults import UserError
from scenarios.sandbox.registry import before_unlink, method, on_create

MODEL = "stock.scrap"


@on_create(MODEL)
def fill_scrap(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    """From the warehouse's stock to the scrap place, in the product's own unit, where nothing else is said."""
    scrap = {"name": "New", "scrap_qty": 1.0, **values}
    if scrap.get("product_id") and not scrap.get("product_uom_id"):
        scrap["product_uom_id"] = one(env, "product.product", scrap["product_id"])["uom_id"]
    scrap["location_id"] = scrap.get("location_id") or _source(env, scrap)
    scrap["scrap_location_id"] = scrap.get("scrap_location_id") or _scrap_place(env)
    return scrap


def _source(env: Env, scrap: dict[str, Raw]) -> Raw:
    if scrap.get("picking_id"):
        picking = one(env, "stock.picking", scrap["picking_id"])
        return picking["location_dest_id" if picking["state"] == "done" else "location_id"]
    warehouses = find(env, "stock.warehouse", [("company_id", "=", scrap.get("company_id") or env.company)])
    return warehouses[0]["lot_stock_id"] if warehouses else False


def _scrap_place(env: Env) -> int:
    return env.ref("stock.location_inventory" if env.engine.release.scraps_as_loss else "stock.stock_location_scrapped")


@before_unlink(MODEL)
def refuse_done(env: Env, ids: list[int]) -> None:
    if any(scrap["state"] == "done" for scrap in env.rows(MODEL, ids)):
        raise UserError("You cannot delete a scrap which is done.")


@method(MODEL, "action_validate")
def action_validate(env: Env, ids: list[int]) -> bool | dict[str, Raw]:
    """True when the goods are gone, a second time too; a window where there is less than that."""
    scrap = env.row(MODEL, ids[0])
    if not rounded(scrap["scrap_qty"]):
        raise UserError("You can only enter positive quantities.")
    return do_scrap(env, ids) if _enough(env, scrap) else _question(env, scrap)


@method(MODEL, "check_available_qty")
def check_available_qty(env: Env, ids: list[int]) -> bool:
    return _enough(env, env.row(MODEL, ids[0]))


@method(MODEL, "do_scrap")
def do_scrap(env: Env, ids: list[int]) -> bool:
    """The goods leave, whether they are there or not, and as often as it is called."""
    for scrap in env.rows(MODEL, ids):
        name = env.next_name(MODEL)
        doing.at_once(env, _move(scrap, name))
        env.sudo().write(MODEL, [scrap["id"]], {"name": name, "state": "done", "date_done": env.stamp})
    return True


def _move(scrap: Record, name: str) -> dict[str, Raw]:
    same = ("company_id", "product_id", "location_id", "picking_id")
    return {
        **{field: scrap[field] for field in same},
        "name": name,
        "origin": scrap["origin"] or name,
        "product_uom": scrap["product_uom_id"],
        "product_uom_qty": scrap["scrap_qty"],
        "location_dest_id": scrap["scrap_location_id"],
        "scrapped": True,
        "scrap_id": scrap["id"],
        "lot_id": scrap["lot_id"],
    }


def _needed(env: Env, scrap: Record) -> float:
    """In the product's own unit."""
    unit = one(env, "product.product", scrap["product_id"])["uom_id"]
    return uom.convert(env, scrap["scrap_qty"], scrap["product_uom_id"], unit, "HALF-UP")


def _enough(env: Env, scrap: Record) -> bool:
    """Whether so much lies in that very place; what is not stored is always there."""
    if not one(env, "product.product", scrap["product_id"])["is_storable"]:
        return True
    domain = [("product_id", "=", scrap["product_id"]), ("location_id", "=", scrap["location_id"])]
    if scrap["lot_id"]:
        domain.append(("lot_id", "=", scrap["lot_id"]))
    there = sum(quant["quantity"] for quant in find(env, "stock.quant", domain))
    return not positive(_needed(env, scrap) - there)


def _question(env: Env, scrap: Record) -> dict[str, Raw]:
    """The window Odoo would open, having done nothing."""
    product = one(env, "product.product", scrap["product_id"])
    asked = {
        "default_product_id": product["id"],
        "default_location_id": scrap["location_id"],
        "default_scrap_id": scrap["id"],
        "default_quantity": _needed(env, scrap),
        "default_product_uom_name": one(env, "uom.uom", product["uom_id"])["name"],
    }
    return {
        "name": f"{product['display_name']}: Insufficient Quantity To Scrap",
        "view_mode": "form",
        "res_model": "stock.warn.insufficient.qty.scrap",
        "view_id": 901,
        "type": "ir.actions.act_window",
        "context": {**env.context, **asked},
        "target": "new",
    }
