"""Moves, their lines and what they hold of the stock."""

import pytest

from scenarios.sandbox.faults import UserError
from tests.scenarios.sandbox.business.shop import Shop


def lots_of(shop: Shop, *expiries: str) -> list[int]:
    template = shop.row("product.product", shop.tea)["product_tmpl_id"]
    tracked = {"tracking": "lot", "use_expiration_date": True, "removal_time": 2}
    shop.call("product.template", "write", [template], tracked)
    return [_lot(shop, day) for day in expiries]


def _lot(shop: Shop, day: str) -> int:
    values = {"name": f"LOT-{day}", "product_id": shop.tea, "expiration_date": f"{day} 00:00:00"}
    return int(shop.call("stock.lot", "create", values))


def test_the_first_to_expire_is_reserved_first_and_expired_lots_never(shop: Shop) -> None:
    late, gone, soon = lots_of(shop, "2027-05-01", "2026-11-01", "2026-12-24")
    for lot in (late, gone, soon):
        shop.put(shop.tea, 5, lot_id=lot)
    picking = shop.transfer(shop.tea, 7)

    shop.call("stock.picking", "action_confirm", [picking])

    held = {line["lot_id"]: line["quantity"] for line in shop.found("stock.move.line")}
    assert held == {soon: 5.0, late: 2.0}
    assert shop.free(shop.tea) == 8.0


def test_stock_that_expires_before_the_move_is_not_reserved(shop: Shop) -> None:
    (soon,) = lots_of(shop, "2026-12-24")
    shop.put(shop.tea, 5, lot_id=soon)
    picking = shop.transfer(shop.tea, 5, scheduled_date="2027-01-15 08:00:00")

    shop.call("stock.picking", "action_confirm", [picking])

    assert shop.row("stock.picking", picking)["state"] == "confirmed"


def test_without_expiry_the_oldest_stock_goes_first(shop: Shop) -> None:
    template = shop.row("product.product", shop.tea)["product_tmpl_id"]
    shop.call("product.template", "write", [template], {"tracking": "lot"})
    new, old = (shop.call("stock.lot", "create", {"name": name, "product_id": shop.tea}) for name in ("NEW", "OLD"))
    shop.put(shop.tea, 5, lot_id=new, in_date="2026-11-10 00:00:00")
    shop.put(shop.tea, 5, lot_id=old, in_date="2026-10-10 00:00:00")
    picking = shop.transfer(shop.tea, 3)

    shop.call("stock.picking", "action_confirm", [picking])

    assert [line["lot_id"] for line in shop.found("stock.move.line")] == [old]


def test_shipping_an_expired_lot_asks_first(shop: Shop) -> None:
    (soon,) = lots_of(shop, "2026-11-30")
    shop.put(shop.tea, 5, lot_id=soon)
    picking = shop.transfer(shop.tea, 5)
    shop.call("stock.picking", "action_confirm", [picking])
    shop.call("stock.lot", "write", [soon], {"expiration_date": "2026-11-19 00:00:00"})

    answer = shop.call("stock.picking", "button_validate", [picking])
    assert answer["res_model"] == "expiry.picking.confirmation"
    assert shop.row("stock.picking", picking)["state"] == "assigned"

    assert shop.call("stock.picking", "button_validate", [picking], context={"skip_expired": True}) is True


def test_a_lot_s_new_expiry_stands_on_its_stock(shop: Shop) -> None:
    (lot,) = lots_of(shop, "2026-12-24")
    quant = shop.put(shop.tea, 5, lot_id=lot)
    assert shop.row("stock.quant", quant)["removal_date"] == "2026-12-22 00:00:00"

    shop.call("stock.lot", "write", [lot], {"expiration_date": "2027-01-24 00:00:00"})

    assert shop.row("stock.quant", quant)["expiration_date"] == "2027-01-24 00:00:00"


def test_a_lot_tells_what_is_left_where_and_whether_it_expired(shop: Shop) -> None:
    lot, gone = lots_of(shop, "2026-12-24", "2026-11-01")
    shop.put(shop.tea, 5, lot_id=lot)

    told = shop.call("stock.lot", "read", [lot, gone], ["product_qty", "location_id", "product_expiry_alert"])

    assert [(row["product_qty"], bool(row["location_id"]), row["product_expiry_alert"]) for row in told] == [
        (5.0, True, False),
        (0.0, False, True),
    ]


