"""What may have to be true in the lab before a recorded call: each state makes the record the call is about."""

from collections.abc import Callable
from typing import Any, TypeAlias

from tests.contract.recorded.captures import Captured
from tests.contract.recorded.lab import VENDORS, Lab

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


# -- purchase orders ----------------------------------------------------------------------------------------------


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


def open_po(lab: Lab, _call: Captured) -> None:
    lab.call(PO, "button_confirm", [ordered(lab)])


# -- transfers ----------------------------------------------------------------------------------------------------


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


def delivery_with_text_message(lab: Lab, call: Captured) -> None:
    """The customer has a telephone, and nobody has yet said whether the company writes text messages."""
    lab.write("res.partner", lab.customer, {"phone": "+1 555 0100"})
    lab.write("res.company", 1, {"stock_move_sms_validation": True, "has_received_warning_stock_sms": False})
    delivery(lab, call)


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


# -- stock and products -------------------------------------------------------------------------------------------


def lots(lab: Lab, _call: Captured) -> None:
    named = {5: ("LOT-OLD", "2026-11-19"), 6: ("LOT-SOON", "2026-11-23"), 7: ("LOT-FAR", "2027-02-18")}
    _stock_in_lots(lab, lab.products["LAB-LOT"], 12, named)


def expired_stock(lab: Lab, _call: Captured) -> None:
    named = {8: ("XOLD", "2026-11-10"), 9: ("XSOON", "2026-11-22"), 10: ("XFAR", "2027-02-18")}
    _stock_in_lots(lab, lab.products["LAB-EXP"], 10, named)


def _stock_in_lots(lab: Lab, product: int, each: float, named: dict[int, tuple[str, str]]) -> None:
    for number, (name, until) in named.items():
        lot = lab.make(LOT, {"name": name, "product_id": product, "expiration_date": f"{until} 22:32:57"})
        lab.known[LOT, number] = lot
        quant = {"product_id": product, "location_id": lab.stock, "quantity": each, "lot_id": lot}
        lab.call(QUANT, "create", quant)


def less_stock(lab: Lab, _call: Captured) -> None:
    """Five pieces of the first product were gone when these figures were read."""
    quant = lab.rows(QUANT, ("product_id", "=", lab.products["LAB-A"]), ("location_id", "=", lab.stock))[0]
    lab.write(QUANT, quant["id"], {"quantity": 100.0})


def quant(lab: Lab, call: Captured) -> None:
    values = {"product_id": lab.products["LAB-NOVENDOR"], "location_id": lab.stock, "quantity": 5}
    lab.stands(call, lab.make(QUANT, values), QUANT)


def vendor_price(lab: Lab, call: Captured) -> None:
    template = lab.rows("product.product", ("id", "=", lab.products["LAB-A"]))[0]["product_tmpl_id"]
    values = {"product_tmpl_id": template, "partner_id": lab.partners[VENDORS[1]], "price": 1.0}
    lab.stands(call, lab.make("product.supplierinfo", values), "product.supplierinfo")


def draft_scrap(lab: Lab, call: Captured, quantity: float = 2) -> None:
    values = {"product_id": lab.products["LAB-RET"], "scrap_qty": quantity, "location_id": lab.stock}
    lab.stands(call, lab.make("stock.scrap", values), "stock.scrap")


def done_scrap(lab: Lab, call: Captured) -> None:
    draft_scrap(lab, call)
    lab.call("stock.scrap", "action_validate", [lab.known["stock.scrap", call.subject or 0]])


def short_scrap(lab: Lab, call: Captured) -> None:
    draft_scrap(lab, call, 1000)


# -- reordering rules ---------------------------------------------------------------------------------------------


def rule(lab: Lab, product: str = "LAB-A", low: float = 150, high: float = 200, **more: Any) -> int:
    limits = {"product_min_qty": low, "product_max_qty": high}
    return lab.make(RULE, {"product_id": lab.products[product], "location_id": lab.stock, **limits, **more})


def short_rule(lab: Lab, call: Captured) -> None:
    lab.stands(call, rule(lab), RULE)


def full_rule(lab: Lab, call: Captured) -> None:
    lab.stands(call, rule(lab, low=20, high=60), RULE)


def a_rule(lab: Lab, call: Captured) -> None:
    """A rule that the call searches for, by its id where it names one."""
    made = rule(lab)
    for field, _, value in (leaf for leaf in call.args[0] if isinstance(leaf, list)) if call.args else ():
        if field == "id":
            lab.known[RULE, value] = made


def merging_rule(lab: Lab, call: Captured) -> None:
    other = rule(lab, "LAB-B", low=100, high=120)
    lab.call(RULE, "action_replenish", [other])
    short_rule(lab, call)


def manual_rule(lab: Lab, call: Captured) -> None:
    made = lab.stands(call, rule(lab, trigger="manual"), RULE)
    lab.call(RULE, "write", [made], {"qty_to_order": 33})


def unbuyable_rule(lab: Lab, call: Captured) -> None:
    lab.stands(call, rule(lab, "LAB-NOVENDOR"), RULE)


# -- sales orders -------------------------------------------------------------------------------------------------


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


# -- activities ---------------------------------------------------------------------------------------------------


def activity(lab: Lab, call: Captured) -> None:
    order = quoted(lab)
    lab.call(SO, "activity_schedule", [order], "mail.mail_activity_data_todo")
    made = lab.rows("mail.activity", ("res_model", "=", SO), ("res_id", "=", order))[-1]["id"]
    lab.stands(call, made, "mail.activity")


def closed_activity(lab: Lab, call: Captured) -> None:
    activity(lab, call)
    lab.call("mail.activity", "action_feedback", [lab.known["mail.activity", call.subject or 0]])


def message(lab: Lab, call: Captured) -> None:
    order = quoted(lab)
    lab.call(SO, "message_post", [order])
    posted = lab.rows("mail.message", ("model", "=", SO), ("res_id", "=", order))[0]["id"]
    lab.stands(call, posted, "mail.message")


def fresh_tag(lab: Lab, call: Captured) -> None:
    lab.stands(call, lab.make("crm.tag", {"name": f"Tag {call.subject}"}), "crm.tag")


def fresh_lot(lab: Lab, call: Captured) -> None:
    values = {"name": f"Lot {call.subject}", "product_id": lab.products["LAB-LOT"]}
    lab.stands(call, lab.make(LOT, values), LOT)


def rule_on_a_route(lab: Lab, call: Captured) -> None:
    """A rule of the second warehouse, with a route from the first one at hand."""
    made = rule(lab, location_id=lab.east_stock, warehouse_id=lab.warehouses["LE"])
    lab.stands(call, made, RULE)
