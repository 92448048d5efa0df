"""Lots that are over stand on the shelf and serve nobody: Odoo 18 counts them as free, 19 does not, the desk never."""

from domain.plans import Draft
from domain.refusals import Refusal
from domain.values import Row
from tests.contract.ground import Ground
from tests.contract.traps.seeing import found, needs_module, shelf_of


def perishable(ground: Ground) -> int:
    """Five that keep for a year and eight that went bad ten days ago."""
    needs_module(ground, "product_expiry")
    north, _ = ground.warehouses
    goods = ground.product("Yoghurt", tracking="lot")
    ground.stock(goods, north, 5, lot=ground.lot(goods, ground.at(365)))
    ground.stock(goods, north, 8, lot=ground.lot(goods, ground.at(-10)))
    return goods


def usable(ground: Ground, goods: int) -> float:
    north, _ = ground.warehouses
    batches = shelf_of(ground, goods, north).free
    return sum(batch.quantity for batch in batches if batch.until is None or batch.until > 0)


def test_odoo_counts_expired_lots_and_the_desk_does_not(ground: Ground) -> None:
    north, _ = ground.warehouses
    goods = perishable(ground)

    assert ground.free(goods, north) == (5 if ground.version >= 19 else 13)
    assert usable(ground, goods) == 5


def test_a_sale_beyond_the_good_lots_is_short(ground: Ground) -> None:
    north, _ = ground.warehouses
    goods = perishable(ground)

    sale = ground.sell(goods, 10, warehouse=north, in_days=2)

    (delivery,) = ground.deliveries(sale)
    assert [move["quantity"] for move in ground.moves(delivery)] == [5]
    assert found(ground, goods, north) is not None


def test_expired_goods_are_not_carried_to_another_warehouse(ground: Ground) -> None:
    """Where Odoo counts them as free it still reserves none, and what was begun is taken back."""
    north, south = ground.warehouses
    goods = perishable(ground)
    params: Row = {
        "product": goods,
        "quantity": "9",
        "uom": ground.unit,
        "source_warehouse": north.id,
        "source_location": north.stock,
        "dest_warehouse": south.id,
        "dest_location": south.stock,
        "picking_type": north.transfers,
        "keep": "0",
        "scheduled": ground.at(1).replace(" ", "T") + "Z",
    }

    refused = ground.perform(Draft(action="stock.transfer", params=params))

    assert isinstance(refused, Refusal), refused
    over = ["done", "cancel"]
    assert ground.count("stock.move", [["product_id", "=", goods], ["state", "not in", over]]) == 0


def test_a_lot_that_is_to_leave_the_shelf_is_not_counted_on(ground: Ground) -> None:
    """Past its removal date and not expired: Odoo 18 still reserves it, 19 does not."""
    needs_module(ground, "product_expiry")
    north, _ = ground.warehouses
    goods = ground.product("Yoghurt", tracking="lot")
    lot = ground.lot(goods, ground.at(60))
    ground.write("stock.lot", lot, {"removal_date": ground.at(-5)})
    ground.stock(goods, north, 5, lot=lot)
    assert usable(ground, goods) == 0

    sale = ground.sell(goods, 5, warehouse=north)

    (delivery,) = ground.deliveries(sale)
    assert [move["quantity"] for move in ground.moves(delivery)] == [0 if ground.version >= 19 else 5]
