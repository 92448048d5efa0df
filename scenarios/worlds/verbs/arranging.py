"""How a distributor arranges its business: what is sold to order, who approves, which companies there are."""

from decimal import Decimal

from scenarios.worlds import goods, ground
from scenarios.worlds.verbs.standing import Standing


class Arranging(Standing):
    """What people set up in Odoo."""

    def article(self, name: str, code: str, words: str, price: str, cost: str) -> int:
        """One more product; its id."""
        with self.engine.transaction() as env:
            self.products[name] = goods.product(
                env, code, words, price=Decimal(price), cost=Decimal(cost), uoms=self.units
            )
            return self.products[name]

    def to_order(self, product: str) -> None:
        """From now on the product is bought for each order that is sold."""
        with self.engine.transaction() as env:
            routes = [env.ref("stock.route_warehouse0_mto"), env.ref("purchase_stock.route_warehouse0_buy")]
            env.write("product.product", self.products[product], {"route_ids": [(6, 0, routes)]})

    def archive(self, product: str) -> None:
        """The product is given up; what is ordered of it stays ordered."""
        with self.engine.transaction() as env:
            env.write("product.product", self.products[product], {"active": False})

    def approve_above(self, amount: float) -> None:
        """Purchase orders from that amount on wait for a purchase manager in Odoo."""
        with self.engine.transaction() as env:
            two_step = {"po_double_validation": "two_step", "po_double_validation_amount": amount}
            env.write("res.company", self.company, two_step)

    def rights(self, user: str, groups: list[str]) -> None:
        """Somebody is in these groups of Odoo from now on, by external id, and in no others."""
        with self.engine.transaction() as env:
            worn = [env.ref(group) for group in groups]
            env.write("res.users", self.users[user].uid, {"groups_id": [(6, 0, worn)]})

    def another_company(self, name: str, money: str, warehouse: str, site: str) -> int:
        """A company with one warehouse, in which everybody may work as well; its id."""
        with self.engine.transaction() as env:
            company = ground.company(env, name, money)
            self.warehouses[warehouse] = ground.warehouse(env, warehouse, site, company)
            everybody = [user.uid for user in self.users.values()]
            env.write("res.users", everybody, {"company_ids": [(4, company)]})
            return company
