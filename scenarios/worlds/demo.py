"""The demo distributor: two companies, four warehouses, real articles and demand, and exceptions of known answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from scenarios.sandbox.engine import Engine
from scenarios.sandbox.env import Env
from scenarios.worlds import assortment, book, goods, ground, past, people
from scenarios.worlds.assortment import Item
from scenarios.worlds.catalogue import buyers
from scenarios.worlds.exceptions import KNOWN
from scenarios.worlds.ground import Warehouse
from scenarios.worlds.known import Known, Remedy
from scenarios.worlds.morning import morning_of, standing
from scenarios.worlds.people import User
from scenarios.worlds.positions import CENT, quoted

TERMS = Path(__file__).parent / "data" / "terms.toml"
"""What the distributor decided and Odoo does not know."""
RATES = {"GBP": {"EUR": 1.17, "USD": 1.27}, "EUR": {"GBP": 0.855, "USD": 1.085}}
"""Worth of one unit of the company's currency, at the beginning of the history; it drifts a little each month."""
PLACES = ("Harbour Street", "Station Road", "Old Market", "Riverside", "Castle Hill", "Mill Lane", "Abbey", "Chapel")
TRADES = ("Gifts", "Home and Garden", "Trading", "Emporium", "Interiors")


@dataclass(frozen=True, kw_only=True)
class Expected:
    """One exception that is in the world on purpose."""

    code: str
    product: int
    site: str
    warehouse: int
    remedy: Remedy
    right: str
    """What should happen, in words."""

    @property
    def found(self) -> bool:
        """Whether a scan should find a stockout there."""
        return self.remedy != "no exception"


@dataclass(frozen=True, kw_only=True)
class World:
    """The demo world's ids by name, its users with their secrets, and what a scan should find."""

    database: str
    today: date
    users: Mapping[str, User]
    companies: Mapping[str, int]
    """By currency."""
    warehouses: Mapping[str, Warehouse]
    products: Mapping[str, int]
    """By article code."""
    vendors: Mapping[str, int]
    customers: Mapping[str, int]
    expected: Mapping[str, Expected]


def build(engine: Engine, *, today: date, seed: int = 7) -> World:
    """Build the world as of that morning, whatever the clock says; the same seed and day give the same bytes."""
    morning = morning_of(today)
    chance = Random(seed)  # noqa: S311 - a repeatable world, not a secret
    with standing(engine, morning) as (env, clock):
        world = _founded(env, today, chance)
        past.write(env, world.warehouses, world.products, world.vendors, morning, chance)
        ledger = book.Book(
            env, clock, world.warehouses, world.products, world.vendors, world.customers, world.users, morning
        )
        ledger.write(chance)
        return world


def _founded(env: Env, today: date, chance: Random) -> World:
    """Companies, people, warehouses, partners and products; nothing has happened yet."""
    companies = {
        money: ground.company(env, name, money, first=money == "GBP") for money, name in assortment.COMPANIES.items()
    }
    _rates(env, companies, today)
    users = people.hire(env, list(companies.values()), chance)
    warehouses = {
        code: ground.warehouse(env, code, site.name, companies[site.company]) for code, site in assortment.SITES.items()
    }
    vendors = {name: goods.vendor(env, name, vendor.money) for name, vendor in assortment.vendors().items()}
    products = {item.code: _product(env, item, companies["EUR"]) for item in assortment.items().values()}
    for item in assortment.items().values():
        _prices(env, item, products[item.code], vendors)
    return World(
        database=env.engine.database,
        today=today,
        users=users,
        companies=companies,
        warehouses=warehouses,
        products=products,
        vendors=vendors,
        customers=_customers(env),
        expected={name: _expected(known, products, warehouses) for name, known in KNOWN.items()},
    )


def _expected(known: Known, products: Mapping[str, int], warehouses: Mapping[str, Warehouse]) -> Expected:
    return Expected(
        code=known.code,
        product=products[known.code],
        site=known.site,
        warehouse=warehouses[known.site].id,
        remedy=known.remedy,
        right=known.right,
    )


def _rates(env: Env, companies: Mapping[str, int], today: date) -> None:
    """Seven months of rates, one a month."""
    for own, others in RATES.items():
        for money, worth in others.items():
            for month in range(7):
                since = today - timedelta(days=30 * (6 - month) + 1)
                ground.rate(env, money, companies[own], since, round(worth * (1 + 0.004 * (month % 3 - 1)), 4))


def _product(env: Env, item: Item, second: int) -> int:
    """The product, with its cost in both companies' currencies."""
    product = goods.product(
        env,
        item.code,
        item.article.name,
        price=item.article.price,
        cost=item.cost,
        uoms=ground.units(env),
        by_dozen=item.by_dozen,
        expires=item.expires,
    )
    euros = round(float(item.cost) * RATES["GBP"]["EUR"], 2)
    env.with_company(second).write("product.product", [product], {"standard_price": euros})
    return product


def _prices(env: Env, item: Item, product: int, vendors: Mapping[str, int]) -> None:
    """The vendor's price and, above a quantity, a lower one; every fifth article has a dearer, faster second vendor."""
    vendor = item.vendor
    price = quoted(item)
    small_order = 24.0 if item.code == KNOWN["rfq-small"].code else 0.0
    delay = vendor.punctuality.promised
    goods.vendor_price(env, product, vendors[vendor.name], price, money=vendor.money, delay=delay, min_qty=small_order)
    if small_order:
        return
    least = float(max(12, round(item.weekly("WH") * 4 / (12 if item.by_dozen else 1), -1)))
    lower = (price * 19 / 20).quantize(CENT)
    goods.vendor_price(
        env, product, vendors[vendor.name], lower, money=vendor.money, delay=delay, min_qty=least, sequence=2
    )
    if item.place % 5 == 0 and vendor.name != "Seaside Novelties":
        dear = (quoted(item, "GBP") * 23 / 20).quantize(CENT)
        goods.vendor_price(env, product, vendors["Seaside Novelties"], dear, money="GBP", delay=5, sequence=3)


def _customers(env: Env) -> Mapping[str, int]:
    """Customers in the tiers their turnover gives them."""
    names = [f"{place} {trade}" for trade in TRADES for place in PLACES]
    return {
        name: goods.customer(env, f"{name} ({buyer.country})", buyer.tier)
        for name, buyer in zip(names, buyers(), strict=False)
    }
