"""Two companies in one Odoo: who works for the first sees nothing of the second, and moves nothing of it."""

from typing import Any

import pytest

from domain.faults import AccessRefused
from domain.intents import Undo
from domain.plans import Draft
from domain.refusals import Refusal
from tests.contract.drafts import rfq, transfer
from tests.contract.ground import Ground
from tools.catalogue import price
from tools.reads.measures import company_currency
from tools.reads.moves import open_moves
from tools.reads.places import locations, warehouses
from tools.reads.purchases import purchase_lines
from tools.reads.stock import quants


def test_a_reader_of_the_first_company_sees_nothing_of_the_second(ground: Ground) -> None:
    goods, there = ground.product("Jug"), ground.second_warehouse
    ground.stock(goods, there, 4)
    ordered = ground.buy(goods, 12, warehouse=there)
    drafted = ground.buy(goods, 5, warehouse=there, confirm=False)
    ground.keep("purchase.order", drafted)

    reader = ground.reader()

    assert open_moves(reader, goods) == ()
    assert [quant for quant in quants(reader, goods) if quant.quantity] == []
    assert purchase_lines(reader, ground.lines(ordered), goods) == ()
    assert there.id not in {each.id for each in warehouses(reader)}
    assert there.stock not in {each.id for each in locations(reader)}


def test_a_reader_of_the_second_company_sees_what_is_there(ground: Ground) -> None:
    """The administrator belongs to both."""
    goods, there = ground.product("Jug"), ground.second_warehouse
    ground.stock(goods, there, 4)
    ordered = ground.buy(goods, 12, warehouse=there)

    reader = ground.reader("admin", company=ground.second)

    assert [move.purchase_line for move in open_moves(reader, goods)] == ground.lines(ordered)
    assert [quant.quantity for quant in quants(reader, goods) if quant.quantity] == [4]
    assert [each.id for each in warehouses(reader)] == [there.id]
    assert company_currency(reader) == ground.second_currency


def test_whoever_does_not_belong_to_a_company_may_not_even_ask(ground: Ground) -> None:
    there = ground.second

    with pytest.raises(AccessRefused, match="companies"):
        ground.reader("service", company=there).count("stock.warehouse", [])


def test_an_order_of_another_company_is_out_of_sight(ground: Ground) -> None:
    order = ground.buy(ground.product("Jug"), 5, warehouse=ground.second_warehouse, confirm=False)
    draft = Draft(action="purchase.confirm", params={"order": order, "warehouse": ground.warehouses[0].id})

    assert ground.refused(draft).guard == "facts"
    assert ground.row("purchase.order", order, "state", allowed_company_ids=[ground.second])["state"] == "draft"


def test_goods_never_arrive_by_another_companys_operation(ground: Ground) -> None:
    """Odoo takes an order of one company with the other's operation type; the desk does not ask for one."""
    goods, vendor, there = ground.product("Jug"), ground.vendor(), ground.second_warehouse
    ground.price(goods, vendor, 3.5)
    draft = rfq(ground, goods, vendor)
    mixed = draft.but(params={**draft.params, "picking_type": there.receipts})

    outcome = ground.perform(mixed)

    assert isinstance(outcome, Refusal)
    assert outcome.guard in {"precondition", "odoo"}, outcome
    assert ground.count("purchase.order.line", [["product_id", "=", goods]]) == 0


def test_odoo_itself_takes_such_an_order(ground: Ground) -> None:
    """Which is why the desk looks."""
    goods, there = ground.product("Jug"), ground.second_warehouse

    order = ground.buy(goods, 5, confirm=False)
    both: dict[str, Any] = {"allowed_company_ids": ground.companies}
    ground.write("purchase.order", order, {"picking_type_id": there.receipts}, **both)

    found = ground.row("purchase.order", order, "company_id", "picking_type_id", **both)
    assert (found["company_id"][0], found["picking_type_id"][0]) == (ground.company, there.receipts)


def test_stock_is_never_sent_to_another_companys_shelf(ground: Ground) -> None:
    goods, (_, south), there = ground.product("Lantern"), ground.warehouses, ground.second_warehouse
    ground.stock(goods, south, 10)
    draft = transfer(ground, goods)
    params = {**draft.params, "dest_warehouse": there.id, "dest_location": there.stock}

    found = price(draft.but(params=params), ground.reader())

    assert isinstance(found, Refusal)
    assert ground.free(goods, south) == 10


def test_the_desk_works_for_the_second_company_as_for_the_first(ground: Ground) -> None:
    """Whoever belongs to both, one company at a time."""
    goods, vendor, there = ground.product("Jug"), ground.vendor(), ground.second_warehouse
    money = ground.second_currency
    ground.price(goods, vendor, 3.5, currency_id=money, company_id=False)
    draft = rfq(ground, goods, vendor, currency=ground.code(money), warehouse=there.id, picking_type=there.receipts)
    intent = ground.intent(draft, "admin", company=ground.second)

    outcome = ground.perform(intent, "admin")

    assert isinstance(outcome, Undo), outcome
    order = outcome.records[0].id
    found = ground.row("purchase.order", order, "company_id", "currency_id", allowed_company_ids=[ground.second])
    assert (found["company_id"][0], found["currency_id"][0]) == (ground.second, money)
