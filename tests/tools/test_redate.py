"""The day of an ordered line moves with its receipt, once the vendor agreed, and goes back while nobody acted on it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest

from domain.calls import Call
from domain.faults import OutcomeUnknown
from domain.intents import Compensated, Intent, Stale, Undo, Unknown
from domain.refusals import Refusal
from domain.values import Json, Row
from tests.tools.bench import Bench
from tests.tools.breaking import Breaking, Killed
from tools.reads.moves import open_moves

ORDER, LINE, MOVE, RECEIPT = "purchase.order", "purchase.order.line", "stock.move", "stock.picking"
WRITES = [f"{MOVE}.write", f"{LINE}.write"]


def line_of(intent: Intent) -> int:
    line = intent.params["line"]
    assert isinstance(line, int)
    return line


def moves_of(bench: Bench, line: int) -> list[int]:
    return bench.root().search(MOVE, [["purchase_line_id", "=", line]], order="id")


def days(bench: Bench, line: int) -> Row:
    """Every day that the line, its order, its receipts and the stock's forecast carry."""
    root = bench.root()
    row = root.row(LINE, line)
    receipts = root.row(ORDER, row["order_id"])["picking_ids"]
    return {
        "line": row["date_planned"],
        "order": root.row(ORDER, row["order_id"])["date_planned"],
        "moves": [[move["date"], move["date_deadline"]] for move in root.rows(MOVE, moves_of(bench, line))],
        "receipts": [[row["scheduled_date"], row["date_deadline"]] for row in root.rows(RECEIPT, receipts)],
    }


def moved(bench: Bench, planned: str = "2026-03-16") -> tuple[Intent, Undo, int]:
    intent = bench.intent(bench.redate(planned))
    undo = bench.done(intent)
    return intent, undo, line_of(intent)


@pytest.mark.parametrize("planned", ["2026-03-16", "2026-03-04"])
def test_line_order_moves_and_receipt_come_on_the_agreed_day(bench: Bench, planned: str) -> None:
    _, undo, line = moved(bench, planned)

    at = f"{planned} 08:00:00"
    assert days(bench, line) == {"line": at, "order": at, "moves": [[at, at]], "receipts": [[at, at]]}
    assert bench.line.writes == WRITES
    assert undo.words.startswith("“[22427] Enamel flower jug cream” of P00001 is expected on")


def test_the_forecast_follows(bench: Bench) -> None:
    moved(bench)

    expected = open_moves(bench.gateway.reader(bench.world.company), bench.world.products["jug"])

    assert [move.at for move in expected if move.purchase_line] == [datetime(2026, 3, 16, 8, tzinfo=UTC)]


def test_what_else_the_receipt_brings_keeps_its_day(bench: Bench) -> None:
    order = bench.world.buy("jug", "WH", 24, in_days=7)
    with bench.engine.transaction() as env:
        values = {"order_id": order, "product_id": bench.world.products["lantern"], "product_qty": 5}
        other = env.create(LINE, {**values, "date_planned": "2026-03-09 08:00:00"})

    bench.done(bench.intent(bench.redate("2026-03-20", order=order)))

    (move,) = bench.root().rows(MOVE, moves_of(bench, other))
    assert move["date"] == move["date_deadline"] == "2026-03-09 08:00:00"
    assert days(bench, other)["receipts"] == [["2026-03-09 08:00:00"] * 2]


def test_the_money_that_comes_another_day_is_exposed(bench: Bench) -> None:
    step = bench.priced(bench.redate("2026-03-04"))

    exposure = step.exposure
    assert str(exposure.amount) == "69.60 GBP"
    assert (exposure.quantity, exposure.product) == (Decimal(24), bench.world.products["jug"])
    assert (exposure.vendor, exposure.warehouse) == (bench.world.vendor, bench.world.warehouses["WH"].id)
    assert exposure.days == 5
    assert step.words == (
        "expect 24 Units of “[22427] Enamel flower jug cream” of “P00001” from “Midland Tinware” "
        "on 4 Mar 2026, not on 9 Mar 2026"
    )


