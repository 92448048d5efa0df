"""Several hands at work on the same records at once: one effect stands, and whoever came too late hears of it."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from domain.calls import Call
from domain.errors import DeskError
from domain.faults import Refused
from domain.intents import Compensated, Stale, Undo
from domain.refusals import Refusal
from tests.contract.drafts import PREPARED, Prepared, transfer
from tests.contract.ground import Ground


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each came to, a fault where it raised one."""

    def came_to(work: Callable[[], Any]) -> Any:
        try:
            return work()
        except DeskError as fault:
            return fault

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(came_to, works))


def test_four_who_confirm_one_order_leave_one_receipt(ground: Ground) -> None:
    order = ground.buy(ground.product("Jug"), 12, confirm=False)
    call = Call(model="purchase.order", method="button_confirm", args=([order],))
    lines = [ground.logged_in("admin") for _ in range(4)]

    said = at_once(*(lambda line=line: line.execute(call) for line in lines))

    assert all(each is True or isinstance(each, Refused) for each in said), said
    assert True in said
    assert ground.row("purchase.order", order, "state")["state"] == "purchase"
    assert len(ground.receipts(order, open_only=False)) == 1
    assert ground.row("purchase.order.line", ground.lines(order)[0], "qty_received")["qty_received"] == 0


def test_two_desks_never_send_the_same_stock_away_twice(ground: Ground) -> None:
    goods, (_, south) = ground.product("Lantern"), ground.warehouses
    ground.stock(goods, south, 10)
    intents = [ground.intent(transfer(ground, goods, "8")) for _ in range(2)]

    came = at_once(*(lambda intent=intent: ground.perform(intent) for intent in intents))

    done = [each for each in came if isinstance(each, Undo)]
    late = [each for each in came if isinstance(each, Stale | Refusal)]
    assert (len(done), len(late)) in {(1, 1), (0, 2)}, came
    open_moves = [["product_id", "=", goods], ["state", "not in", ["cancel", "done"]]]
    assert ground.count("stock.move", open_moves) == len(done)
    if not ground.live:  # a real Odoo may forget to let go of stock where two transfers are cancelled at once
        assert ground.free(goods, south) == (2 if done else 10)


def test_two_desks_that_confirm_one_request_order_it_once(ground: Ground) -> None:
    step = PREPARED["purchase.confirm"](ground)
    intents = [ground.intent(step.draft) for _ in range(2)]

    came = at_once(*(lambda intent=intent: ground.perform(intent) for intent in intents))

    assert any(isinstance(each, Undo) for each in came), came
    assert step.look() == step.after


def _another_price(ground: Ground, step: Prepared) -> None:
    """The vendor's list says something else now."""
    (row,) = ground.rows("product.supplierinfo", [["partner_id", "=", step.draft.params["vendor"]]], ["price"])
    ground.write("product.supplierinfo", row["id"], {"price": 9})


def _sold_meanwhile(ground: Ground, step: Prepared) -> None:
    """The receiving warehouse has other stock than the plan was made with."""
    product = step.draft.params["product"]
    assert isinstance(product, int)
    ground.stock(product, ground.warehouses[0], 3)


def _other_quantity(ground: Ground, step: Prepared) -> None:
    order = step.draft.params["order"]
    assert isinstance(order, int)
    ground.write("purchase.order.line", ground.lines(order)[0], {"product_qty": 36})


def _other_day(ground: Ground, step: Prepared) -> None:
    line = step.draft.params["line"]
    assert isinstance(line, int)
    ground.write("purchase.order.line", line, {"date_planned": ground.at(21)})


def _other_promise(ground: Ground, step: Prepared) -> None:
    order = step.draft.params["order"]
    assert isinstance(order, int)
    ground.write("sale.order", order, {"commitment_date": ground.at(21)})


