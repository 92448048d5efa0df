"""Transfers in the sandbox behave as captured from Odoo 18, traps included."""

import pytest

from scenarios.sandbox.faults import AccessError, UserError, ValidationError
from tests.scenarios.sandbox.business.shop import Shop

USER = "base.group_user"


def test_a_new_transfer_gets_number_and_places_from_its_operation(shop: Shop) -> None:
    picking = shop.transfer(shop.tea, 10, origin="EXC/1")

    row, move = shop.row("stock.picking", picking), shop.moves_in(picking)[0]
    assert (row["name"], row["state"], row["origin"]) == ("WH/INT/00001", "draft", "EXC/1")
    assert (row["location_id"], row["location_dest_id"]) == (shop.stock, shop.east_stock)
    assert (move["location_id"], move["location_dest_id"]) == (shop.stock, shop.east_stock)
    assert (move["product_uom"], move["reference"]) == (shop.row("product.product", shop.tea)["uom_id"], "WH/INT/00001")


def test_a_move_without_a_name_is_refused(shop: Shop) -> None:
    move = {"product_id": shop.tea, "product_uom_qty": 1}

    with pytest.raises(ValidationError, match="mandatory"):
        shop.call("stock.picking", "create", {"picking_type_id": shop.internal, "move_ids": [[0, 0, move]]})


def test_a_transfer_without_an_operation_is_refused(shop: Shop) -> None:
    with pytest.raises(ValidationError, match="mandatory"):
        shop.call("stock.picking", "create", {"location_id": shop.stock, "location_dest_id": shop.east_stock})


def test_a_date_given_for_the_transfer_is_its_moves_date(shop: Shop) -> None:
    picking = shop.transfer(shop.tea, 10, scheduled_date="2026-12-01 08:00:00")

    assert shop.moves_in(picking)[0]["date"] == "2026-12-01 08:00:00"


def test_confirming_also_reserves(shop: Shop) -> None:
    shop.put(shop.tea, 30)
    picking = shop.transfer(shop.tea, 10)

    assert shop.call("stock.picking", "action_confirm", [picking]) is True

    assert shop.row("stock.picking", picking)["state"] == "assigned"
    assert shop.moves_in(picking)[0]["quantity"] == 10.0
    assert shop.free(shop.tea, shop.main) == 20.0


def test_confirming_without_stock_waits_and_assigning_later_reserves(shop: Shop) -> None:
    picking = shop.transfer(shop.tea, 10)
    shop.call("stock.picking", "action_confirm", [picking])
    assert shop.row("stock.picking", picking)["state"] == "confirmed"

    shop.put(shop.tea, 4)
    shop.call("stock.picking", "action_assign", [picking])
    assert (shop.row("stock.picking", picking)["state"], shop.moves_in(picking)[0]["state"]) == (
        "assigned",
        "partially_available",
    )

    shop.put(shop.tea, 20)
    shop.call("stock.picking", "action_assign", [picking])
    assert (shop.moves_in(picking)[0]["state"], shop.moves_in(picking)[0]["quantity"]) == ("assigned", 10.0)


def test_assigning_what_is_over_is_refused(shop: Shop) -> None:
    picking = shop.transfer(shop.tea, 10)
    shop.call("stock.picking", "action_cancel", [picking])

    with pytest.raises(UserError, match="Nothing to check"):
        shop.call("stock.picking", "action_assign", [picking])


def test_unreserving_twice_frees_the_stock_once(shop: Shop) -> None:
    shop.put(shop.tea, 30)
    picking = shop.transfer(shop.tea, 10)
    shop.call("stock.picking", "action_confirm", [picking])

    assert shop.call("stock.picking", "do_unreserve", [picking]) is None
    assert shop.call("stock.picking", "do_unreserve", [picking]) is None

    assert shop.free(shop.tea, shop.main) == 30.0
    assert shop.row("stock.picking", picking)["state"] == "confirmed"


def test_cancelling_twice_frees_the_stock_and_is_true(shop: Shop) -> None:
    shop.put(shop.tea, 30)
    picking = shop.transfer(shop.tea, 10)
    shop.call("stock.picking", "action_confirm", [picking])

    assert shop.call("stock.picking", "action_cancel", [picking]) is True
    assert shop.call("stock.picking", "action_cancel", [picking]) is True
    assert shop.call("stock.picking", "action_confirm", [picking]) is True

    assert shop.row("stock.picking", picking)["state"] == "cancel"
    assert shop.free(shop.tea, shop.main) == 30.0


def test_an_empty_transfer_can_be_cancelled(shop: Shop) -> None:
    picking = shop.call("stock.picking", "create", {"picking_type_id": shop.internal})

    shop.call("stock.picking", "action_cancel", [picking])

    assert shop.row("stock.picking", picking)["state"] == "cancel"


