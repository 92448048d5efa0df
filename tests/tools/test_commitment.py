"""A customer is promised another day, and every delivery gets its own day back with the old promise."""

from datetime import timedelta

import pytest

from domain.calls import Call
from domain.faults import OutcomeUnknown
from domain.intents import Compensated, Stale, Undo, Unknown
from domain.plans import Draft
from domain.refusals import Refusal
from domain.values import Json
from tests.tools.bench import Bench
from tests.tools.breaking import Breaking
from tests.tools.state import standing
from tools.catalogue import CATALOGUE, price

ORDER = "sale.order"


def refused(bench: Bench, draft: Draft) -> str:
    found = bench.perform(bench.intent(draft))
    assert isinstance(found, Refusal), found
    assert bench.line.writes == []
    return found.reason


def unpriced(bench: Bench, draft: Draft) -> Refusal:
    found = price(draft, bench.gateway.reader(bench.world.company))
    assert isinstance(found, Refusal), found
    return found


def taken_back(bench: Bench, order: int, method: str = "", **values: Json) -> Compensated | Refusal:
    """Promise, let somebody do something to the order, and take the promise back."""
    intent = bench.intent(bench.promise(order=order))
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        if method:
            env.with_context(disable_cancel_warning=True).call(ORDER, method, [order])
        if values:
            env.write(ORDER, [order], values)
    bench.line.calls.clear()
    found = bench.perform(intent.taken_back(undo))
    assert isinstance(found, Compensated | Refusal), found
    return found


def test_a_promise_moves_the_deadline_and_nothing_else(bench: Bench) -> None:
    order = bench.world.sell("lantern", "WH", 3, in_days=4)
    picking = bench.root().row("stock.picking", bench.deliveries(order)[0])

    undo = bench.done(bench.intent(bench.promise("2026-03-20", order=order)))

    now = bench.root().row("stock.picking", picking["id"])
    assert (now["date_deadline"], now["scheduled_date"]) == ("2026-03-20 12:00:00", picking["scheduled_date"])
    assert bench.line.writes == [f"{ORDER}.write"]
    assert undo.words.endswith("is promised for 20 Mar 2026")


@pytest.mark.parametrize("promised", [True, False])
def test_taking_back_brings_promise_and_every_deadline_back(bench: Bench, promised: bool) -> None:
    order = bench.world.sell("lantern", "WH", 3, in_days=4) if promised else bench.unpromised()
    before = standing(bench)

    result = taken_back(bench, order)

    assert isinstance(result, Compensated)
    assert standing(bench) == before
    assert bench.line.writes == ([f"{ORDER}.write"] if promised else [f"{ORDER}.write", "stock.move.write"])


def test_a_draft_s_promise_is_taken_back_too(bench: Bench) -> None:
    order = _draft(bench)
    before = standing(bench)

    assert isinstance(taken_back(bench, order), Compensated)
    assert standing(bench) == before


def test_a_part_that_has_left_gets_its_deadline_back_too(bench: Bench) -> None:
    bench.world.stock("lantern", "WH", 3)
    order = bench.world.sell("lantern", "WH", 4, in_days=4)
    with bench.engine.transaction() as env:
        env.with_context(skip_backorder=True).call("stock.picking", "button_validate", bench.deliveries(order))
    before = standing(bench)

    assert isinstance(taken_back(bench, order), Compensated)
    assert standing(bench) == before


def test_a_step_says_whose_day_moves_and_what_waits_for_it(bench: Bench) -> None:
    order = bench.world.sell("lantern", "WH", 4, in_days=4)
    known_as = bench.root().row(ORDER, order)["name"]

    step = bench.priced(bench.promise("2026-03-20", order=order))

    assert step.words == f"promise “{known_as}” of “Harbour Street Gifts” for 20 Mar 2026 instead of 6 Mar 2026"
    assert (str(step.exposure.amount), step.exposure.days) == ("15.00 GBP", 14)
    assert (step.exposure.customer, step.exposure.product) == (bench.world.customer, bench.world.products["lantern"])
    assert step.exposure.warehouse == bench.world.warehouses["WH"].id
    assert "for 6 Mar 2026 again" in step.rollback.words


def test_an_earlier_day_counts_backwards_and_what_was_delivered_counts_no_more(bench: Bench) -> None:
    bench.world.stock("lantern", "WH", 3)
    order = bench.world.sell("lantern", "WH", 4, in_days=4)
    with bench.engine.transaction() as env:
        env.with_context(skip_backorder=True).call("stock.picking", "button_validate", bench.deliveries(order))

    exposure = bench.priced(bench.promise("2026-03-04", order=order)).exposure

    assert (str(exposure.amount), exposure.days) == ("3.75 GBP", -2)


