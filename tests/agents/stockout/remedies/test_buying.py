"""What is asked of which vendor: minimum, packs, breaks, units, currencies, lead times, and never twice."""

import json
from decimal import Decimal

import pytest

from domain.money import Money
from domain.plans import Option
from tests.agents.stockout.scene import Scene
from tools.rfq_line import RfqParams


def params(option: Option) -> RfqParams:
    """As the action reads them."""
    return RfqParams.model_validate_json(json.dumps(option.drafts[0].params))


@pytest.fixture
def short(shop: Scene) -> Scene:
    """Seven lanterns short: three in stock, ten ordered for the day after tomorrow."""
    shop.world.stock("lantern", "WH", 3)
    shop.world.sell("lantern", "WH", 10, in_days=2)
    return shop


def test_need_seven_pack_twelve_minimum_twenty_four_makes_twenty_four(short: Scene) -> None:
    short.world.reorder("lantern", "WH", 0, 0, multiple=12)
    short.world.vendor_price("lantern", "1.90", min_qty=24)

    option = short.options()["rfq"]

    assert params(option).quantity == 24
    assert params(option).price == Decimal("1.90")
    assert option.knobs[0].minimum == 24
    assert option.knobs[0].step == 12


def test_need_seven_pack_twelve_makes_twelve(short: Scene) -> None:
    short.world.reorder("lantern", "WH", 0, 0, multiple=12)
    short.world.vendor_price("lantern", "1.90", min_qty=1)

    assert params(short.options()["rfq"]).quantity == 12


def test_a_minimum_that_is_no_multiple_of_the_pack_is_rounded_up(short: Scene) -> None:
    short.world.reorder("lantern", "WH", 0, 0, multiple=12)
    short.world.vendor_price("lantern", "1.90", min_qty=20)

    assert params(short.options()["rfq"]).quantity == 24


def test_what_is_sold_by_the_dozen_is_bought_by_the_dozen(short: Scene) -> None:
    short.world.by_dozen("lantern")
    short.world.vendor_price("lantern", "22.80", min_qty=1)

    option = short.options()["rfq"]

    assert params(option).quantity == 1
    assert params(option).uom == short.world.units.dozen
    assert option.knobs[0].unit == "Dozens"
    assert option.risk_removed > Money.zero("GBP"), "a dozen is twelve lanterns, not one"


def test_packs_of_ten_bought_by_the_dozen_come_in_five_dozen(short: Scene) -> None:
    short.world.by_dozen("lantern")
    short.world.reorder("lantern", "WH", 0, 0, multiple=10)
    short.world.vendor_price("lantern", "22.80", min_qty=1)

    assert params(short.options()["rfq"]).quantity == 5


def test_the_price_break_just_above_is_taken_where_more_costs_less(short: Scene) -> None:
    short.world.vendor_price("lantern", "3.00", min_qty=1)
    short.world.vendor_price("lantern", "2.00", min_qty=10)

    option = short.options()["rfq"]

    assert params(option).quantity == 10, "10 at 2.00 is 20.00, 7 at 3.00 is 21.00"
    assert params(option).price == 2


def test_list_price_and_discount_are_told_apart(short: Scene) -> None:
    price = short.world.vendor_price("lantern", "2.00", min_qty=1)
    with short.world.engine.transaction() as env:
        env.write("product.supplierinfo", price, {"discount": 12.5})

    option = short.options()["rfq"]

    assert (params(option).price, params(option).discount) == (Decimal(2), Decimal("12.5"))


def test_a_price_break_that_costs_more_in_all_is_left_alone(short: Scene) -> None:
    short.world.vendor_price("lantern", "2.00", min_qty=1)
    short.world.vendor_price("lantern", "1.90", min_qty=10)

    assert params(short.options()["rfq"]).quantity == 7


def test_nothing_is_ordered_that_is_on_its_way_however_late(short: Scene) -> None:
    short.world.vendor_price("lantern", "1.90")
    order = short.world.buy("lantern", "WH", 7, in_days=2)
    short.world.postpone(order, 40)

    option = short.options()["rfq"]

    assert not option.feasible
    assert option.why_not is not None
    assert "7 on 2027-01-04" in option.why_not
    assert "rfq" not in short.choice().option, "nothing is ordered again"


def test_only_the_rest_is_ordered_of_what_is_partly_on_its_way(short: Scene) -> None:
    short.world.vendor_price("lantern", "1.90")
    short.world.buy("lantern", "WH", 4, in_days=30)

    assert params(short.options()["rfq"]).quantity == 3


def test_the_minimum_of_the_rule_is_ordered_up_to(short: Scene) -> None:
    short.world.reorder("lantern", "WH", 20, 40)
    short.world.vendor_price("lantern", "1.90")

    assert params(short.options()["rfq"]).quantity == 27


def test_a_dollar_vendor_is_asked_in_dollars_and_weighed_in_pounds(short: Scene) -> None:
    vendor = short.world.another_vendor("Great Lakes Lamps", "USD")
    short.world.vendor_price("lantern", "3.00", money="USD", vendor=vendor)

    option = short.options()[f"rfq:{vendor}"]

    assert params(option).price == 3
    assert params(option).currency == "USD"
    assert option.cost == Money.model_validate("4.20 GBP"), "3.00 USD is 2.40 GBP, 0.60 above cost, seven times"


def test_a_price_at_cost_without_surplus_costs_nothing_extra(short: Scene) -> None:
    short.world.vendor_price("lantern", "1.80")

    assert short.options()["rfq"].cost == Money.model_validate("0.00 GBP")