def test_a_lot_without_a_date_expires_by_the_product_s_days(shop: Shop) -> None:
    lots_of(shop)
    shop.call("product.product", "write", [shop.tea], {"expiration_time": 10})

    lot = shop.call("stock.lot", "create", {"name": "X", "product_id": shop.tea})

    assert shop.row("stock.lot", lot)["expiration_date"] == "2026-11-30 12:00:00"


def test_receiving_a_tracked_product_wants_a_lot_and_makes_it(shop: Shop) -> None:
    lots_of(shop)
    order = shop.confirmed(shop.tea, 6)
    picking = shop.receipt(order)["id"]
    with pytest.raises(UserError, match="Lot/Serial"):
        shop.call("stock.picking", "button_validate", [picking])

    lines = [line["id"] for line in shop.found("stock.move.line")]
    shop.call("stock.move.line", "write", lines, {"lot_name": "L-1", "expiration_date": "2027-02-01 00:00:00"})
    shop.call("stock.picking", "button_validate", [picking])

    (lot,) = shop.found("stock.lot")
    assert (lot["name"], lot["expiration_date"]) == ("L-1", "2027-02-01 00:00:00")
    assert [q["lot_id"] for q in shop.found("stock.quant", ("location_id", "=", shop.stock))] == [lot["id"]]


def test_writing_a_quantity_accepts_over_reservation(shop: Shop) -> None:
    shop.put(shop.tea, 6)
    picking = shop.transfer(shop.tea, 9)
    shop.call("stock.picking", "action_confirm", [picking])
    move = shop.moves_in(picking)[0]["id"]

    shop.call("stock.move", "write", [move], {"quantity": 9})

    assert shop.row("stock.move", move)["state"] == "assigned"
    assert shop.free(shop.tea, shop.main) == -3.0


def test_writing_a_smaller_quantity_lets_go(shop: Shop) -> None:
    shop.put(shop.tea, 9)
    picking = shop.transfer(shop.tea, 9)
    shop.call("stock.picking", "action_confirm", [picking])
    move = shop.moves_in(picking)[0]["id"]

    shop.call("stock.move", "write", [move], {"quantity": 4})
    assert (shop.row("stock.move", move)["state"], shop.free(shop.tea, shop.main)) == ("partially_available", 5.0)

    shop.call("stock.move", "write", [move], {"quantity": 0})
    assert (shop.row("stock.move", move)["state"], shop.free(shop.tea, shop.main)) == ("confirmed", 9.0)


def test_a_smaller_demand_lets_go_of_what_was_held(shop: Shop) -> None:
    shop.put(shop.tea, 9)
    picking = shop.transfer(shop.tea, 9)
    shop.call("stock.picking", "action_confirm", [picking])
    move = shop.moves_in(picking)[0]["id"]

    shop.call("stock.move", "write", [move], {"product_uom_qty": 5})

    assert (shop.row("stock.move", move)["state"], shop.free(shop.tea, shop.main)) == ("confirmed", 9.0)


def test_stock_owed_elsewhere_in_the_branch_is_not_promised_twice(shop: Shop) -> None:
    shelf = shop.call("stock.location", "create", {"name": "Shelf", "location_id": shop.stock})
    shop.put(shop.tea, 10)
    shop.put(shop.tea, -4, shelf)
    picking = shop.transfer(shop.tea, 10)

    shop.call("stock.picking", "action_confirm", [picking])

    assert shop.moves_in(picking)[0]["quantity"] == 6.0


def test_stock_on_a_shelf_serves_the_warehouse(shop: Shop) -> None:
    shelf = shop.call("stock.location", "create", {"name": "Shelf", "location_id": shop.stock})
    shop.put(shop.tea, 10, shelf)
    picking = shop.transfer(shop.tea, 10)

    shop.call("stock.picking", "action_confirm", [picking])

    assert [line["location_id"] for line in shop.found("stock.move.line")] == [shelf]
    assert shop.row("stock.location", shelf)["complete_name"] == "WH/Stock/Shelf"
    assert shop.row("stock.location", shelf)["warehouse_id"] == shop.main


def test_a_cancelled_move_takes_no_quantity_and_a_done_one_no_other_unit(shop: Shop) -> None:
    dozen = shop.engine.root().ref("uom.product_uom_dozen")
    shop.put(shop.tea, 10)
    off, done = shop.transfer(shop.tea, 1), shop.transfer(shop.tea, 1)
    shop.call("stock.picking", "action_cancel", [off])
    shop.call("stock.picking", "button_validate", [done])

    with pytest.raises(UserError, match="cancelled stock move"):
        shop.call("stock.move", "write", [shop.moves_in(off)[0]["id"]], {"quantity": 1})
    with pytest.raises(UserError, match="'Done'"):
        shop.call("stock.move", "write", [shop.moves_in(done)[0]["id"]], {"product_uom": dozen})


