"""An order is put on hold for everybody to see, with its goods free, and gets them back."""

import pytest

from domain.calls import Call
from domain.faults import OutcomeUnknown
from domain.intents import Compensated, Stale, Undo, Unknown
from domain.plans import Draft
from domain.refusals import Refusal
from domain.values import Json
from tests.tools.bench import Bench
from tests.tools.breaking import Breaking, Killed
from tests.tools.state import standing
from tools.catalogue import price, price_undo
from tools.hold import ON_HOLD

ORDER = "sale.order"


def reserved(bench: Bench, order: int) -> list[float]:
    root = bench.root()
    moves = root.search("stock.move", [["picking_id.sale_id", "=", order]], order="id")
    return [row["quantity"] for row in root.rows("stock.move", moves)]


def sale(bench: Bench) -> int:
    """A confirmed order with three lanterns reserved for it."""
    bench.world.stock("lantern", "WH", 5)
    return bench.world.sell("lantern", "WH", 3, in_days=4)


def quotation(bench: Bench) -> int:
    lines = [[0, 0, {"product_id": bench.world.products["lantern"], "product_uom_qty": 2}]]
    with bench.engine.transaction() as env:
        return env.create(ORDER, {"partner_id": bench.world.customer, "order_line": lines})


def refused(bench: Bench, draft: Draft) -> str:
    found = bench.perform(bench.intent(draft))
    assert isinstance(found, Refusal), found
    assert bench.line.writes == []
    return found.reason


def unpriced(bench: Bench, draft: Draft) -> Refusal:
    found = price(draft, bench.gateway.reader(bench.world.company))
    assert isinstance(found, Refusal), found
    return found


def act(bench: Bench, model: str, method: str, record: int, **context: Json) -> None:
    with bench.engine.transaction() as env:
        env.with_context(**context).call(model, method, [record])


def test_a_confirmed_order_is_tagged_explained_locked_and_unreserved(bench: Bench) -> None:
    order = sale(bench)

    bench.done(bench.intent(bench.hold(order=order, reason="credit is being checked")))

    row = bench.root().row(ORDER, order)
    tags = [tag["name"] for tag in bench.root().rows("crm.tag", row["tag_ids"])]
    assert (tags, row["locked"], reserved(bench, order)) == ([ON_HOLD], True, [0.0])
    assert bench.count("mail.message", [["res_id", "=", order], ["body", "like", "credit is being checked"]]) == 1
    assert bench.count("mail.mail") == 0


def test_a_quotation_is_tagged_and_explained_only(bench: Bench) -> None:
    order = quotation(bench)

    bench.done(bench.intent(bench.hold(order=order)))

    assert bench.root().row(ORDER, order)["locked"] is False
    assert bench.line.writes == [f"{ORDER}.message_post", "crm.tag.create", f"{ORDER}.write"]


def test_an_order_that_has_nothing_reserved_has_nothing_to_let_go(bench: Bench) -> None:
    bench.done(bench.intent(bench.hold(order=bench.order)))

    assert "stock.picking.do_unreserve" not in bench.line.writes
    assert f"{ORDER}.action_lock" in bench.line.writes


def test_the_tag_is_made_once(bench: Bench) -> None:
    bench.done(bench.intent(bench.hold(order=quotation(bench))))
    bench.done(bench.intent(bench.hold(order=quotation(bench)), case="C2"))

    assert bench.count("crm.tag", [["name", "=", ON_HOLD]]) == 1


@pytest.mark.parametrize("confirmed", [True, False])
def test_taking_the_hold_off_brings_lock_tags_and_goods_back(bench: Bench, confirmed: bool) -> None:
    order = sale(bench) if confirmed else quotation(bench)
    with bench.engine.transaction() as env:
        other = env.create("crm.tag", {"name": "Wholesale"})
        env.write(ORDER, [order], {"tag_ids": [[4, other]]})
    before = standing(bench)
    intent = bench.intent(bench.hold(order=order))

    result = bench.perform(intent.taken_back(bench.done(intent)))

    assert isinstance(result, Compensated)
    assert "note" in (result.remains or "")
    assert standing(bench) == before


