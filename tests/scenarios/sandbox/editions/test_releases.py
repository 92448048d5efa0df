"""What Odoo 18 and 19 do differently, as a running Odoo of each did it."""

from dataclasses import fields
from typing import Any

import pytest

from scenarios.sandbox.editions.releases import RELEASES, Release
from scenarios.sandbox.faults import AccessError, SandboxFault, UserError, WrongValue
from tests.scenarios.sandbox.editions.test_edition import Nineteen as Played
from tests.scenarios.sandbox.editions.test_edition import played

ORDER, LINE, TRANSFER = "purchase.order", "purchase.order.line", "stock.picking"


@pytest.fixture(params=[18, 19])
def odoo(request: pytest.FixtureRequest) -> Played:
    return played(request.param)


@pytest.fixture
def older() -> Played:
    return played(18)


@pytest.fixture
def newer() -> Played:
    return played(19)


def received(odoo: Played, quantity: float, of: float = 10) -> tuple[int, int]:
    """An order of which so much has come, and the receipt that brought it."""
    order = odoo.world.buy("jug", "WH", of, in_days=7)
    root = odoo.engine.root()
    (receipt,) = root.row(ORDER, order)["picking_ids"]
    with odoo.engine.transaction() as env:
        (move,) = env.search("stock.move", [("picking_id", "=", receipt)])
        env.write("stock.move", move, {"quantity": quantity, "picked": True})
        env.with_context(skip_backorder=True).call(TRANSFER, "button_validate", [receipt])
    return order, receipt


def fault(odoo: Played, model: str, method: str, *args: Any, **kwargs: Any) -> str:
    """What the call is refused with, nothing where it is not."""
    try:
        as_manager(odoo, model, method, *args, **kwargs)
    except SandboxFault as refused:
        return refused.message
    return ""


