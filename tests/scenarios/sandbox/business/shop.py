"""A small shop in a sandbox: two warehouses, a vendor, a customer and two products, to test business methods with."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from domain.clock import SetClock
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.env import Env, Record

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ADMIN = 2


@dataclass
class Shop:
    """The engine with the ids a test talks about; every call is one transaction, as over the wire."""

    engine: Engine
    clock: SetClock
    main: int
    east: int
    stock: int
    east_stock: int
    internal: int
    vendor: int
    customer: int
    tea: int
    mug: int
    buyer: int

    def call(self, model: str, method: str, *args: Any, user: int = ADMIN, **kwargs: Any) -> Any:
        return self.engine.execute_kw(user, None, model, method, args, kwargs)

    def row(self, model: str, record: int) -> Record:
        return self.engine.root().row(model, record)

    def field(self, model: str, record: int, name: str) -> Any:
        return self.engine.root().value(model, [record], [name])[0][name]

    def found(self, model: str, *domain: tuple[str, str, Any]) -> list[Record]:
        env = self.engine.root()
        return env.rows(model, env.search(model, list(domain), order="id"))

    def put(self, product: int, quantity: float, location: int | None = None, **more: Any) -> int:
        values = {"product_id": product, "location_id": location or self.stock, "quantity": quantity, **more}
        return int(self.call("stock.quant", "create", values))

    def free(self, product: int, warehouse: int | None = None) -> float:
        context = {"warehouse_id": warehouse} if warehouse else {}
        rows = self.call("product.product", "read", [product], ["free_qty"], context=context)
        return float(rows[0]["free_qty"])

    def transfer(self, product: int, quantity: float, **more: Any) -> int:
        move = {"name": "/", "product_id": product, "product_uom_qty": quantity}
        values = {"picking_type_id": self.internal, "location_dest_id": self.east_stock, "move_ids": [[0, 0, move]]}
        return int(self.call("stock.picking", "create", {**values, **more}))

    def ordered(self, product: int, quantity: float, **line: Any) -> int:
        lines = [[0, 0, {"product_id": product, "product_qty": quantity, **line}]]
        return int(self.call("purchase.order", "create", {"partner_id": self.vendor, "order_line": lines}))

    def confirmed(self, product: int, quantity: float, **line: Any) -> int:
        order = self.ordered(product, quantity, **line)
        self.call("purchase.order", "button_confirm", [order])
        return order

    def sold(self, product: int, quantity: float, **more: Any) -> int:
        lines = [[0, 0, {"product_id": product, "product_uom_qty": quantity}]]
        order = int(self.call("sale.order", "create", {"partner_id": self.customer, "order_line": lines, **more}))
        self.call("sale.order", "action_confirm", [order])
        return order

    def lines_of(self, order: int) -> list[Record]:
        return self.found("purchase.order.line", ("order_id", "=", order))

    def moves_of(self, order: int) -> list[Record]:
        return self.found("stock.move", ("purchase_line_id", "in", [line["id"] for line in self.lines_of(order)]))

    def receipt(self, order: int) -> Record:
        pickings = self.field("purchase.order", order, "picking_ids")
        return self.row("stock.picking", pickings[-1])

    def receive(self, order: int, quantity: float | None = None, **context: Any) -> Any:
        picking = self.receipt(order)["id"]
        if quantity is not None:
            moves = [move["id"] for move in self.moves_of(order) if move["state"] not in ("done", "cancel")]
            self.call("stock.move", "write", moves, {"quantity": quantity, "picked": True})
        return self.call("stock.picking", "button_validate", [picking], context={"skip_backorder": True, **context})

    def moves_in(self, picking: int) -> list[Record]:
        return self.found("stock.move", ("picking_id", "=", picking))


def open_shop() -> Shop:
    """The shop at noon of a Friday, with nothing in stock."""
    clock = SetClock(NOON)
    engine = Engine(clock)
    with engine.transaction() as env:
        return _furnish(engine, clock, env)


def _furnish(engine: Engine, clock: SetClock, env: Env) -> Shop:
    main = env.create("stock.warehouse", {"name": "Main", "code": "WH"})
    east = env.create("stock.warehouse", {"name": "East", "code": "EA"})
    vendor = env.create("res.partner", {"name": "Quayside Imports"})
    tea = _product(env, "Tea", "TEA", cost=2.0, price=5.0)
    mug = _product(env, "Mug", "MUG", cost=3.0, price=8.0)
    env.create("product.supplierinfo", _price(env, tea, vendor, price=1.5, min_qty=1.0, delay=7))
    env.create("product.supplierinfo", _price(env, tea, vendor, price=1.2, min_qty=100.0, delay=7))
    buyer = env.create(
        "res.users",
        {
            "name": "Buyer",
            "login": "buyer",
            "email": "buyer@example.com",
            "groups_id": [[6, 0, [env.ref("purchase.group_purchase_user")]]],
        },
    )
    return Shop(
        engine=engine,
        clock=clock,
        main=main,
        east=east,
        stock=env.row("stock.warehouse", main)["lot_stock_id"],
        east_stock=env.row("stock.warehouse", east)["lot_stock_id"],
        internal=env.row("stock.warehouse", main)["int_type_id"],
        vendor=vendor,
        customer=env.create("res.partner", {"name": "Corner Café"}),
        tea=tea,
        mug=mug,
        buyer=buyer,
    )


def _product(env: Env, name: str, code: str, *, cost: float, price: float) -> int:
    values = {"name": name, "default_code": code, "is_storable": True, "type": "consu"}
    return env.create("product.product", {**values, "standard_price": cost, "list_price": price})


def _price(env: Env, product: int, vendor: int, *, price: float, min_qty: float, delay: int) -> dict[str, Any]:
    template = env.row("product.product", product)["product_tmpl_id"]
    return {"product_tmpl_id": template, "partner_id": vendor, "price": price, "min_qty": min_qty, "delay": delay}
