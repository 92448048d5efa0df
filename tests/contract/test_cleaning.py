"""The contract suite leaves an Odoo as open as it found it: nothing to pick, nothing to order, nobody to log in."""

import pytest

from domain.faults import WrongLogin
from tests.contract.drafts import PREPARED
from tests.contract.ground import Ground
from tests.contract.targets import SANDBOXES


@pytest.mark.parametrize("target", SANDBOXES)
def test_nothing_open_is_left_and_a_second_run_finds_room(target: str) -> None:
    with SANDBOXES[target].opened() as odoo:
        for _ in range(2):
            ground = Ground(odoo)
            _trade(ground)

            remains = ground.clean()

            assert not [words for words in remains if "(in use)" in words and "res.currency" not in words], remains
            _assert_closed(ground)


@pytest.mark.parametrize("target", SANDBOXES)
def test_a_document_of_somebody_elses_goods_stays_as_it_is(target: str) -> None:
    with SANDBOXES[target].opened() as odoo:
        ground, theirs = Ground(odoo), Ground(odoo)
        goods, other = ground.product("Jug"), theirs.product("Cup")
        orders = {
            "purchase.order": theirs.buy(goods, 1, confirm=False),
            "sale.order": theirs.sell(goods, 1, confirm=False),
        }
        for model, order in orders.items():
            theirs.write(model, order, {"order_line": [[0, 0, {"product_id": other}]]})

        remains = ground.clean()

        for model, order in orders.items():
            row = theirs.row(model, order, "state", "order_line", "display_name", active_test=False)
            assert (row["state"], len(row["order_line"])) == ("draft", 2)
            assert f"{model} {row['display_name']} (draft)" in remains


def _trade(ground: Ground) -> None:
    """A day's work, half of it left lying about."""
    goods, (north, _) = ground.product("Jug"), ground.warehouses
    ground.stock(goods, north, 10)
    ground.receive(ground.buy(goods, 12), 4)
    ground.deliver(ground.sell(goods, 3))
    ground.sell(goods, 20)
    ground.rule(goods, north, 10, 50)
    for prepare in PREPARED.values():
        step = prepare(ground)
        ground.perform(step.draft, step.who)


def _assert_closed(ground: Ground) -> None:
    goods = [["product_id", "in", ground.made["product.product"]]]
    everywhere = {"active_test": False}
    assert ground.count("stock.move", [*goods, ["state", "not in", ["done", "cancel"]]], **everywhere) == 0
    assert ground.count("purchase.order.line", [*goods, ["state", "in", ["draft", "sent"]]], **everywhere) == 0
    assert ground.count("sale.order.line", [*goods, ["state", "in", ["draft", "sent", "sale"]]], **everywhere) == 0
    assert ground.count("stock.warehouse.orderpoint", goods, **everywhere) == 0
    assert ground.count("stock.quant", [*goods, ["location_id.usage", "=", "internal"], ["quantity", "!=", 0]]) == 0
    assert ground.count("product.product", [["id", "in", ground.made["product.product"]]]) == 0
    buyer = ground.person("buyer")
    with pytest.raises(WrongLogin):
        ground.target.log_in(buyer.login, ground.secret(buyer) if ground.target.way == "json2" else buyer.password)
