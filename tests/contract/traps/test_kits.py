"""A kit is sold and bought as one and stands on the shelf as its parts: the desk counts parts."""

from typing import NamedTuple

from tests.contract.ground import Ground
from tests.contract.traps.seeing import coming, confirm, found, needs_module, redate, shelf_of, state


class Table(NamedTuple):
    """One top and two legs."""

    kit: int
    legs: int
    top: int


def table(ground: Ground) -> Table:
    needs_module(ground, "mrp")
    legs, top = ground.product("Leg"), ground.product("Top")
    return Table(ground.product("Table", kit_of={legs: 2, top: 1}), legs, top)


def test_a_sale_of_kits_claims_parts_and_the_scarce_part_is_short(ground: Ground) -> None:
    north, _ = ground.warehouses
    made = table(ground)
    ground.stock(made.legs, north, 20)
    ground.stock(made.top, north, 4)

    sale = ground.sell(made.kit, 6, warehouse=north, in_days=2)

    legs, top = (shelf_of(ground, part, north) for part in (made.legs, made.top))
    (line,) = ground.lines(sale, "sale.order")
    assert [(claim.quantity, claim.sale_line) for claim in (*legs.claims, *top.claims)] == [(12, line), (6, line)]
    assert found(ground, made.legs, north) is None
    assert found(ground, made.top, north) is not None


def test_only_whole_kits_count_as_delivered_and_the_missing_part_is_still_owed(ground: Ground) -> None:
    north, _ = ground.warehouses
    made = table(ground)
    ground.stock(made.legs, north, 20)
    ground.stock(made.top, north, 4)
    sale = ground.sell(made.kit, 6, warehouse=north)

    ground.deliver(sale)

    (line,) = ground.rows("sale.order.line", [["order_id", "=", sale]], ["qty_delivered"])
    assert line["qty_delivered"] == 4
    assert [claim.quantity for claim in shelf_of(ground, made.top, north).claims] == [2]
    assert shelf_of(ground, made.legs, north).claims == ()


def test_an_order_of_kits_brings_parts(ground: Ground) -> None:
    north, _ = ground.warehouses
    made = table(ground)
    order = ground.buy(made.kit, 5, warehouse=north, confirm=False)

    ground.done(confirm(order, north))

    assert state(ground, order) == "purchase"
    assert (coming(ground, made.legs, north), coming(ground, made.top, north)) == (10, 5)


def test_another_day_for_kits_is_another_day_for_every_part(ground: Ground) -> None:
    north, _ = ground.warehouses
    order = ground.buy(table(ground).kit, 5, warehouse=north)

    ground.done(redate(ground.lines(order)[0], ground.at(20)[:10]))

    (receipt,) = ground.receipts(order)
    assert {move["date"][:10] for move in ground.moves(receipt)} == {ground.at(20)[:10]}
