"""As many shortages as wanted, each ended by a small transfer: for measuring, and for races."""

from dataclasses import replace
from decimal import Decimal

from scenarios.worlds import goods
from scenarios.worlds.small import Small


def many_shortages(world: Small, times: int, *, demand: int) -> Small:
    """The world with that many more products, each missing ``demand`` units in Leeds and plenty in Leicester."""
    price, cost = Decimal(6), Decimal("2.90")
    with world.engine.transaction() as env:
        made = {
            f"p{n}": goods.product(env, f"P{n}", f"Product {n}", price=price, cost=cost, uoms=world.units)
            for n in range(times)
        }
    wider = replace(world, products={**world.products, **made})
    for product in made:
        wider.stock(product, "WH", demand * 5)
        wider.reorder(product, "WH", 20, 60)
        wider.stock(product, "NTH", 2)
        wider.reorder(product, "NTH", 10, 30)
        wider.sell(product, "NTH", demand, 2)
    return wider
