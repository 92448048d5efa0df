"""People are told of a stockout on the order that loses most, else on the purchase that brings goods."""

from agents import stockout
from tests.agents.stockout.scene import Scene


def test_the_order_that_loses_most_comes_first_and_purchases_last(shop: Scene) -> None:
    small = shop.world.sell("lantern", "WH", 5, in_days=1)
    large = shop.world.sell("lantern", "WH", 500, in_days=1)
    bought = shop.world.buy("lantern", "WH", 4, in_days=9)

    found = stockout.documents(shop.evidence())

    assert found == (("sale.order", large), ("sale.order", small), ("purchase.order", bought))


def test_a_shortage_that_is_only_forecast_is_told_on_no_order(shop: Scene) -> None:
    shop.world.reorder("lantern", "WH", 10, 30)

    assert stockout.documents(shop.evidence()) == ()