def test_only_what_is_still_to_come_is_exposed(bench: Bench) -> None:
    order = bench.world.buy("jug", "WH", 24, in_days=7)
    part_received(bench, order, 18)

    exposure = bench.priced(bench.redate(order=order)).exposure

    assert (exposure.quantity, str(exposure.amount)) == (Decimal(6), "17.40 GBP")


def test_free_goods_are_exposed_at_their_worth(bench: Bench) -> None:
    order = bench.world.buy("jug", "WH", 24, in_days=7)
    with bench.engine.transaction() as env:
        env.write(LINE, env.row(ORDER, order)["order_line"], {"price_unit": 0})

    assert str(bench.priced(bench.redate(order=order)).exposure.amount) == "69.60 GBP"


def test_a_kit_that_is_bought_counts_whole(bench: Bench) -> None:
    with bench.engine.transaction() as env:
        template = env.row("product.product", bench.world.products["jug"])["product_tmpl_id"]
        parts = [(0, 0, {"product_id": bench.world.products["lantern"], "product_qty": 3})]
        env.create("mrp.bom", {"product_tmpl_id": template, "type": "phantom", "bom_line_ids": parts})
    draft = bench.redate()
    with bench.engine.transaction() as env:
        moves = env.search(MOVE, [["purchase_line_id", "=", draft.params["line"]]])
        env.write(MOVE, moves, {"product_id": bench.world.products["lantern"], "product_uom_qty": 72})

    exposure = bench.priced(draft).exposure

    assert (exposure.quantity, str(exposure.amount)) == (Decimal(24), "69.60 GBP")


def part_received(bench: Bench, order: int, quantity: float) -> None:
    with bench.engine.transaction() as env:
        lines = env.row(ORDER, order)["order_line"]
        (move,) = env.search(MOVE, [["purchase_line_id", "in", lines]])
        env.write(MOVE, move, {"quantity": quantity, "picked": True})
        receipt = env.row(MOVE, move)["picking_id"]
        env.with_context(skip_backorder=True).call(RECEIPT, "button_validate", [receipt])


def another_move(bench: Bench, order: int, values: Row) -> tuple[int, int]:
    """One more open move of the order's first line, otherwise like the first; line and move."""
    with bench.engine.transaction() as env:
        (line,) = env.row(ORDER, order)["order_line"]
        first = env.row(MOVE, moves_of(bench, line)[0])
        alike = ("date", "date_deadline", "location_dest_id", "location_id", "picking_id", "product_id", "state")
        kept = {field: first[field] for field in (*alike, "company_id", "picking_type_id", "product_uom")}
        return line, env.create(MOVE, {**kept, "name": "/", "purchase_line_id": line, **values})


def test_putting_the_day_back_brings_an_equal_state(bench: Bench) -> None:
    draft = bench.redate()
    intent = bench.intent(draft)
    before = days(bench, line_of(intent))
    undo = bench.done(intent)
    assert days(bench, line_of(intent)) != before

    back = bench.perform(intent.taken_back(undo))

    assert isinstance(back, Compensated)
    assert days(bench, line_of(intent)) == before
    assert bench.line.writes == [*WRITES, *reversed(WRITES)]


def test_a_deadline_and_a_plan_of_their_own_are_put_back_too(bench: Bench) -> None:
    draft = bench.redate()
    line = draft.params["line"]
    assert isinstance(line, int)
    with bench.engine.transaction() as env:
        values = {"date": "2026-03-11 10:00:00", "date_deadline": "2026-03-10 09:00:00"}
        env.write(MOVE, moves_of(bench, line), values)
    intent = bench.intent(draft)
    before = days(bench, line)

    back = bench.perform(intent.taken_back(bench.done(intent)))

    assert isinstance(back, Compensated)
    assert days(bench, line) == before


def test_a_move_without_a_deadline_gets_its_day_back(bench: Bench) -> None:
    draft = bench.redate()
    line = draft.params["line"]
    assert isinstance(line, int)
    with bench.engine.transaction() as env:
        env.write(MOVE, moves_of(bench, line), {"date_deadline": False})
    intent = bench.intent(draft)

    back = bench.perform(intent.taken_back(bench.done(intent)))

    assert isinstance(back, Compensated)
    assert days(bench, line)["moves"] == [["2026-03-09 08:00:00"] * 2]


