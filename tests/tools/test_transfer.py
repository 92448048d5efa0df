"""An internal transfer reserves what the donor can spare, and a cancel brings the reservations back."""

from decimal import Decimal

import pytest

from domain.intents import Compensated, Undo
from domain.plans import Draft
from domain.refusals import Refusal
from domain.values import Json
from tests.tools.bench import Bench
from tests.tools.breaking import Colliding
from tools.catalogue import price


def stock(bench: Bench) -> list[tuple[int, float, float]]:
    """Location, quantity and reservation of each quant."""
    rows = bench.root().rows("stock.quant", bench.root().search("stock.quant", []))
    return sorted((row["location_id"], row["quantity"], row["reserved_quantity"]) for row in rows)


def refused(bench: Bench, draft: Draft) -> Refusal:
    found = bench.perform(bench.intent(draft))
    assert isinstance(found, Refusal), found
    assert bench.line.writes == []
    return found


def picking(bench: Bench, undo: Undo) -> int:
    return undo.records[0].id


def take_back(bench: Bench, draft: Draft, meddle: str = "", **values: Json) -> Compensated | Refusal:
    """Carry the draft out, let somebody do something to the transfer, and take it back."""
    intent = bench.intent(draft)
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        if meddle:
            env.call("stock.picking", meddle, [picking(bench, undo)])
        if values:
            env.write("stock.move", [undo.records[1].id], values)
    found = bench.perform(intent.taken_back(undo))
    assert isinstance(found, Compensated | Refusal), found
    return found


def test_a_transfer_reserves_the_stock_and_says_so(bench: Bench) -> None:
    undo = bench.done(bench.intent(bench.transfer("10")))

    row = bench.root().row("stock.picking", picking(bench, undo))
    assert row["state"] == "assigned"
    assert row["scheduled_date"] == "2026-03-03 08:00:00"
    assert "is assigned" in undo.words
    assert (bench.world.warehouses["NTH"].stock, 100.0, 10.0) in stock(bench)


def test_taking_back_brings_stock_and_reservations_back(bench: Bench) -> None:
    before = stock(bench)

    result = take_back(bench, bench.transfer())

    assert isinstance(result, Compensated)
    assert stock(bench) == before


def test_taking_back_twice_is_taking_back_once(bench: Bench) -> None:
    result = take_back(bench, bench.transfer(), meddle="action_cancel")

    assert isinstance(result, Compensated)
    assert "stock.picking.action_cancel" not in bench.line.writes


def test_a_done_transfer_is_not_cancelled_but_returned(bench: Bench) -> None:
    result = take_back(bench, bench.transfer(), meddle="button_validate")

    assert isinstance(result, Refusal)
    assert "return" in result.reason


def test_a_transfer_somebody_changed_is_left_alone(bench: Bench) -> None:
    result = take_back(bench, bench.transfer(), product_uom_qty=4)

    assert isinstance(result, Refusal)
    assert "product_uom_qty was 10.0" in result.reason


def test_a_transfer_somebody_began_to_pick_is_left_alone(bench: Bench) -> None:
    result = take_back(bench, bench.transfer(), picked=True)

    assert isinstance(result, Refusal)
    assert "picked" in result.reason


def test_the_donor_keeps_its_floor(bench: Bench) -> None:
    assert isinstance(bench.perform(bench.intent(bench.transfer("40", keep="60"), case="fits")), Undo)

    found = bench.perform(bench.intent(bench.transfer("1", keep="60"), case="too much"))

    assert isinstance(found, Refusal)
    assert found.reason == "the donor has 60 free and must keep 60; 1 cannot leave"


def test_an_archived_product_does_not_travel(bench: Bench) -> None:
    intent = bench.intent(bench.transfer()).but(touches=())
    with bench.engine.transaction() as env:
        env.write("product.product", bench.world.products["jug"], {"active": False})

    found = bench.perform(intent)

    assert isinstance(found, Refusal)
    assert "archived" in found.reason


@pytest.mark.parametrize(
    ("field", "reason"),
    [("source_location", "location"), ("dest_location", "location"), ("picking_type", "operation type")],
)
def test_places_of_another_kind_are_refused(bench: Bench, field: str, reason: str) -> None:
    draft = bench.transfer()
    strange = (
        bench.world.warehouses["NTH"].receipts
        if field == "picking_type"
        else bench.root().ref("stock.stock_location_customers")
    )

    assert reason in refused(bench, draft.but(params={**draft.params, field: strange})).reason


def test_another_warehouses_operation_type_is_refused(bench: Bench) -> None:
    draft = bench.transfer()
    strange = bench.world.warehouses["STH"].transfers

    assert "belongs to" in refused(bench, draft.but(params={**draft.params, "picking_type": strange})).reason


def test_a_location_that_is_not_there_is_refused(bench: Bench) -> None:
    draft = bench.transfer()

    assert "in sight" in refused(bench, draft.but(params={**draft.params, "source_location": 99999})).reason


