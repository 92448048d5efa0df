"""What is going on at the demo distributor today: stock, reorder rules, open orders of customers and with vendors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from domain.clock import SetClock
from scenarios.sandbox.env import Env
from scenarios.worlds import goods, trade
from scenarios.worlds.assortment import SITES, Item, items
from scenarios.worlds.catalogue import buyers
from scenarios.worlds.exceptions import KNOWN
from scenarios.worlds.ground import Warehouse
from scenarios.worlds.known import Coming, Position, Sold
from scenarios.worlds.people import User
from scenarios.worlds.positions import positions

ORDERS = 12
"""Open customer orders of each warehouse, beside those of the known exceptions."""
QUOTATIONS = 2
"""Of them, not yet confirmed."""
RULES_STOOD = timedelta(days=200)
"""Since when there are reordering rules: longer than sales are looked at."""


@dataclass(frozen=True)
class Book:
    """Writes the open business of the day."""

    env: Env
    clock: SetClock
    warehouses: Mapping[str, Warehouse]
    products: Mapping[str, int]
    vendors: Mapping[str, int]
    customers: Mapping[str, int]
    users: Mapping[str, User]
    morning: datetime

    def write(self, chance: Random) -> None:
        """Stock first, so that the orders that follow can reserve it."""
        for site in self.warehouses:
            for code, position in positions(site).items():
                self._stock(items()[code], site, position)
                self._rule(items()[code], site, position)
        for site in self.warehouses:
            self._known(site)
            self._purchases(site)
            self._sales(site, chance)
        self.clock.at = self.morning

    def _stock(self, item: Item, site: str, position: Position) -> None:
        product, warehouse = self.products[item.code], self.warehouses[site]
        for number, (units, days) in enumerate(position.lots, 1):
            name, expires = f"{item.code}-{site}-{number}", self.morning + timedelta(days=days)
            made = trade.lot(self.env, product, name, expires, warehouse.company)
            trade.stock(self.env, product, warehouse, units, lot=made)
        if not position.lots:
            trade.stock(self.env, product, warehouse, position.quantity(item, site, position.on_hand))

    def _rule(self, item: Item, site: str, position: Position) -> None:
        """Most goods have a reorder rule; those that only open orders draw on are ordered for the orders alone."""
        least, most = position.kept if position.units else (item.minimum(site), item.maximum(site))
        multiple = 12 if item.code == KNOWN["rfq-small"].code else item.multiple
        if position.units or item.place % 10 != 9:
            self.clock.at = self.morning - RULES_STOOD
            goods.reorder(self.env, self.products[item.code], self.warehouses[site], least, most, multiple=multiple)
            self.clock.at = self.morning

    def _known(self, site: str) -> None:
        """The open orders of the exceptions that are here on purpose."""
        for known in KNOWN.values():
            position, product = known.positions.get(site), self.products[known.code]
            for coming in position.coming if position else ():
                self._coming(items()[known.code], site, position or Position(0), coming)
            for sold in position.sold if position else ():
                self._sold(product, site, sold)

    def _sold(self, product: int, site: str, sold: Sold) -> None:
        """An order of the largest customer of the tier."""
        customer = next(
            known for known, buyer in zip(self.customers.values(), buyers(), strict=False) if buyer.tier == sold.tier
        )
        when, seller = self.morning + timedelta(days=sold.in_days), self.users["sales"].uid
        trade.sell(self.env, customer, {product: sold.units}, self.warehouses[site], when, seller=seller)

    def _coming(self, item: Item, site: str, position: Position, coming: Coming) -> None:
        """Ordered so that the first promise kept the vendor's usual time, then perhaps postponed."""
        promised = self.morning + timedelta(days=coming.in_days - coming.postponed)
        units = position.quantity(item, site, coming.weeks)
        order = self._order(item, site, units, promised, confirm=not coming.drafted)
        if coming.postponed:
            trade.postpone(self.env, order, timedelta(days=coming.postponed))

    def _order(self, item: Item, site: str, units: float, promised: datetime, *, confirm: bool = True) -> int:
        self.clock.at = min(self.morning, promised - timedelta(days=item.vendor.punctuality.promised))
        quantity = float(max(1, round(units / 12))) if item.by_dozen else units
        lines, vendor = {self.products[item.code]: quantity}, self.vendors[item.vendor.name]
        buyer = self.users["buyer"].uid
        order = trade.buy(self.env, vendor, lines, self.warehouses[site], promised, buyer=buyer, confirm=confirm)
        self.clock.at = self.morning
        return order

    def _purchases(self, site: str) -> None:
        """Ordinary open orders: on time, overdue or postponed though stock suffices, and a few RFQs."""
        for turn, item in enumerate(self._ordinary(site)[::7]):
            units = float(round(4 * item.weekly(site)))
            due = self.morning + timedelta(days=(4, 9, -3, 14, 6, 20)[turn % 6])
            order = self._order(item, site, units, due, confirm=turn % 6 != 5)
            if turn % 6 == 4:
                trade.postpone(self.env, order, timedelta(days=8))

    def _sales(self, site: str, chance: Random) -> None:
        """Ordinary customer orders of one to three lines, well within stock."""
        customers, ordinary = list(self.customers.values()), self._ordinary(site)
        for turn in range(ORDERS):
            some = chance.sample(ordinary, chance.randint(1, 3))
            lines = {self.products[item.code]: float(max(1, round(item.weekly(site) / 3))) for item in some}
            when = self.morning + timedelta(days=chance.randint(1, 20))
            self.clock.at = self.morning - timedelta(days=chance.randint(0, 5))
            customer, seller = chance.choice(customers), self.users["sales"].uid
            trade.sell(
                self.env,
                customer,
                lines,
                self.warehouses[site],
                when,
                seller=seller,
                confirm=turn < ORDERS - QUOTATIONS,
            )
        self.clock.at = self.morning

    def _ordinary(self, site: str) -> list[Item]:
        """What the warehouse stocks and no known exception is about."""
        special = {known.code for known in KNOWN.values()}
        return [items()[code] for code in positions(site) if code not in special and site in SITES]
