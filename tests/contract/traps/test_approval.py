"""A company that wants a second signature: Odoo answers True and lets the order wait, the desk does not send it."""

from collections.abc import Iterator
from contextlib import contextmanager

from domain.intents import Undo
from domain.refusals import Refusal
from tests.contract.ground import Ground
from tests.contract.traps.seeing import coming, confirm, set_to, state


@contextmanager
def two_signatures_from(ground: Ground, amount: float) -> Iterator[None]:
    company = ("res.company", ground.company)
    with set_to(ground, *company, po_double_validation="two_step", po_double_validation_amount=amount):
        yield


def test_odoo_answers_true_and_the_order_waits_and_a_buyers_approval_does_nothing(ground: Ground) -> None:
    order = ground.buy(ground.product(), 100, price=5, confirm=False)

    with two_signatures_from(ground, 100):
        assert ground.call("purchase.order", "button_confirm", [order], who="buyer") is True
        ground.call("purchase.order", "button_approve", [order], who="buyer")

    assert state(ground, order) == "to approve"
    assert ground.receipts(order) == []


def test_what_waits_for_approval_is_expected_and_is_no_receipt(ground: Ground) -> None:
    north, _ = ground.warehouses
    goods = ground.product()
    order = ground.buy(goods, 100, price=5, confirm=False)

    with two_signatures_from(ground, 100):
        ground.call("purchase.order", "button_confirm", [order], who="buyer")

    assert coming(ground, goods, north) == 100


def test_the_desk_does_not_send_what_needs_a_purchase_manager(ground: Ground) -> None:
    north, _ = ground.warehouses
    goods = ground.product()
    order = ground.buy(goods, 100, price=5, confirm=False)

    with two_signatures_from(ground, 100):
        refused = ground.perform(confirm(order, north))

    assert isinstance(refused, Refusal)
    assert refused.guard == "rights"
    assert "needs a purchase manager" in refused.reason
    assert state(ground, order) == "draft"
    assert ground.rows("product.supplierinfo", [["product_tmpl_id", "=", ground.template(goods)]], []) == []


def test_below_the_limit_the_desk_orders_by_itself(ground: Ground) -> None:
    north, _ = ground.warehouses
    order = ground.buy(ground.product(), 10, price=5, confirm=False)

    with two_signatures_from(ground, 100):
        done = ground.perform(confirm(order, north))

    assert isinstance(done, Undo)
    assert state(ground, order) == "purchase"
