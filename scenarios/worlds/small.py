"""The smallest distributor that can run out of stock: three warehouses, three products, a vendor and a customer."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from scenarios.sandbox.engine import Engine
from scenarios.worlds import goods, ground, people
from scenarios.worlds.morning import morning_of, standing
from scenarios.worlds.verbs.arranging import Arranging
from scenarios.worlds.verbs.buying import Buying
from scenarios.worlds.verbs.selling import Selling
from scenarios.worlds.verbs.stocking import Stocking

SITES = {"WH": "Leicester", "NTH": "Leeds", "STH": "Reading"}
GOODS = {
    "lantern": ("71053", "White metal lantern", "3.75", "1.80"),
    "jug": ("22427", "Enamel flower jug cream", "5.95", "2.90"),
    "bunting": ("47566", "Party bunting", "4.95", "2.10"),
}


@dataclass(frozen=True, kw_only=True)
class Small(Stocking, Selling, Buying, Arranging):
    """The small world, and what tests and scenarios do in it."""


def build(engine: Engine, *, today: date, seed: int = 7) -> Small:
    """One company in GBP, with every role's user; nothing in stock, nothing ordered yet."""
    with standing(engine, morning_of(today)) as (env, _):
        company = ground.company(env, "Alder & Vale Wholesale", "GBP", first=True)
        uoms = ground.units(env)
        for code, per_pound in (("EUR", 1.2), ("USD", 1.25)):
            ground.rate(env, code, company, today - timedelta(days=1), per_pound)
        return Small(
            engine=engine,
            today=today,
            company=company,
            users=people.hire(env, [company], Random(seed)),  # noqa: S311 - a repeatable world, not a secret
            units=uoms,
            warehouses={code: ground.warehouse(env, code, site, company) for code, site in SITES.items()},
            products={
                name: goods.product(env, code, words, price=Decimal(price), cost=Decimal(cost), uoms=uoms)
                for name, (code, words, price, cost) in GOODS.items()
            },
            vendor=goods.vendor(env, "Midland Tinware", "GBP"),
            customer=goods.customer(env, "Harbour Street Gifts", "A"),
        )
