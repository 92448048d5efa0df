"""Records made, or taken, to stand for those that a recorded call names and no state has made."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.contract.recorded import states
from tests.contract.recorded.captures import Captured
from tests.contract.recorded.lab import CUSTOMERS, PRODUCTS, VENDORS, Lab

MADE: Mapping[str, Callable[[Lab, Captured], None]] = {
    "crm.tag": states.fresh_tag,
    "mail.activity": states.activity,
    "mail.message": states.message,
    "product.supplierinfo": states.vendor_price,
    states.LOT: states.fresh_lot,
    states.MOVE: states.reserved_move,
    states.PICKING: states.reserved_transfer,
    states.PO: states.rfq,
    states.POL: states.draft_line,
    states.QUANT: states.quant,
    states.RETURN: states.filled_return,
    states.RETURN_LINE: states.filled_return,
    states.RULE: states.full_rule,
    states.SO: states.quotation,
    states.SOL: states.sale_line,
    "stock.move.line": states.reserved_lots,
    "stock.scrap": states.draft_scrap,
}


def stand_in(lab: Lab, model: str, recorded: int, call: Captured) -> int:
    """A record of that model; different recorded ids get different records as far as there are."""
    make = MADE.get(model)
    if make is not None:
        return _made(lab, model, recorded, call, make)
    there = _there(lab, model, call)
    taken = {here for (kind, _), here in lab.known.items() if kind == model}
    free = [each for each in there if each not in taken]
    return (free or there or [recorded])[0]


def _made(lab: Lab, model: str, recorded: int, call: Captured, make: Callable[[Lab, Captured], None]) -> int:
    kept = lab.known.pop((model, recorded), None)
    make(lab, replace(call, model=model, method="read", args=[[recorded]], kwargs={}, status=None))
    made = lab.known.get((model, recorded), kept)
    return recorded if made is None else made


def _there(lab: Lab, model: str, call: Captured) -> list[int]:
    """What of the lab could be meant."""
    if model == "res.partner":
        names = (*VENDORS, *CUSTOMERS) if call.model.startswith(("purchase", "product")) else (*CUSTOMERS, *VENDORS)
        return [lab.partners[name] for name in names]
    if model == "product.product":
        return [lab.products[code] for code in PRODUCTS]
    if model == "stock.location":
        return [lab.stock, lab.east_stock]
    if model == "stock.picking.type":
        return [lab.internal, lab.delivery]
    if model == "stock.warehouse":
        return [lab.warehouses["WH"], lab.warehouses["LE"]]
    if model == "res.users":
        return [lab.users["lab_buyer"], lab.users["lab_seller"]]
    return sorted(lab.engine.table(model).rows) if model in lab.engine.models else []