def test_an_order_in_another_currency_is_exposed_in_the_company_s_own(bench: Bench) -> None:
    order = bench.world.sell("lantern", "WH", 4, in_days=4)
    with bench.engine.transaction() as env:
        env.write(ORDER, [order], {"currency_id": env.ref("base.EUR")})

    assert str(bench.priced(bench.promise(order=order)).exposure.amount) == "12.50 GBP"


@pytest.mark.parametrize(("promised", "reason"), [("2026-03-01", "is past"), ("2029-03-01", "days ahead")])
def test_a_day_that_is_past_or_far_off_is_refused(bench: Bench, promised: str, reason: str) -> None:
    assert reason in refused(bench, bench.promise(promised))


def test_a_day_that_is_promised_already_needs_no_step(bench: Bench) -> None:
    order = bench.unpromised()
    bench.done(bench.intent(bench.promise(order=order)))

    assert "is promised for 20 Mar 2026 already" in unpriced(bench, bench.promise(order=order)).reason


def test_an_order_out_of_sight_or_without_a_rate_cannot_be_priced(bench: Bench) -> None:
    assert unpriced(bench, bench.promise(order=99999)).guard == "facts"

    order = bench.unpromised()
    with bench.engine.transaction() as env:
        env.write(ORDER, [order], {"currency_id": env.create("res.currency", {"name": "XTS", "symbol": "¤"})})
    assert "no rate" in unpriced(bench, bench.promise(order=order)).reason


def test_a_locked_order_keeps_its_day(bench: Bench) -> None:
    order = bench.unpromised()
    with bench.engine.transaction() as env:
        env.call(ORDER, "action_lock", [order])

    assert "is locked" in refused(bench, bench.promise(order=order))


def test_a_cancelled_order_and_a_delivered_one_are_promised_nothing(bench: Bench) -> None:
    bench.world.stock("lantern", "WH", 4)
    order = bench.world.sell("lantern", "WH", 4, in_days=4)
    with bench.engine.transaction() as env:
        env.call("stock.picking", "button_validate", bench.deliveries(order))
    assert "delivered whole" in refused(bench, bench.promise(order=order))

    other = _draft(bench)
    with bench.engine.transaction() as env:
        env.call(ORDER, "action_cancel", [other])
    found = bench.perform(bench.intent(bench.promise(order=other), case="C2"))
    assert isinstance(found, Refusal)
    assert "cancelled" in found.reason


@pytest.mark.parametrize("wrong", [{"order": "7"}, {"order": 0}, {"promised": "soon"}, {"hour": 9}], ids=str)
def test_parameters_out_of_bounds_are_refused(bench: Bench, wrong: dict[str, Json]) -> None:
    draft = bench.promise(order=bench.order)

    assert unpriced(bench, draft.but(params={**draft.params, **wrong})).guard == "params"


def test_a_day_somebody_promised_meanwhile_makes_the_plan_stale(bench: Bench) -> None:
    order = bench.unpromised()
    intent = bench.intent(bench.promise(order=order))
    with bench.engine.transaction() as env:
        env.write(ORDER, [order], {"commitment_date": "2026-03-11 09:00:00"})

    assert isinstance(bench.perform(intent), Stale)


@pytest.mark.parametrize(
    ("method", "values", "reason"),
    [
        ("", {"commitment_date": "2026-04-01 09:00:00"}, "somebody promised another day since"),
        ("action_lock", {}, "was locked since"),
        ("action_cancel", {}, "is cancel by now"),
    ],
    ids=["promised again", "locked", "cancelled"],
)
def test_a_promise_that_somebody_went_on_from_stays(
    bench: Bench, method: str, values: dict[str, Json], reason: str
) -> None:
    result = taken_back(bench, bench.unpromised(), method, **values)

    assert isinstance(result, Refusal)
    assert reason in result.reason
    assert bench.line.writes == []


def test_a_deadline_that_somebody_settled_for_a_delivery_stays(bench: Bench) -> None:
    order = bench.unpromised()
    intent = bench.intent(bench.promise(order=order))
    undo = bench.done(intent)
    _settle(bench, order, "2026-04-30 09:00:00")
    before = standing(bench)

    result = bench.perform(intent.taken_back(undo))

    assert isinstance(result, Refusal)
    assert "is to be there by 2026-04-30 09:00:00" in result.reason
    assert standing(bench) == before


def test_a_deadline_that_somebody_settled_stays_where_the_promise_is_back_already(bench: Bench) -> None:
    order = bench.unpromised()
    intent = bench.intent(bench.promise(order=order))
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        env.write(ORDER, [order], {"commitment_date": False})
    _settle(bench, order, "2026-04-30 09:00:00")
    before = standing(bench)

    assert isinstance(bench.perform(intent.taken_back(undo)), Refusal)
    assert standing(bench) == before


