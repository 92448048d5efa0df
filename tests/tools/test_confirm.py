"""A request is confirmed whole, found again by its state, and made a request again while nobody acted on it."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.calls import Call
from domain.exposures import Risk
from domain.faults import OutcomeUnknown
from domain.intents import Compensated, Intent, Stale, Undo, Unknown
from domain.refusals import Refusal
from domain.values import Json, Row
from tests.tools.bench import Bench
from tests.tools.breaking import Breaking, Killed
from tests.tools.test_rights import wearing
from tools.approving import MANAGER
from tools.rights import MIGHTY_GROUPS, SERVICE_GROUPS

ORDER, LINE = "purchase.order", "purchase.order.line"
HISTORY = frozenset({"date_approve", "group_id", "picking_ids", "receipt_status"})
"""What Odoo keeps of an order that was confirmed once, though it is a request again."""


def confirmed(bench: Bench) -> tuple[Intent, Undo, int]:
    intent = bench.intent(bench.confirm())
    undo = bench.done(intent)
    return intent, undo, undo.records[0].id


def state(bench: Bench, order: int) -> str:
    return str(bench.root().row(ORDER, order)["state"])


def open_moves(bench: Bench, order: int) -> int:
    lines = bench.root().row(ORDER, order)["order_line"]
    return bench.count("stock.move", [["purchase_line_id", "in", lines], ["state", "!=", "cancel"]])


def picture(bench: Bench, order: int) -> list[Row]:
    """Everything of an order and of its goods that people and forecasts look at."""
    root = bench.root()
    head = {field: value for field, value in root.row(ORDER, order).items() if field not in HISTORY}
    lines = [dict(row) for row in root.rows(LINE, root.search(LINE, [["order_id", "=", order]]))]
    stock = root.value("product.product", [bench.world.products["jug"]], ["free_qty", "incoming_qty"])
    stamps = ("write_date", "write_uid")
    return [{f: v for f, v in row.items() if f not in stamps} for row in (head, *lines, *map(dict, stock))]


def test_a_confirmed_request_brings_a_receipt_and_sends_no_mail(bench: Bench) -> None:
    _, undo, order = confirmed(bench)

    assert state(bench, order) == "purchase"
    assert open_moves(bench, order) == 1
    assert bench.line.writes == ["purchase.order.button_confirm"]
    assert bench.count("mail.mail") == 0
    assert undo.words == "order P00001 to “Midland Tinware” over 69.60 GBP is purchase"


def test_the_whole_order_is_exposed_until_it_arrives(bench: Bench) -> None:
    step = bench.priced(bench.confirm())

    exposure = step.exposure
    assert str(exposure.amount) == "69.60 GBP"
    assert (exposure.quantity, exposure.product) == (Decimal(24), bench.world.products["jug"])
    assert (exposure.vendor, exposure.warehouse) == (bench.world.vendor, bench.world.warehouses["WH"].id)
    assert exposure.days == 7
    assert step.words == (
        "confirm request “P00001” to “Midland Tinware” for 24 Units of “[22427] Enamel flower jug cream”, "
        "69.60 GBP in all, expected by 9 Mar 2026"
    )


def test_taxes_are_not_exposed(bench: Bench) -> None:
    order = bench.request()
    with bench.engine.transaction() as env:
        env.write(ORDER, order, {"amount_tax": 13.92, "amount_total": 83.52})

    assert str(bench.priced(bench.confirm(order)).exposure.amount) == "69.60 GBP"


def test_other_goods_on_the_request_are_exposed_too(bench: Bench) -> None:
    order = bench.request()
    for name, quantity in (("lantern", 10), ("bunting", 5)):
        with bench.engine.transaction() as env:
            env.create(LINE, {"order_id": order, "product_id": bench.world.products[name], "product_qty": quantity})

    step = bench.priced(bench.confirm(order))

    assert str(step.exposure.amount) == "98.10 GBP"
    assert (step.exposure.product, step.exposure.quantity) == (None, Decimal(39))
    assert "for 3 lines of 3 products" in step.words


def test_foreign_money_is_exposed_in_the_companys_own(bench: Bench) -> None:
    bench.world.vendor_price("lantern", "2.25", money="USD")
    request = bench.done(bench.intent(bench.rfq(product="lantern", price="2.25", currency="USD"), case="C0"))

    step = bench.priced(bench.confirm(request.records[0].id))

    assert str(step.exposure.amount) == "43.20 GBP"


def test_a_promise_that_is_past_reaches_no_day_ahead(bench: Bench) -> None:
    order = bench.world.buy("jug", "WH", 24, in_days=-3, confirm=False)

    assert bench.priced(bench.confirm(order)).exposure.days == 0


def test_a_vendor_new_to_a_product_stays_on_its_price_list(bench: Bench) -> None:
    wearing(bench, *SERVICE_GROUPS)

    known = bench.priced(bench.confirm()).rollback.remains
    new = bench.priced(bench.confirm(bench.request(product="bunting"))).rollback.remains

    assert "price list" not in (known or "")
    assert "on the price list of “[47566] Party bunting”" in (new or "")


def test_taking_back_brings_the_request_and_the_forecast_back(bench: Bench) -> None:
    order = bench.request()
    before = picture(bench, order)
    intent = bench.intent(bench.confirm(order))
    bench.clock.move(timedelta(hours=1))
    undo = bench.done(intent)
    assert picture(bench, order) != before

    back = bench.perform(intent.taken_back(undo))

    assert isinstance(back, Compensated)
    assert back.remains == "the cancelled receipt of P00001 stays"
    assert picture(bench, order) == before
    assert open_moves(bench, order) == 0


def test_what_was_taken_back_can_be_confirmed_anew(bench: Bench) -> None:
    intent, undo, order = confirmed(bench)
    bench.perform(intent.taken_back(undo))

    again = bench.perform(bench.intent(bench.confirm(order), case="C2"))

    assert isinstance(again, Undo)
    assert open_moves(bench, order) == 1


def test_a_sent_request_comes_back_as_a_draft_and_says_so(bench: Bench) -> None:
    order = bench.request()
    with bench.engine.transaction() as env:
        env.write(ORDER, order, {"state": "sent"})
    intent = bench.intent(bench.confirm(order))

    back = bench.perform(intent.taken_back(bench.done(intent)))

    assert isinstance(back, Compensated)
    assert "it was marked as sent" in (back.remains or "")


def test_an_order_that_its_company_locks_at_once_is_taken_back_too(bench: Bench) -> None:
    with bench.engine.transaction() as env:
        env.write("res.company", bench.world.company, {"po_lock": "lock"})
    intent, undo, order = confirmed(bench)
    assert state(bench, order) == "done"

    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)
    assert state(bench, order) == "draft"


# What somebody did to the order since, as a buyer, and what the refusal says.


def received(bench: Bench, order: int) -> None:
    bench.world.receive(order)


def billed(bench: Bench, order: int, *, bill: str = "draft") -> None:
    with bench.engine.transaction() as env:
        made = env.create("account.move", {"move_type": "in_invoice", "state": bill, "name": "/"})
        env.write(ORDER, order, {"invoice_ids": [[6, 0, [made]]]})


def billed_and_posted(bench: Bench, order: int) -> None:
    billed(bench, order, bill="posted")


def locked(bench: Bench, order: int) -> None:
    bench.as_buyer(ORDER, "button_done", [order])


def changed(bench: Bench, order: int) -> None:
    bench.as_buyer(LINE, "write", bench.root().row(ORDER, order)["order_line"], {"product_qty": 36})


def cancelled(bench: Bench, order: int) -> None:
    bench.as_buyer(ORDER, "button_cancel", [order])


def reset(bench: Bench, order: int) -> None:
    bench.as_buyer(ORDER, "button_draft", [order])


def picked(bench: Bench, order: int) -> None:
    lines = bench.root().row(ORDER, order)["order_line"]
    moves = bench.root().search("stock.move", [["purchase_line_id", "in", lines]])
    bench.as_buyer("stock.move", "write", moves, {"picked": True})


def deleted(bench: Bench, order: int) -> None:
    cancelled(bench, order)
    bench.as_buyer(ORDER, "unlink", [order])


@pytest.mark.parametrize(
    ("meddle", "reason"),
    [
        (received, "came already"),
        (billed, "is billed by now"),
        (billed_and_posted, "is billed by now"),
        (locked, "was locked since"),
        (changed, "somebody changed P00001 since: purchase.order.line"),
        (cancelled, "somebody cancelled P00001 since"),
        (reset, "is draft with 1 moves still to come"),
        (picked, "picked was False"),
        (deleted, "somebody deleted it since"),
    ],
)
def test_an_order_somebody_acted_on_is_left_alone(
    bench: Bench, meddle: Callable[[Bench, int], None], reason: str
) -> None:
    intent, undo, order = confirmed(bench)
    meddle(bench, order)
    sent = len(bench.line.writes)

    back = bench.perform(intent.taken_back(undo))

    assert isinstance(back, Refusal)
    assert reason in back.reason
    assert len(bench.line.writes) == sent


def test_an_order_that_odoo_did_not_cancel_is_not_reset(bench: Bench) -> None:
    class Idle:
        """An Odoo that cancels nothing and does not say so."""

        uid = bench.line.uid

        def execute(self, call: Call) -> Json:
            return None if call.method == "button_cancel" else bench.line.execute(call)

    intent, undo, order = confirmed(bench)

    frozen = bench.perform(intent.taken_back(undo), gateway=bench.over(Idle()))

    assert isinstance(frozen, Unknown)
    assert "P00001 is purchase with 1 moves still to come" in frozen.reason
    assert (state(bench, order), bench.line.writes[1:]) == ("purchase", [])


def test_an_order_somebody_made_a_request_again_is_taken_back(bench: Bench) -> None:
    intent, undo, order = confirmed(bench)
    cancelled(bench, order)
    reset(bench, order)
    sent = len(bench.line.writes)

    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)
    assert len(bench.line.writes) == sent


def bought_to_order(bench: Bench) -> int:
    """A request for what one customer's delivery waits for; its id."""
    with bench.engine.transaction() as env:
        routes = [env.ref("stock.route_warehouse0_mto"), env.ref("purchase_stock.route_warehouse0_buy")]
        env.write("product.product", bench.world.products["jug"], {"route_ids": [[6, 0, routes]]})
    bench.world.sell("jug", "WH", 24, in_days=9)
    return bench.root().search(ORDER, [["state", "=", "draft"]])[0]


