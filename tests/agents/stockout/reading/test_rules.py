"""Several reordering rules of a product in one warehouse are one case, with what they want together."""

from decimal import Decimal

from agents import stockout
from agents.stockout.reading.index import index
from tests.agents.stockout.scene import NOW, Scene


def level(shop: Scene) -> Decimal:
    return shop.projection().reorder_level


def test_a_rule_on_a_place_within_the_stock_is_part_of_the_stocks_rule(shop: Scene) -> None:
    shop.world.reorder("lantern", "WH", 20, 40)
    shop.world.reorder("lantern", "WH", 12, 24, at=shop.world.shelf("Shelf 1", "WH"))
    shop.world.stock("lantern", "WH", 5)

    (finding,) = shop.findings()

    assert level(shop) == 20, "the stock's rule counts the shelf's stock as well"
    assert finding.subject == shop.subject()


def test_rules_side_by_side_within_the_stock_add_up(shop: Scene) -> None:
    shop.world.reorder("lantern", "WH", 20, 40)
    for shelf in ("Shelf 1", "Shelf 2"):
        shop.world.reorder("lantern", "WH", 12, 24, at=shop.world.shelf(shelf, "WH"))

    assert level(shop) == 24, "more than the 20 of the place they stand in"


def test_rules_on_shelves_alone_add_up(shop: Scene) -> None:
    for shelf, minimum in (("Shelf 1", 3), ("Shelf 2", 4)):
        shop.world.reorder("lantern", "WH", minimum, 10, at=shop.world.shelf(shelf, "WH"))

    assert level(shop) == 7


def test_a_rule_on_the_whole_warehouse_counts_its_stock_as_well(shop: Scene) -> None:
    with shop.world.engine.transaction() as env:
        whole = env.row("stock.warehouse", shop.world.warehouses["WH"].id)["view_location_id"]
    shop.world.reorder("lantern", "WH", 20, 40, at=whole)
    shop.world.reorder("lantern", "WH", 12, 24)

    assert level(shop) == 20


def test_the_rule_that_stands_for_all_is_the_outermost(shop: Scene) -> None:
    inner = shop.world.reorder("lantern", "WH", 12, 24, at=shop.world.shelf("Shelf 1", "WH"))
    outer = shop.world.reorder("lantern", "WH", 20, 40)

    known = index(stockout.read(shop.reader, NOW)).orderpoints
    rule = known[shop.world.products["lantern"], shop.world.warehouses["WH"].id]

    assert inner != outer
    assert (rule.id, rule.minimum, rule.maximum) == (outer, Decimal(20), Decimal(40))


def test_a_big_order_of_one_customer_does_not_change_the_minimum(shop: Scene) -> None:
    shop.world.reorder("lantern", "WH", 10, 20)
    shop.world.stock("lantern", "WH", 30)
    before = level(shop)
    shop.world.sell("lantern", "WH", 500, in_days=3)

    assert level(shop) == before == 10
