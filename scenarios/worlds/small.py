"""The smallest distributor that can run out of stock: three warehouses, three products, a vendor and a customer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from scenarios.sandbox.engine import Engine
from scenarios.worlds import goods, ground, history, people, trade
from scenarios.worlds.ground import Units, Warehouse
from scenarios.worlds.morning import morning_of, standing
from scenarios.worlds.people import User

OPENS = time(8, tzinfo=UTC)
"""When a day's trade begins: promises fall on this hour."""

SITES = {"WH": "Leicester", "NTH": "Leeds", "STH": "Reading"}
GOODS = {
    "lantern": ("71053", "White metal lantern", "3.75", "1.80"),
    "jug": ("22427", "Enamel flower jug cream", "5.95", "2.90"),
    "bunting": ("47566", "Party bunting", "4.95", "2.10"),
}


@dataclass(frozen=True, kw_only=True)
class Small:
    """The small world, and what tests and scenarios do in it; products and warehouses are called by name.

    Quantities are units. Days count from the morning of the day the world was built for; a change is one transaction.
    """

    engine: Engine
    today: date
    company: int
    users: Mapping[str, User]
    units: Units
    warehouses: Mapping[str, Warehouse]
    products: Mapping[str, int]
    vendor: int
    customer: int

    def day(self, in_days: float) -> datetime:
        """The morning that many days from today; whole and part days before today are negative."""
        return datetime.combine(self.today, OPENS) + timedelta(days=in_days)

    def stock(
        self, product: str, warehouse: str, quantity: float, *, lot: str = "", expires_in: float | None = None
    ) -> None:
        """Put stock there (take, when negative), in a lot that expires when ``expires_in`` days are given."""
        with self.engine.transaction() as env:
            made = None
            if expires_in is not None:
                env.write("product.product", self.products[product], {"tracking": "lot", "use_expiration_date": True})
                made = trade.lot(
                    env, self.products[product], lot or f"LOT-{product}", self.day(expires_in), self.company
                )
            trade.stock(env, self.products[product], self.warehouses[warehouse], quantity, lot=made or False)

    def sell(self, product: str, warehouse: str, quantity: float, in_days: float) -> int:
        """A confirmed sales order; its id."""
        with self.engine.transaction() as env:
            lines = {self.products[product]: quantity}
            return trade.sell(env, self.customer, lines, self.warehouses[warehouse], self.day(in_days))

    def buy(self, product: str, warehouse: str, quantity: float, in_days: float, *, confirm: bool = True) -> int:
        """A purchase order due then, or an RFQ when not confirmed; its id."""
        with self.engine.transaction() as env:
            lines = {self.products[product]: quantity}
            site, when = self.warehouses[warehouse], self.day(in_days)
            return trade.buy(env, self.vendor, lines, site, when, uom=self.units.unit, confirm=confirm)

    def postpone(self, order: int, days: float) -> None:
        """The vendor moves a purchase order's promise."""
        with self.engine.transaction() as env:
            trade.postpone(env, order, timedelta(days=days))

    def receive(self, order: int) -> None:
        """A purchase order arrives, whole, now."""
        with self.engine.transaction() as env:
            trade.receive(env, order)

    def reorder(self, product: str, warehouse: str, minimum: float, maximum: float, *, multiple: float = 1) -> int:
        """A reorder rule; its id."""
        with self.engine.transaction() as env:
            return goods.reorder(
                env, self.products[product], self.warehouses[warehouse], minimum, maximum, multiple=multiple
            )

    def history(self, product: str, warehouse: str, per_week: float, weeks: int) -> None:
        """That much left for customers each week, up to last week; today's stock is what remained."""
        with self.engine.transaction() as env:
            weekly = {self.products[product]: [per_week] * weeks}
            history.deliveries(env, self.warehouses[warehouse], weekly, self.day(0))

    def received(
        self, product: str, warehouse: str, quantity: float, *, ordered: int, promised: int, late: int
    ) -> None:
        """A purchase of long ago: ordered so many days ago, promised so many days later, then so many days late."""
        with self.engine.transaction() as env:
            row = env.row("product.product", self.products[product])
            line = history.Bought(row["id"], quantity, self.units.unit, quantity, row["standard_price"])
            past = history.Purchase(
                vendor=self.vendor,
                currency=ground.currency(env, "GBP"),
                lines=(line,),
                ordered=self.day(-ordered),
                promised=self.day(promised - ordered),
                arrived=self.day(promised + late - ordered),
            )
            history.purchases(env, self.warehouses[warehouse], [past])

    def vendor_price(
        self,
        product: str,
        price: str,
        *,
        min_qty: float = 0,
        delay: int = 7,
        money: str = "GBP",
        vendor: int | None = None,
    ) -> int:
        """One more line of a vendor's price list, per purchase unit; its id."""
        with self.engine.transaction() as env:
            return goods.vendor_price(
                env,
                self.products[product],
                vendor or self.vendor,
                Decimal(price),
                money=money,
                delay=delay,
                min_qty=min_qty,
            )

    def another_vendor(self, name: str, money: str = "GBP") -> int:
        with self.engine.transaction() as env:
            return goods.vendor(env, name, money)

    def by_dozen(self, product: str) -> None:
        """From now on the product is bought by the dozen."""
        with self.engine.transaction() as env:
            env.write("product.product", self.products[product], {"uom_po_id": self.units.dozen})


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