def test_what_a_delivery_waits_for_can_be_confirmed_and_not_taken_back(bench: Bench) -> None:
    order = bought_to_order(bench)
    step = bench.priced(bench.confirm(order))
    intent = bench.intent(bench.confirm(order))

    undo = bench.done(intent)
    back = bench.perform(intent.taken_back(undo))

    assert (step.exposure.risk, step.rollback.calls) == (Risk.IRREVERSIBLE, ())
    assert isinstance(back, Refusal)
    assert "a delivery waits for goods of P00001" in back.reason
    assert state(bench, order) == "purchase"


def test_what_a_delivery_waits_for_is_left_waiting_for_approval_too(bench: Bench) -> None:
    order = bought_to_order(bench)

    frozen = bench.perform(bench.intent(bench.confirm(order)), gateway=bench.over(Tightened(bench)))

    assert isinstance(frozen, Unknown)
    assert state(bench, order) == "to approve"


def test_a_request_somebody_confirmed_first_is_stale(bench: Bench) -> None:
    order = bench.request()
    intent = bench.intent(bench.confirm(order))
    bench.as_buyer(ORDER, "button_confirm", [order])

    assert isinstance(bench.perform(intent), Stale)
    assert bench.line.writes == []


@pytest.mark.parametrize(("model", "values"), [(LINE, {"price_unit": 9.0}), (LINE, {"product_qty": 240})])
def test_a_request_somebody_edited_is_stale(bench: Bench, model: str, values: dict[str, Json]) -> None:
    order = bench.request()
    intent = bench.intent(bench.confirm(order))
    bench.as_buyer(model, "write", bench.root().row(ORDER, order)["order_line"], values)

    assert isinstance(bench.perform(intent), Stale)


