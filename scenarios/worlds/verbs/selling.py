"""Customers of several tiers order, in units or dozens, and what was sold before is remembered."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from scenarios.worlds import goods, history, trade
from scenarios.worlds.verbs.standing import Standing


class Selling(Standing):
    """What customers want."""

    def customer_of_tier(self, name: str, tier: str) -> int:
        """One more customer; its id."""
        with self.engine.transaction() as env:
            return goods.customer(env, name, tier)

    def sell(
        self,
        product: str,
        warehouse: str,
        quantity: float,
        in_days: float,
        *,
        customer: int | None = None,
        unit: Literal["unit", "dozen"] = "unit",
        confirm: bool = True,
    ) -> int:
        """A sales order of the sales lead's, a quotation when not confirmed; its id."""
        with self.engine.transaction() as env:
            return trade.sell(
                env,
                customer or self.customer,
                {self.products[product]: quantity},
                self.warehouses[warehouse],
                self.day(in_days),
                uom=getattr(self.units, unit),
                seller=self.users["sales"].uid,
                confirm=confirm,
            )

    def deliver(self, order: int) -> None:
        """What is reserved for a sales order leaves now; the rest waits."""
        with self.engine.transaction() as env:
            trade.deliver(env, order)

    def history(self, product: str, warehouse: str, per_week: float, weeks: int) -> None:
        """That much left for customers each week, up to last week; today's stock is what remained."""
        with self.engine.transaction() as env:
            weekly = {self.products[product]: [per_week] * weeks}
            history.deliveries(env, self.warehouses[warehouse], weekly, self.day(0))

    def kit(self, name: str, price: str, parts: Mapping[str, float]) -> int:
        """A product that is sold as one and delivered as its parts; its id."""
        with self.engine.transaction() as env:
            inside = {self.products[part]: quantity for part, quantity in parts.items()}
            self.products[name] = goods.kit(env, name, Decimal(price), inside)
            return self.products[name]
