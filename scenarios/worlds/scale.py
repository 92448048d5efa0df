"""A distributor of any size, for measuring: products by the thousand in every warehouse, a known share short."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from scenarios.sandbox.business import locations
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.env import Env
from scenarios.worlds import goods, ground, people, trade
from scenarios.worlds.catalogue import Article, articles
from scenarios.worlds.ground import Warehouse
from scenarios.worlds.history import insert
from scenarios.worlds.morning import morning_of, standing
from scenarios.worlds.people import User
from scenarios.worlds.trade import odoo_time

DELAY = 7
"""Days that every vendor promises."""
VENDORS = 20
"""Each supplies its share of the products, and in each warehouse one vendor's products are on open orders."""
SOLD_WEEKS = (2, 8)
"""So many weeks ago each product left each warehouse, six weeks' demand at a time: slow movers, as most goods are."""
LINES = 20
"""Products on one open order."""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """What was built, and which shelves are short."""

    users: Mapping[str, User]
    company: int
    warehouses: tuple[Warehouse, ...]
    products: tuple[int, ...]
    short: frozenset[tuple[int, int]]
    """Product and warehouse."""


class _Floor(NamedTuple):
    """What every row needs to know."""

    env: Env
    morning: datetime
    company: int
    pound: int
    customers: int
    """The location outside where goods are sold to."""
    unit: int
    vendors: tuple[int, ...]
    customer: int
    chance: Random


def build(
    engine: Engine, *, products: int, warehouses: int = 4, today: date, seed: int = 7, short_share: float = 0.02
) -> Scale:
    """One company in GBP; the same arguments give the same bytes."""
    morning = morning_of(today)
    chance = Random(seed)  # noqa: S311 - a repeatable world, not a secret
    with standing(engine, morning) as (env, _):
        company = ground.company(env, "Alder & Vale Wholesale", "GBP", first=True)
        users = people.hire(env, [company], chance)
        sites = tuple(ground.warehouse(env, f"W{n:02d}", f"Warehouse {n}", company) for n in range(1, warehouses + 1))
        floor = _floor(env, morning, company, chance)
        made = tuple(_product(floor, number, article) for number, article in _goods(products))
        pairs = [(product, site) for product in made for site in sites]
        short = frozenset(chance.sample(range(len(pairs)), round(len(pairs) * short_share)))
        for place, (product, site) in enumerate(pairs):
            _shelf(floor, product, site, short=place in short)
        for number, site in enumerate(sites):
            turn = number * VENDORS // warehouses
            _orders(floor, made[turn::VENDORS], site, floor.vendors[turn])
        return Scale(
            users=users,
            company=company,
            warehouses=sites,
            products=made,
            short=frozenset((pairs[place][0], pairs[place][1].id) for place in short),
        )


def _floor(env: Env, morning: datetime, company: int, chance: Random) -> _Floor:
    return _Floor(
        env=env,
        morning=morning,
        company=company,
        pound=ground.currency(env, "GBP"),
        customers=locations.outside(env, "customer"),
        unit=ground.units(env).unit,
        vendors=tuple(goods.vendor(env, f"Vendor {n:02d}", "GBP") for n in range(1, VENDORS + 1)),
        customer=goods.customer(env, "Harbour Street Gifts", "A"),
        chance=chance,
    )


def _goods(products: int) -> Iterator[tuple[int, Article]]:
    """Real articles, over and over."""
    known = articles()
    return ((number, known[number % len(known)]) for number in range(products))


def _row(floor: _Floor, model: str, **values: object) -> int:
    return insert(floor.env, model, values, floor.morning)


def _product(floor: _Floor, number: int, article: Article) -> int:
    """A product with one vendor price."""
    env, name = floor.env, f"{article.name} {number + 1}"
    cost = float(round(article.price / 2, 2))
    template = _row(
        floor,
        "product.template",
        name=name,
        type="consu",
        is_storable=True,
        active=True,
        sale_ok=True,
        purchase_ok=True,
        tracking="none",
        list_price=float(article.price),
        uom_id=floor.unit,
        uom_po_id=floor.unit,
        categ_id=env.ref("product.product_category_all"),
        default_code=f"{article.code}-{number + 1}",
    )
    product = _row(
        floor,
        "product.product",
        product_tmpl_id=template,
        active=True,
        default_code=f"{article.code}-{number + 1}",
        standard_price={str(floor.company): cost},
    )
    _row(
        floor,
        "product.supplierinfo",
        partner_id=floor.vendors[number % VENDORS],
        product_tmpl_id=template,
        product_id=product,
        price=cost,
        currency_id=floor.pound,
        delay=DELAY,
        sequence=1,
    )
    return product


def _shelf(floor: _Floor, product: int, site: Warehouse, *, short: bool) -> None:
    """Stock for twelve weeks, or for a day; a reorder rule; and what was sold."""
    weekly = floor.chance.randint(3, 20)
    on_hand = float(weekly * 12 if not short else weekly // 7)
    here = {"product_id": product, "location_id": site.stock, "company_id": floor.company}
    _row(floor, "stock.quant", **here, quantity=on_hand, in_date=odoo_time(floor.morning))
    _row(
        floor,
        "stock.warehouse.orderpoint",
        **here,
        name=f"OP/{product:05d}/{site.id}",
        warehouse_id=site.id,
        product_min_qty=float(weekly * 2),
        product_max_qty=float(weekly * 6),
        qty_multiple=1.0,
        trigger="manual",
        active=True,
    )
    for weeks in SOLD_WEEKS:
        _left(floor, product, site, weekly * 6.0, floor.morning - timedelta(weeks=weeks, days=-2))


def _left(floor: _Floor, product: int, site: Warehouse, quantity: float, when: datetime) -> None:
    """A past delivery to a customer."""
    moved = dict.fromkeys(("product_uom_qty", "product_qty", "quantity"), quantity)
    _row(
        floor,
        "stock.move",
        **moved,
        name=str(product),
        product_id=product,
        product_uom=floor.unit,
        location_id=site.stock,
        location_dest_id=floor.customers,
        company_id=floor.company,
        state="done",
        date=odoo_time(when),
    )


def _orders(floor: _Floor, products: tuple[int, ...], site: Warehouse, vendor: int) -> None:
    """Open orders of many lines: a few of each product for a customer soon, more of it from its vendor later."""
    soon, later = floor.morning + timedelta(days=3), floor.morning + timedelta(days=10)
    for first in range(0, len(products), LINES):
        lines = products[first : first + LINES]
        trade.sell(floor.env, floor.customer, dict.fromkeys(lines, 2.0), site, soon)
        trade.buy(floor.env, vendor, dict.fromkeys(lines, 40.0), site, later)