def test_what_somebody_else_confirmed_while_the_desk_was_down_stands_and_is_never_cancelled(bench: Bench) -> None:
    order = bench.request()
    intent = bench.intent(bench.confirm(order))
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "before")))
    bench.as_buyer(ORDER, "button_confirm", [order])

    undo = bench.done(intent)
    back = bench.perform(intent.taken_back(undo))

    assert isinstance(back, Refusal)
    assert "somebody else confirmed P00001" in back.reason
    assert (state(bench, order), bench.line.writes) == ("purchase", [])


def test_what_somebody_else_confirmed_in_the_same_moment_is_never_cancelled(bench: Bench) -> None:
    class Beaten:
        uid = bench.line.uid

        def execute(self, call: Call) -> Json:
            if call.method == "button_confirm":
                bench.as_buyer(ORDER, "button_confirm", *call.args)
            return bench.line.execute(call)

    intent = bench.intent(bench.confirm())

    undo = bench.perform(intent, gateway=bench.over(Beaten()))

    assert isinstance(undo, Undo)
    assert isinstance(bench.perform(intent.taken_back(undo)), Refusal)
    assert state(bench, undo.records[0].id) == "purchase"


def test_what_the_desk_confirmed_before_it_was_killed_can_be_taken_back(bench: Bench) -> None:
    order = bench.request()
    intent = bench.intent(bench.confirm(order))
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after")))

    undo = bench.done(intent)

    assert bench.line.writes == ["purchase.order.button_confirm"]
    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)
    assert state(bench, order) == "draft"


