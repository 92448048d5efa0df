"""What comes in parts is counted once, and what will never come is not counted at all."""

from domain.refusals import Refusal
from tests.contract.ground import Ground
from tests.contract.traps.seeing import coming, confirm, found, redate, shelf_of, state


def test_the_rest_of_a_partial_receipt_is_still_coming_once(ground: Ground) -> None:
    north, _ = ground.warehouses
    goods = ground.product("Ladder")
    order = ground.buy(goods, 10, warehouse=north)

    ground.receive(order, 4)

    seen = shelf_of(ground, goods, north)
    assert (seen.on_hand, coming(ground, goods, north)) == (4, 6)


def test_a_cancelled_backorder_is_no_longer_counted_on(ground: Ground) -> None:
    north, _ = ground.warehouses
    goods = ground.product("Ladder")
    order = ground.buy(goods, 10, warehouse=north)
    ground.receive(order, 4)
    (backorder,) = ground.receipts(order)

    ground.call("stock.picking", "action_cancel", [backorder])

    assert ground.row("purchase.order", order, "receipt_status")["receipt_status"] == "full"
    assert coming(ground, goods, north) == 0


def test_a_receipt_without_backorder_loses_the_rest_and_a_customer_runs_short(ground: Ground) -> None:
    north, _ = ground.warehouses
    goods = ground.product("Ladder")
    ground.sell(goods, 9, warehouse=north)
    order = ground.buy(goods, 10, warehouse=north, in_days=2)
    assert found(ground, goods, north) is None

    ground.receive(order, 4, backorder=False)

    short = found(ground, goods, north)
    assert coming(ground, goods, north) == 0
    assert short is not None
    assert "runs out" in short.finding.title


def test_the_desk_does_not_cancel_an_order_of_which_goods_came(ground: Ground) -> None:
    """Odoo 19 would, and would cut the backorder off without a word."""
    north, _ = ground.warehouses
    order = ground.buy(ground.product("Ladder"), 10, warehouse=north, confirm=False)
    intent, undo = ground.done(confirm(order, north))
    ground.receive(order, 4)

    refused = ground.undo(intent, undo)

    assert isinstance(refused, Refusal)
    assert "goods" in refused.reason
    assert "came already" in refused.reason
    assert state(ground, order) == "purchase"
    assert len(ground.receipts(order)) == 1


def test_another_day_is_for_what_is_still_to_come(ground: Ground) -> None:
    north, _ = ground.warehouses
    order = ground.buy(ground.product("Ladder"), 10, warehouse=north)
    done = ground.receive(order, 4)
    was = ground.moves(done)[0]["date"]

    ground.done(redate(ground.lines(order)[0], ground.at(20)[:10]))

    (backorder,) = ground.receipts(order)
    assert ground.moves(backorder)[0]["date"][:10] == ground.at(20)[:10]
    assert ground.moves(done)[0]["date"] == was
