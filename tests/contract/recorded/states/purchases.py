"""Orders with a vendor: drafted, confirmed, received, locked, billed."""

from typing import Any

from tests.contract.recorded.captures import Captured
from tests.contract.recorded.lab import Lab
from tests.contract.recorded.states.state import MOVE, PICKING, PO


def ordered(lab: Lab, product: str = "LAB-A", quantity: float = 10, **more: Any) -> int:
    lines = [[0, 0, {"product_id": lab.products[product], "product_qty": quantity}]]
    return lab.make(PO, {"partner_id": lab.vendor, "order_line": lines, **more})


def rfq(lab: Lab, call: Captured) -> None:
    lab.stands(call, ordered(lab), PO)


def cancelled_po(lab: Lab, call: Captured) -> None:
    lab.call(PO, "button_cancel", [lab.stands(call, ordered(lab), PO)])


def bought(lab: Lab, call: Captured, **more: Any) -> int:
    order = lab.stands(call, ordered(lab, **more), PO)
    lab.call(PO, "button_confirm", [order])
    return order


def purchase(lab: Lab, call: Captured) -> None:
    bought(lab, call)


def locked_po(lab: Lab, call: Captured) -> None:
    lab.call(PO, "button_done", [bought(lab, call)])


def over_limit(lab: Lab, call: Captured) -> None:
    lab.write("res.company", 1, {"po_double_validation": "two_step", "po_double_validation_amount": 1.0})
    rfq(lab, call)


def tracked_po(lab: Lab, call: Captured) -> None:
    """A confirmed order, whose messages the call looks for."""
    order = ordered(lab)
    lab.call(PO, "button_confirm", [order])
    lab.call(PO, "message_post", [order])
    lab.known.update({(PO, leaf[2]): order for leaf in call.args[0] if leaf[0] == "res_id"})


def to_approve(lab: Lab, call: Captured) -> None:
    over_limit(lab, call)
    lab.call_as("lab_buyer", PO, "button_confirm", [lab.known[PO, call.subject or 0]])


def receive(lab: Lab, order: int, quantity: float) -> None:
    move = lab.rows(MOVE, ("purchase_line_id.order_id", "=", order))[0]
    lab.call(MOVE, "write", [move["id"]], {"quantity": quantity, "picked": True})
    lab.call(PICKING, "button_validate", [move["picking_id"]], skip_backorder=True)


def part_received(lab: Lab, call: Captured) -> None:
    receive(lab, bought(lab, call), 4)


def received_po(lab: Lab, call: Captured) -> None:
    receive(lab, bought(lab, call), 10)


def received_cancelled_po(lab: Lab, call: Captured) -> None:
    """Where Odoo cancels an order whose goods came."""
    order = bought(lab, call)
    receive(lab, order, 4)
    if lab.engine.version >= 19:
        lab.call(PO, "button_cancel", [order])


def draft_bill(lab: Lab, call: Captured) -> None:
    order = bought(lab, call)
    bill = lab.make("account.move", {"move_type": "in_invoice", "state": "draft", "name": "/"})
    lab.write(PO, order, {"invoice_ids": [[6, 0, [bill]]]})


def searchable_po(lab: Lab, call: Captured) -> None:
    """An order that has what the call searches for."""
    field, _, value = call.args[0][0]
    lab.make(PO, {"partner_id": lab.vendor, field: value})


def named_po(lab: Lab, call: Captured) -> None:
    """An order that an external id names."""
    module, name = "exc", "po"
    if call.model == "ir.model.data":
        module, name = call.args[:2] if len(call.args) > 1 else (call.args[0]["module"], call.args[0]["name"])
    row = [f"{module}.{name}", str(lab.vendor), f"EXC-{name}"]
    found = lab.call(PO, "load", ["id", "partner_id/.id", "origin"], [row])
    lab.stands(call, found["ids"][0], PO)


def first_bought_here(lab: Lab, _call: Captured) -> None:
    """A product was bought from a vendor who had not offered it."""
    lab.call(PO, "button_confirm", [ordered(lab, "LAB-NOVENDOR")])


def open_po(lab: Lab, _call: Captured) -> None:
    lab.call(PO, "button_confirm", [ordered(lab)])