def test_an_open_move_is_deleted_with_what_it_holds(shop: Shop) -> None:
    shop.put(shop.tea, 5)
    picking = shop.transfer(shop.tea, 1)
    shop.call("stock.picking", "action_confirm", [picking])

    shop.call("stock.move", "unlink", [shop.moves_in(picking)[0]["id"]])

    assert shop.moves_in(picking) == []
    assert shop.free(shop.tea) == 5.0


def test_a_move_that_another_one_waits_for_stays(shop: Shop) -> None:
    first, second = (shop.moves_in(shop.transfer(shop.tea, 1))[0] for _ in range(2))
    with shop.engine.transaction() as env:
        env.write("stock.move", second["id"], {"move_orig_ids": [(6, 0, [first["id"]])]})
    shop.call("stock.picking", "action_confirm", [first["picking_id"]])

    with pytest.raises(UserError, match="You can not delete moves linked to another operation"):
        shop.call("stock.move", "unlink", [first["id"]])


def test_a_done_move_stays(shop: Shop) -> None:
    shop.put(shop.tea, 5)
    picking = shop.transfer(shop.tea, 1)
    shop.call("stock.picking", "button_validate", [picking])

    with pytest.raises(UserError, match="You can only correct the done quantities"):
        shop.call("stock.move", "unlink", [shop.moves_in(picking)[0]["id"]])


def test_the_lines_go_where_the_move_goes_and_are_picked_with_it(shop: Shop) -> None:
    shop.put(shop.tea, 5)
    picking = shop.transfer(shop.tea, 5)
    shop.call("stock.picking", "action_confirm", [picking])
    move = shop.moves_in(picking)[0]["id"]

    shop.call("stock.move", "write", [move], {"location_dest_id": shop.stock, "picked": True})

    line = shop.found("stock.move.line", ("move_id", "=", move))[0]
    assert (line["location_dest_id"], line["picked"]) == (shop.stock, True)


def test_a_transfer_is_copied_with_its_moves(shop: Shop) -> None:
    shop.put(shop.tea, 5)
    picking = shop.transfer(shop.tea, 5)
    shop.call("stock.picking", "button_validate", [picking])

    copied = shop.call("stock.picking", "copy", [picking])[0]

    move = shop.moves_in(copied)[0]
    assert (move["state"], move["product_uom_qty"], move["quantity"], move["picked"]) == ("draft", 5.0, 0.0, False)


def test_a_done_transfer_that_is_sent_elsewhere_takes_its_goods_there(shop: Shop) -> None:
    shop.put(shop.tea, 5)
    picking = shop.transfer(shop.tea, 5)
    shop.call("stock.picking", "button_validate", [picking])

    shop.call("stock.picking", "write", [picking], {"location_dest_id": shop.stock})

    assert shop.moves_in(picking)[0]["location_dest_id"] == shop.stock
    assert (shop.free(shop.tea, shop.main), shop.free(shop.tea, shop.east)) == (5.0, 0.0)


def test_done_lines_are_corrected_but_not_deleted(shop: Shop) -> None:
    shop.put(shop.tea, 10)
    shop.call("stock.picking", "button_validate", [shop.transfer(shop.tea, 1)])
    line = shop.found("stock.move.line")[0]["id"]

    shop.call("stock.move.line", "write", [line], {"quantity": 5})

    assert shop.found("stock.move.line")[0]["quantity"] == 5.0
    with pytest.raises(UserError):
        shop.call("stock.move.line", "unlink", [line])


def test_a_line_moved_to_another_shelf_holds_there(shop: Shop) -> None:
    shelf = shop.call("stock.location", "create", {"name": "Shelf", "location_id": shop.stock})
    here, there = shop.put(shop.tea, 5), shop.put(shop.tea, 5, shelf)
    picking = shop.transfer(shop.tea, 5)
    shop.call("stock.picking", "action_confirm", [picking])
    line = shop.found("stock.move.line")[0]["id"]

    shop.call("stock.move.line", "write", [line], {"location_id": shelf})

    assert shop.row("stock.quant", here)["reserved_quantity"] == 0.0
    assert shop.row("stock.quant", there)["reserved_quantity"] == 5.0
    assert shop.field("stock.quant", there, "available_quantity") == 0.0