def test_validating_moves_the_stock(shop: Shop) -> None:
    shop.put(shop.tea, 30)
    picking = shop.transfer(shop.tea, 10)
    shop.call("stock.picking", "action_confirm", [picking])

    assert shop.call("stock.picking", "button_validate", [picking]) is True

    row = shop.row("stock.picking", picking)
    assert (row["state"], row["date_done"]) == ("done", "2026-11-20 12:00:00")
    assert (shop.free(shop.tea, shop.main), shop.free(shop.tea, shop.east)) == (20.0, 10.0)
    assert [quant["reserved_quantity"] for quant in shop.found("stock.quant", ("quantity", ">", 0))] == [0.0, 0.0]


def test_validating_twice_is_refused(shop: Shop) -> None:
    shop.put(shop.tea, 30)
    picking = shop.transfer(shop.tea, 10)
    shop.call("stock.picking", "button_validate", [picking])

    with pytest.raises(UserError, match="no quantities are reserved"):
        shop.call("stock.picking", "button_validate", [picking])


def test_validating_an_empty_transfer_is_refused(shop: Shop) -> None:
    picking = shop.call("stock.picking", "create", {"picking_type_id": shop.internal})

    with pytest.raises(UserError, match="empty transfer"):
        shop.call("stock.picking", "button_validate", [picking])


def test_validating_what_waits_for_stock_is_refused(shop: Shop) -> None:
    picking = shop.transfer(shop.tea, 10)
    shop.call("stock.picking", "action_confirm", [picking])

    with pytest.raises(UserError, match="no quantities are reserved"):
        shop.call("stock.picking", "button_validate", [picking])


def test_validating_a_draft_takes_stock_below_zero(shop: Shop) -> None:
    picking = shop.transfer(shop.tea, 10)

    assert shop.call("stock.picking", "button_validate", [picking]) is True

    assert shop.call("product.product", "read", [shop.tea], ["qty_available"], context={"warehouse_id": shop.main}) == [
        {"id": shop.tea, "qty_available": -10.0}
    ]


def test_a_partial_transfer_asks_first_and_does_nothing(shop: Shop) -> None:
    shop.put(shop.tea, 4)
    picking = shop.transfer(shop.tea, 10)
    shop.call("stock.picking", "action_confirm", [picking])

    answer = shop.call("stock.picking", "button_validate", [picking])

    assert answer["res_model"] == "stock.backorder.confirmation"
    assert shop.row("stock.picking", picking)["state"] == "assigned"
    assert shop.free(shop.tea, shop.east) == 0.0


def test_skipping_the_question_makes_a_backorder(shop: Shop) -> None:
    shop.put(shop.tea, 4)
    picking = shop.transfer(shop.tea, 10)
    shop.call("stock.picking", "action_confirm", [picking])

    shop.call("stock.picking", "button_validate", [picking], context={"skip_backorder": True})

    rest = shop.found("stock.picking", ("backorder_id", "=", picking))
    assert shop.row("stock.picking", picking)["state"] == "done"
    assert [(row["name"], row["state"], row["origin"]) for row in rest] == [("WH/INT/00002", "confirmed", False)]
    assert [move["product_uom_qty"] for move in shop.moves_in(rest[0]["id"])] == [6.0]


def test_no_backorder_calls_the_rest_off(shop: Shop) -> None:
    shop.put(shop.tea, 4)
    picking = shop.transfer(shop.tea, 10)
    shop.call("stock.picking", "action_confirm", [picking])
    context = {"skip_backorder": True, "picking_ids_not_to_backorder": [picking]}

    shop.call("stock.picking", "button_validate", [picking], context=context)

    assert shop.row("stock.picking", picking)["state"] == "done"
    assert not shop.found("stock.picking", ("backorder_id", "=", picking))
    assert shop.free(shop.tea, shop.east) == 4.0


def test_an_unpicked_move_without_stock_is_called_off_when_there_shall_be_no_backorder(shop: Shop) -> None:
    shop.put(shop.tea, 4)
    mug = {"name": "/", "product_id": shop.mug, "product_uom_qty": 2}
    picking = shop.transfer(shop.tea, 4)
    shop.call("stock.picking", "write", [picking], {"move_ids": [[0, 0, mug]]})
    shop.call("stock.picking", "action_confirm", [picking])
    context = {"skip_backorder": True, "picking_ids_not_to_backorder": [picking]}

    shop.call("stock.picking", "button_validate", [picking], context=context)

    states = {move["product_id"]: move["state"] for move in shop.moves_in(picking)}
    assert states == {shop.tea: "done", shop.mug: "cancel"}


def test_a_done_transfer_is_neither_cancelled_nor_deleted_nor_rescheduled(shop: Shop) -> None:
    shop.put(shop.tea, 30)
    picking = shop.transfer(shop.tea, 10)
    shop.call("stock.picking", "button_validate", [picking])

    for method, values in (
        ("action_cancel", ()),
        ("unlink", ()),
        ("write", ({"scheduled_date": "2026-12-01 08:00:00"},)),
    ):
        with pytest.raises(UserError):
            shop.call("stock.picking", method, [picking], *values)


def test_an_open_transfer_is_deleted_with_its_moves_and_frees_the_stock(shop: Shop) -> None:
    shop.put(shop.tea, 30)
    picking = shop.transfer(shop.tea, 10)
    shop.call("stock.picking", "action_confirm", [picking])

    shop.call("stock.picking", "unlink", [picking])

    assert not shop.found("stock.move")
    assert not shop.found("stock.move.line")
    assert shop.free(shop.tea, shop.main) == 30.0


