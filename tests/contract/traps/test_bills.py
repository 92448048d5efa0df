"""Once a vendor's bill is there, cancelling the order is the accountant's business."""

import pytest

from domain.refusals import Refusal
from tests.contract.ground import Ground
from tests.contract.traps.seeing import confirm, state

BILL = "account.move"


def billed(ground: Ground, order: int, *, post: bool) -> int:
    """The vendor's bill for what was ordered, drafted or posted; its id."""
    ground.call("purchase.order", "action_create_invoice", [order])
    (bill,) = ground.row("purchase.order", order, "invoice_ids")["invoice_ids"]
    ground.keep(BILL, bill)
    if post:
        ground.write(BILL, bill, {"invoice_date": ground.at(0)[:10]})
        ground.call(BILL, "action_post", [bill])
    return int(bill)


@pytest.mark.parametrize("post", [False, True], ids=["drafted", "posted"])
def test_a_billed_order_is_not_taken_back(ground: Ground, post: bool) -> None:
    """Odoo refuses for a posted bill only, and leaves a drafted one standing for an order that is cancelled."""
    north, _ = ground.warehouses
    goods = ground.product(purchase_method="purchase")
    order = ground.buy(goods, 10, warehouse=north, confirm=False)
    intent, undo = ground.done(confirm(order, north))
    bill = billed(ground, order, post=post)

    refused = ground.undo(intent, undo)

    assert isinstance(refused, Refusal)
    assert "is billed by now: cancel its bill in Odoo first" in refused.reason
    assert state(ground, order) == "purchase"
    assert ground.row(BILL, bill, "state")["state"] == ("posted" if post else "draft")
