"""What a vendor sends straight to the customer never lands in a warehouse, and is no stock of ours on its way."""

from typing import NamedTuple

from domain.refusals import Refusal
from tests.contract.ground import Ground
from tests.contract.traps.seeing import confirm, found, needs_module, shelf_of, state


class Direct(NamedTuple):
    """A sale that a vendor delivers."""

    goods: int
    sale: int
    order: int


def sold(ground: Ground) -> Direct:
    needs_module(ground, "stock_dropshipping")
    route = ground.ref("stock_dropshipping.route_drop_shipping")
    goods = ground.product(route_ids=[[6, 0, [route]]])
    ground.price(goods, ground.vendor(), 4)
    sale = ground.sell(goods, 7)
    (line,) = ground.rows("purchase.order.line", [["product_id", "=", goods]], ["order_id"])
    return Direct(goods, sale, ground.keep("purchase.order", line["order_id"][0]))


def test_neither_the_request_nor_the_order_is_expected_here(ground: Ground) -> None:
    north, _ = ground.warehouses
    direct = sold(ground)

    drafted = shelf_of(ground, direct.goods, north)
    ground.call("purchase.order", "button_confirm", [direct.order])
    ordered = shelf_of(ground, direct.goods, north)

    assert len(ground.receipts(direct.order)) == 1
    for seen in (drafted, ordered):
        assert (seen.coming, seen.wanted, seen.on_hand) == ((), (), 0)


def test_nobody_runs_short_of_what_never_was_here(ground: Ground) -> None:
    direct = sold(ground)

    assert [found(ground, direct.goods, site) for site in ground.warehouses] == [None, None]


def test_the_desk_does_not_confirm_it_for_a_warehouse(ground: Ground) -> None:
    north, _ = ground.warehouses
    direct = sold(ground)

    refused = ground.perform(confirm(direct.order, north))

    assert isinstance(refused, Refusal)
    assert state(ground, direct.order) == "draft"
    assert ground.receipts(direct.order) == []


def test_a_delivery_by_the_vendor_is_no_sale_from_stock(ground: Ground) -> None:
    north, _ = ground.warehouses
    direct = sold(ground)
    ground.call("purchase.order", "button_confirm", [direct.order])

    ground.receive(direct.order)

    (line,) = ground.rows("sale.order.line", [["order_id", "=", direct.sale]], ["qty_delivered"])
    assert line["qty_delivered"] == 7
    assert shelf_of(ground, direct.goods, north).demand.mean == 0
