"""A locked order is nobody's to change: what Odoo lets through in one version, the desk refuses in all."""

from domain.intents import Compensated
from domain.plans import Draft
from domain.refusals import Refusal
from tests.contract.ground import Ground
from tests.contract.traps.seeing import confirm, hold, redate, state


def test_a_locked_purchase_keeps_its_day(ground: Ground) -> None:
    """Odoo 18 and 19 both write the line of a locked order."""
    north, _ = ground.warehouses
    order = ground.buy(ground.product(), 10, warehouse=north)
    ground.call("purchase.order", "button_done", [order])
    assert state(ground, order) == "done"

    refused = ground.refused(redate(ground.lines(order)[0], ground.at(20)[:10]))

    assert "locked: unlock it in Odoo first" in refused.reason


def test_an_order_that_was_locked_since_is_not_taken_back(ground: Ground) -> None:
    """Odoo 18 cancels a locked order without a word."""
    north, _ = ground.warehouses
    order = ground.buy(ground.product(), 10, warehouse=north, confirm=False)
    intent, undo = ground.done(confirm(order, north))
    ground.call("purchase.order", "button_done", [order])

    refused = ground.undo(intent, undo)

    assert isinstance(refused, Refusal)
    assert "was locked since" in refused.reason
    assert state(ground, order) == "done"
    assert len(ground.receipts(order)) == 1


def test_where_odoo_locks_what_is_confirmed_the_desk_takes_back_what_it_can(ground: Ground) -> None:
    """Locked by the company's own setting: Odoo 18 takes it back, 19 wants it unlocked and the desk says so."""
    north, _ = ground.warehouses
    order = ground.buy(ground.product(), 10, warehouse=north, confirm=False)
    was = ground.row("res.company", ground.company, "po_lock")["po_lock"]
    ground.write("res.company", ground.company, {"po_lock": "lock"})
    try:
        intent, undo = ground.done(confirm(order, north))
        assert state(ground, order) == "done"
        back = ground.undo(intent, undo)
    finally:
        ground.write("res.company", ground.company, {"po_lock": was})

    if ground.version >= 19:
        assert isinstance(back, Refusal)
        assert "unlock" in back.reason
        assert state(ground, order) == "done"
    else:
        assert isinstance(back, Compensated)
        assert state(ground, order) == "draft"


def test_a_locked_sale_keeps_its_day(ground: Ground) -> None:
    """Odoo writes the delivery date of a locked sale."""
    north, _ = ground.warehouses
    goods = ground.product()
    order = ground.sell(goods, 2, warehouse=north)
    ground.call("sale.order", "action_lock", [order])
    draft = Draft(action="sale.commitment", params={"order": order, "promised": ground.at(20)[:10]})

    refused = ground.perform(draft)

    assert isinstance(refused, Refusal)
    assert "locked" in refused.reason


def test_a_sale_that_was_locked_stays_locked_when_a_hold_ends(ground: Ground) -> None:
    north, _ = ground.warehouses
    goods = ground.product()
    ground.stock(goods, north, 5)
    order = ground.sell(goods, 2, warehouse=north)
    ground.call("sale.order", "action_lock", [order])

    intent, undo = ground.done(hold(order))
    back = ground.undo(intent, undo)

    assert isinstance(back, Compensated), back
    assert ground.row("sale.order", order, "locked")["locked"] is True
    assert ground.free(goods, north) == 3
