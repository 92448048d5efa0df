"""The rule that chooses, and the reasons it gives."""

from decimal import Decimal

import pytest

from agents import stockout
from domain.money import Money
from domain.plans import Draft, Option
from tests.agents.stockout.scene import Scene


def pounds(amount: str) -> Money:
    return Money(amount=Decimal(amount), currency="GBP")


def option(name: str, saves: str, cost: str | None, *, reversible: bool = True, on: str = "2026-12-01") -> Option:
    return Option(
        name=name,
        title=name,
        drafts=(Draft(action="purchase.create_rfq", params={"planned": on}),),
        cost=None if cost is None else pounds(cost),
        risk_removed=pounds(saves),
        reversible=reversible,
        feasible=True,
        confidence=Decimal("0.9"),
    )


NOTHING = option("nothing", "0", "0").but(drafts=())


@pytest.fixture
def evidence(shop: Scene) -> stockout.StockoutEvidence:
    shop.world.sell("lantern", "WH", 10, in_days=3)
    return shop.evidence()


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(option("a", "100", "10"), option("b", "110", "30"), id="largest net money"),
        pytest.param(option("a", "100", "10"), option("b", "100", "10", reversible=False), id="reversible"),
        pytest.param(option("a", "100", "0"), option("b", "100", None), id="known cost"),
        pytest.param(option("a", "90", "10"), option("b", "100", "20"), id="cheaper"),
        pytest.param(option("a", "100", "10", on="2026-11-24"), option("b", "100", "10"), id="sooner"),
        pytest.param(option("a", "10", None), NOTHING, id="something before nothing"),
        pytest.param(NOTHING, option("b", "10", "10"), id="nothing before what gains nothing"),
        pytest.param(NOTHING, option("b", "50", None).but(feasible=False), id="infeasible never"),
    ],
)
def test_the_rule_prefers(better: Option, worse: Option, evidence: stockout.StockoutEvidence) -> None:
    for offered in ([better, worse, NOTHING], [NOTHING, worse, better]):
        assert stockout.choose(offered, evidence).option == better.name


def test_an_unknown_cost_is_said_in_the_reason(evidence: stockout.StockoutEvidence) -> None:
    choice = stockout.choose([option("a", "10", None), NOTHING], evidence)

    assert choice.planner == "rules"
    assert (
        choice.reason
        == "it saves 10.00 GBP of 19.50 GBP at risk at a cost that is not set; no other option is worth more"
    )


def test_every_option_not_chosen_says_why(evidence: stockout.StockoutEvidence) -> None:
    offered = (option("a", "100", "10"), option("b", "50", None), option("c", "9", "1").but(why_not="closed"), NOTHING)

    losers = stockout.rejected(offered, stockout.choose(offered, evidence))

    assert {loser.name: loser.why_not for loser in losers} == {
        "b": "it saves 50.00 GBP at unknown cost; a is the better one",
        "c": "closed",
        "nothing": "100.00 GBP at risk would stay",
    }


def test_a_transfer_that_saves_all_wins_over_a_purchase_that_comes_late(shop: Scene) -> None:
    shop.world.stock("lantern", "NTH", 50)
    shop.world.sell("lantern", "WH", 10, in_days=3)
    shop.world.vendor_price("lantern", "1.80", delay=10)

    assert shop.choice().option == "transfer:NTH"


def test_the_vendor_is_asked_where_no_warehouse_can_spare_any(shop: Scene) -> None:
    shop.world.stock("lantern", "NTH", 20)
    shop.world.reorder("lantern", "NTH", 20, 40)
    shop.world.sell("lantern", "WH", 10, in_days=3)
    shop.world.vendor_price("lantern", "1.80", delay=10)

    assert shop.choice().option == "rfq"


def test_nothing_is_done_where_handling_costs_more_than_is_at_risk(shop: Scene) -> None:
    shop.world.stock("lantern", "NTH", 50)
    shop.world.sell("lantern", "WH", 10, in_days=3)
    terms = shop.evidence().terms.but(transfer_cost=pounds("25"))

    choice = shop.choice(terms)

    assert choice.option == "nothing"
    assert choice.reason == "no option that can be carried out saves more of 19.50 GBP at risk than it costs"