def test_a_request_cancelled_while_the_desk_was_down_is_stale(bench: Bench) -> None:
    order = bench.request()
    intent = bench.intent(bench.confirm(order))
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "before")))
    cancelled(bench, order)

    assert isinstance(bench.perform(intent), Stale)


def approval_above(bench: Bench, amount: float) -> None:
    with bench.engine.transaction() as env:
        values = {"po_double_validation": "two_step", "po_double_validation_amount": amount}
        env.write("res.company", bench.world.company, values)


class Tightened:
    """A company that wants a second signature from the moment on in which the desk's order reaches it."""

    def __init__(self, bench: Bench) -> None:
        self._bench, self.uid = bench, bench.line.uid

    def execute(self, call: Call) -> Json:
        if call.method == "button_confirm":
            approval_above(self._bench, 50)
        return self._bench.line.execute(call)


def test_an_order_that_needs_a_purchase_manager_is_not_sent_by_anybody_else(bench: Bench) -> None:
    approval_above(bench, 50)
    order = bench.request()

    found = bench.perform(bench.intent(bench.confirm(order)))

    assert isinstance(found, Refusal)
    assert (found.guard, state(bench, order)) == ("rights", "draft")
    assert found.reason.endswith("needs a purchase manager, as every order of 50.00 GBP and more")
    assert bench.line.writes == []


def test_a_purchase_manager_is_not_held_back(bench: Bench) -> None:
    approval_above(bench, 50)
    wearing(bench, *SERVICE_GROUPS, *(group for group in MIGHTY_GROUPS if group.xmlid == MANAGER))

    assert isinstance(bench.perform(bench.intent(bench.confirm())), Undo)


@pytest.mark.parametrize("lost", [False, True])
def test_an_order_that_waits_for_approval_is_taken_back_and_never_approved(bench: Bench, lost: bool) -> None:
    order = bench.request()
    tightened = Tightened(bench)
    line = Breaking(tightened, 1, "after", OutcomeUnknown) if lost else tightened

    found = bench.perform(bench.intent(bench.confirm(order)), gateway=bench.over(line))

    assert isinstance(found, Refusal)
    assert (found.guard, state(bench, order)) == ("verify", "draft")
    assert "is to approve: a purchase manager has to approve it in Odoo" in found.reason
    assert "purchase.order.button_approve" not in bench.line.writes


def test_an_order_below_the_limit_needs_no_approval(bench: Bench) -> None:
    approval_above(bench, 100)

    assert isinstance(bench.perform(bench.intent(bench.confirm())), Undo)


