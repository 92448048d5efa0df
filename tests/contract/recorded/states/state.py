"""What a state is, and the names of the models that states are made of."""

from collections.abc import Callable
from typing import TypeAlias

from tests.contract.recorded.captures import Captured
from tests.contract.recorded.lab import Lab

State: TypeAlias = Callable[[Lab, Captured], None]
PO, POL, SO, SOL = "purchase.order", "purchase.order.line", "sale.order", "sale.order.line"
PICKING, MOVE, RULE, QUANT, LOT = (
    "stock.picking",
    "stock.move",
    "stock.warehouse.orderpoint",
    "stock.quant",
    "stock.lot",
)
RETURN, RETURN_LINE = "stock.return.picking", "stock.return.picking.line"


def nothing(_lab: Lab, _call: Captured) -> None:
    """The lab as it is."""
