"""Where the buttons of orders, transfers, rules and scraps lead in the web client; none of them changes anything."""

from collections.abc import Sequence

from scenarios.sandbox.business.finding import find
from scenarios.sandbox.business.screens import window
from scenarios.sandbox.env import Env, Raw, Record
from scenarios.sandbox.faults import TooFew
from scenarios.sandbox.registry import method

PICKING, MOVE, SCRAP, RULE = "stock.picking", "stock.move", "stock.scrap", "stock.warehouse.orderpoint"


@method("purchase.order", "action_view_picking")
def action_view_picking(env: Env, ids: list[int]) -> dict[str, Raw]:
    """The order's receipts: a form where there is one, else a list."""
    order = env.row("purchase.order", ids[0])
    context = {"default_partner_id": order["partner_id"], "default_origin": order["name"]}
    return _transfers(env, order["picking_ids"], {**context, "default_picking_type_id": order["picking_type_id"]})


@method("sale.order", "action_view_delivery")
def action_view_delivery(env: Env, ids: list[int]) -> dict[str, Raw]:
    """The order's deliveries; Odoo stumbles where there is none."""
    order = env.row("sale.order", ids[0])
    if not order["picking_ids"]:
        raise TooFew("tuple index out of range")
    return _transfers(env, order["picking_ids"], {"default_partner_id": order["partner_id"]})


@method(SCRAP, "action_get_stock_picking")
def action_get_stock_picking(env: Env, ids: list[int]) -> dict[str, Raw]:
    """The transfer that the goods were scrapped from."""
    return {**_transfers(env, [], {}), "domain": [["id", "=", env.row(SCRAP, ids[0])["picking_id"]]], "context": "{}"}


def _transfers(env: Env, pickings: Sequence[int], context: dict[str, Raw]) -> dict[str, Raw]:
    kinds = ("list", "kanban", "form", "calendar")
    one = len(pickings) == 1
    shown = ("form", *(kind for kind in kinds if kind != "form")) if one else kinds
    opened = window(
        env,
        name="Transfers",
        xml_id="stock.action_picking_tree_all",
        path=False,
        model=PICKING,
        record=pickings[0] if one else 0,
        domain="" if one else [["id", "in", list(pickings)]],
        context=context,
        kinds=kinds,
    )
    return {**opened, "view_id": False, "views": [[False, kind] for kind in shown]}


@method(PICKING, "action_see_move_scrap")
def action_see_move_scrap(env: Env, ids: list[int]) -> dict[str, Raw]:
    """What was scrapped of the transfer's goods."""
    opened = window(
        env,
        name="Scrap Orders",
        xml_id="stock.action_stock_scrap",
        path="scraps" if env.engine.release.windows_have_addresses else False,
        model=SCRAP,
        record=0,
        domain=[["id", "in", [scrap["id"] for scrap in find(env, SCRAP, [("picking_id", "in", ids)])]]],
        context={"create": False},
        kinds=("list", "form", "kanban", "pivot", "graph"),
    )
    return {**opened, "view_id": False, "search_view_id": False}


@method(SCRAP, "action_get_stock_move_lines")
def action_get_stock_move_lines(env: Env, ids: list[int]) -> dict[str, Raw]:
    """What went to the scrap place."""
    moves = find(env, MOVE, [("origin", "=", env.row(SCRAP, ids[0])["name"])])
    return window(
        env,
        name="Moves History",
        xml_id="stock.stock_move_line_action",
        path="moves-history" if env.engine.release.windows_have_addresses else False,
        model="stock.move.line",
        record=0,
        domain=[["move_id", "in", [move["id"] for move in moves]]],
        context="{'search_default_done': 1, 'create': 0}",
        kinds=("list", "kanban", "pivot", "form"),
    )


@method(RULE, "action_stock_replenishment_info")
def action_stock_replenishment_info(env: Env, ids: list[int]) -> dict[str, Raw]:
    """Why the rule orders what it orders."""
    return window(
        env,
        name="Replenishment Information",
        xml_id="stock.action_stock_replenishment_info",
        path=False,
        model="stock.replenishment.info",
        record=ids[0],
        domain=False,
        context="{'default_orderpoint_id': active_id}",
        kinds=("form",),
        target="new",
    )


@method(PICKING, "button_scrap")
def button_scrap(env: Env, ids: list[int]) -> dict[str, Raw]:
    """The form in which a person scraps goods of the transfer."""
    picking = env.row(PICKING, ids[0])
    products = sorted({move["product_id"] for move in find(env, MOVE, [("picking_id", "=", ids[0])])})
    context = {"default_picking_id": ids[0], "product_ids": products, "default_company_id": picking["company_id"]}
    return {**_made_up("Scrap Products", SCRAP, "form"), "view_id": 1, "target": "new", "context": context}