def test_an_order_that_was_locked_before_stays_locked(bench: Bench) -> None:
    order = sale(bench)
    act(bench, ORDER, "action_lock", order)
    before = standing(bench)
    intent = bench.intent(bench.hold(order=order))

    undo = bench.done(intent)
    held = reserved(bench, order)
    result = bench.perform(intent.taken_back(undo))

    assert held == [0.0]
    assert isinstance(result, Compensated)
    assert standing(bench) == before
    assert not {f"{ORDER}.action_lock", f"{ORDER}.action_unlock"} & set(bench.line.writes)


def test_a_step_says_whom_it_holds_and_why(bench: Bench) -> None:
    order = sale(bench)
    known_as = bench.root().row(ORDER, order)["name"]

    step = bench.priced(bench.hold(order=order, reason="spike” (approved)"))

    assert step.words == (
        f"put “{known_as}” of “Harbour Street Gifts” on hold, lock it and free what its deliveries have reserved: "
        '“spike" (approved)”'
    )
    assert (str(step.exposure.amount), step.exposure.customer) == ("11.25 GBP", bench.world.customer)
    assert step.exposure.warehouse == bench.world.warehouses["WH"].id
    assert set(step.rollback.calls) == {f"{ORDER}.action_unlock", f"{ORDER}.write", "stock.picking.action_assign"}


def test_whoever_takes_a_hold_off_reads_that_a_lock_of_somebody_else_cannot_be_told(bench: Bench) -> None:
    order, locked = sale(bench), sale(bench)
    act(bench, ORDER, "action_lock", locked)
    blind = "a lock that somebody took off and set again meanwhile"

    step, other = (bench.priced(bench.hold(order=each)) for each in (order, locked))
    undo = bench.done(bench.intent(bench.hold(order=order)))

    assert blind in (step.rollback.remains or "")
    assert blind in price_undo(step.action, undo, step.exposure).words
    assert blind not in (other.rollback.remains or "")


def test_an_order_on_hold_is_not_held_twice(bench: Bench) -> None:
    order = sale(bench)
    bench.done(bench.intent(bench.hold(order=order)))

    assert "is on hold already" in unpriced(bench, bench.hold(order=order)).reason


@pytest.mark.parametrize(
    "wrong", [{"order": True}, {"reason": ""}, {"reason": "x" * 201}, {"reason": 7}, {"locked": True}], ids=str
)
def test_parameters_out_of_bounds_are_refused(bench: Bench, wrong: dict[str, Json]) -> None:
    draft = bench.hold(order=bench.order)

    assert unpriced(bench, draft.but(params={**draft.params, **wrong})).guard == "params"


def test_an_order_out_of_sight_cannot_be_priced(bench: Bench) -> None:
    assert unpriced(bench, bench.hold(order=99999)).guard == "facts"


def test_an_order_without_a_rate_or_too_long_to_overlook_is_held_by_hand(bench: Bench) -> None:
    order = sale(bench)
    picking = bench.deliveries(order)[0]
    with bench.engine.transaction() as env:
        move = {"name": "/", "product_id": bench.world.products["jug"], "product_uom_qty": 1, "picking_id": picking}
        for _ in range(100):
            env.create("stock.move", move)
    assert "has 101 open moves" in unpriced(bench, bench.hold(order=order)).reason

    with bench.engine.transaction() as env:
        env.write(ORDER, [order], {"currency_id": env.create("res.currency", {"name": "XTS", "symbol": "¤"})})
    assert "no rate" in unpriced(bench, bench.hold(order=order)).reason


def test_an_order_deleted_since_takes_its_hold_along(bench: Bench) -> None:
    order = quotation(bench)
    intent = bench.intent(bench.hold(order=order))
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        env.unlink(ORDER, [order])
    bench.line.calls.clear()

    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)
    assert bench.line.writes == []


