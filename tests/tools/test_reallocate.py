"""A reservation goes from one delivery to another, whole and undisputed, and comes back."""

from decimal import Decimal

import pytest

from domain.calls import Call
from domain.faults import OutcomeUnknown
from domain.intents import Compensated, Later, Stale, Undo, Unknown
from domain.plans import Draft
from domain.refusals import Refusal
from domain.values import Json
from tests.tools.bench import Bench
from tests.tools.breaking import Breaking, Killed
from tests.tools.state import standing
from tools.catalogue import CATALOGUE, price


def held(bench: Bench, picking: int) -> list[float]:
    root = bench.root()
    return [
        row["quantity"] for row in root.rows("stock.move", root.search("stock.move", [["picking_id", "=", picking]]))
    ]


def refused(bench: Bench, draft: Draft) -> str:
    """Why the gateway refuses it, with nothing sent."""
    found = bench.perform(bench.intent(draft))
    assert isinstance(found, Refusal), found
    assert bench.line.writes == []
    return found.reason


def taken_back(
    bench: Bench, draft: Draft, meddle: str = "", picking: int = 0, **context: Json
) -> Compensated | Refusal | Unknown:
    """Carry it out, let somebody do something to one delivery, and take it back."""
    intent = bench.intent(draft)
    undo = bench.done(intent)
    if meddle:
        with bench.engine.transaction() as env:
            env.with_context(**context).call("stock.picking", meddle, [picking])
    found = bench.perform(intent.taken_back(undo))
    assert isinstance(found, Compensated | Refusal | Unknown), found
    return found


def test_the_second_delivery_is_served_and_the_first_keeps_the_rest(bench: Bench) -> None:
    first, second = bench.rivals()

    undo = bench.done(bench.intent(bench.reallocate("4", between=(first, second))))

    assert (held(bench, first), held(bench, second)) == ([4.0], [5.0])
    assert "had reserved went to" in undo.words
    assert bench.line.writes == [
        "stock.picking.do_unreserve",
        "stock.picking.action_assign",
        "stock.picking.action_assign",
    ]


def test_taking_back_brings_every_reservation_back(bench: Bench) -> None:
    draft = bench.reallocate()
    before = standing(bench)

    result = taken_back(bench, draft)

    assert isinstance(result, Compensated)
    assert result.remains is None
    assert standing(bench) == before


def test_a_step_says_who_loses_and_who_wins(bench: Bench) -> None:
    first, second = bench.rivals()
    names = [row["name"] for row in bench.root().rows("stock.picking", [first, second])]

    step = bench.priced(bench.reallocate("4", between=(first, second)))

    assert step.words == (
        f"give 4 Units of “[47566] Party bunting” reserved by “{names[0]}” for “Harbour Street Gifts” "
        f"to “{names[1]}” for “Harbour Street Gifts”"
    )
    assert (step.exposure.customer, step.exposure.product) == (bench.world.customer, bench.world.products["bunting"])
    assert step.exposure.warehouse == bench.world.warehouses["WH"].id
    assert step.exposure.quantity == Decimal(4)
    assert str(step.exposure.amount) == "8.40 GBP"


def test_the_loser_is_the_company_behind_the_contact_who_ordered(bench: Bench) -> None:
    first, second = bench.rivals()
    with bench.engine.transaction() as env:
        contact = env.create("res.partner", {"name": "Their shop floor", "parent_id": bench.world.customer})
        env.write("sale.order", env.row("stock.picking", first)["sale_id"], {"partner_id": contact})

    step = bench.priced(bench.reallocate("4", between=(first, second)))

    assert step.exposure.customer == bench.world.customer
    assert "Their shop floor" in step.words


@pytest.mark.parametrize(
    ("quantity", "reason"),
    [("9", "holds 8 of it"), ("5", "lacks 4 of it"), ("3", "the other would lose 4")],
)
def test_only_what_the_loser_would_really_lose_is_given(bench: Bench, quantity: str, reason: str) -> None:
    assert reason in refused(bench, bench.reallocate(quantity))