def test_another_unit_than_the_products_own_is_refused(bench: Bench) -> None:
    draft = bench.transfer()

    refusal = refused(bench, draft.but(params={**draft.params, "uom": bench.world.units.dozen}))

    assert "not counted in unit" in refusal.reason


def test_stock_that_cannot_be_reserved_whole_is_given_back(bench: Bench) -> None:
    bench.world.stock("bunting", "NTH", 5)
    bench.world.stock("bunting", "NTH", 20, lot="OLD", expires_in=-3)
    before = stock(bench)

    found = bench.perform(bench.intent(bench.transfer("10", product="bunting")))

    assert isinstance(found, Refusal)
    assert found.guard in {"verify", "precondition"}
    assert stock(bench) == before


def test_a_transfer_cancelled_while_the_desk_was_down_is_not_repeated(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    bench.done(intent)
    with bench.engine.transaction() as env:
        env.call("stock.picking", "action_cancel", env.search("stock.picking", [["origin", "=", intent.marker]]))
    bench.ledger.states[intent.key] = "intended"

    found = bench.perform(intent)

    assert isinstance(found, Refusal)
    assert "is cancel" in found.reason
    assert bench.line.writes.count("stock.picking.create") == 1


def test_a_backorder_with_the_same_origin_is_not_a_second_transfer(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        env.call("stock.picking", "copy", [picking(bench, undo)], {"backorder_id": picking(bench, undo)})
    bench.ledger.states[intent.key] = "intended"

    assert isinstance(bench.perform(intent), Undo)


def test_exposure_is_the_goods_at_cost_and_names_both_warehouses(bench: Bench) -> None:
    exposure = bench.priced(bench.transfer("10")).exposure

    assert str(exposure.amount) == "29.00 GBP"
    assert exposure.quantity == 10
    assert exposure.warehouse == bench.world.warehouses["NTH"].id
    assert exposure.receiver == bench.world.warehouses["WH"].id
    assert exposure.warehouses == (exposure.warehouse, exposure.receiver)


def test_a_product_without_cost_is_judged_by_its_price_and_without_both_not_at_all(bench: Bench) -> None:
    jug = bench.world.products["jug"]
    with bench.engine.transaction() as env:
        env.write("product.product", jug, {"standard_price": 0})
    by_price = bench.priced(bench.transfer("2")).exposure
    with bench.engine.transaction() as env:
        env.write("product.product", jug, {"list_price": 0})
    found = price(bench.transfer("2"), bench.gateway.reader(bench.world.company))

    assert by_price.amount.amount == Decimal("11.90")
    assert isinstance(found, Refusal)
    assert "cannot be judged" in found.reason


def test_a_product_out_of_sight_cannot_be_priced(bench: Bench) -> None:
    draft = bench.transfer()

    found = price(draft.but(params={**draft.params, "product": 99999}), bench.gateway.reader(bench.world.company))

    assert isinstance(found, Refusal)
    assert found.guard == "facts"


@pytest.mark.parametrize(
    "wrong",
    [
        {"quantity": "0"},
        {"quantity": "-3"},
        {"quantity": "NaN"},
        {"quantity": "Infinity"},
        {"quantity": "1e30"},
        {"keep": "-1"},
        {"product": True},
        {"product": "7"},
        {"product": 0},
        {"scheduled": "2026-03-03T08:00:00"},
        {"state": "done"},
    ],
    ids=str,
)
def test_parameters_out_of_bounds_are_refused(bench: Bench, wrong: dict[str, Json]) -> None:
    draft = bench.transfer()

    found = price(draft.but(params={**draft.params, **wrong}), bench.gateway.reader(bench.world.company))

    assert isinstance(found, Refusal)
    assert found.guard == "params"


def test_a_transfer_to_itself_is_refused(bench: Bench) -> None:
    draft = bench.transfer()
    nowhere = {**draft.params, "dest_warehouse": draft.params["source_warehouse"]}

    found = price(draft.but(params=nowhere), bench.gateway.reader(bench.world.company))

    assert isinstance(found, Refusal)
    assert "two different warehouses" in found.reason


def test_stock_that_another_reserved_in_the_same_moment_is_given_back(bench: Bench) -> None:
    def also_reserved() -> None:
        with bench.engine.transaction() as env:
            (quant,) = env.search("stock.quant", [["product_id", "=", bench.world.products["jug"]]])
            env.write("stock.quant", quant, {"reserved_quantity": 105})

    line = Colliding(bench.line, "action_confirm", also_reserved)

    outcome = bench.perform(bench.intent(bench.transfer("10")), gateway=bench.over(line))

    assert isinstance(outcome, Refusal)
    assert "somebody reserved at the same moment: the donor holds 5 less than is reserved" in outcome.reason
    assert bench.count("stock.picking", [["state", "!=", "cancel"], ["picking_type_code", "=", "internal"]]) == 0
