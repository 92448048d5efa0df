"""Buttons lead to the same lists and forms as in a real Odoo, and what is told of records has the same members."""

from typing import Any

import pytest

from domain.clock import SetClock
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.env import Env
from tests.scenarios.sandbox.shop import NOON
from tests.scenarios.sandbox.test_likeness import asked, refused

KEPT = {
    *("id", "display_name", "name", "type", "xml_id", "path", "domain", "context", "filter", "limit"),
    *("binding_model_id", "binding_type", "binding_view_types", "view_id", "res_id", "res_model", "target"),
    *("view_mode", "mobile_view_mode", "views", "search_view_id", "embedded_action_ids"),
}
"""What Odoo tells of a window in its menus beside its help; the field for its groups changed its name in Odoo 19."""


@pytest.fixture(scope="module", params=[18, 19])
def engine(request: pytest.FixtureRequest) -> Engine:
    return Engine(SetClock(NOON), version=request.param)


@pytest.fixture(scope="module")
def ids(engine: Engine) -> dict[str, int]:
    """A product, an order of it, and its receipt."""
    with engine.transaction() as env:
        product = env.create("product.product", {"name": "Lamp", "is_storable": True})
        order = _order(env, product)
    asked(engine, "purchase.order", "button_confirm", [order])
    (picking,) = asked(engine, "purchase.order", "read", [order], ["picking_ids"])[0]["picking_ids"]
    (move,) = asked(engine, "stock.move", "search", [["picking_id", "=", picking]])
    place = asked(engine, "stock.move", "read", [move], ["location_dest_id"])[0]["location_dest_id"][0]
    rule = asked(engine, "stock.warehouse.orderpoint", "create", {"product_id": product, "location_id": place})
    return {"product": product, "order": order, "picking": picking, "move": move, "rule": rule}


def _order(env: Env, product: int) -> int:
    env.create("stock.warehouse", {"name": "Depot", "code": "DP"})
    vendor = env.create("res.partner", {"name": "Quayside Imports"})
    line = {"product_id": product, "product_qty": 3.0, "price_unit": 2.0}
    return env.create("purchase.order", {"partner_id": vendor, "order_line": [(0, 0, line)]})


def test_an_order_with_one_receipt_opens_its_form(engine: Engine, ids: dict[str, int]) -> None:
    opened = asked(engine, "purchase.order", "action_view_picking", [ids["order"]])

    groups = {"groups_id"} if engine.version == 18 else {"group_ids", "cache"}
    assert set(opened) == KEPT | groups
    assert (opened["res_model"], opened["res_id"]) == ("stock.picking", ids["picking"])
    assert [kind for _, kind in opened["views"]] == ["form", "list", "kanban", "calendar"]


def test_a_quotation_has_no_delivery_to_show(engine: Engine, ids: dict[str, int]) -> None:
    partner = asked(engine, "res.partner", "search", [], limit=1)[0]
    order = asked(engine, "sale.order", "create", {"partner_id": partner})

    assert refused(engine, "sale.order", "action_view_delivery", [order]) == ("IndexError", "tuple index out of range")


@pytest.mark.parametrize(
    ("model", "of", "method", "led"),
    [
        ("stock.picking", "picking", "button_scrap", "stock.scrap"),
        ("stock.picking", "picking", "action_see_move_scrap", "stock.scrap"),
        ("stock.picking", "picking", "action_detailed_operations", "stock.move.line"),
        ("stock.picking", "picking", "action_next_transfer", "stock.picking"),
        ("stock.picking", "picking", "action_view_reception_report", "report.stock.report_reception"),
        ("stock.move", "move", "action_show_details", "stock.move"),
        ("stock.move", "move", "action_product_forecast_report", "product.product"),
        ("stock.warehouse.orderpoint", "rule", "action_product_forecast_report", "product.product"),
        ("stock.warehouse.orderpoint", "rule", "action_stock_replenishment_info", "stock.replenishment.info"),
    ],
)
def test_buttons_lead_somewhere_and_change_nothing(
    engine: Engine, ids: dict[str, int], model: str, of: str, method: str, led: str
) -> None:
    before = engine.digest()

    opened = asked(engine, model, method, [ids[of]])

    assert opened["res_model"] == led
    assert engine.digest() == before


def test_metadata_tell_who_made_a_record_and_its_external_ids(engine: Engine, ids: dict[str, int]) -> None:
    admin = asked(engine, "res.users", "get_metadata", [2])[0]
    order = asked(engine, "purchase.order", "get_metadata", [ids["order"]])[0]

    members = {"id", "create_uid", "create_date", "write_uid", "write_date", "xmlid", "noupdate", "xmlids"}
    assert set(order) == members
    assert (order["xmlid"], order["xmlids"]) == (False, [])
    assert admin["xmlids"] == [{"xmlid": "base.user_admin", "noupdate": False}]


def test_a_field_is_told_with_all_that_odoo_tells_of_its_type(engine: Engine) -> None:
    told = asked(engine, "purchase.order", "fields_get", ["partner_id", "amount_total", "name"])

    common = set(told["name"]) - {"translate", "trim"}
    assert set(told["partner_id"]) - common == {"relation", "context", "domain", "allow_hierachy_operators"}
    assert set(told["amount_total"]) - common == {"currency_field", "aggregator"}
    assert {"change_default", "exportable", "groupable", "sortable", "manual", "depends"} <= common


def test_new_orders_are_called_new_until_they_are_kept(engine: Engine) -> None:
    assert asked(engine, "purchase.order", "default_get", ["name"]) == {"name": "New"}
    assert asked(engine, "stock.scrap", "default_get", ["name"]) == {"name": "New"}


def test_work_of_a_kind_is_done_or_taken_off_a_document(engine: Engine, ids: dict[str, int]) -> None:
    kind = "mail.mail_activity_data_todo"
    for method in ("activity_feedback", "activity_unlink"):
        asked(engine, "purchase.order", "activity_schedule", [ids["order"]], kind)

        assert asked(engine, "purchase.order", method, [ids["order"]], [kind, "mail.no_such_kind"]) is True

        assert _open(engine, ids["order"]) == []


def _open(engine: Engine, order: int) -> Any:
    return asked(engine, "mail.activity", "search", [["res_model", "=", "purchase.order"], ["res_id", "=", order]])


def test_who_follows_a_document_may_stop(engine: Engine, ids: dict[str, int]) -> None:
    asked(engine, "purchase.order", "message_subscribe", [ids["order"]], [1])

    answer = asked(engine, "purchase.order", "message_unsubscribe", [ids["order"]], [1])

    assert answer is None
    assert asked(engine, "mail.followers", "search", [["res_id", "=", ids["order"]], ["partner_id", "=", 1]]) == []


def test_since_odoo_19_nobody_outside_asks_for_the_error_of_an_operation(engine: Engine, ids: dict[str, int]) -> None:
    if engine.version == 18:
        assert asked(engine, "purchase.order", "check_access", [ids["order"]], "write") is None
        return
    assert refused(engine, "purchase.order", "check_access", [ids["order"]], "write")[0] == "AccessError"


def test_in_odoo_18_an_order_that_is_printed_is_a_request_again(engine: Engine, ids: dict[str, int]) -> None:
    order = asked(engine, "purchase.order", "copy", [ids["order"]])
    order = order[0] if isinstance(order, list) else order
    asked(engine, "purchase.order", "button_confirm", [order])

    asked(engine, "purchase.order", "print_quotation", [order])

    state = asked(engine, "purchase.order", "read", [order], ["state"])[0]["state"]
    assert state == ("sent" if engine.version == 18 else "purchase")