def test_goods_that_are_free_are_not_taken_from_anybody(bench: Bench) -> None:
    draft = bench.reallocate("4")
    bench.world.stock("bunting", "WH", 3)

    assert "lacks 4 where 3 are free: the other would lose 1" in refused(bench, draft)
    assert isinstance(bench.perform(bench.intent(draft.but(params={**draft.params, "quantity": "1"}), case="C2")), Undo)


def test_two_deliveries_that_dispute_another_product_are_shared_out_by_hand(bench: Bench) -> None:
    world = bench.world
    for product in ("bunting", "lantern"):
        world.stock(product, "WH", 8)
    first, second = (_both(bench, quantity, days) for quantity, days in ((8, 9), (4, 2)))

    reason = refused(bench, bench.reallocate("4", between=(first, second)))

    assert "both deliveries want product" in reason


def test_the_loser_s_other_goods_stay_reserved(bench: Bench) -> None:
    bench.world.stock("bunting", "WH", 8)
    bench.world.stock("lantern", "WH", 8)
    first = _both(bench, 8, 9)
    second = bench.deliveries(bench.world.sell("bunting", "WH", 4, in_days=2))[0]

    bench.done(bench.intent(bench.reallocate("4", between=(first, second))))

    assert (held(bench, first), held(bench, second)) == ([4.0, 8.0], [4.0])


def _both(bench: Bench, quantity: float, days: int) -> int:
    """One delivery of two products."""
    with bench.engine.transaction() as env:
        names = ("bunting", "lantern")
        lines = [[0, 0, {"product_id": bench.world.products[name], "product_uom_qty": quantity}] for name in names]
        when = bench.world.day(days).strftime("%Y-%m-%d %H:%M:%S")
        values = {"partner_id": bench.world.customer, "commitment_date": when, "order_line": lines}
        order = env.create("sale.order", {**values, "warehouse_id": bench.world.warehouses["WH"].id})
        env.call("sale.order", "action_confirm", [order])
    return bench.deliveries(order)[0]


def test_goods_that_somebody_picks_stay_where_they_are(bench: Bench) -> None:
    first, second = bench.rivals()
    draft = bench.reallocate("4", between=(first, second))
    with bench.engine.transaction() as env:
        env.write("stock.move", env.search("stock.move", [["picking_id", "=", first]]), {"picked": True})

    assert "somebody is picking" in refused(bench, draft)


def test_goods_that_are_packed_stay_where_they_are(bench: Bench) -> None:
    first, second = bench.rivals()
    with bench.engine.transaction() as env:
        package = env.create("stock.quant.package", {"name": "PACK1"})
        lines = env.search("stock.move.line", [["picking_id", "=", first]])
        env.write("stock.move.line", lines, {"result_package_id": package})

    assert "packed" in refused(bench, bench.reallocate("4", between=(first, second)))


def test_goods_that_come_by_a_chain_of_moves_stay_in_it(bench: Bench) -> None:
    first, second = bench.rivals()
    with bench.engine.transaction() as env:
        env.write(
            "stock.move", env.search("stock.move", [["picking_id", "=", second]]), {"procure_method": "make_to_order"}
        )

    assert "of their own" in refused(bench, bench.reallocate("4", between=(first, second)))


def test_a_delivery_that_left_or_was_cancelled_gives_nothing(bench: Bench) -> None:
    first, second = bench.rivals()
    draft = bench.reallocate("4", between=(first, second))
    stale = bench.intent(draft)
    with bench.engine.transaction() as env:
        env.with_context(skip_backorder=True).call("stock.picking", "button_validate", [first])

    assert isinstance(bench.perform(stale), Stale)
    found = bench.perform(bench.intent(draft, case="C2"))
    assert isinstance(found, Refusal)
    assert "is done" in found.reason
    assert bench.line.writes == []


def test_what_is_picked_for_a_customer_before_it_is_shipped_changes_hands_too(bench: Bench) -> None:
    """Odoo 18 makes the shipment of a warehouse that picks first only once the goods are picked."""
    rivals = bench.rivals()
    with bench.engine.transaction() as env:
        env.write("stock.picking", list(rivals), {"picking_type_id": bench.world.warehouses["WH"].transfers})

    assert isinstance(bench.perform(bench.intent(bench.reallocate("4", between=rivals))), Undo)


