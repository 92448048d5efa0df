"""What has to be true in the lab before each captured call, by the call's name."""

from collections.abc import Callable
from typing import Any, TypeAlias

from tests.contract.captures import Captured
from tests.contract.lab import CUSTOMER, OTHER_VENDOR, VENDOR, Lab

State: TypeAlias = Callable[[Lab, Captured], None]
PO, POL, SO, SOL = "purchase.order", "purchase.order.line", "sale.order", "sale.order.line"
PICKING, MOVE, RULE = "stock.picking", "stock.move", "stock.warehouse.orderpoint"


def nothing(_lab: Lab, _call: Captured) -> None:
    """The lab as it is."""


# -- purchase orders ----------------------------------------------------------------------------------------------


def ordered(lab: Lab, order: int | None = None, line: int | None = None, **more: Any) -> int:
    if line is not None:
        lab.numbered(POL, line)
    lines = [[0, 0, {"product_id": 50, "product_qty": 10}]]
    return lab.make(PO, {"partner_id": VENDOR, "order_line": lines, **more}, order)


def rfq(lab: Lab, call: Captured) -> None:
    ordered(lab, call.ids[0])


def cancelled_po(lab: Lab, call: Captured) -> None:
    lab.call(PO, "button_cancel", [ordered(lab, call.ids[0])])


def purchase(lab: Lab, call: Captured) -> None:
    lab.call(PO, "button_confirm", [ordered(lab, call.ids[0])])


def locked_po(lab: Lab, call: Captured) -> None:
    purchase(lab, call)
    lab.call(PO, "button_done", call.ids)


def over_limit(lab: Lab, call: Captured) -> None:
    lab.write("res.company", 1, {"po_double_validation": "two_step", "po_double_validation_amount": 1.0})
    ordered(lab, call.ids[0])


def to_approve(lab: Lab, call: Captured) -> None:
    over_limit(lab, call)
    lab.engine.execute_kw(lab.users["lab_buyer"], None, PO, "button_confirm", [call.ids], {})


def receive(lab: Lab, order: int, quantity: float) -> None:
    moves = lab.rows(MOVE, ("origin", "=", lab.rows(PO, ("id", "=", order))[0]["name"]))
    lab.call(MOVE, "write", [moves[0]["id"]], {"quantity": quantity, "picked": True})
    lab.call(PICKING, "button_validate", [moves[0]["picking_id"]], skip_backorder=True)


def part_received(lab: Lab, call: Captured) -> None:
    purchase(lab, call)
    receive(lab, call.ids[0], 4)


def draft_bill(lab: Lab, call: Captured) -> None:
    purchase(lab, call)
    bill = lab.make("account.move", {"move_type": "in_invoice", "state": "draft", "name": "/"})
    lab.write(PO, call.ids[0], {"invoice_ids": [[6, 0, [bill]]]})


def searchable_po(lab: Lab, call: Captured) -> None:
    field, _, value = call.args[0][0]
    lab.make(PO, {"partner_id": VENDOR, field: value}, 62)


def confirmed_line(lab: Lab, call: Captured) -> None:
    lab.call(PO, "button_confirm", [ordered(lab, line=call.ids[0])])


def received_line(lab: Lab, call: Captured) -> None:
    order = ordered(lab, line=call.ids[0])
    lab.call(PO, "button_confirm", [order])
    receive(lab, order, 4)


def reduced_line(lab: Lab, call: Captured) -> None:
    received_line(lab, call)
    lab.call(POL, "write", call.ids, {"product_qty": 4})


def emptied_line(lab: Lab, call: Captured) -> None:
    confirmed_line(lab, call)
    lab.call(POL, "write", call.ids, {"product_qty": 0})


def locked_line(lab: Lab, call: Captured) -> None:
    confirmed_line(lab, call)
    lab.call(PO, "button_done", [lab.rows(POL, ("id", "=", call.ids[0]))[0]["order_id"]])


def open_po(lab: Lab, _call: Captured) -> None:
    lab.call(PO, "button_confirm", [ordered(lab)])


# -- transfers ----------------------------------------------------------------------------------------------------


def transfer(lab: Lab, picking: int | None, product: int = 50, quantity: float = 10, **more: Any) -> int:
    move = {"product_id": product, "product_uom_qty": quantity, "name": "/"}
    values = {"picking_type_id": lab.internal, "location_dest_id": lab.east_stock, "move_ids": [[0, 0, move]], **more}
    return lab.make(PICKING, values, picking)


def draft_transfer(lab: Lab, call: Captured) -> None:
    transfer(lab, call.ids[0])


def reserved_transfer(lab: Lab, call: Captured) -> None:
    draft_transfer(lab, call)
    lab.call(PICKING, "action_confirm", call.ids)


def unreserved_transfer(lab: Lab, call: Captured) -> None:
    reserved_transfer(lab, call)
    lab.call(PICKING, "do_unreserve", call.ids)


