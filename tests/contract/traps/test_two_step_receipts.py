"""What stands at the input of a warehouse has come and is on no shelf yet: it is counted once, and not sold today."""

from functools import cache

from tests.contract.ground import Ground, Warehouse
from tests.contract.traps.seeing import confirm, found, shelf_of, state


@cache
def stepwise(ground: Ground) -> Warehouse:
    """One a run; goods come to its input first and are stored by a transfer of their own."""
    made = ground.warehouse("Gate")
    ground.write("stock.warehouse", made.id, {"reception_steps": "two_steps"})
    return ground.known(made.id)


def test_goods_are_counted_once_from_the_order_to_the_shelf(ground: Ground) -> None:
    gate = stepwise(ground)
    goods = ground.product()
    order = ground.buy(goods, 10, warehouse=gate)

    def counted() -> tuple[float, float, float]:
        seen = shelf_of(ground, goods, gate)
        coming = sum(supply.quantity for supply in seen.coming)
        return seen.on_hand, coming, sum(batch.quantity for batch in seen.free)

    assert counted() == (0, 10, 0)
    ground.receive(order, 6)
    assert counted() == (6, 10, 0)
    (store,) = stores(ground, goods)
    ground.validate(store)
    assert counted() == (6, 4, 6)


def test_what_stands_at_the_input_serves_a_later_delivery(ground: Ground) -> None:
    gate = stepwise(ground)
    goods = ground.product()
    ground.receive(ground.buy(goods, 10, warehouse=gate))

    ground.sell(goods, 8, warehouse=gate, in_days=5)

    assert found(ground, goods, gate) is None


def test_an_order_for_such_a_warehouse_is_confirmed_and_taken_back(ground: Ground) -> None:
    gate = stepwise(ground)
    order = ground.buy(ground.product(), 10, warehouse=gate, confirm=False)

    intent, undo = ground.done(confirm(order, gate))
    assert state(ground, order) == "purchase"
    ground.undo(intent, undo)

    assert state(ground, order) == "draft"
    assert ground.receipts(order) == []


def stores(ground: Ground, goods: int) -> list[int]:
    """The open transfers from the input to the shelf."""
    inside = [["location_id.usage", "=", "internal"], ["location_dest_id.usage", "=", "internal"]]
    over = ["state", "not in", ["done", "cancel"]]
    rows = ground.rows("stock.move", [["product_id", "=", goods], over, *inside], ["picking_id"])
    return [row["picking_id"][0] for row in rows]