def test_a_delivery_of_another_warehouse_or_another_kind_is_refused(bench: Bench) -> None:
    first, second = bench.rivals()
    draft = bench.reallocate("4", between=(first, second))
    north = bench.world.warehouses["NTH"].id
    transfer = bench.done(bench.intent(bench.transfer(), case="C2")).records[0].id
    bench.line.calls.clear()

    assert "leaves another warehouse" in refused(bench, draft.but(params={**draft.params, "warehouse": north}))
    elsewhere = draft.but(params={**draft.params, "to_picking": transfer})
    found = bench.perform(bench.intent(elsewhere, case="C3"))
    assert isinstance(found, Refusal)
    assert "is no delivery to a customer" in found.reason


def test_a_delivery_out_of_sight_cannot_be_priced(bench: Bench) -> None:
    draft = bench.reallocate()

    found = price(draft.but(params={**draft.params, "to_picking": 99999}), bench.gateway.reader(bench.world.company))

    assert isinstance(found, Refusal)
    assert found.guard == "facts"


@pytest.mark.parametrize(
    "wrong", [{"quantity": "0"}, {"quantity": "NaN"}, {"product": "7"}, {"warehouse": True}, {"state": "done"}], ids=str
)
def test_parameters_out_of_bounds_are_refused(bench: Bench, wrong: dict[str, Json]) -> None:
    draft = bench.reallocate()

    found = price(draft.but(params={**draft.params, **wrong}), bench.gateway.reader(bench.world.company))

    assert isinstance(found, Refusal)
    assert found.guard == "params"


def test_a_delivery_gives_nothing_to_itself(bench: Bench) -> None:
    draft = bench.reallocate()
    itself = {**draft.params, "to_picking": draft.params["from_picking"]}

    found = price(draft.but(params=itself), bench.gateway.reader(bench.world.company))

    assert isinstance(found, Refusal)
    assert "to another one" in found.reason


def test_an_assign_that_answers_true_and_reserves_nothing_is_taken_back(bench: Bench) -> None:
    first, second = bench.rivals()
    intent = bench.intent(bench.reallocate("4", between=(first, second)))
    before = standing(bench)
    idle = _Idle(bench, method="action_assign", record=second)

    found = bench.perform(intent, gateway=bench.over(idle))

    assert isinstance(found, Refusal)
    assert found.guard == "verify"
    assert "gained 0 of 4" in found.reason
    assert standing(bench) == before


class _Idle:
    """Odoo answers True to one call on one record and does nothing."""

    def __init__(self, bench: Bench, *, method: str, record: int) -> None:
        self._line = bench.line
        self._silent = (method, [record])
        self.uid = bench.line.uid

    def execute(self, call: Call) -> Json:
        return True if (call.method, call.args[0] if call.args else None) == self._silent else self._line.execute(call)


def test_goods_that_others_snatch_between_the_calls_freeze_the_case(bench: Bench) -> None:
    first, second = bench.rivals()
    third = bench.deliveries(bench.world.sell("bunting", "WH", 20, in_days=1))[0]
    intent = bench.intent(bench.reallocate("4", between=(first, second)))
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after")))
    with bench.engine.transaction() as env:
        env.call("stock.picking", "action_assign", [third])

    found = bench.perform(intent)

    assert isinstance(found, Unknown)
    assert "not all of it could be reserved again" in found.reason


def test_a_loser_that_would_lose_more_than_approved_freezes_the_case(bench: Bench) -> None:
    first, second = bench.rivals()
    third = bench.deliveries(bench.world.sell("bunting", "WH", 4, in_days=1))[0]
    intent = bench.intent(bench.reallocate("4", between=(first, second)))
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after")))
    with bench.engine.transaction() as env:
        env.call("stock.picking", "action_assign", [third])

    found = bench.perform(intent)

    assert isinstance(found, Unknown)
    assert "lost 8 where 4 were approved" in found.reason


