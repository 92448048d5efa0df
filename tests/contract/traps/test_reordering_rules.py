"""A rule for a warehouse and one for a shelf in it count the same stock: what they want is not added up."""

from agents.stockout.reading.index import index
from tests.contract.ground import Ground
from tests.contract.traps.seeing import picture_of

RULE = "stock.warehouse.orderpoint"


def nested(ground: Ground) -> tuple[int, list[int]]:
    """Eleven in the warehouse, six of them on a shelf; the warehouse is to keep 20 and the shelf 15."""
    north, _ = ground.warehouses
    goods = ground.product()
    ground.price(goods, ground.vendor(), 4)
    place = {"name": ground.name("Shelf"), "location_id": north.stock, "usage": "internal"}
    shelf = ground.make("stock.location", place)
    ground.stock(goods, north, 5)
    ground.stock(goods, north, 6, at=shelf)
    outer = ground.rule(goods, north, 20, 20)
    return goods, [outer, ground.rule(goods, north, 15, 15, location_id=shelf)]


def test_odoo_lets_each_rule_want_its_own_and_the_desk_takes_them_for_one(ground: Ground) -> None:
    north, _ = ground.warehouses
    goods, rules = nested(ground)

    wanted = [ground.row(RULE, rule, "qty_on_hand", "qty_to_order") for rule in rules]
    (held,) = index(picture_of(ground, goods)).orderpoints.values()

    assert [(row["qty_on_hand"], row["qty_to_order"]) for row in wanted] == [(11, 9), (6, 9)]
    assert (held.id, int(held.minimum), held.warehouse) == (rules[0], 20, north.id)


def test_odoo_orders_for_both_what_one_order_would_have_filled(ground: Ground) -> None:
    """That is why the desk runs no rule, and changes limits only."""
    goods, rules = nested(ground)

    for rule in rules:
        ground.call(RULE, "action_replenish", [rule])

    lines = ground.rows("purchase.order.line", [["product_id", "=", goods]], ["product_qty", "order_id"])
    assert sum(line["product_qty"] for line in lines) == 18