def as_manager(odoo: Played, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
    return odoo.engine.execute_kw(1, None, model, method, list(args), kwargs)


def line_of(odoo: Played, order: int) -> int:
    return int(odoo.engine.root().row(ORDER, order)["order_line"][0])


def test_every_trait_is_answered_and_tells_the_two_apart() -> None:
    alike = [each.name for each in fields(Release) if len({getattr(r, each.name) for r in RELEASES.values()}) == 1]

    assert alike == []
    assert {version: release.version for version, release in RELEASES.items()} == {18: 18, 19: 19}


def test_a_transfer_is_validated_twice_in_19_only(older: Played, newer: Played) -> None:
    _, once = received(older, 10)
    _, again = received(newer, 10)

    assert "cannot validate" in fault(older, TRANSFER, "button_validate", [once])
    assert as_manager(newer, TRANSFER, "button_validate", [again]) is True


def test_an_order_of_which_something_came_is_cancelled_in_19_only(older: Played, newer: Played) -> None:
    order, _ = received(older, 4)
    other, _ = received(newer, 4)

    assert "receipts that are already done" in fault(older, ORDER, "button_cancel", [order])
    assert fault(newer, ORDER, "button_cancel", [other]) == ""
    moves = newer.engine.root().search("stock.move", [("purchase_line_id", "=", line_of(newer, other))], order="id")
    assert [row["state"] for row in newer.engine.root().rows("stock.move", moves)] == ["done", "cancel"]


def test_a_locked_order_is_done_in_18_and_a_purchase_in_19(older: Played, newer: Played) -> None:
    order, other = (odoo.world.buy("jug", "WH", 5, in_days=7) for odoo in (older, newer))

    as_manager(older, ORDER, "button_done", [order])
    as_manager(newer, ORDER, "button_lock", [other])

    assert older.call(ORDER, "read", [order], ["state"])[0]["state"] == "done"
    (told,) = newer.call(ORDER, "search_read", [["locked", "=", True]], ["state"])
    assert (told["id"], told["state"]) == (other, "purchase")
    assert fault(older, ORDER, "button_cancel", [order]) == ""
    assert "must first unlock them" in fault(newer, ORDER, "button_cancel", [other])


def test_unlocking_looks_at_no_state_in_18(older: Played, newer: Played) -> None:
    order, other = (odoo.world.buy("jug", "WH", 5, in_days=7) for odoo in (older, newer))
    for odoo, each in ((older, order), (newer, other)):
        as_manager(odoo, ORDER, "button_cancel", [each])
        as_manager(odoo, ORDER, "button_unlock", [each])

    assert older.engine.root().row(ORDER, order)["state"] == "purchase"
    assert newer.engine.root().row(ORDER, other)["state"] == "cancel"


def test_less_than_was_received_goes_back_in_19_while_a_receipt_is_open(older: Played, newer: Played) -> None:
    order, _ = received(older, 4)
    other, _ = received(newer, 4)

    assert "Create a return first" in fault(older, LINE, "write", [line_of(older, order)], {"product_qty": 2})
    as_manager(newer, LINE, "write", [line_of(newer, other)], {"product_qty": 2})

    root = newer.engine.root()
    moves = root.rows("stock.move", root.search("stock.move", [("purchase_line_id", "=", line_of(newer, other))]))
    going = [move for move in moves if move["location_dest_usage"] == "supplier"]
    assert [(move["product_uom_qty"], move["state"], move["to_refund"]) for move in going] == [(2.0, "assigned", True)]
    as_manager(newer, TRANSFER, "button_validate", [going[0]["picking_id"]])
    assert root.row(LINE, line_of(newer, other))["qty_received"] == 2.0


def test_less_than_was_received_moves_nothing_once_all_has_come(newer: Played) -> None:
    order, receipt = received(newer, 10)

    as_manager(newer, LINE, "write", [line_of(newer, order)], {"product_qty": 2})

    assert newer.engine.root().row(ORDER, order)["picking_ids"] == [receipt]


def test_lots_past_their_removal_are_free_in_18_only(older: Played, newer: Played) -> None:
    free = []
    for odoo in (older, newer):
        with odoo.engine.transaction() as env:
            values = {"name": "Milk", "is_storable": True, "tracking": "lot", "use_expiration_date": True}
            product = env.create("product.product", values)
            lot = env.create(
                "stock.lot", {"product_id": product, "name": "L1", "expiration_date": "2026-03-01 00:00:00"}
            )
            where = {"product_id": product, "location_id": odoo.world.warehouses["WH"].stock, "lot_id": lot}
            env.create("stock.quant", {**where, "quantity": 7})
        free.append(odoo.call("product.product", "read", [product], ["free_qty", "virtual_available"])[0])

    assert [(row["free_qty"], row["virtual_available"]) for row in free] == [(7.0, 7.0), (0.0, 0.0)]


def test_a_search_by_what_is_not_stored_finds_all_in_18_and_is_refused_in_19(older: Played, newer: Played) -> None:
    asked = [["qty_forecast", "<", -1000]]
    rule = older.world.reorder("jug", "WH", 10, 50)
    newer.world.reorder("jug", "WH", 10, 50)

    assert older.call("stock.warehouse.orderpoint", "search", asked) == [rule]
    with pytest.raises(WrongValue, match="because it is not stored"):
        newer.call("stock.warehouse.orderpoint", "search", asked)


def test_a_sale_is_cancelled_without_a_question_in_19(older: Played, newer: Played) -> None:
    order, other = (odoo.world.sell("lantern", "WH", 1, in_days=9) for odoo in (older, newer))

    assert as_manager(older, "sale.order", "action_cancel", [order])["res_model"] == "sale.order.cancel"
    assert as_manager(newer, "sale.order", "action_cancel", [other]) is True
    assert newer.engine.root().row("sale.order", other)["state"] == "cancel"


def test_a_discount_passes_on_a_locked_sale_in_18_only(older: Played, newer: Played) -> None:
    for odoo, said in ((older, ""), (newer, "Discount")):
        order = odoo.world.sell("lantern", "WH", 1, in_days=9)
        as_manager(odoo, "sale.order", "action_lock", [order])
        (line,) = odoo.engine.root().row("sale.order", order)["order_line"]

        assert (said in fault(odoo, "sale.order.line", "write", [line], {"discount": 5})) is True
        assert bool(fault(odoo, "sale.order.line", "write", [line], {"discount": 5})) is bool(said)


def test_the_day_of_a_done_transfer_may_be_written_in_19_only(older: Played, newer: Played) -> None:
    day = {"scheduled_date": "2026-04-01 00:00:00"}
    _, done = received(older, 10)
    _, other = received(newer, 10)

    assert "done or cancelled" in fault(older, TRANSFER, "write", [done], day)
    assert fault(newer, TRANSFER, "write", [other], day) == ""


def test_a_to_do_that_was_done_stays_in_19(older: Played, newer: Played) -> None:
    left = []
    for odoo in (older, newer):
        order = odoo.world.sell("lantern", "WH", 1, in_days=9)
        as_manager(odoo, "sale.order", "activity_schedule", [order], summary="Look")
        root = odoo.engine.root().with_context(active_test=False)
        (activity,) = root.search("mail.activity", [])
        as_manager(odoo, "mail.activity", "action_feedback", [activity])
        left.append([row["state"] for row in root.rows("mail.activity", [activity])])

    assert left == [[], ["done"]]


def test_what_is_posted_and_scheduled_is_named_by_a_list_in_19(older: Played, newer: Played) -> None:
    for odoo, kind in ((older, (int, str)), (newer, (list, list))):
        order = odoo.world.sell("lantern", "WH", 1, in_days=9)
        message = odoo.call("sale.order", "message_post", [order], body="x")
        activity = odoo.call("sale.order", "activity_schedule", [order], summary="Look")

        assert (type(message), type(activity)) == kind


def test_a_move_needs_a_description_in_18_only(older: Played, newer: Played) -> None:
    for odoo, refused in ((older, True), (newer, False)):
        house = odoo.world.warehouses["WH"]
        move = {"product_id": odoo.world.products["jug"], "product_uom_qty": 1}
        values = {"picking_type_id": house.transfers, "location_id": house.stock, "location_dest_id": house.stock}

        said = fault(odoo, TRANSFER, "create", {**values, "move_ids": [[0, 0, move]]})

        assert ("name" in said) is refused
        assert bool(said) is refused


def test_a_move_without_a_description_is_called_by_its_goods_in_19(newer: Played) -> None:
    house, product = newer.world.warehouses["WH"], newer.world.products["jug"]
    move = {"product_id": product, "product_uom_qty": 1, "location_id": house.stock, "location_dest_id": house.stock}

    made = as_manager(newer, "stock.move", "create", move)

    root = newer.engine.root()
    assert root.row("stock.move", made)["name"] == root.row("product.product", product)["display_name"]


def test_who_has_no_address_writes_notes_in_19_only(older: Played, newer: Played) -> None:
    for odoo, refused in ((older, True), (newer, False)):
        order = odoo.world.buy("jug", "WH", 5, in_days=7)
        as_manager(odoo, "res.users", "write", [odoo.world.users["desk"].uid], {"email": False})

        try:
            odoo.call(ORDER, "message_post", [order], body="Here")
            said = ""
        except UserError as fault:
            said = fault.message

        assert ("sender's email address" in said) is refused


def test_whoever_sees_no_purchases_confirms_no_transfer_in_19(older: Played, newer: Played) -> None:
    for odoo, refused in ((older, False), (newer, True)):
        seller = an_internal_user(odoo, "sales_team.group_sale_salesman_all_leads")
        house, jug = odoo.world.warehouses["WH"], odoo.world.products["jug"]
        places = {"location_id": house.stock, "location_dest_id": house.stock}
        move = {"name": "Jugs", "product_id": jug, "product_uom_qty": 1, **places}
        values = {"picking_type_id": house.transfers, **places, "move_ids": [[0, 0, move]]}
        with odoo.engine.transaction() as env:
            transfer = env.create(TRANSFER, values)

        try:
            odoo.engine.execute_kw(seller, None, TRANSFER, "action_confirm", [[transfer]], {})
            said = ""
        except AccessError as fault:
            said = fault.message

        assert said.startswith("Failed to read field stock.move.created_purchase_line_ids") is refused


def an_internal_user(odoo: Played, group: str) -> int:
    """Somebody who is in that group and no other."""
    with odoo.engine.transaction() as env:
        groups = [env.ref(name) for name in ("base.group_user", group)]
        return int(env.create("res.users", {"name": "Hand", "login": "hand", "groups_id": [(6, 0, groups)]}))


def test_nothing_is_validated_and_nothing_done_is_deleted_with_a_joke_in_19(older: Played, newer: Played) -> None:
    for odoo, empty, done in (
        (older, "if no quantities are reserved", "the picking is done"),
        (newer, "invisible goods", "going back in time"),
    ):
        _, receipt = received(odoo, 4)
        root = odoo.engine.root()
        other = odoo.world.buy("jug", "WH", 5, in_days=7)
        (open_one,) = root.row(ORDER, other)["picking_ids"]
        with odoo.engine.transaction() as env:
            env.write("stock.move", env.search("stock.move", [("picking_id", "=", open_one)]), {"quantity": 0})
        (line, *_) = root.search("stock.move.line", [("picking_id", "=", receipt)])

        assert empty in fault(odoo, TRANSFER, "button_validate", [open_one])
        assert done in fault(odoo, "stock.move.line", "unlink", [line])


def test_what_is_scrapped_goes_to_the_losses_in_19(older: Played, newer: Played) -> None:
    for odoo, place in ((older, "stock.stock_location_scrapped"), (newer, "stock.location_inventory")):
        jug = odoo.world.products["jug"]
        made = as_manager(odoo, "stock.scrap", "create", {"product_id": jug, "scrap_qty": 1})

        assert odoo.engine.root().row("stock.scrap", made)["scrap_location_id"] == odoo.engine.root().ref(place)


def test_a_vendor_sells_by_a_unit_of_its_own_in_19(newer: Played) -> None:
    world, dozen = newer.world, newer.world.units.dozen
    listed = {"partner_id": world.vendor, "price": 12.0, "product_uom_id": dozen, "min_qty": 1}
    product = as_manager(newer, "product.product", "create", {"name": "Spoon", "seller_ids": [[0, 0, listed]]})

    line = {"product_id": product, "product_qty": 2}
    order = as_manager(newer, ORDER, "create", {"partner_id": world.vendor, "order_line": [[0, 0, line]]})

    (told,) = newer.call(LINE, "search_read", [["order_id", "=", order]], ["product_uom_id", "price_unit"])
    assert (told["product_uom_id"][0], told["price_unit"]) == (dozen, 12.0)


def test_a_rule_orders_in_whole_packs_above_its_maximum_in_19_and_below_it_in_18(odoo: Played) -> None:
    rule = odoo.world.reorder("jug", "WH", 10, 50, multiple=12)

    (told,) = odoo.call("stock.warehouse.orderpoint", "read", [rule], ["qty_to_order"])

    assert told["qty_to_order"] == {18: 48.0, 19: 60.0}[odoo.engine.version]


def test_what_nobody_sells_has_no_price_in_18_and_no_rule_in_19(older: Played, newer: Played) -> None:
    for odoo, words in ((older, "no matching vendor price"), (newer, "No rule has been found")):
        jug = odoo.world.products["jug"]
        rule = odoo.world.reorder("jug", "WH", 10, 50)
        with odoo.engine.transaction() as env:
            env.unlink("product.supplierinfo", env.search("product.supplierinfo", []))
            env.write(
                "product.product", [jug], {"route_ids": [(6, 0, [env.ref("purchase_stock.route_warehouse0_buy")])]}
            )

        assert words in fault(odoo, "stock.warehouse.orderpoint", "action_replenish", [rule])


def test_a_group_is_named_otherwise_in_19_where_somebody_is_not_in_it(older: Played, newer: Played) -> None:
    told = {}
    for odoo in (older, newer):
        hand = an_internal_user(odoo, "stock.group_stock_user")
        with pytest.raises(AccessError) as refused:
            odoo.engine.execute_kw(hand, None, "res.users", "create", [{"name": "New", "login": "new"}], {})
        told[odoo.engine.version] = refused.value.message

    assert "Administration/Access Rights" in told[18]
    assert "Administration/Access Rights" not in told[19]


def test_a_pack_is_a_unit_in_19(newer: Played) -> None:
    rule = newer.world.reorder("jug", "WH", 10, 50, multiple=12)

    (told,) = newer.call("stock.warehouse.orderpoint", "read", [rule], ["replenishment_uom_id"])

    assert told["replenishment_uom_id"][0] == newer.world.units.dozen


def test_a_rule_looks_a_horizon_further_in_19() -> None:
    newer = played(19)
    newer.world.sell("jug", "WH", 30, in_days=200)
    rule = newer.world.reorder("jug", "WH", 0, 0)

    (told,) = newer.call("stock.warehouse.orderpoint", "read", [rule], ["lead_horizon_date", "qty_to_order"])

    assert (told["lead_horizon_date"], told["qty_to_order"]) == ("2027-03-02", 30.0)


def test_a_locked_order_is_refused_before_a_bill_is_looked_for(newer: Played) -> None:
    order = newer.world.buy("jug", "WH", 5, in_days=7)
    as_manager(newer, ORDER, "button_lock", [order])

    with pytest.raises(UserError, match="unlock"):
        as_manager(newer, ORDER, "button_cancel", [order])


def test_a_price_that_somebody_typed_stays_in_19_when_the_quantity_changes(odoo: Played) -> None:
    odoo.world.vendor_price("jug", "2.90")
    odoo.world.vendor_price("jug", "2.50", min_qty=20)
    order = odoo.world.buy("jug", "WH", 5, in_days=7, confirm=False)
    line = line_of(odoo, order)
    as_manager(odoo, LINE, "write", [line], {"price_unit": 4})

    as_manager(odoo, LINE, "write", [line], {"product_qty": 30})

    assert odoo.engine.root().row(LINE, line)["price_unit"] == {18: 2.5, 19: 4.0}[odoo.engine.version]


@pytest.mark.parametrize("given", [{"discount": 3}, {"name": "By boat"}, {"date_planned": "2026-05-05 00:00:00"}])
def test_what_is_written_with_a_quantity_keeps_the_offer_as_it_was(odoo: Played, given: dict[str, Any]) -> None:
    odoo.world.vendor_price("jug", "2.90")
    odoo.world.vendor_price("jug", "2.50", min_qty=20)
    order = odoo.world.buy("jug", "WH", 5, in_days=7, confirm=False)
    line = line_of(odoo, order)
    before = odoo.engine.root().row(LINE, line)["price_unit"]

    as_manager(odoo, LINE, "write", [line], {"product_qty": 30, **given})

    assert odoo.engine.root().row(LINE, line)["price_unit"] == before


def test_a_unit_that_a_vendor_does_not_sell_by_has_no_listed_price_in_19(newer: Played) -> None:
    world, units = newer.world, newer.world.units
    listed = {"partner_id": world.vendor, "price": 24.0, "discount": 10, "product_uom_id": units.dozen, "min_qty": 1}
    spoon = {"name": "Spoon", "standard_price": 7, "uom_id": units.unit, "seller_ids": [[0, 0, listed]]}
    product = as_manager(newer, "product.product", "create", spoon)
    pack = as_manager(newer, "uom.uom", "create", {"name": "Six", "relative_factor": 6, "relative_uom_id": units.unit})
    row = {"product_id": product, "product_qty": 2}
    order = as_manager(newer, ORDER, "create", {"partner_id": world.vendor, "order_line": [[0, 0, row]]})
    line = line_of(newer, order)

    as_manager(newer, LINE, "write", [line], {"product_uom_id": pack, "product_qty": 4})

    (told,) = newer.call(LINE, "read", [line], ["price_unit", "discount"])
    assert (told["price_unit"], told["discount"]) == (42.0, 0.0)


def test_arguments_that_18_calls_otherwise_are_refused(newer: Played) -> None:
    assert "unexpected keyword argument 'args'" in fault(newer, "res.partner", "name_search", name="x", args=[])
    assert as_manager(newer, "res.partner", "name_search", name="Harbour", domain=[]) is not None
