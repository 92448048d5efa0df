"""Goods that were archived with orders still open are delivered from what is there, and neither bought nor kept."""

from domain.refusals import Refusal
from tests.contract.ground import Ground
from tests.contract.traps.seeing import confirm, found, shelf_of, state


def test_an_archived_product_is_not_bought_though_odoo_would(ground: Ground) -> None:
    north, _ = ground.warehouses
    goods = ground.product()
    order = ground.buy(goods, 10, warehouse=north, confirm=False)
    ground.write("product.product", goods, {"active": False})

    refused = ground.perform(confirm(order, north))

    assert isinstance(refused, Refusal)
    assert "archived" in refused.reason
    assert state(ground, order) == "draft"


def test_what_customers_still_wait_for_is_seen_to_run_short(ground: Ground) -> None:
    north, _ = ground.warehouses
    goods = ground.product()
    ground.stock(goods, north, 2)
    ground.sell(goods, 5, warehouse=north, in_days=2)

    ground.write("product.product", goods, {"active": False})

    seen = shelf_of(ground, goods, north)
    assert (seen.on_hand, [claim.quantity for claim in seen.claims]) == (2, [5])
    assert found(ground, goods, north) is not None


def test_its_reordering_rules_go_with_it_and_come_back(ground: Ground) -> None:
    north, _ = ground.warehouses
    goods = ground.product()
    rule = ground.rule(goods, north, 10, 20)
    assert found(ground, goods, north) is not None

    ground.write("product.template", ground.template(goods), {"active": False})
    archived = ground.row("stock.warehouse.orderpoint", rule, "active")["active"]
    seen = found(ground, goods, north)
    ground.write("product.template", ground.template(goods), {"active": True})

    assert archived is False
    assert seen is None
    assert ground.row("stock.warehouse.orderpoint", rule, "active")["active"] is True
