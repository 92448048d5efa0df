"""The demo distributor's past: 13 weeks of deliveries to customers and 180 days of purchases, as late as they were."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from scenarios.sandbox.env import Env
from scenarios.worlds import ground, history
from scenarios.worlds.assortment import SITES, Item, Vendor, items, vendors
from scenarios.worlds.ground import Units, Warehouse
from scenarios.worlds.positions import positions, quoted

WEEKS = 13
DAYS = 180
EVERY = 30
"""Days between a warehouse's orders with one vendor."""
LINES = 3
"""Products on one past order."""


class Traded(NamedTuple):
    """Ids of the goods and the vendors, by name."""

    products: Mapping[str, int]
    vendors: Mapping[str, int]


def write(
    env: Env,
    warehouses: Mapping[str, Warehouse],
    products: Mapping[str, int],
    vendor_ids: Mapping[str, int],
    until: datetime,
    chance: Random,
) -> None:
    """Deliveries and purchases of every warehouse up to that moment."""
    traded = Traded(products, vendor_ids)
    for code, site in warehouses.items():
        sold = {products[item.code]: item.article.demand(SITES[code].share, WEEKS) for item in _selling(code)}
        history.deliveries(env, site, sold, until)
        bought = sorted(_purchases(env, code, traded, until, chance), key=lambda purchase: purchase.ordered)
        history.purchases(env, site, bought)


def _selling(site: str) -> list[Item]:
    """What the warehouse sold before: everything it stocks but the goods that only open orders draw on."""
    return [items()[code] for code, position in positions(site).items() if not position.units]


def _purchases(env: Env, site: str, traded: Traded, until: datetime, chance: Random) -> Iterator[history.Purchase]:
    for vendor in vendors().values():
        supplied = [item for item in _selling(site) if item.vendor == vendor]
        for ago in range(DAYS, 0, -EVERY):
            ordered = until - timedelta(days=ago - chance.randrange(9), hours=-chance.randrange(9))
            some = chance.sample(supplied, min(LINES, len(supplied)))
            purchase = _purchase(env, site, vendor, some, ordered, traded, chance)
            if some and purchase.arrived < until:
                yield purchase


def _purchase(
    env: Env, site: str, vendor: Vendor, some: list[Item], ordered: datetime, traded: Traded, chance: Random
) -> history.Purchase:
    """As late as one of the vendor's real deliveries was, in proportion to the promise; never before the next day."""
    promised = vendor.punctuality.promised
    late = round(promised * chance.choice(vendor.punctuality.lateness))
    uoms = ground.units(env)
    return history.Purchase(
        vendor=traded.vendors[vendor.name],
        currency=ground.currency(env, vendor.money),
        lines=tuple(_line(item, site, traded.products[item.code], uoms) for item in some),
        ordered=ordered,
        promised=ordered + timedelta(days=promised),
        arrived=ordered + timedelta(days=max(1, promised + late)),
    )


def _line(item: Item, site: str, product: int, uoms: Units) -> history.Bought:
    """Four weeks of demand, in whole dozens where the vendor counts so."""
    pack, uom = (12, uoms.dozen) if item.by_dozen else (1, uoms.unit)
    packs = float(max(1, round(4 * item.weekly(site) / pack)))
    return history.Bought(product, packs, uom, packs * pack, float(quoted(item)))