def test_rescheduling_moves_the_plan_and_not_the_deadline(shop: Shop) -> None:
    picking = shop.receipt(shop.confirmed(shop.tea, 10))["id"]

    shop.call("stock.picking", "write", [picking], {"scheduled_date": "2026-12-28 10:00:00"})

    row = shop.row("stock.picking", picking)
    assert (row["scheduled_date"], row["date_deadline"]) == ("2026-12-28 10:00:00", "2026-11-27 12:00:00")
    assert row["has_deadline_issue"] is True
    assert shop.moves_in(picking)[0]["date"] == "2026-12-28 10:00:00"


def test_another_source_lets_go_there_and_reserves_here(shop: Shop) -> None:
    shop.put(shop.tea, 30)
    shop.put(shop.tea, 30, shop.east_stock)
    picking = shop.transfer(shop.tea, 10, location_dest_id=shop.stock)
    shop.call("stock.picking", "action_confirm", [picking])

    shop.call("stock.picking", "write", [picking], {"location_id": shop.east_stock})

    assert (shop.free(shop.tea, shop.main), shop.free(shop.tea, shop.east)) == (30.0, 20.0)


def test_the_lock_toggles(shop: Shop) -> None:
    picking = shop.transfer(shop.tea, 10)

    assert shop.call("stock.picking", "action_toggle_is_locked", [picking]) is True

    assert shop.row("stock.picking", picking)["is_locked"] is False


def test_equal_moves_of_a_transfer_become_one_when_confirmed(shop: Shop) -> None:
    picking = shop.transfer(shop.tea, 10)
    more = {"name": "/", "product_id": shop.tea, "product_uom_qty": 5}
    shop.call("stock.picking", "action_confirm", [picking])
    shop.call("stock.picking", "write", [picking], {"move_ids": [[0, 0, more]]})

    shop.call("stock.picking", "action_confirm", [picking])

    assert [move["product_uom_qty"] for move in shop.moves_in(picking)] == [15.0]


def test_a_receipt_knows_its_purchase_order(shop: Shop) -> None:
    order = shop.confirmed(shop.tea, 10)

    assert shop.field("stock.picking", shop.receipt(order)["id"], "purchase_id") == order
    assert shop.field("stock.picking", shop.transfer(shop.tea, 1), "purchase_id") is False


def test_all_at_once_waits_for_the_last_move(shop: Shop) -> None:
    shop.put(shop.tea, 4)
    picking = shop.transfer(shop.tea, 10, move_type="one")

    shop.call("stock.picking", "action_confirm", [picking])

    assert shop.row("stock.picking", picking)["state"] == "confirmed"


def test_a_buyer_may_move_goods_and_take_it_back(shop: Shop) -> None:
    shop.put(shop.tea, 10)
    move = {"name": "/", "product_id": shop.tea, "product_uom_qty": 4}
    values = {"picking_type_id": shop.internal, "location_dest_id": shop.east_stock, "move_ids": [[0, 0, move]]}

    picking = shop.call("stock.picking", "create", values, user=shop.buyer)
    shop.call("stock.picking", "action_confirm", [picking], user=shop.buyer)
    assert shop.free(shop.tea, shop.main) == 6.0

    shop.call("stock.picking", "action_cancel", [picking], user=shop.buyer)
    assert shop.free(shop.tea, shop.main) == 10.0


def test_who_has_no_rights_on_transfers_confirms_none(shop: Shop) -> None:
    with shop.engine.transaction() as env:
        plain = env.create("res.users", {"name": "Guest", "login": "guest", "groups_id": [[6, 0, [env.ref(USER)]]]})
    picking = shop.transfer(shop.tea, 4)

    for method in ("action_confirm", "action_assign", "do_unreserve", "action_cancel", "button_validate"):
        with pytest.raises(AccessError):
            shop.call("stock.picking", method, [picking], user=plain)

    assert shop.row("stock.picking", picking)["state"] == "draft"


def test_unreserving_leaves_what_is_picked_or_done_without_a_word(shop: Shop) -> None:
    shop.put(shop.tea, 10)
    shop.put(shop.mug, 10)
    values = [{"name": "/", "product_id": product, "product_uom_qty": 4} for product in (shop.tea, shop.mug)]
    picking = shop.transfer(shop.tea, 4, move_ids=[[0, 0, each] for each in values])
    shop.call("stock.picking", "action_confirm", [picking])
    shop.call("stock.move", "write", [shop.moves_in(picking)[0]["id"]], {"picked": True})

    assert shop.call("stock.picking", "do_unreserve", [picking]) is None
    assert [move["quantity"] for move in shop.moves_in(picking)] == [4.0, 0.0]

    shop.call("stock.picking", "button_validate", [picking], context={"skip_backorder": True})
    assert shop.call("stock.picking", "do_unreserve", [picking]) is None
    assert shop.moves_in(picking)[0]["quantity"] == 4.0
