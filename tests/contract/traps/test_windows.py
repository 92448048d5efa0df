"""Odoo answers some calls with a window to be filled in, having done nothing, and others with nothing at all."""

from contextlib import suppress
from typing import Any

import pytest

from domain.calls import Call
from domain.errors import DeskError
from domain.intents import Compensated, Undo
from domain.values import Json
from tests.contract.ground import Ground
from tests.contract.traps.seeing import hold, state
from tests.tools.bench import Bench
from tests.tools.effects import draft
from tools.catalogue import CATALOGUE

WINDOW: dict[str, Any] = {"type": "ir.actions.act_window", "res_model": "any.wizard", "target": "new"}


class Asking:
    """An Odoo that does nothing and answers every write alike."""

    def __init__(self, bench: Bench, answer: Json) -> None:
        self._bench, self._answer, self.uid = bench, answer, bench.line.uid

    def execute(self, call: Call) -> Json:
        return self._bench.line.execute(call) if call.reads_only else self._answer


@pytest.mark.parametrize("answer", [WINDOW, None, True, {}], ids=["window", "nothing", "true", "empty"])
@pytest.mark.parametrize("action", CATALOGUE)
def test_an_answer_is_never_taken_for_the_deed(bench: Bench, action: str, answer: Json) -> None:
    intent = bench.intent(draft(bench, action))

    with suppress(DeskError, TypeError, ValueError):
        found = bench.perform(intent, gateway=bench.over(Asking(bench, answer)))
        assert not isinstance(found, Undo | Compensated), found


def test_a_short_transfer_asks_back_and_nothing_moved(ground: Ground) -> None:
    order = ground.buy(ground.product(), 10)
    (receipt,) = ground.receipts(order)
    (move,) = ground.moves(receipt)
    ground.write("stock.move", move["id"], {"quantity": 4, "picked": True})

    answer = ground.call("stock.picking", "button_validate", [receipt])

    assert answer["res_model"] == "stock.backorder.confirmation"
    assert ground.moves(receipt)[0]["state"] in {"assigned", "partially_available"}


def test_cancelling_a_sale_opens_a_window_in_odoo_18_and_cancels_in_19(ground: Ground) -> None:
    order = ground.sell(ground.product(), 2)

    answer = ground.call("sale.order", "action_cancel", [order])

    if ground.version >= 19:
        assert (answer, state(ground, order, "sale.order")) == (True, "cancel")
    else:
        assert (answer["res_model"], state(ground, order, "sale.order")) == ("sale.order.cancel", "sale")


def test_scrapping_more_than_there_is_opens_a_window(ground: Ground) -> None:
    north, _ = ground.warehouses
    goods = ground.product()
    ground.stock(goods, north, 2)
    scrap = ground.make("stock.scrap", {"product_id": goods, "scrap_qty": 5, "location_id": north.stock})

    answer = ground.call("stock.scrap", "action_validate", [scrap])

    assert answer["res_model"] == "stock.warn.insufficient.qty.scrap"
    assert state(ground, scrap, "stock.scrap") == "draft"


def test_calls_that_answer_nothing_did_what_was_asked(ground: Ground) -> None:
    """Locking and letting go answer None, and the desk looks at what stands."""
    north, _ = ground.warehouses
    goods = ground.product()
    ground.stock(goods, north, 5)
    order = ground.sell(goods, 2, warehouse=north)

    intent, undo = ground.done(hold(order))
    locked, free = ground.row("sale.order", order, "locked")["locked"], ground.free(goods, north)
    back = ground.undo(intent, undo)

    assert locked
    assert free == 5
    assert isinstance(back, Compensated), back
    assert not ground.row("sale.order", order, "locked")["locked"]
    assert ground.free(goods, north) == 3