def test_a_receipt_that_did_not_follow_its_line_is_moved_alone(bench: Bench) -> None:
    draft = bench.redate()
    bench.as_buyer(LINE, "write", [draft.params["line"]], {"date_planned": "2026-03-16 08:00:00"})
    intent = bench.intent(draft)
    before = days(bench, line_of(intent))

    undo = bench.done(intent)

    assert bench.line.writes == [f"{MOVE}.write"]
    assert days(bench, line_of(intent))["receipts"] == [["2026-03-16 08:00:00"] * 2]
    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)
    assert days(bench, line_of(intent)) == before


def test_a_killed_move_of_such_a_receipt_is_not_mistaken_for_done(bench: Bench) -> None:
    draft = bench.redate()
    bench.as_buyer(LINE, "write", [draft.params["line"]], {"date_planned": "2026-03-16 08:00:00"})
    intent = bench.intent(draft)
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "before")))
    bench.ledger.may_send = False

    assert isinstance(bench.perform(intent), Refusal)
    assert bench.line.writes == []


# What somebody did since, as a buyer, and what the refusal says.


def other_day(bench: Bench, line: int) -> None:
    bench.as_buyer(LINE, "write", [line], {"date_planned": "2026-03-30 08:00:00"})


def other_plan(bench: Bench, line: int) -> None:
    receipts = bench.root().row(ORDER, bench.root().row(LINE, line)["order_id"])["picking_ids"]
    bench.as_buyer(RECEIPT, "write", receipts, {"scheduled_date": "2026-03-30 08:00:00"})


def other_deadline(bench: Bench, line: int) -> None:
    moves = bench.root().search(MOVE, [["purchase_line_id", "=", line]])
    bench.as_buyer(MOVE, "write", moves, {"date_deadline": "2026-04-30 09:00:00"})


def came(bench: Bench, line: int) -> None:
    bench.world.receive(bench.root().row(LINE, line)["order_id"])


def came_in_part(bench: Bench, line: int) -> None:
    part_received(bench, bench.root().row(LINE, line)["order_id"], 18)


def order_call(method: str, bench: Bench, line: int) -> None:
    bench.as_buyer(ORDER, method, [bench.root().row(LINE, line)["order_id"]])


@pytest.mark.parametrize(
    ("meddle", "reason"),
    [
        (other_day, "date_planned was 2026-03-16 08:00:00, is 2026-03-30"),
        (other_plan, "date was 2026-03-16 08:00:00, is 2026-03-30"),
        (other_deadline, "date_deadline was 2026-03-16 08:00:00, is 2026-04-30"),
        (came, "goods came since"),
        (came_in_part, "goods came since, or a receipt was split"),
        (partial(order_call, "button_cancel"), "is cancelled, locked or gone"),
        (partial(order_call, "button_done"), "is cancelled, locked or gone"),
    ],
)
def test_a_day_somebody_acted_on_is_left_alone(bench: Bench, meddle: Callable[[Bench, int], None], reason: str) -> None:
    intent, undo, line = moved(bench)
    meddle(bench, line)

    back = bench.perform(intent.taken_back(undo))

    assert isinstance(back, Refusal)
    assert reason in back.reason
    assert bench.line.writes == WRITES


def test_a_day_somebody_put_back_is_taken_back(bench: Bench) -> None:
    intent, undo, line = moved(bench)
    bench.as_buyer(LINE, "write", [line], {"date_planned": "2026-03-09 08:00:00"})
    bench.as_buyer(MOVE, "write", moves_of(bench, line), {"date": "2026-03-09 08:00:00"})

    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)
    assert bench.line.writes == WRITES


def dearer(bench: Bench, line: int) -> None:
    bench.as_buyer(LINE, "write", [line], {"price_unit": 99.0})