@method(PICKING, "action_detailed_operations")
def action_detailed_operations(env: Env, ids: list[int]) -> dict[str, Raw]:
    """Every line of the transfer."""
    picking = env.row(PICKING, ids[0])
    lines = [line["id"] for line in find(env, "stock.move.line", [("picking_id", "in", ids)])]
    context = {f"default_{field}": picking[field] for field in ("location_id", "location_dest_id", "company_id")}
    kept = {"default_picking_id": ids[0], **context, "create": picking["state"] not in ("done", "cancel")}
    opened = _made_up("Detailed Operations", "stock.move.line", "list")
    return {**opened, "domain": [["id", "in", lines]], "context": kept}


@method(MOVE, "action_show_details")
def action_show_details(env: Env, ids: list[int]) -> dict[str, Raw]:
    """The lines of one move."""
    env.row(MOVE, ids[0])
    opened = _made_up("Detailed Operations", MOVE, "form")
    return {**opened, "view_id": 1, "target": "new", "res_id": ids[0], "context": {}}


def _made_up(name: str, model: str, kind: str) -> dict[str, Raw]:
    """A window that a method makes up tells less of itself than one that is kept in the menus."""
    shown = {"type": "ir.actions.act_window", "view_mode": kind, "views": [[1, kind]]}
    return {"name": name, "res_model": model, **shown}


@method(PICKING, "action_next_transfer")
def action_next_transfer(env: Env, ids: list[int]) -> dict[str, Raw]:
    """The transfers that go on with these goods."""
    moves = env.rows(MOVE, [move["id"] for move in find(env, MOVE, [("picking_id", "in", ids)])])
    after = env.rows(MOVE, sorted({each for move in moves for each in move["move_dest_ids"]}))
    shown = {"type": "ir.actions.act_window", "views": [[False, "list"], [False, "form"]]}
    domain = [["id", "in", sorted({move["picking_id"] for move in after if move["picking_id"]})]]
    return {"name": "Next Transfers", "res_model": PICKING, **shown, "domain": domain}


@method("sale.order", "action_preview_sale_order")
def action_preview_sale_order(env: Env, ids: list[int]) -> dict[str, Raw]:
    """The order as its customer sees it."""
    env.row("sale.order", ids[0])
    return {"type": "ir.actions.act_url", "target": "self", "url": f"/my/orders/{ids[0]}"}


@method(MOVE, "action_product_forecast_report")
def action_forecast_of_move(env: Env, ids: list[int]) -> dict[str, Raw]:
    """What is to come and go of the move's product."""
    return _forecast(env.row(MOVE, ids[0]), {"move_to_match_ids": ids})


@method(RULE, "action_product_forecast_report")
def action_forecast_of_rule(env: Env, ids: list[int]) -> dict[str, Raw]:
    """What is to come and go of the rule's product."""
    rule = env.row(RULE, ids[0])
    return _forecast(rule, {"qty_to_order": rule["qty_to_order"]})


def _forecast(row: Record, more: dict[str, Raw]) -> dict[str, Raw]:
    of = {"active_id": row["product_id"], "active_model": "product.product"}
    context = {**of, **more, "warehouse_id": row["warehouse_id"]}
    return _client(
        "Forecasted Report", "stock_forecasted", "stock_forecasted_product_product_action", "product.product", context
    )


@method(PICKING, "action_view_reception_report")
def action_view_reception_report(_env: Env, _ids: list[int]) -> dict[str, Raw]:
    """Which waiting deliveries the goods are for."""
    model = "report.stock.report_reception"
    return _client("Reception Report", "reception_report", "stock_reception_action", model, "{}")


def _client(name: str, tag: str, xml_id: str, model: str, context: Raw) -> dict[str, Raw]:
    """A report that the web client draws by itself."""
    bound = {"binding_model_id": False, "binding_type": "action", "binding_view_types": "list,form"}
    told = {"id": 1, "name": name, "display_name": name, "type": "ir.actions.client", "xml_id": f"stock.{xml_id}"}
    shown = {"tag": tag, "target": "current", "res_model": model, "context": context, "params": False}
    return {**told, "path": False, **bound, **shown}


@method("mail.activity", "action_close_dialog")
def action_close_dialog(_env: Env, _ids: list[int]) -> dict[str, Raw]:
    return {"type": "ir.actions.act_window_close"}
