"""Shortages with known answers, built into a small world."""

from scenarios.worlds.small import Small


def small_transfer(world: Small, product: str = "lantern", warehouse: str = "NTH") -> None:
    """A shortage of few units that another warehouse can end: policy carries it out by itself."""
    world.stock(product, "WH", 400)
    world.reorder(product, "WH", 20, 60)
    world.stock(product, warehouse, 2)
    world.reorder(product, warehouse, 10, 30)
    world.sell(product, warehouse, 20, 2)


def large_transfer(world: Small, product: str = "jug", warehouse: str = "STH") -> None:
    """A shortage worth over 500 GBP that another warehouse can end: the warehouse lead is asked."""
    world.stock(product, "WH", 2000)
    world.reorder(product, "WH", 20, 60)
    world.stock(product, warehouse, 2)
    world.reorder(product, warehouse, 10, 30)
    world.sell(product, warehouse, 400, 2)


def small_purchase(world: Small, product: str = "bunting", warehouse: str = "WH") -> None:
    """A shortage that only the vendor can end, for little money and at a price break: an RFQ is drafted by itself.

    There is time enough for a buyer to confirm it at the next review, so nobody is asked to hurry.
    """
    world.vendor_price(product, "2.50", min_qty=1, delay=3)
    world.vendor_price(product, "2.10", min_qty=20, delay=3)
    world.stock(product, warehouse, 5)
    world.reorder(product, warehouse, 10, 40)
    world.sell(product, warehouse, 30, 10)


def large_purchase(world: Small, product: str = "bunting", warehouse: str = "WH") -> None:
    """A shortage that only the vendor can end, for over 1,000 GBP: a buyer is asked."""
    world.vendor_price(product, "2.10", delay=3)
    world.stock(product, warehouse, 5)
    world.reorder(product, warehouse, 10, 40)
    world.sell(product, warehouse, 900, 8)