@pytest.mark.parametrize("meddle", [other_day, other_plan, came, dearer, partial(order_call, "button_cancel")])
def test_a_line_somebody_acted_on_first_is_stale(bench: Bench, meddle: Callable[[Bench, int], None]) -> None:
    intent = bench.intent(bench.redate())
    meddle(bench, line_of(intent))

    assert isinstance(bench.perform(intent), Stale)
    assert bench.line.writes == []


def same_day(bench: Bench, line: int) -> None:
    bench.as_buyer(MOVE, "write", moves_of(bench, line), {"date": "2026-03-16 08:00:00"})
    bench.as_buyer(LINE, "write", [line], {"date_planned": "2026-03-16 08:00:00"})


def test_the_same_day_from_somebody_else_while_the_desk_was_down_stands_and_stays(bench: Bench) -> None:
    intent = bench.intent(bench.redate())
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "before")))
    same_day(bench, line_of(intent))

    undo = bench.done(intent)
    back = bench.perform(intent.taken_back(undo))

    assert isinstance(back, Refusal)
    assert "somebody else moved it too" in back.reason
    assert bench.line.writes == []


def test_a_promise_alone_from_somebody_else_while_the_desk_was_down_is_stale(bench: Bench) -> None:
    intent = bench.intent(bench.redate())
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "before")))
    bench.as_buyer(LINE, "write", [line_of(intent)], {"date_planned": "2026-03-16 08:00:00"})

    assert isinstance(bench.perform(intent), Stale)


def test_another_day_from_somebody_else_between_the_two_calls_is_left_to_a_person(bench: Bench) -> None:
    intent = bench.intent(bench.redate())
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after")))
    other_day(bench, line_of(intent))

    frozen = bench.perform(intent)

    assert isinstance(frozen, Unknown)
    assert "somebody moved the line to another day meanwhile" in frozen.reason
    assert bench.line.writes == WRITES[:1]


def test_receipts_that_part_ways_between_the_two_calls_are_left_to_a_person(bench: Bench) -> None:
    order = bench.world.buy("jug", "WH", 24, in_days=7)
    line, _ = another_move(bench, order, {"product_uom_qty": 6})
    intent = bench.intent(bench.redate(order=order))
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after")))
    bench.as_buyer(MOVE, "write", moves_of(bench, line)[:1], {"date": "2026-03-30 08:00:00"})

    frozen = bench.perform(intent)

    assert isinstance(frozen, Unknown)
    assert "1 of 2 receipts" in frozen.reason


def test_goods_that_came_between_the_two_calls_need_no_day(bench: Bench) -> None:
    intent = bench.intent(bench.redate())
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after")))
    came(bench, line_of(intent))

    assert isinstance(bench.perform(intent), Stale)
    assert bench.line.writes == WRITES[:1]


def test_a_second_call_that_is_refused_takes_the_first_one_back(bench: Bench) -> None:
    intent = bench.intent(bench.redate())
    before = days(bench, line_of(intent))
    bench.fail(WRITES[1], "access")

    found = bench.perform(intent)

    assert isinstance(found, Refusal)
    assert days(bench, line_of(intent)) == before


def test_an_answer_lost_between_the_two_calls_is_completed(bench: Bench) -> None:
    intent = bench.intent(bench.redate())

    done = bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after", OutcomeUnknown)))

    assert isinstance(done, Undo)
    assert bench.line.writes == WRITES


def test_a_day_that_odoo_did_not_take_is_no_day(bench: Bench) -> None:
    class Deaf:
        """An Odoo that answers True and leaves the line where it was."""

        uid = bench.line.uid

        def execute(self, call: Call) -> Json:
            return True if str(call) == WRITES[1] else bench.line.execute(call)

    intent = bench.intent(bench.redate())
    before = days(bench, line_of(intent))

    found = bench.perform(intent, gateway=bench.over(Deaf()))

    assert isinstance(found, Refusal)
    assert found.guard == "verify"
    assert days(bench, line_of(intent)) == before