def short_transfer(lab: Lab, call: Captured) -> None:
    transfer(lab, call.ids[0], quantity=150)
    lab.call(PICKING, "action_confirm", call.ids)


def starved_transfer(lab: Lab, call: Captured) -> None:
    transfer(lab, call.ids[0], product=54)
    lab.call(PICKING, "action_confirm", call.ids)


def cancelled_transfer(lab: Lab, call: Captured) -> None:
    draft_transfer(lab, call)
    lab.call(PICKING, "action_cancel", call.ids)


def done_transfer(lab: Lab, call: Captured) -> None:
    reserved_transfer(lab, call)
    lab.call(PICKING, "button_validate", call.ids)


def searchable_transfer(lab: Lab, _call: Captured) -> None:
    transfer(lab, None, origin="EXC/0001")


def receipt(lab: Lab, call: Captured) -> None:
    lab.numbered(PICKING, call.ids[0])
    lab.call(PO, "button_confirm", [ordered(lab)])


def part_receipt(lab: Lab, call: Captured) -> None:
    receipt(lab, call)
    move = lab.rows(MOVE, ("picking_id", "=", call.ids[0]))[0]["id"]
    lab.call(MOVE, "write", [move], {"quantity": 4, "picked": True})


def delivery(lab: Lab, call: Captured) -> None:
    lab.numbered(PICKING, call.ids[0])
    lab.call(SO, "action_confirm", [quoted(lab)])


def expired_delivery(lab: Lab, call: Captured) -> None:
    """Goods of a lot that was good when it was reserved and is not any more."""
    lot = lab.make("stock.lot", {"name": "XSOON", "product_id": 63, "expiration_date": "2026-12-22 22:45:38"})
    lab.call("stock.quant", "create", {"product_id": 63, "location_id": lab.stock, "quantity": 10, "lot_id": lot})
    transfer(lab, call.ids[0], product=63, quantity=5)
    lab.call(PICKING, "action_confirm", call.ids)
    lab.call("stock.lot", "write", [lot], {"expiration_date": "2026-11-19 22:32:57"})


def over_reserved(lab: Lab, _call: Captured) -> None:
    lab.call("stock.quant", "create", {"product_id": 59, "location_id": lab.stock, "quantity": 10})
    picking = transfer(lab, None, product=59, quantity=15)
    lab.call(PICKING, "action_confirm", [picking])
    lab.call(MOVE, "write", [lab.rows(MOVE, ("picking_id", "=", picking))[0]["id"]], {"quantity": 15})


def reserved_move(lab: Lab, call: Captured) -> None:
    lab.numbered(MOVE, call.ids[0])
    lab.call(PICKING, "action_confirm", [transfer(lab, None, quantity=6)])


def returnable(lab: Lab, picking: int | None = None) -> int:
    """A done transfer of seven."""
    record = transfer(lab, picking, quantity=7)
    lab.call(PICKING, "button_validate", [record])
    return record


def to_return(lab: Lab, _call: Captured) -> None:
    returnable(lab, 105)


def empty_return(lab: Lab, call: Captured) -> None:
    lab.make("stock.return.picking", {"picking_id": returnable(lab)}, call.ids[0])


def filled_return(lab: Lab, call: Captured) -> None:
    empty_return(lab, call)
    line = lab.rows("stock.return.picking.line", ("wizard_id", "=", call.ids[0]))[0]["id"]
    lab.call("stock.return.picking.line", "write", [line], {"quantity": 7})


def return_line(lab: Lab, call: Captured) -> None:
    lab.numbered("stock.return.picking.line", call.ids[0])
    lab.make("stock.return.picking", {"picking_id": returnable(lab)})


def outgoing(lab: Lab, _call: Captured) -> None:
    lab.call(SO, "action_confirm", [quoted(lab)])


# -- stock and products -------------------------------------------------------------------------------------------


def lots(lab: Lab, _call: Captured) -> None:
    _stock_in_lots(
        lab, 53, 12, {5: ("LOT-OLD", "2026-11-19"), 6: ("LOT-SOON", "2026-11-23"), 7: ("LOT-FAR", "2027-02-18")}
    )


def expired_stock(lab: Lab, _call: Captured) -> None:
    _stock_in_lots(lab, 63, 10, {8: ("XOLD", "2026-11-10"), 9: ("XSOON", "2026-11-22"), 10: ("XFAR", "2027-02-18")})


def _stock_in_lots(lab: Lab, product: int, each: float, named: dict[int, tuple[str, str]]) -> None:
    for number, (name, until) in named.items():
        lot = lab.make(
            "stock.lot", {"name": name, "product_id": product, "expiration_date": f"{until} 22:32:57"}, number
        )
        quant = {"product_id": product, "location_id": lab.stock, "quantity": each, "lot_id": lot}
        lab.call("stock.quant", "create", quant)


