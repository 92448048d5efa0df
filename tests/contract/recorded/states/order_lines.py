"""Lines of orders with a vendor."""

from tests.contract.recorded.captures import Captured
from tests.contract.recorded.lab import Lab
from tests.contract.recorded.states.purchases import bought, ordered, receive
from tests.contract.recorded.states.state import PO, POL


def line_of(lab: Lab, call: Captured, order: int) -> int:
    line = lab.rows(POL, ("order_id", "=", order))[0]["id"]
    return lab.stands(call, line, POL)


def draft_line(lab: Lab, call: Captured) -> None:
    line_of(lab, call, ordered(lab))


def confirmed_line(lab: Lab, call: Captured) -> None:
    line_of(lab, call, bought(lab, call))


def received_line(lab: Lab, call: Captured) -> None:
    order = bought(lab, call)
    line_of(lab, call, order)
    receive(lab, order, 4)


def reduced_line(lab: Lab, call: Captured) -> None:
    received_line(lab, call)
    lab.call(POL, "write", [lab.known[POL, call.subject or 0]], {"product_qty": 4})


def emptied_line(lab: Lab, call: Captured) -> None:
    confirmed_line(lab, call)
    lab.call(POL, "write", [lab.known[POL, call.subject or 0]], {"product_qty": 0})


def locked_line(lab: Lab, call: Captured) -> None:
    order = bought(lab, call)
    line_of(lab, call, order)
    lab.call(PO, "button_done", [order])
