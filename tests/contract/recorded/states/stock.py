"""What lies on the shelves, in lots, at a price, as scrap."""

from tests.contract.recorded.captures import Captured
from tests.contract.recorded.lab import VENDORS, Lab
from tests.contract.recorded.states.state import LOT, QUANT


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


def fresh_lot(lab: Lab, call: Captured) -> None:
    values = {"name": f"Lot {call.subject}", "product_id": lab.products["LAB-LOT"]}
    lab.stands(call, lab.make(LOT, values), LOT)