@pytest.mark.parametrize(
    ("silent", "reason"), [("action_lock", "was not locked"), ("write", "does not carry the tag")], ids=str
)
def test_a_hold_that_odoo_answered_and_did_not_do_is_a_refusal(bench: Bench, silent: str, reason: str) -> None:
    class Idle:
        """Odoo answers one kind of call and does nothing."""

        uid = bench.line.uid

        def execute(self, call: Call) -> Json:
            return True if call.method == silent else bench.line.execute(call)

    order = sale(bench)
    before = standing(bench)

    found = bench.perform(bench.intent(bench.hold(order=order)), gateway=bench.over(Idle()))

    assert isinstance(found, Refusal)
    assert reason in found.reason
    assert standing(bench) == before


@pytest.mark.parametrize("silent", ["action_unlock", "write"])
def test_a_hold_that_odoo_does_not_take_off_is_told_to_a_person(bench: Bench, silent: str) -> None:
    class Idle:
        """Odoo answers one kind of call and does nothing."""

        uid = bench.line.uid

        def execute(self, call: Call) -> Json:
            return True if call.method == silent else bench.line.execute(call)

    intent = bench.intent(bench.hold(order=sale(bench)))
    back = intent.taken_back(bench.done(intent))

    found = bench.perform(back, gateway=bench.over(Idle()))

    assert isinstance(found, Unknown)
    assert "did not take tag or lock off" in found.reason


def test_a_hold_that_a_person_took_off_already_needs_no_call(bench: Bench) -> None:
    order = sale(bench)
    intent = bench.intent(bench.hold(order=order))
    undo = bench.done(intent)
    act(bench, ORDER, "action_unlock", order)
    with bench.engine.transaction() as env:
        env.write(ORDER, [order], {"tag_ids": [[5]]})
    act(bench, "stock.picking", "action_assign", bench.deliveries(order)[0])
    bench.line.calls.clear()

    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)
    assert bench.line.writes == []


def test_a_reason_is_words_and_never_markup(bench: Bench) -> None:
    order = sale(bench)

    bench.done(bench.intent(bench.hold(order=order, reason="<script>alert(1)</script>")))

    root = bench.root()
    note = root.rows("mail.message", root.search("mail.message", [["body", "like", ON_HOLD]]))[0]
    assert "<script>" not in note["body"]


def test_goods_that_somebody_picks_are_not_let_go(bench: Bench) -> None:
    order = sale(bench)
    draft = bench.hold(order=order)
    with bench.engine.transaction() as env:
        env.write("stock.move", env.search("stock.move", [["picking_id.sale_id", "=", order]]), {"picked": True})

    assert "is picking" in refused(bench, draft)


def test_a_cancelled_order_and_a_delivered_one_are_not_held(bench: Bench) -> None:
    order = sale(bench)
    act(bench, "stock.picking", "button_validate", bench.deliveries(order)[0])
    assert "delivered whole" in refused(bench, bench.hold(order=order))

    other = quotation(bench)
    act(bench, ORDER, "action_cancel", other)
    found = bench.perform(bench.intent(bench.hold(order=other), case="C2"))
    assert isinstance(found, Refusal)
    assert "cancelled" in found.reason


def test_the_rest_of_a_part_delivered_order_is_held(bench: Bench) -> None:
    bench.world.stock("lantern", "WH", 2)
    order = bench.world.sell("lantern", "WH", 3, in_days=4)
    act(bench, "stock.picking", "button_validate", bench.deliveries(order)[0], skip_backorder=True)
    bench.world.stock("lantern", "WH", 5)
    act(bench, "stock.picking", "action_assign", bench.deliveries(order)[1])
    before = standing(bench)
    intent = bench.intent(bench.hold(order=order))

    undo = bench.done(intent)

    assert reserved(bench, order) == [2.0, 0.0]
    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)
    assert standing(bench) == before


def test_an_order_confirmed_meanwhile_makes_the_plan_stale(bench: Bench) -> None:
    order = quotation(bench)
    intent = bench.intent(bench.hold(order=order))
    act(bench, ORDER, "action_confirm", order)

    assert isinstance(bench.perform(intent), Stale)


