"""The facts a buyer asks for first, told in plain words."""

from decimal import Decimal

from agents import stockout
from agents.stockout.situation import situation
from agents.stockout.telling import units
from tests.agents.stockout.scene import Scene


def told(shop: Scene) -> dict[str, str]:
    return dict(stockout.facts(shop.evidence()))


def test_a_stockout_is_told_in_a_dozen_facts_with_units(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.90", delay=14)
    shop.world.stock("lantern", "WH", 3)
    shop.world.stock("lantern", "NTH", 50)
    shop.world.sell("lantern", "WH", 1_200, in_days=3)
    order = shop.world.buy("lantern", "WH", 4, in_days=9)
    document = shop.evidence().picture.moves[-1].document

    facts = told(shop)

    assert order
    assert facts["On hand"] == "3 Units"
    assert facts["Free"] == "0 Units"
    assert facts["Reserved"] == "3 Units"
    assert facts["On its way"] == f"4 Units on 2026-12-02 with “{document}”"
    assert facts["Sold in a week"] == "0 Units, in 0 of 0 weeks seen"
    assert facts["Lead time"] == "14 days"
    assert facts["Runs out on"] == "2026-11-26"
    assert facts["Chance to run out if nothing is done"] == "100%"
    assert facts["Short by"] == "1,197 Units on the worst day, 1,193 Units when all has come"
    assert facts["Reorder level"] == "0 Units, safety stock, for there is no reordering rule"
    assert facts["Free in “Leeds”"] == "50 Units, 50 Units to spare"
    assert facts["Free in “Reading”"] == "0 Units, 0 Units to spare"
    assert facts["Revenue at risk"].endswith(" GBP")
    assert facts["Ordered by customers"].startswith("1,200 Units on 2026-11-26 with “WH/OUT/")
    assert facts["Expected with “P00001”"] == "4 Units on 2026-12-02, as promised"
    assert facts["Penalties at risk"].startswith("unknown for ")
    assert len(facts) == 17


def test_what_could_be_confirmed_and_what_could_be_hurried_is_told(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.90", delay=5)
    shop.world.sell("lantern", "WH", 30, in_days=3)
    shop.world.buy("lantern", "WH", 4, in_days=6, confirm=False)
    shop.world.postpone(shop.world.buy("lantern", "WH", 7, in_days=2), 9)

    facts = told(shop)

    assert facts["Drafted, confirmed by nobody"] == "4 Units with “P00001”, planned for 2026-11-29"
    assert facts["On its way"].startswith("7 Units on 2026-12-04 with “WH/IN/"), "a draft is on nobody's way"
    assert facts["Expected with “P00002”"] == "7 Units on 2026-12-04, promised first for 2026-11-25"


def test_a_reordering_rule_is_named_as_where_the_level_comes_from(shop: Scene) -> None:
    shop.world.reorder("lantern", "WH", 10, 20)

    facts = told(shop)

    assert facts["Reorder level"] == "10 Units, the minimum of its reordering rule"
    assert facts["Runs out on"] == "no day that is expected"
    assert facts["On its way"] == "nothing"


def test_a_margin_without_a_cost_is_unknown_and_a_margin_of_nothing_is_not(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=3)
    lantern = shop.world.products["lantern"]
    known = told(shop)
    with shop.world.engine.transaction() as env:
        env.write("product.product", lantern, {"standard_price": 3.75})
    nothing = told(shop)
    with shop.world.engine.transaction() as env:
        env.write("product.product", lantern, {"standard_price": 0})

    assert known["Margin at risk"] == "19.50 GBP"
    assert nothing["Margin at risk"] == "0.00 GBP"
    assert told(shop)["Margin at risk"] == "unknown: the product has no cost in Odoo"


def test_more_deliveries_than_anybody_reads_are_counted(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 100, in_days=3)
    for in_days in range(5, 11):
        shop.world.buy("lantern", "WH", 1, in_days=in_days)

    assert told(shop)["On its way"].endswith(", and 2 more")


def test_a_lead_time_of_one_day_is_one_day(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.90", delay=1)
    shop.world.sell("lantern", "WH", 10, in_days=3)

    assert told(shop)["Lead time"] == "1 day"


def test_a_donor_whose_stock_cannot_be_meant_says_so(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=3)
    shop.world.stock("lantern", "STH", float(Decimal("1e15")))

    assert told(shop)["Free in “Reading”"].startswith("cannot be told: its stock on hand is 1,000,000,000,000,000")


def test_a_quantity_beyond_all_measure_is_told(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 12, in_days=3)
    now = situation(shop.evidence())

    assert units(now, Decimal("-1E30")) == f"-1{',000' * 10} Units"
    assert units(now, Decimal("1234.56")) == "1,234.6 Units"
