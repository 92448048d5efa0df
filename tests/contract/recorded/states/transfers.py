"""Transfers, receipts and deliveries."""

from typing import Any

from tests.contract.recorded.captures import Captured
from tests.contract.recorded.lab import Lab
from tests.contract.recorded.states.purchases import ordered
from tests.contract.recorded.states.sales import quoted
from tests.contract.recorded.states.state import LOT, MOVE, PICKING, PO, QUANT, SO
from tests.contract.recorded.states.stock import lots


def transfer(lab: Lab, product: str = "LAB-A", quantity: float = 10, **more: Any) -> int:
    move = {"product_id": lab.products[product], "product_uom_qty": quantity, "name": "/"}
    places = {"location_id": lab.stock, "location_dest_id": lab.east_stock}
    return lab.make(PICKING, {"picking_type_id": lab.internal, **places, "move_ids": [[0, 0, move]], **more})


def moved(lab: Lab, call: Captured, **more: Any) -> int:
    return lab.stands(call, transfer(lab, **more), PICKING)


def confirmed(lab: Lab, call: Captured, **more: Any) -> int:
    picking = moved(lab, call, **more)
    lab.call(PICKING, "action_confirm", [picking])
    return picking


def draft_transfer(lab: Lab, call: Captured) -> None:
    moved(lab, call)


def reserved_transfer(lab: Lab, call: Captured) -> None:
    confirmed(lab, call)


def unreserved_transfer(lab: Lab, call: Captured) -> None:
    lab.call(PICKING, "do_unreserve", [confirmed(lab, call)])


def short_transfer(lab: Lab, call: Captured) -> None:
    confirmed(lab, call, quantity=150)


def starved_transfer(lab: Lab, call: Captured) -> None:
    confirmed(lab, call, product="LAB-NOVENDOR")


def cancelled_transfer(lab: Lab, call: Captured) -> None:
    lab.call(PICKING, "action_cancel", [moved(lab, call)])


def done_transfer(lab: Lab, call: Captured) -> None:
    lab.call(PICKING, "button_validate", [confirmed(lab, call)])


def searchable_transfer(lab: Lab, _call: Captured) -> None:
    transfer(lab, origin="EXC/0001")


def receipt(lab: Lab, call: Captured) -> None:
    order = ordered(lab)
    lab.call(PO, "button_confirm", [order])
    lab.stands(call, lab.rows(PO, ("id", "=", order))[0]["picking_ids"][0], PICKING)


def part_receipt(lab: Lab, call: Captured) -> None:
    receipt(lab, call)
    move = lab.rows(MOVE, ("picking_id", "=", lab.known[PICKING, call.subject or 0]))[0]["id"]
    lab.call(MOVE, "write", [move], {"quantity": 4, "picked": True})


def delivery(lab: Lab, call: Captured) -> None:
    order = quoted(lab)
    lab.call(SO, "action_confirm", [order])
    lab.stands(call, lab.rows(SO, ("id", "=", order))[0]["picking_ids"][0], PICKING)


def expired_delivery(lab: Lab, call: Captured) -> None:
    """Goods of a lot that was good when it was reserved and is not any more."""
    product = lab.products["LAB-EXP"]
    lot = lab.make(LOT, {"name": "XSOON", "product_id": product, "expiration_date": "2026-12-22 22:45:38"})
    lab.call(QUANT, "create", {"product_id": product, "location_id": lab.stock, "quantity": 10, "lot_id": lot})
    picking = moved(lab, call, product="LAB-EXP", quantity=5)
    lab.call(PICKING, "action_confirm", [picking])
    lab.call(LOT, "write", [lot], {"expiration_date": "2026-11-19 22:32:57"})


def over_reserved(lab: Lab, _call: Captured) -> None:
    lab.call(QUANT, "create", {"product_id": lab.products["LAB-RES"], "location_id": lab.stock, "quantity": 10})
    picking = transfer(lab, "LAB-RES", 15)
    lab.call(PICKING, "action_confirm", [picking])
    lab.call(MOVE, "write", [lab.rows(MOVE, ("picking_id", "=", picking))[0]["id"]], {"quantity": 15})


def reserved_move(lab: Lab, call: Captured) -> None:
    picking = transfer(lab, quantity=6)
    lab.call(PICKING, "action_confirm", [picking])
    lab.stands(call, lab.rows(MOVE, ("picking_id", "=", picking))[0]["id"], MOVE)


def outgoing(lab: Lab, _call: Captured) -> None:
    lab.call(SO, "action_confirm", [quoted(lab)])


def reserved_lots(lab: Lab, call: Captured) -> None:
    """A reserved line of a product kept in lots."""
    lots(lab, call)
    picking = transfer(lab, "LAB-LOT", 5)
    lab.call(PICKING, "action_confirm", [picking])
    lines = lab.rows("stock.move.line", ("picking_id", "=", picking))
    if lines:
        lab.stands(call, lines[0]["id"], "stock.move.line")