@pytest.mark.parametrize(("method", "reason"), [("action_confirm", "is sale by now"), ("action_cancel", "is cancel")])
def test_a_hold_that_somebody_went_on_from_stays(bench: Bench, method: str, reason: str) -> None:
    order = quotation(bench)
    intent = bench.intent(bench.hold(order=order))
    undo = bench.done(intent)
    act(bench, ORDER, method, order)

    result = bench.perform(intent.taken_back(undo))

    assert isinstance(result, Refusal)
    assert reason in result.reason


def test_a_delivery_that_somebody_changed_since_is_left_alone(bench: Bench) -> None:
    order = sale(bench)
    intent = bench.intent(bench.hold(order=order))
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        env.write("stock.move", env.search("stock.move", [["picking_id.sale_id", "=", order]]), {"product_uom_qty": 2})
    bench.line.calls.clear()

    result = bench.perform(intent.taken_back(undo))

    assert isinstance(result, Refusal)
    assert "somebody changed its deliveries" in result.reason
    assert bench.line.writes == []


def test_a_hold_whose_delivery_somebody_cancelled_stays(bench: Bench) -> None:
    """Odoo 18 would take lock and tag off, and then refuse to reserve for a cancelled delivery."""
    order = sale(bench)
    intent = bench.intent(bench.hold(order=order))
    undo = bench.done(intent)
    act(bench, "stock.picking", "action_cancel", bench.deliveries(order)[0])
    bench.line.calls.clear()

    result = bench.perform(intent.taken_back(undo))

    assert isinstance(result, Refusal)
    assert "somebody cancelled or delivered moves" in result.reason
    assert bench.line.writes == []


def test_goods_that_others_took_meanwhile_are_told_to_a_person(bench: Bench) -> None:
    order = sale(bench)
    intent = bench.intent(bench.hold(order=order))
    undo = bench.done(intent)
    bench.world.sell("lantern", "WH", 5, in_days=1)

    result = bench.perform(intent.taken_back(undo))

    assert isinstance(result, Unknown)
    assert "others have some of its goods" in result.reason
    assert bench.root().row(ORDER, order)["locked"] is False


def test_goods_that_stay_reserved_though_odoo_answered_are_a_refusal(bench: Bench) -> None:
    class Idle:
        """Odoo answers the unreserve and does nothing."""

        uid = bench.line.uid

        def execute(self, call: Call) -> Json:
            return True if call.method == "do_unreserve" else bench.line.execute(call)

    order = sale(bench)
    before = standing(bench)

    found = bench.perform(bench.intent(bench.hold(order=order)), gateway=bench.over(Idle()))

    assert isinstance(found, Refusal)
    assert "still hold 3" in found.reason
    assert standing(bench) == before


def test_a_lock_that_odoo_refuses_takes_the_tag_off_again(bench: Bench) -> None:
    order = sale(bench)
    before = standing(bench)
    bench.fail(f"{ORDER}.action_lock", "access")

    found = bench.perform(bench.intent(bench.hold(order=order)))

    assert isinstance(found, Refusal)
    assert standing(bench) == before


def test_a_hold_cut_off_half_way_is_completed_and_its_goods_are_remembered(bench: Bench) -> None:
    order = sale(bench)
    before = standing(bench)
    intent = bench.intent(bench.hold(order=order))
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 5, "after")))

    undo = bench.perform(intent)

    assert isinstance(undo, Undo)
    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)
    assert standing(bench) == before


def test_a_lost_answer_to_any_call_is_looked_up() -> None:
    for nth in range(1, 6):
        bench = Bench()
        order = sale(bench)

        line = Breaking(bench.line, nth, "after", OutcomeUnknown)
        found = bench.perform(bench.intent(bench.hold(order=order)), gateway=bench.over(line))

        assert isinstance(found, Undo)
        assert reserved(bench, order) == [0.0]
        assert bench.count("mail.message", [["body", "like", ON_HOLD]]) == 1