def test_an_approval_that_somebody_else_waits_for_is_left_to_a_person(bench: Bench) -> None:
    order = bench.request()
    intent = bench.intent(bench.confirm(order))
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "before")))
    approval_above(bench, 50)
    bench.as_buyer(ORDER, "button_confirm", [order])

    frozen = bench.perform(intent)

    assert isinstance(frozen, Unknown)
    assert state(bench, order) == "to approve"


def test_a_wizard_instead_of_a_confirmation_is_no_confirmation(bench: Bench) -> None:
    class Choosing:
        """Odoo's purchase agreements ask which alternative to keep, and confirm nothing."""

        uid = bench.line.uid

        def execute(self, call: Call) -> Json:
            if call.method == "button_confirm":
                return {"type": "ir.actions.act_window", "res_model": "purchase.requisition.alternative.warning"}
            return bench.line.execute(call)

    order = bench.request()

    found = bench.perform(bench.intent(bench.confirm(order)), gateway=bench.over(Choosing()))

    assert isinstance(found, Refusal)
    assert "Odoo did not confirm it" in found.reason
    assert (state(bench, order), bench.line.writes) == ("draft", [])


def test_an_order_without_a_receipt_is_taken_back(bench: Bench) -> None:
    class Bare:
        """An Odoo that confirms and makes no receipt."""

        uid = bench.line.uid

        def execute(self, call: Call) -> Json:
            answer = bench.line.execute(call)
            if call.method == "button_confirm":
                with bench.engine.transaction() as env:
                    pickings = env.row(ORDER, order)["picking_ids"]
                    env.call("stock.picking", "action_cancel", pickings)
            return answer

    order = bench.request()

    found = bench.perform(bench.intent(bench.confirm(order)), gateway=bench.over(Bare()))

    assert isinstance(found, Refusal)
    assert "no receipt brings “[22427] Enamel flower jug cream”" in found.reason
    assert state(bench, order) == "draft"


def test_a_draft_whose_receipt_is_still_open_is_not_confirmed(bench: Bench) -> None:
    order = bench.world.buy("jug", "WH", 24, in_days=7)
    reset(bench, order)

    found = bench.perform(bench.intent(bench.confirm(order)))

    assert isinstance(found, Refusal)
    assert "set back to draft with its receipt still open" in found.reason


@pytest.mark.parametrize(
    ("meddle", "state"), [("button_confirm", "purchase"), ("button_cancel", "cancel"), ("button_done", "done")]
)
def test_only_an_open_request_can_be_confirmed(bench: Bench, meddle: str, state: str) -> None:
    order = bench.request()
    with bench.engine.transaction() as env:
        env.call(ORDER, meddle, [order])

    assert f"P00001 is {state}: only a request" in bench.refused(bench.confirm(order)).reason


@pytest.mark.parametrize("quantity", [0, -3])
def test_a_line_for_nothing_or_less_is_not_confirmed(bench: Bench, quantity: float) -> None:
    order = bench.request()
    with bench.engine.transaction() as env:
        env.create(LINE, {"order_id": order, "product_id": bench.world.products["lantern"], "product_qty": quantity})

    assert f"asks for {quantity} of “[71053]" in bench.refused(bench.confirm(order)).reason


def test_a_request_for_no_product_is_not_confirmed(bench: Bench) -> None:
    with bench.engine.transaction() as env:
        order = env.create(ORDER, {"partner_id": bench.world.vendor})
        env.create(LINE, {"order_id": order, "display_type": "line_note", "name": "Call first", "product_qty": 0})

    assert "asks for no product" in bench.refused(bench.confirm(order)).reason


def test_a_request_without_a_price_cannot_be_judged(bench: Bench) -> None:
    order = bench.request()
    with bench.engine.transaction() as env:
        env.write(LINE, env.row(ORDER, order)["order_line"], {"price_unit": 0})

    assert "carries no price" in bench.refused(bench.confirm(order)).reason