def test_a_rollback_cut_off_after_the_promise_gives_every_delivery_its_own_deadline_back(bench: Bench) -> None:
    order = bench.unpromised()
    before = standing(bench)
    intent = bench.intent(bench.promise(order=order))
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        env.write(ORDER, [order], {"commitment_date": False})

    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)
    assert standing(bench) == before


def _settle(bench: Bench, order: int, deadline: str) -> None:
    with bench.engine.transaction() as env:
        moves = env.search("stock.move", [["sale_line_id.order_id", "=", order]])
        env.write("stock.move", moves[:1], {"date_deadline": deadline})


def test_a_promise_that_somebody_took_back_already_needs_no_call(bench: Bench) -> None:
    order = bench.world.sell("lantern", "WH", 3, in_days=4)

    result = taken_back(bench, order, commitment_date=bench.root().row(ORDER, order)["commitment_date"])

    assert isinstance(result, Compensated)
    assert bench.line.writes == []


def test_a_promise_on_a_draft_that_was_confirmed_since_stays(bench: Bench) -> None:
    result = taken_back(bench, _draft(bench), "action_confirm")

    assert isinstance(result, Refusal)
    assert "is sale by now" in result.reason


def test_a_promise_that_was_delivered_since_stays(bench: Bench) -> None:
    bench.world.stock("lantern", "WH", 4)
    order = bench.world.sell("lantern", "WH", 4, in_days=4)
    intent = bench.intent(bench.promise(order=order))
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        env.call("stock.picking", "button_validate", bench.deliveries(order))

    result = bench.perform(intent.taken_back(undo))

    assert isinstance(result, Refusal)
    assert "is delivered by now" in result.reason


def test_an_order_deleted_since_takes_its_promise_along(bench: Bench) -> None:
    order = _draft(bench)
    intent = bench.intent(bench.promise(order=order))
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        env.unlink(ORDER, [order])

    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_write_that_answers_true_and_does_nothing_is_a_refusal(bench: Bench, confirmed: bool) -> None:
    order = bench.unpromised() if confirmed else _draft(bench)
    before = standing(bench)

    found = bench.perform(bench.intent(bench.promise(order=order)), gateway=bench.over(Idle(bench)))

    assert isinstance(found, Refusal)
    assert found.guard == "verify"
    assert standing(bench) == before


def test_deadlines_that_odoo_does_not_take_back_are_told_to_a_person(bench: Bench) -> None:
    for order, reason in (
        (bench.unpromised(), "not every delivery took its deadline back"),
        (_draft(bench), "did not take the old promise back"),
    ):
        intent = bench.intent(bench.promise(order=order), case=f"C{order}")
        back = intent.taken_back(bench.done(intent))

        found = bench.perform(back, gateway=bench.over(Idle(bench)))

        assert isinstance(found, Unknown)
        assert reason in found.reason


def test_a_lost_answer_is_looked_up_and_the_old_deadlines_are_remembered(bench: Bench) -> None:
    order = bench.unpromised()
    before = standing(bench)
    intent = bench.intent(bench.promise(order=order))

    undo = bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after", OutcomeUnknown)))

    assert isinstance(undo, Undo)
    assert "promise no day again" in CATALOGUE["sale.commitment"].undo_words(undo)
    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)
    assert standing(bench) == before


def test_the_same_day_promised_by_a_seller_while_the_desk_was_down_is_recorded_and_never_taken_back(
    bench: Bench,
) -> None:
    order = bench.unpromised()
    intent = bench.intent(bench.promise(order=order))
    bench.ledger.begin(intent, "G49")
    with bench.engine.transaction() as env:
        env.write(ORDER, [order], {"commitment_date": "2026-03-20 12:00:00"})
    bench.clock.move(timedelta(minutes=5))

    undo = bench.perform(intent)
    assert isinstance(undo, Undo)
    back = bench.perform(intent.taken_back(undo))
    assert isinstance(back, Refusal)
    assert "somebody else had a hand in this promise" in back.reason
    assert "somebody else" in CATALOGUE["sale.commitment"].undo_words(undo)
    assert bench.line.writes == []


def _draft(bench: Bench) -> int:
    lines = [[0, 0, {"product_id": bench.world.products["lantern"], "product_uom_qty": 2}]]
    values = {"partner_id": bench.world.customer, "order_line": lines}
    with bench.engine.transaction() as env:
        return env.create(ORDER, {**values, "warehouse_id": bench.world.warehouses["WH"].id})


class Idle:
    """Odoo answers True to every write and does nothing."""

    def __init__(self, bench: Bench) -> None:
        self._line = bench.line
        self.uid = bench.line.uid

    def execute(self, call: Call) -> Json:
        return self._line.execute(call) if call.reads_only else True