def test_a_loser_whose_other_goods_somebody_took_freezes_the_case(bench: Bench) -> None:
    bench.world.stock("bunting", "WH", 8)
    bench.world.stock("lantern", "WH", 8)
    first = _both(bench, 8, 9)
    second = bench.deliveries(bench.world.sell("bunting", "WH", 4, in_days=2))[0]
    third = bench.deliveries(bench.world.sell("lantern", "WH", 5, in_days=1))[0]
    intent = bench.intent(bench.reallocate("4", between=(first, second)))
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after")))
    with bench.engine.transaction() as env:
        env.call("stock.picking", "action_assign", [third])

    found = bench.perform(intent)

    assert isinstance(found, Unknown)
    assert "lost more than that" in found.reason


@pytest.mark.parametrize("nth", [1, 2])
def test_a_run_that_was_cut_off_does_not_unreserve_again(bench: Bench, nth: int) -> None:
    intent = bench.intent(bench.reallocate())
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, nth, "after")))

    assert isinstance(bench.perform(intent), Undo)
    assert bench.line.writes.count("stock.picking.do_unreserve") == 1


@pytest.mark.parametrize(
    ("meddled", "answer"),
    [({"quantity": 7.0}, Stale), ({"quantity": 7.0, "picked": True}, Unknown), ({"product_uom_qty": 7.0}, Unknown)],
    ids=["less reserved", "picking", "less wanted"],
)
def test_what_somebody_else_took_before_the_first_call_is_not_taken_for_the_desk_s(
    bench: Bench, meddled: dict[str, Json], answer: type[Stale] | type[Unknown]
) -> None:
    first, second = bench.rivals()
    intent = bench.intent(bench.reallocate("4", between=(first, second)))
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "before")))
    with bench.engine.transaction() as env:
        env.write("stock.move", env.search("stock.move", [["picking_id", "=", first]]), meddled)
    before = standing(bench)
    bench.line.calls.clear()

    found = bench.perform(intent)

    assert isinstance(found, answer), found
    assert bench.line.writes == []
    assert standing(bench) == before


def test_goods_without_a_worth_and_deliveries_too_long_to_overlook_are_shared_out_by_hand(bench: Bench) -> None:
    first, second = bench.rivals()
    draft = bench.reallocate("4", between=(first, second))
    reads = bench.gateway.reader(bench.world.company)
    with bench.engine.transaction() as env:
        move = {"name": "/", "product_id": bench.world.products["jug"], "product_uom_qty": 1, "picking_id": second}
        for _ in range(100):
            env.create("stock.move", move)
    long = price(draft, reads)
    with bench.engine.transaction() as env:
        env.write("product.product", bench.world.products["bunting"], {"standard_price": 0, "list_price": 0})
    worthless = price(draft, reads)

    assert isinstance(long, Refusal)
    assert "have 102 lines" in long.reason
    assert isinstance(worthless, Refusal)
    assert "cannot be judged" in worthless.reason


def test_goods_that_have_left_are_not_taken_back(bench: Bench) -> None:
    first, second = bench.rivals()

    result = taken_back(bench, bench.reallocate("4", between=(first, second)), "button_validate", second)

    assert isinstance(result, Refusal)
    assert "is done by now" in result.reason


def test_a_delivery_cancelled_since_is_left_alone(bench: Bench) -> None:
    first, second = bench.rivals()

    result = taken_back(bench, bench.reallocate("4", between=(first, second)), "action_cancel", first)

    assert isinstance(result, Refusal)
    assert "is cancel by now" in result.reason


@pytest.mark.parametrize("meddled", [{"picked": True}, {"product_uom_qty": 6}], ids=str)
def test_a_delivery_that_somebody_went_on_with_is_left_alone(bench: Bench, meddled: dict[str, Json]) -> None:
    first, second = bench.rivals()
    intent = bench.intent(bench.reallocate("4", between=(first, second)))
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        env.write("stock.move", env.search("stock.move", [["picking_id", "=", first]]), meddled)
    bench.line.calls.clear()

    result = bench.perform(intent.taken_back(undo))

    assert isinstance(result, Refusal)
    assert "somebody changed it since" in result.reason
    assert bench.line.writes == []


