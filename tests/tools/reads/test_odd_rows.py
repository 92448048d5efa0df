"""Rows that Odoo should not hold are read all the same: one of them must not cost a whole scan."""

from dataclasses import dataclass

from domain.calls import Call
from domain.values import Json
from scenarios.sandbox.transport import EngineTransport
from scenarios.worlds.small import Small
from tools.reader import Reader
from tools.reads.parsing import BEYOND
from tools.reads.products import products
from tools.reads.stock import quants
from tools.reads.vendors import vendor_prices


@dataclass(frozen=True)
class Odd:
    """A way to an Odoo whose rows have one odd field."""

    transport: EngineTransport
    field: str
    value: Json

    @property
    def uid(self) -> int:
        return self.transport.uid

    def execute(self, call: Call) -> Json:
        answer = self.transport.execute(call)
        rows = answer if isinstance(answer, list) else []
        return [{**row, self.field: self.value} for row in rows if isinstance(row, dict)]


def odd(world: Small, field: str, value: Json) -> Reader:
    transport = EngineTransport.log_in(world.engine, "desk", world.users["desk"].password)
    return Reader(Odd(transport, field, value), world.company)


def test_a_product_without_a_unit_has_unit_zero(world: Small) -> None:
    assert {row.unit for row in products(odd(world, "uom_id", False))} == {0}
    assert {row.purchase_unit for row in products(odd(world, "uom_po_id", False))} == {0}


def test_a_quantity_that_is_no_number_is_beyond_anything(world: Small) -> None:
    world.stock("lantern", "WH", 3)

    assert {row.quantity for row in quants(odd(world, "quantity", float("nan")))} == {BEYOND}


def test_a_price_line_without_a_product_belongs_to_none(world: Small) -> None:
    world.vendor_price("lantern", "1.90")

    assert {row.template for row in vendor_prices(odd(world, "product_tmpl_id", False))} == {0}
