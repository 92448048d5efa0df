"""What the contract suite prepares stands in Odoo as a distributor would have made it."""

from tests.contract.ground import ROLES, Ground


def test_everybody_is_hired_and_can_log_in(ground: Ground) -> None:
    people = ground.people

    assert set(people) == set(ROLES)
    assert all(ground.as_(role).uid == person.uid for role, person in people.items())


def test_goods_are_bought_stocked_sold_and_delivered(ground: Ground) -> None:
    north, south = ground.warehouses
    goods = ground.product("Lantern")

    ground.stock(goods, north, 5)
    bought = ground.buy(goods, 12, warehouse=north)
    ground.receive(bought, 4)
    sold = ground.sell(goods, 6, warehouse=north)
    ground.deliver(sold)

    assert ground.free(goods, north) == 3
    assert ground.free(goods, south) == 0
    assert len(ground.receipts(bought)) == 1


def test_the_second_company_has_a_warehouse_and_other_money(ground: Ground) -> None:
    assert ground.second != ground.company
    assert ground.second_warehouse.company == ground.second
    assert ground.second_currency != ground.own_currency


def test_money_of_ones_own_has_a_rate_or_none(ground: Ground) -> None:
    known, unknown = ground.currency(rate=2), ground.currency(rate=None)

    assert ground.row("res.currency", known, "rate")["rate"] == 2
    assert not ground.row("res.currency", unknown, "date")["date"]