@pytest.mark.parametrize(
    ("values", "reason"), [({"product_qty": 0}, "asks for 0 of"), ({"price_unit": 0}, "carries no price")]
)
def test_what_a_request_asks_for_is_looked_at_again_before_it_is_confirmed(
    bench: Bench, values: Row, reason: str
) -> None:
    order = bench.request()
    intent = bench.intent(bench.confirm(order)).but(touches=())
    bench.as_buyer(LINE, "write", bench.root().row(ORDER, order)["order_line"], values)

    found = bench.perform(intent)

    assert isinstance(found, Refusal)
    assert (found.guard, bench.line.writes) == ("precondition", [])
    assert reason in found.reason


@pytest.mark.parametrize("gone", [True, False])
def test_a_request_that_is_none_any_more_is_looked_at_again_too(bench: Bench, gone: bool) -> None:
    order = bench.request()
    intent = bench.intent(bench.confirm(order)).but(touches=())
    (deleted if gone else cancelled)(bench, order)

    found = bench.perform(intent)

    assert isinstance(found, Refusal)
    assert ("gone or not in sight" if gone else "only a request that is draft or sent") in found.reason
    assert bench.line.writes == []


def test_a_request_of_another_company_is_out_of_sight(bench: Bench) -> None:
    order = bench.request()
    with bench.engine.transaction() as env:
        other = env.create("res.company", {"name": "Elsewhere Ltd", "currency_id": env.ref("base.GBP")})
        env.write("res.users", bench.world.users["desk"].uid, {"company_ids": [[4, other]]})
        env.write(ORDER, order, {"company_id": other})

    assert "top-secret records" in bench.refused(bench.confirm(order)).reason


def test_a_request_out_of_sight_cannot_be_confirmed(bench: Bench) -> None:
    assert "purchase order 99999" in bench.refused(bench.confirm(99999)).reason


@pytest.mark.parametrize("wrong", [{"order": 0}, {"order": "1"}, {"warehouse": -1}, {"send_email": True}], ids=str)
def test_parameters_out_of_bounds_are_refused(bench: Bench, wrong: dict[str, Json]) -> None:
    draft = bench.confirm()

    assert bench.refused(draft.but(params={**draft.params, **wrong})).guard == "params"


@pytest.mark.parametrize(
    ("model", "values", "reason"),
    [
        ("product.product", {"purchase_ok": False}, "not to be purchased"),
        ("product.product", {"active": False}, "archived"),
        ("res.partner", {"active": False}, "vendor “Midland Tinware” is archived"),
    ],
)
def test_what_is_not_bought_or_not_sold_any_more_is_not_ordered(
    bench: Bench, model: str, values: dict[str, Json], reason: str
) -> None:
    intent = bench.intent(bench.confirm())
    with bench.engine.transaction() as env:
        env.write(model, bench.world.products["jug"] if model == "product.product" else bench.world.vendor, values)

    stale, again = bench.perform(intent), bench.perform(intent.but(touches=(), case="C2"))

    assert isinstance(stale, Stale)
    assert isinstance(again, Refusal)
    assert reason in again.reason


def test_goods_for_another_warehouse_are_not_confirmed_for_this_one(bench: Bench) -> None:
    draft = bench.confirm()
    elsewhere = draft.but(params={**draft.params, "warehouse": bench.world.warehouses["NTH"].id})

    found = bench.perform(bench.intent(elsewhere))

    assert isinstance(found, Refusal)
    assert "belongs to Leicester" in found.reason


def test_a_receipt_at_another_companys_warehouse_is_not_confirmed(bench: Bench) -> None:
    order = bench.request()
    with bench.engine.transaction() as env:
        other = env.create("res.company", {"name": "Elsewhere Ltd", "currency_id": env.ref("base.GBP")})
        kind = env.row(ORDER, order)["picking_type_id"]
        env.write("stock.picking.type", kind, {"company_id": other})

    found = bench.perform(bench.intent(bench.confirm(order)))

    assert isinstance(found, Refusal)
    assert found.guard in {"precondition", "odoo"}
    assert bench.line.writes == []


def test_a_user_who_may_not_buy_is_refused_whole(bench: Bench) -> None:
    bench.fail("purchase.order.button_confirm", "access")
    order = bench.request()

    found = bench.perform(bench.intent(bench.confirm(order)))

    assert isinstance(found, Refusal)
    assert (found.guard, state(bench, order)) == ("rights", "draft")