def quant(lab: Lab, call: Captured) -> None:
    lab.make("stock.quant", {"product_id": 54, "location_id": lab.stock, "quantity": 5}, call.ids[0])


def vendor_price(lab: Lab, call: Captured) -> None:
    lab.make("product.supplierinfo", {"product_tmpl_id": 39, "partner_id": OTHER_VENDOR, "price": 1.0}, call.ids[0])


# -- reordering rules ---------------------------------------------------------------------------------------------


def rule(lab: Lab, record: int | None, product: int = 50, low: float = 150, high: float = 200, **more: Any) -> int:
    values = {"product_id": product, "location_id": lab.stock, "product_min_qty": low, "product_max_qty": high, **more}
    return lab.make(RULE, values, record)


def short_rule(lab: Lab, call: Captured) -> None:
    rule(lab, call.ids[0] if call.ids and isinstance(call.ids[0], int) else None)


def full_rule(lab: Lab, call: Captured) -> None:
    rule(lab, call.ids[0], low=20, high=60)


def rules_to_search(lab: Lab, _call: Captured) -> None:
    rule(lab, 4)


def rule_seven(lab: Lab, _call: Captured) -> None:
    rule(lab, 7)


def merging_rule(lab: Lab, call: Captured) -> None:
    other = rule(lab, None, product=51, low=100, high=120)
    lab.call(RULE, "action_replenish", [other])
    rule(lab, call.ids[0])


def manual_rule(lab: Lab, call: Captured) -> None:
    rule(lab, call.ids[0], trigger="manual")
    lab.call(RULE, "write", call.ids, {"qty_to_order": 33})


def unbuyable_rule(lab: Lab, call: Captured) -> None:
    rule(lab, call.ids[0], product=54)


# -- sales orders -------------------------------------------------------------------------------------------------


def quoted(lab: Lab, order: int | None = None, line: int | None = None, **more: Any) -> int:
    if line is not None:
        lab.numbered(SOL, line)
    lines = [[0, 0, {"product_id": 50, "product_uom_qty": 4}]]
    return lab.make(SO, {"partner_id": CUSTOMER, "order_line": lines, **more}, order)


def quotation(lab: Lab, call: Captured) -> None:
    quoted(lab, call.ids[0])


def sent(lab: Lab, call: Captured) -> None:
    quotation(lab, call)
    lab.call(SO, "action_quotation_sent", call.ids)


def sale(lab: Lab, call: Captured) -> None:
    quotation(lab, call)
    lab.call(SO, "action_confirm", call.ids)


def cancelled_so(lab: Lab, call: Captured) -> None:
    quotation(lab, call)
    lab.call(SO, "action_cancel", call.ids)


def locked_so(lab: Lab, call: Captured) -> None:
    sale(lab, call)
    lab.call(SO, "action_lock", call.ids)


def delivered(lab: Lab, call: Captured) -> None:
    sale(lab, call)
    picking = lab.rows(PICKING, ("sale_id", "=", call.ids[0]))[0]["id"]
    lab.call(PICKING, "button_validate", [picking])


def tagged(lab: Lab, call: Captured) -> None:
    tag = lab.make("crm.tag", {"name": "EXC HOLD"}, 9)
    order = call.ids[0] if call.ids and isinstance(call.ids[0], int) else 45
    quoted(lab, order, tag_ids=[[4, tag]] if call.name != "so_tag_add" else [])


def a_tag(lab: Lab, _call: Captured) -> None:
    lab.make("crm.tag", {"name": "EXC HOLD"})


def order_47(lab: Lab, _call: Captured) -> None:
    quoted(lab, 47)


def order_56(lab: Lab, _call: Captured) -> None:
    quoted(lab, 56)


def order_34(lab: Lab, _call: Captured) -> None:
    quoted(lab, 34)


def sale_line(lab: Lab, call: Captured) -> None:
    quoted(lab, line=call.ids[0])


def confirmed_sale_line(lab: Lab, call: Captured) -> None:
    lab.call(SO, "action_confirm", [quoted(lab, line=call.ids[0])])


def locked_sale_line(lab: Lab, call: Captured) -> None:
    order = quoted(lab, line=call.ids[0])
    lab.call(SO, "action_confirm", [order])
    lab.call(SO, "action_lock", [order])


def cancel_wizard(lab: Lab, call: Captured) -> None:
    order = quoted(lab, 30)
    lab.call(SO, "action_confirm", [order])
    if call.method == "action_cancel":
        lab.make("sale.order.cancel", {"order_id": order}, call.ids[0])


# -- activities ---------------------------------------------------------------------------------------------------


def activity(lab: Lab, call: Captured) -> None:
    quoted(lab, 34)
    lab.numbered("mail.activity", call.ids[0])
    lab.call(SO, "activity_schedule", [34], "mail.mail_activity_data_todo")
