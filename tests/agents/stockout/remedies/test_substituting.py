"""Another product that is there is offered by the seller, where the terms say that it will do."""

import json
from decimal import Decimal

import pytest

from agents import stockout
from agents.stockout.remedies.substituting import ABOUT
from agents.terms import Terms, TermsBook
from tests.agents.stockout.remedies.customers_scene import accepted, one
from tests.agents.stockout.scene import NOW, Scene
from tools.activity import ActivityParams

INSTEAD = Terms(substitutes={"71053": ("22427",)})


@pytest.fixture
def short(shop: Scene) -> Scene:
    """Ten lanterns ordered and none there; thirty jugs would do."""
    shop.world.stock("jug", "WH", 30)
    shop.world.sell("lantern", "WH", 10, in_days=3)
    return shop


def test_the_seller_is_asked_to_offer_what_is_there(short: Scene) -> None:
    option = one(short, "substitute", INSTEAD)
    asked = ActivityParams.model_validate_json(json.dumps(option.drafts[0].params))

    assert option.name == f"substitute:{short.world.products['jug']}"
    assert option.feasible
    assert accepted(short, option)
    assert (asked.model, asked.record, asked.user) == ("sale.order", 1, short.world.users["sales"].uid)
    assert asked.summary.startswith(f"{ABOUT}: 10 of “[22427] Enamel flower jug cream” instead of")


def test_half_of_the_order_is_counted_and_the_dearer_goods_cost(short: Scene) -> None:
    option = one(short, "substitute", INSTEAD)

    assert option.risk_removed.amount == Decimal("9.75")
    assert option.cost is not None
    assert option.cost.amount == Decimal("11.00"), "2.90 instead of 1.80 each"


def test_the_substitutes_own_orders_and_minimum_come_first(short: Scene) -> None:
    short.world.reorder("jug", "WH", 12, 24)
    short.world.sell("jug", "WH", 9, in_days=4)

    option = one(short, "substitute", INSTEAD)

    assert option.why_not == "“Leicester” can spare 9 of “[22427] Enamel flower jug cream”, and 10 are wanted"


def test_stock_of_another_warehouse_is_no_substitute_here(short: Scene) -> None:
    short.world.stock("jug", "WH", -30)
    short.world.stock("jug", "NTH", 30)

    assert "can spare 0" in (one(short, "substitute", INSTEAD).why_not or "")


def test_an_order_without_a_seller_has_nobody_to_ask(short: Scene) -> None:
    with short.world.engine.transaction() as env:
        env.write("sale.order", 1, {"user_id": False})

    assert "nobody answers for it in Odoo" in (one(short, "substitute", INSTEAD).why_not or "")


def test_a_seller_who_was_asked_is_not_asked_again(short: Scene) -> None:
    with short.world.engine.transaction() as env:
        wanted = {"summary": f"{ABOUT}: jugs", "user_id": short.world.users["sales"].uid}
        env.call("sale.order", "activity_schedule", [1], act_type_xmlid="mail.mail_activity_data_todo", **wanted)

    assert "was asked already" in (one(short, "substitute", INSTEAD).why_not or "")


def test_a_reference_that_odoo_does_not_know_says_so(short: Scene) -> None:
    option = one(short, "substitute", Terms(substitutes={"71053": ("99999",)}))

    assert option.why_not == "there is no storable product with the reference “99999” in Odoo"


def test_without_an_order_there_is_nobody_to_offer_it_to(shop: Scene) -> None:
    shop.world.reorder("lantern", "WH", 10, 20)
    shop.world.stock("jug", "WH", 30)

    assert not any(name.startswith("substitute:") for name in shop.options(INSTEAD))


def test_a_substitute_costs_one_call_in_all_and_nothing_where_none_is_named(short: Scene) -> None:
    def calls(terms: Terms) -> int:
        before = short.reader.calls
        stockout.gather(short.reader, short.subject(), NOW, TermsBook(usual=terms))
        return short.reader.calls - before

    assert calls(INSTEAD) == calls(Terms()) + 1


def test_a_product_that_may_be_sold_instead_is_no_case_of_its_own_by_that(short: Scene) -> None:
    evidence = short.evidence(INSTEAD)

    assert evidence.subject == short.subject()
    assert {product.code for product in evidence.picture.products} == {"71053", "22427"}