def test_keeping_a_surplus_has_an_unknown_cost_until_somebody_names_it(short: Scene) -> None:
    short.world.vendor_price("lantern", "1.80", min_qty=17)
    terms = short.evidence().terms

    unknown, named = short.options()["rfq"], short.options(terms.but(holding_rate=Decimal("0.20")))["rfq"]

    assert unknown.cost is None
    assert named.cost == Money.model_validate("3.60 GBP"), "ten too many at 1.80, a fifth of it, kept for a year"


def test_a_surplus_that_sells_is_kept_for_half_its_time_only(short: Scene) -> None:
    short.world.vendor_price("lantern", "1.80", min_qty=200)
    short.world.history("lantern", "WH", 7, weeks=12)
    terms = short.evidence().terms.but(holding_rate=Decimal("0.52"))

    evidence, option = short.evidence(terms), short.options(terms)["rfq"]
    surplus = 200 - evidence.projection.to_order
    kept = surplus * Decimal("1.80") * Decimal("0.01") * surplus / 7 / 2

    assert option.cost is not None
    assert option.cost.amount == kept.quantize(Decimal("0.01"))


def test_an_unknown_cost_price_makes_cost_and_margin_unknown(short: Scene) -> None:
    short.world.vendor_price("lantern", "1.90")
    with short.world.engine.transaction() as env:
        env.write("product.product", short.world.products["lantern"], {"standard_price": 0})

    evidence, option = short.evidence(), short.options()["rfq"]

    assert evidence.projection.at_risk.margin is None
    assert evidence.finding.money_at_risk == evidence.projection.at_risk.revenue == Money.model_validate("26.25 GBP")
    assert option.cost is None
    assert option.confidence == Decimal("0.75")


def test_a_vendor_without_a_price_is_not_feasible(short: Scene) -> None:
    short.world.vendor_price("lantern", "0")

    option = short.options()["rfq"]

    assert (option.feasible, option.why_not) == (False, "“Midland Tinware” has no price for it; enter one in Odoo")


def test_a_currency_without_a_rate_is_not_taken_one_to_one(short: Scene) -> None:
    vendor = short.world.another_vendor("Great Lakes Lamps", "USD")
    short.world.vendor_price("lantern", "3.00", money="USD", vendor=vendor)
    with short.world.engine.transaction() as env:
        dollar = env.search("res.currency", [["name", "=", "USD"]])
        env.write("res.currency", dollar, {"active": False})

    assert (
        short.options()[f"rfq:{vendor}"].why_not == "the currency of “Great Lakes Lamps” has no exchange rate in Odoo"
    )


def test_a_currency_that_odoo_holds_no_rate_of_is_not_taken_one_to_one(short: Scene) -> None:
    vendor = short.world.another_vendor("Great Lakes Lamps", "USD")
    short.world.vendor_price("lantern", "3.00", money="USD", vendor=vendor)
    with short.world.engine.transaction() as env:
        dollar = env.search("res.currency", [["name", "=", "USD"]])
        env.unlink("res.currency.rate", env.search("res.currency.rate", [["currency_id", "in", dollar]]))

    assert (
        short.options()[f"rfq:{vendor}"].why_not == "the currency of “Great Lakes Lamps” has no exchange rate in Odoo"
    )


def test_the_vendor_that_saves_most_comes_first(short: Scene) -> None:
    fast = short.world.another_vendor("Next Day Lamps")
    short.world.vendor_price("lantern", "1.80", delay=20)
    short.world.vendor_price("lantern", "1.80", delay=1, vendor=fast)

    names = [name for name in short.options() if name.startswith("rfq")]

    assert names == [f"rfq:{fast}", "rfq"]


def test_a_vendors_own_record_counts_beside_its_promise(short: Scene) -> None:
    short.world.vendor_price("lantern", "1.80", delay=3)
    before = short.options()["rfq"]
    for ordered in (90, 60, 40):
        short.world.received("jug", "WH", 5, ordered=ordered, promised=10, late=5)

    after = short.options()["rfq"]

    assert (str(params(before).planned), str(params(after).planned)) == ("2026-11-26", "2026-12-08")
    assert after.risk_removed < before.risk_removed
    assert after.confidence > before.confidence, "three receipts tell more than a promise"


def test_a_warehouse_without_receipts_cannot_be_bought_for(short: Scene) -> None:
    short.world.vendor_price("lantern", "1.80")
    with short.world.engine.transaction() as env:
        env.write("stock.warehouse", short.world.warehouses["WH"].id, {"in_type_id": False})

    assert short.options()["rfq"].why_not == "“Leicester” has no operation type for receipts"


def test_a_vendor_unit_of_another_kind_is_not_feasible(short: Scene) -> None:
    short.world.vendor_price("lantern", "1.80")
    with short.world.engine.transaction() as env:
        kind = env.create("uom.category", {"name": "Weight"})
        kilo = env.create(
            "uom.uom",
            {"name": "kg", "category_id": kind, "uom_type": "reference", "factor": 1.0, "rounding": 0.01},
        )
        template = env.row("product.product", short.world.products["lantern"])["product_tmpl_id"]
        env.write("product.template", [template], {"uom_po_id": kilo})

    assert "different categories" in (short.options()["rfq"].why_not or "")


def test_goods_that_come_on_a_closed_day_are_taken_in_on_the_next(short: Scene) -> None:
    short.world.vendor_price("lantern", "1.80", delay=5)
    terms = short.evidence().terms.but(closed_weekdays=(5, 6))

    assert str(params(short.options(terms)["rfq"]).planned) == "2026-11-30", "the fifth day is a Saturday"


def test_nothing_more_is_bought_of_an_archived_product(short: Scene) -> None:
    short.world.vendor_price("lantern", "1.80")
    short.world.archive("lantern")

    assert "is archived in Odoo" in (short.options()["rfq"].why_not or "")
