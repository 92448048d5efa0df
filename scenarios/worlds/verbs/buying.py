"""Vendors quote, confirm, postpone and deliver, and how late they were is remembered."""

from datetime import timedelta
from decimal import Decimal

from scenarios.worlds import goods, ground, history, trade
from scenarios.worlds.verbs.standing import Standing


class Buying(Standing):
    """What vendors bring."""

    def buy(
        self,
        product: str,
        warehouse: str,
        quantity: float,
        in_days: float,
        *,
        vendor: int | None = None,
        confirm: bool = True,
    ) -> int:
        """A purchase order of the buyer's due then, or an RFQ when not confirmed; its id."""
        with self.engine.transaction() as env:
            return trade.buy(
                env,
                vendor or self.vendor,
                {self.products[product]: quantity},
                self.warehouses[warehouse],
                self.day(in_days),
                uom=self.units.unit,
                buyer=self.users["buyer"].uid,
                confirm=confirm,
            )

    def order(self, order: int) -> None:
        """Somebody confirms an RFQ in Odoo."""
        with self.engine.transaction() as env:
            env.call("purchase.order", "button_confirm", [order])

    def postpone(self, order: int, days: float) -> None:
        """The vendor moves a purchase order's promise."""
        with self.engine.transaction() as env:
            trade.postpone(env, order, timedelta(days=days))

    def receive(self, order: int) -> None:
        """A purchase order arrives, whole, now."""
        with self.engine.transaction() as env:
            trade.receive(env, order)

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