def test_a_former_day_that_odoo_did_not_take_is_frozen(bench: Bench) -> None:
    class Deaf:
        """An Odoo that answers True and leaves the moves where they are."""

        uid = bench.line.uid

        def execute(self, call: Call) -> Json:
            return True if str(call) == WRITES[0] else bench.line.execute(call)

    intent, undo, _ = moved(bench)

    frozen = bench.perform(intent.taken_back(undo), gateway=bench.over(Deaf()))

    assert isinstance(frozen, Unknown)
    assert "Odoo did not put it back" in frozen.reason


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        ("2026-03-01", "1 Mar 2026 is past"),
        ("2028-03-02", "more than 730 days ahead"),
        ("2026-03-09", "is expected on that day already"),
    ],
)
def test_a_day_no_vendor_can_mean_is_refused(bench: Bench, planned: str, reason: str) -> None:
    assert reason in bench.refused(bench.redate(planned)).reason


@pytest.mark.parametrize("planned", ["2026-03-02", "2028-03-01"])
def test_today_and_two_years_ahead_are_days(bench: Bench, planned: str) -> None:
    assert isinstance(bench.perform(bench.intent(bench.redate(planned))), Undo)


def test_a_day_that_went_by_while_the_plan_waited_is_refused(bench: Bench) -> None:
    intent = bench.intent(bench.redate("2026-03-04"))
    bench.clock.move(timedelta(days=3))

    found = bench.perform(intent)

    assert isinstance(found, Refusal)
    assert (found.guard, bench.line.writes) == ("precondition", [])


@pytest.mark.parametrize(
    ("method", "reason"),
    [
        ("button_done", "P00001 is locked: unlock it in Odoo first"),
        ("button_cancel", "P00001 is cancel: only a confirmed order's day"),
        ("button_draft", "P00001 is draft: only a confirmed order's day"),
    ],
)
def test_only_a_confirmed_and_unlocked_order_gets_another_day(bench: Bench, method: str, reason: str) -> None:
    order = bench.world.buy("jug", "WH", 24, in_days=7)
    bench.as_buyer(ORDER, method, [order])

    assert reason in bench.refused(bench.redate(order=order)).reason


def test_what_has_come_has_no_other_day(bench: Bench) -> None:
    order = bench.world.buy("jug", "WH", 24, in_days=7)
    bench.world.receive(order)

    assert "nothing of “[22427]" in bench.refused(bench.redate(order=order)).reason


def test_receipts_on_different_days_are_moved_by_a_person(bench: Bench) -> None:
    order = bench.world.buy("jug", "WH", 24, in_days=7)
    another_move(bench, order, {"product_uom_qty": 6, "date": "2026-03-20 08:00:00"})

    assert "planned for different days" in bench.refused(bench.redate(order=order)).reason


def test_goods_on_their_way_back_to_the_vendor_keep_their_day(bench: Bench) -> None:
    order = bench.world.buy("jug", "WH", 24, in_days=7)
    supplier = bench.root().ref("stock.stock_location_suppliers")
    _, back = another_move(bench, order, {"location_dest_id": supplier, "date": "2026-03-05 08:00:00"})

    bench.done(bench.intent(bench.redate(order=order)))

    assert bench.root().row(MOVE, back)["date"] == "2026-03-05 08:00:00"


@pytest.mark.parametrize("line", [99999, "note"])
def test_a_line_that_buys_nothing_has_no_day(bench: Bench, line: int | str) -> None:
    draft = bench.redate()
    if line == "note":
        with bench.engine.transaction() as env:
            order = env.search(ORDER, [], order="id desc", limit=1)[0]
            line = env.create(LINE, {"order_id": order, "display_type": "line_note", "name": "x", "product_qty": 0})

    assert "buys no product" in bench.refused(draft.but(params={**draft.params, "line": line})).reason


@pytest.mark.parametrize(
    "wrong", [{"line": 0}, {"planned": "soon"}, {"planned": "2026-02-30"}, {"state": "x"}], ids=str
)
def test_parameters_out_of_bounds_are_refused(bench: Bench, wrong: dict[str, Json]) -> None:
    draft = bench.redate()

    assert bench.refused(draft.but(params={**draft.params, **wrong})).guard == "params"