def _other_limits(ground: Ground, step: Prepared) -> None:
    rule = step.draft.params["orderpoint"]
    assert isinstance(rule, int)
    ground.write("stock.warehouse.orderpoint", rule, {"product_min_qty": 12})


def _let_go(ground: Ground, step: Prepared) -> None:
    ground.call("stock.picking", "do_unreserve", [step.draft.params["from_picking"]])


def _cancelled(ground: Ground, step: Prepared) -> None:
    ground.call("sale.order", "action_cancel", [step.draft.params["order"]], context={"disable_cancel_warning": True})


def _renamed_document(ground: Ground, step: Prepared) -> None:
    record = step.draft.params["record"]
    assert isinstance(record, int)
    ground.write("sale.order", record, {"name": ground.name("SO")})


def _asked_of_another(ground: Ground, step: Prepared) -> None:
    activity = step.draft.params["activity"]
    assert isinstance(activity, int)
    ground.write("mail.activity", activity, {"user_id": ground.person("manager").uid}, mail_activity_quick_update=True)


MEANWHILE: Mapping[str, Callable[[Ground, Prepared], None]] = {
    "stock.transfer": _sold_meanwhile,
    "stock.reallocate": _let_go,
    "stock.minmax": _other_limits,
    "purchase.create_rfq": _another_price,
    "purchase.confirm": _other_quantity,
    "purchase.redate": _other_day,
    "sale.commitment": _other_promise,
    "sale.hold": _cancelled,
    "mail.activity": _renamed_document,
    "mail.activity_done": _asked_of_another,
    "mail.note": _renamed_document,
}
"""What somebody does in Odoo between the plan and its step."""


def test_every_action_is_tried_with_a_change_meanwhile() -> None:
    assert set(MEANWHILE) == set(PREPARED)


@pytest.mark.parametrize("action", MEANWHILE)
def test_what_somebody_changed_meanwhile_makes_the_step_stale(ground: Ground, action: str) -> None:
    step = PREPARED[action](ground)
    intent = ground.intent(step.draft, step.who)
    MEANWHILE[action](ground, step)
    stands = step.look()

    outcome = ground.perform(intent, step.who)

    assert isinstance(outcome, Stale), outcome
    assert step.look() == stands


CHANGED_AFTER: Sequence[str] = ("stock.minmax", "sale.commitment", "purchase.redate")


@pytest.mark.parametrize("action", CHANGED_AFTER)
def test_what_somebody_changed_after_the_step_is_not_taken_back(ground: Ground, action: str) -> None:
    step = PREPARED[action](ground)
    intent, undo = ground.done(step.draft, step.who)
    MEANWHILE[action](ground, step)
    stands = step.look()

    outcome = ground.undo(intent, undo, step.who)

    assert isinstance(outcome, Refusal), outcome
    assert step.look() == stands


def test_a_transfer_that_is_done_is_not_taken_back(ground: Ground) -> None:
    step = PREPARED["stock.transfer"](ground)
    intent, undo = ground.done(step.draft)
    ground.validate(undo.records[0].id)

    outcome = ground.undo(intent, undo)

    assert isinstance(outcome, Refusal)
    assert "the stock has moved" in outcome.reason


def test_a_request_that_a_buyer_sent_is_not_taken_back(ground: Ground) -> None:
    step = PREPARED["purchase.create_rfq"](ground)
    intent, undo = ground.done(step.draft)
    ground.call("purchase.order", "button_confirm", [undo.records[0].id])

    assert isinstance(ground.undo(intent, undo), Refusal)
    assert ground.row("purchase.order", undo.records[0].id, "state")["state"] == "purchase"


def test_two_who_take_one_step_back_take_it_back_once(ground: Ground) -> None:
    step = PREPARED["purchase.confirm"](ground)
    intent, undo = ground.done(step.draft)

    came = at_once(*(lambda: ground.undo(intent, undo) for _ in range(2)))

    assert any(isinstance(each, Compensated) for each in came), came
    assert step.look() == step.undone