def test_a_delivery_that_got_its_goods_again_needs_nothing_back(bench: Bench) -> None:
    first, second = bench.rivals()
    draft = bench.reallocate("4", between=(first, second))
    intent = bench.intent(draft)
    undo = bench.done(intent)
    bench.world.stock("bunting", "WH", 10)
    with bench.engine.transaction() as env:
        env.call("stock.picking", "action_assign", [first])
        env.call("stock.picking", "button_validate", [first])
    bench.line.calls.clear()

    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)
    assert bench.line.writes == []


def test_a_delivery_that_held_nothing_gets_nothing_more_on_the_way_back(bench: Bench) -> None:
    first, second = bench.rivals(held=8, wanted=4, had=0)
    intent = bench.intent(bench.reallocate("4", between=(first, second)))
    undo = bench.done(intent)
    bench.world.stock("bunting", "WH", 3)

    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)
    assert (held(bench, first), held(bench, second)) == ([8.0], [0.0])


@pytest.mark.parametrize("nth", [1, 2])
def test_a_way_back_that_was_cut_off_does_not_unreserve_again(bench: Bench, nth: int) -> None:
    intent = bench.intent(bench.reallocate())
    back = intent.taken_back(bench.done(intent))
    bench.line.calls.clear()
    with pytest.raises(Killed):
        bench.perform(back, gateway=bench.over(Breaking(bench.line, nth, "after")))

    assert isinstance(bench.perform(back), Compensated)
    assert bench.line.writes.count("stock.picking.do_unreserve") == 1


def test_another_lot_than_before_is_told(bench: Bench) -> None:
    for lot, quantity, days in (("OLD", 5, 20), ("NEW", 5, 40)):
        bench.world.stock("bunting", "WH", quantity, lot=lot, expires_in=days)
    first = bench.deliveries(bench.world.sell("bunting", "WH", 5, in_days=9))[0]
    second = bench.deliveries(bench.world.sell("bunting", "WH", 7, in_days=2))[0]
    _choose_lots(bench, first, second)
    draft = bench.reallocate("2", between=(first, second))

    result = taken_back(bench, draft)

    assert isinstance(result, Compensated)
    assert result.remains is not None
    assert "another lot" in result.remains
    assert (held(bench, first), held(bench, second)) == ([5.0], [5.0])


def _choose_lots(bench: Bench, first: int, second: int) -> None:
    """Somebody gave the newer lot to the first delivery and the older to the second."""
    with bench.engine.transaction() as env:
        env.call("stock.picking", "do_unreserve", [first, second])
        env.call("stock.picking", "action_assign", [second])
        env.write("stock.move", env.search("stock.move", [["picking_id", "=", second]]), {"quantity": 5})
        env.call("stock.picking", "action_assign", [first])


def test_a_lost_answer_to_any_call_is_looked_up(bench: Bench) -> None:
    for nth in (1, 2, 3):
        bench = Bench()
        first, second = bench.rivals()
        intent = bench.intent(bench.reallocate("4", between=(first, second)))

        found = bench.perform(intent, gateway=bench.over(Breaking(bench.line, nth, "after", OutcomeUnknown)))

        assert isinstance(found, Undo)
        assert (held(bench, first), held(bench, second)) == ([4.0], [5.0])


def test_taking_back_waits_for_an_odoo_that_is_down(bench: Bench) -> None:
    intent = bench.intent(bench.reallocate())
    back = intent.taken_back(bench.done(intent))
    bench.fail("stock.move.line.search_read", "down")

    assert isinstance(bench.perform(back), Later)
    assert isinstance(bench.perform(back), Compensated)


def test_undo_words_name_both(bench: Bench) -> None:
    undo = bench.done(bench.intent(bench.reallocate()))

    assert "unreserve both, reserve “WH/OUT/" in CATALOGUE["stock.reallocate"].undo_words(undo)
