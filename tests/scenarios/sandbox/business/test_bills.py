"""A purchase is billed for what came; windows that a person would go on in change nothing more than Odoo does."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.clock import SetClock
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.faults import UserError

ADMIN = 2
ORDER = "purchase.order"


def opened(version: int) -> tuple[Engine, int]:
    """An order of ten that is confirmed."""
    engine = Engine(SetClock(datetime(2026, 11, 20, 12, tzinfo=UTC)), version=version)
    with engine.transaction() as env:
        env.create("stock.warehouse", {"name": "Main", "code": "WH", "company_id": 1})
        vendor = env.create("res.partner", {"name": "Vendor"})
        product = env.create("product.product", {"name": "Crate", "is_storable": True})
        line = {"product_id": product, "product_qty": 10, "price_unit": 3.0}
        order = env.create(ORDER, {"partner_id": vendor, "order_line": [[0, 0, line]]})
    ask(engine, ORDER, "button_confirm", [order])
    return engine, order


def ask(engine: Engine, model: str, method: str, *args: Any) -> Any:
    return engine.execute_kw(ADMIN, None, model, method, args)


def receive(engine: Engine, order: int) -> None:
    picking = ask(engine, ORDER, "read", [order], ["picking_ids"])[0]["picking_ids"]
    ask(engine, "stock.picking", "button_validate", picking)


@pytest.mark.parametrize("version", [18, 19])
def test_what_came_is_billed_once(version: int) -> None:
    engine, order = opened(version)
    receive(engine, order)

    window = ask(engine, ORDER, "action_create_invoice", [order])

    assert window["res_model"] == "account.move"
    row = ask(engine, ORDER, "read", [order], ["invoice_ids", "invoice_status"])[0]
    assert (row["invoice_ids"], row["invoice_status"]) == ([window["res_id"]], "invoiced")


def test_an_order_of_which_nothing_came_is_not_billed_in_18_and_billed_with_nothing_in_19() -> None:
    old, new = opened(18), opened(19)

    with pytest.raises(UserError, match="no invoiceable line"):
        ask(old[0], ORDER, "action_create_invoice", [old[1]])
    assert ask(new[0], ORDER, "action_create_invoice", [new[1]])["res_id"]


def test_writing_to_the_vendor_opens_a_window_and_printing_counts_as_sent() -> None:
    engine, confirmed = opened(18)
    (draft,) = ask(engine, ORDER, "copy", [confirmed])

    assert ask(engine, ORDER, "action_rfq_send", [draft])["target"] == "new"
    assert ask(engine, ORDER, "read", [draft], ["state"])[0]["state"] == "draft"
    ask(engine, ORDER, "print_quotation", [draft])
    assert ask(engine, ORDER, "read", [draft], ["state"])[0]["state"] == "sent"


def test_a_place_is_found_by_its_path_in_18_and_by_its_own_name_in_19() -> None:
    found = {}
    for version in (18, 19):
        engine, order = opened(version)
        receive(engine, order)
        product = ask(engine, "product.product", "search", [["name", "=", "Crate"]])
        context = {"context": {"location": "WH/Stock"}}
        rows = engine.execute_kw(ADMIN, None, "product.product", "read", [product, ["qty_available"]], context)
        found[version] = rows[0]["qty_available"]

    assert found == {18: 10.0, 19: 0.0}
