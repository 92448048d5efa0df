"""Orders of a customer: quoted, confirmed, locked, delivered."""

from typing import Any

from tests.contract.recorded.captures import Captured
from tests.contract.recorded.lab import Lab
from tests.contract.recorded.states.state import PICKING, SO, SOL


def quoted(lab: Lab, **more: Any) -> int:
    lines = [[0, 0, {"product_id": lab.products["LAB-A"], "product_uom_qty": 4}]]
    return lab.make(SO, {"partner_id": lab.customer, "order_line": lines, **more})


def quotation(lab: Lab, call: Captured) -> None:
    lab.stands(call, quoted(lab), SO)


def sent(lab: Lab, call: Captured) -> None:
    lab.call(SO, "action_quotation_sent", [lab.stands(call, quoted(lab), SO)])


def sold(lab: Lab, call: Captured) -> int:
    order = lab.stands(call, quoted(lab), SO)
    lab.call(SO, "action_confirm", [order])
    return order


def sale(lab: Lab, call: Captured) -> None:
    sold(lab, call)


def cancelled_so(lab: Lab, call: Captured) -> None:
    lab.call(SO, "action_cancel", [lab.stands(call, quoted(lab), SO)])


def locked_so(lab: Lab, call: Captured) -> None:
    lab.call(SO, "action_lock", [sold(lab, call)])


def delivered(lab: Lab, call: Captured) -> None:
    order = sold(lab, call)
    lab.call(PICKING, "button_validate", [lab.rows(SO, ("id", "=", order))[0]["picking_ids"][0]])


def tagged(lab: Lab, call: Captured) -> None:
    tag = a_tag_made(lab)
    lab.stands(call, quoted(lab, tag_ids=[[4, tag]]), SO)


def untagged(lab: Lab, call: Captured) -> None:
    a_tag_made(lab)
    quotation(lab, call)


def a_tag_made(lab: Lab) -> int:
    tag = lab.make("crm.tag", {"name": "EXC HOLD"})
    lab.known["crm.tag", 9] = tag
    return tag


def a_tag(lab: Lab, _call: Captured) -> None:
    a_tag_made(lab)


def of_somebody_else(lab: Lab, call: Captured) -> None:
    """An order for which another salesperson answers."""
    lab.stands(call, quoted(lab, user_id=lab.users["lab_seller"]), SO)


def sale_line_of(lab: Lab, call: Captured, order: int) -> None:
    lab.stands(call, lab.rows(SOL, ("order_id", "=", order))[0]["id"], SOL)


def sale_line(lab: Lab, call: Captured) -> None:
    sale_line_of(lab, call, quoted(lab))


def confirmed_sale_line(lab: Lab, call: Captured) -> None:
    sale_line_of(lab, call, sold(lab, call))


def locked_sale_line(lab: Lab, call: Captured) -> None:
    order = sold(lab, call)
    sale_line_of(lab, call, order)
    lab.call(SO, "action_lock", [order])


def cancel_wizard(lab: Lab, call: Captured) -> None:
    order = quoted(lab)
    lab.call(SO, "action_confirm", [order])
    lab.stands(call, lab.make("sale.order.cancel", {"order_id": order}), "sale.order.cancel")


def fresh_tag(lab: Lab, call: Captured) -> None:
    lab.stands(call, lab.make("crm.tag", {"name": f"Tag {call.subject}"}), "crm.tag")
