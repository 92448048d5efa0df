"""Who corrects a done transfer, or sends an open one elsewhere, finds the stock where a real Odoo has it then."""

import pytest

from domain.clock import SetClock
from scenarios.sandbox.engine import Engine
from tests.scenarios.sandbox.shop import NOON
from tests.scenarios.sandbox.test_likeness import asked, refused


class Yard:
    """Ten lamps are to go from the stock to a shelf beside it."""

    def __init__(self, version: int) -> None:
        self.engine = Engine(SetClock(NOON), version=version)
        with self.engine.transaction() as env:
            self.product = env.create("product.product", {"name": "Lamp", "is_storable": True})
            depot = env.row("stock.warehouse", env.create("stock.warehouse", {"name": "Depot", "code": "DP"}))
            self.stock, kind = depot["lot_stock_id"], depot["int_type_id"]
            self.shelf = env.create("stock.location", {"name": "Shelf", "location_id": self.stock})
            env.create("stock.quant", {"product_id": self.product, "location_id": self.stock, "quantity": 100.0})
            places = {"location_id": self.stock, "location_dest_id": self.shelf}
            move = {"product_id": self.product, "product_uom_qty": 10.0, "name": "Lamp", **places}
            moves = [(0, 0, move)]
            self.picking = env.create("stock.picking", {"picking_type_id": kind, "move_ids": moves, **places})
        (self.move,) = asked(self.engine, "stock.move", "search", [["picking_id", "=", self.picking]])

    def done(self) -> "Yard":
        asked(self.engine, "stock.picking", "action_confirm", [self.picking])
        asked(self.engine, "stock.picking", "button_validate", [self.picking], context={"skip_backorder": True})
        return self

    def quantity_at(self, location: int) -> float:
        found = asked(
            self.engine, "stock.quant", "search_read", [["location_id", "=", location]], ["product_id", "quantity"]
        )
        return sum(float(row["quantity"]) for row in found if row["product_id"][0] == self.product)


@pytest.fixture(params=[18, 19])
def yard(request: pytest.FixtureRequest) -> Yard:
    return Yard(request.param)


@pytest.mark.parametrize("quantity", [3.0, 0.0, 40.0])
def test_a_done_quantity_that_is_corrected_takes_the_stock_along(yard: Yard, quantity: float) -> None:
    yard.done()

    assert asked(yard.engine, "stock.move", "write", [yard.move], {"quantity": quantity}) is True

    assert (yard.quantity_at(yard.stock), yard.quantity_at(yard.shelf)) == (100.0 - quantity, quantity)
    move = asked(yard.engine, "stock.move", "read", [yard.move], ["quantity", "state"])[0]
    assert (move["quantity"], move["state"]) == (quantity, "done")


def test_a_done_line_that_is_corrected_tells_its_move(yard: Yard) -> None:
    yard.done()
    (line,) = asked(yard.engine, "stock.move.line", "search", [["move_id", "=", yard.move]])

    asked(yard.engine, "stock.move.line", "write", [line], {"quantity": 4.0})

    assert (yard.quantity_at(yard.stock), yard.quantity_at(yard.shelf)) == (96.0, 4.0)
    assert asked(yard.engine, "stock.move", "read", [yard.move], ["quantity"])[0]["quantity"] == 4.0


def test_what_was_taken_from_one_place_was_not_taken_from_another(yard: Yard) -> None:
    yard.done()

    name, message = refused(yard.engine, "stock.picking", "write", [yard.picking], {"location_id": yard.shelf})

    assert name == "UserError"
    assert "picking is done" in message or "after the transfer is done" in message


def test_for_somebody_else_an_open_transfer_starts_over(yard: Yard) -> None:
    partner = asked(yard.engine, "res.partner", "create", {"name": "Quayside Imports"})
    asked(yard.engine, "stock.picking", "action_confirm", [yard.picking])

    asked(yard.engine, "stock.picking", "write", [yard.picking], {"partner_id": partner})

    move = asked(yard.engine, "stock.move", "read", [yard.move], ["location_dest_id", "move_line_ids"])[0]
    (line,) = asked(yard.engine, "stock.move.line", "read", move["move_line_ids"], ["location_dest_id"])
    assert move["location_dest_id"][0] == yard.stock
    assert line["location_dest_id"][0] == yard.shelf


def test_a_move_is_picked_as_soon_as_one_of_its_lines_is(yard: Yard) -> None:
    asked(yard.engine, "stock.picking", "action_confirm", [yard.picking])
    (line,) = asked(yard.engine, "stock.move.line", "search", [["move_id", "=", yard.move]])

    asked(yard.engine, "stock.move.line", "write", [line], {"picked": True})

    assert asked(yard.engine, "stock.move", "read", [yard.move], ["picked"])[0]["picked"] is True
