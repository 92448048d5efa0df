"""Goods lie on shelves, in lots that expire, and rules say how much shall lie there."""

from scenarios.worlds import goods, trade
from scenarios.worlds.ground import Warehouse
from scenarios.worlds.verbs.standing import Standing


class Stocking(Standing):
    """What is kept where."""

    def stock(
        self,
        product: str,
        warehouse: str,
        quantity: float,
        *,
        lot: str = "",
        expires_in: float | None = None,
        at: int | None = None,
    ) -> None:
        """Put stock there (take, when negative), in a lot that expires when ``expires_in`` days are given."""
        with self.engine.transaction() as env:
            made = None
            if expires_in is not None:
                env.write("product.product", self.products[product], {"tracking": "lot", "use_expiration_date": True})
                made = trade.lot(
                    env, self.products[product], lot or f"LOT-{product}", self.day(expires_in), self.company
                )
            trade.stock(env, self.products[product], self._at(warehouse, at), quantity, lot=made or False)

    def reorder(
        self,
        product: str,
        warehouse: str,
        minimum: float,
        maximum: float,
        *,
        multiple: float = 1,
        at: int | None = None,
    ) -> int:
        """A reorder rule; its id."""
        with self.engine.transaction() as env:
            place = self._at(warehouse, at)
            return goods.reorder(env, self.products[product], place, minimum, maximum, multiple=multiple)

    def shelf(self, name: str, warehouse: str) -> int:
        """A place of its own within the warehouse's stock; its id, to be named as ``at``."""
        with self.engine.transaction() as env:
            return env.create("stock.location", {"name": name, "location_id": self.warehouses[warehouse].stock})

    def in_two_steps(self, warehouse: str) -> int:
        """From now on goods come to the warehouse's input first and are stored later; the input's id."""
        with self.engine.transaction() as env:
            site = self.warehouses[warehouse].id
            env.write("stock.warehouse", site, {"reception_steps": "two_steps"})
            return int(env.row("stock.warehouse", site)["wh_input_stock_loc_id"])

    def _at(self, warehouse: str, at: int | None) -> Warehouse:
        """The warehouse with another place in it for its stock."""
        site = self.warehouses[warehouse]
        return site if at is None else site._replace(stock=at)
