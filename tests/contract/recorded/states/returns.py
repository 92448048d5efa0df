"""Goods that were moved and go back."""

from tests.contract.recorded.captures import Captured
from tests.contract.recorded.lab import Lab
from tests.contract.recorded.states.state import PICKING, RETURN, RETURN_LINE
from tests.contract.recorded.states.transfers import transfer


def returnable(lab: Lab) -> int:
    """A done transfer of seven."""
    picking = transfer(lab, quantity=7)
    lab.call(PICKING, "button_validate", [picking])
    return picking


def to_return(lab: Lab, call: Captured) -> None:
    """A done transfer for the wizard that the call makes."""
    values = call.args[0] if call.args else call.kwargs["vals_list"][0]
    lab.known[PICKING, values["picking_id"]] = returnable(lab)


def a_return(lab: Lab, call: Captured, picking: int) -> int:
    """The wizard, and its line, of that transfer."""
    wizard = lab.make(RETURN, {"picking_id": picking})
    lines = lab.rows(RETURN_LINE, ("wizard_id", "=", wizard))
    if lines:
        lab.stands(call, lines[0]["id"], RETURN_LINE)
    return lab.stands(call, wizard, RETURN)


def empty_return(lab: Lab, call: Captured) -> None:
    a_return(lab, call, returnable(lab))


def filled_return(lab: Lab, call: Captured) -> None:
    wizard = a_return(lab, call, returnable(lab))
    line = lab.rows(RETURN_LINE, ("wizard_id", "=", wizard))[0]["id"]
    lab.call(RETURN_LINE, "write", [line], {"quantity": 7})


def return_without_lines(lab: Lab, call: Captured) -> None:
    """A return in which nothing is left to give back."""
    wizard = a_return(lab, call, returnable(lab))
    lines = [line["id"] for line in lab.rows(RETURN_LINE, ("wizard_id", "=", wizard))]
    lab.call(RETURN_LINE, "unlink", lines)