def test_a_transfer_in_dozens_reserves_units(shop: Shop) -> None:
    dozen = shop.engine.root().ref("uom.product_uom_dozen")
    shop.put(shop.tea, 30)
    move = {"name": "/", "product_id": shop.tea, "product_uom_qty": 2, "product_uom": dozen}
    picking = shop.transfer(shop.tea, 1, move_ids=[[0, 0, move]])

    shop.call("stock.picking", "action_confirm", [picking])

    row = shop.moves_in(picking)[0]
    assert (row["product_qty"], row["quantity"], row["state"]) == (24.0, 2.0, "assigned")
    assert shop.free(shop.tea, shop.main) == 6.0


def test_a_move_made_with_its_quantity_is_served(shop: Shop) -> None:
    shop.put(shop.tea, 5)
    move = {"name": "/", "product_id": shop.tea, "product_uom_qty": 5, "quantity": 5, "picked": True}
    picking = shop.transfer(shop.tea, 1, move_ids=[[0, 0, move]])

    assert shop.call("stock.picking", "button_validate", [picking]) is True

    assert shop.free(shop.tea, shop.east) == 5.0


def test_a_move_may_stand_alone(shop: Shop) -> None:
    values = {"name": "x", "product_id": shop.tea, "product_uom_qty": 2}
    places = {"location_id": shop.stock, "location_dest_id": shop.east_stock}

    move = shop.call("stock.move", "create", {**values, **places})

    assert (shop.row("stock.move", move)["state"], shop.row("stock.move", move)["product_qty"]) == ("draft", 2.0)


def reserved(shop: Shop, quantity: float, **more: object) -> int:
    picking = shop.transfer(shop.tea, quantity, **more)
    shop.call("stock.picking", "action_confirm", [picking])
    return picking


def test_taking_what_others_hold_makes_the_latest_let_go_first(shop: Shop) -> None:
    shop.put(shop.tea, 10)
    early, late = reserved(shop, 4), reserved(shop, 6, scheduled_date="2026-12-24 08:00:00")

    assert shop.call("stock.picking", "button_validate", [shop.transfer(shop.tea, 5)]) is True

    assert shop.moves_in(late)[0]["quantity"] == 1.0
    assert shop.moves_in(early)[0]["quantity"] == 4.0
    assert shop.free(shop.tea, shop.main) == 0.0


def test_an_over_reserved_transfer_that_leaves_first_leaves_nothing_for_the_other(shop: Shop) -> None:
    shop.put(shop.tea, 10)
    first, second = reserved(shop, 4), reserved(shop, 6)
    shop.call("stock.move", "write", [shop.moves_in(first)[0]["id"]], {"quantity": 10, "product_uom_qty": 10})

    shop.call("stock.picking", "button_validate", [first])

    with pytest.raises(UserError, match="no quantities are reserved"):
        shop.call("stock.picking", "button_validate", [second])


def test_goods_that_arrive_serve_what_waits_for_them(shop: Shop) -> None:
    order = shop.sold(shop.tea, 4)
    (picking,) = shop.found("stock.picking", ("sale_id", "=", order))
    assert picking["state"] == "confirmed"

    shop.receive(shop.confirmed(shop.tea, 10))

    assert shop.row("stock.picking", picking["id"])["state"] == "assigned"
    assert shop.free(shop.tea, shop.main) == 6.0


def test_a_line_that_a_person_adds_changes_or_takes_away_counts_on_its_move(shop: Shop) -> None:
    shop.put(shop.tea, 10)
    picking = shop.transfer(shop.tea, 6)
    shop.call("stock.picking", "action_confirm", [picking])
    line = shop.found("stock.move.line", ("picking_id", "=", picking))[0]["id"]

    def held() -> tuple[float, str, float]:
        move = shop.moves_in(picking)[0]
        return move["quantity"], move["state"], shop.free(shop.tea)

    shop.call("stock.move.line", "write", [line], {"quantity": 4})
    assert held() == (4.0, "partially_available", 6.0)

    shop.call("stock.move.line", "unlink", [line])
    assert held() == (0.0, "confirmed", 10.0)

    shop.call("stock.move.line", "create", {"move_id": shop.moves_in(picking)[0]["id"], "quantity": 6})
    assert held() == (6.0, "assigned", 4.0)
