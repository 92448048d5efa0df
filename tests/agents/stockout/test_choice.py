"""The rule that chooses, and the reasons it gives."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from agents import stockout
from domain.money import Money
from domain.plans import Draft, Option
from tests.agents.stockout.scene import Scene, scene


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
        pytest.param(NOTHING, option("b", "50", "0").but(for_people=True), id="for people never"),
        pytest.param(option("b", "100", None), option("a", "90", "0"), id="more saved at an unknown cost"),
        pytest.param(
            option("b", "100", "10"),
            option("a", "100", "10").but(drafts=option("a", "1", "1").drafts * 2),
            id="fewer steps",
        ),
        pytest.param(
            option("b", "100", "10").but(drafts=(Draft(action="stock.minmax", params={"minimum": "5"}),)),
            option("a", "100", "10"),
            id="what needs no goods is there at once",
        ),
        pytest.param(option("a", "100", "10"), option("b", "100", "10"), id="the smaller name"),
    ],
)
def test_the_rule_prefers(better: Option, worse: Option, evidence: stockout.StockoutEvidence) -> None:
    for offered in ([better, worse, NOTHING], [NOTHING, worse, better]):
        assert stockout.choose(offered, evidence).option == better.name


AMOUNTS = some.decimals(min_value=0, max_value=1000, places=2).map(str)
OPTIONS = some.lists(
    some.builds(
        lambda number, saves, cost, feasible, people, reversible: option(
            f"o{number}", saves, cost, reversible=reversible
        ).but(feasible=feasible, for_people=people),
        some.integers(0, 99),
        AMOUNTS,
        some.none() | AMOUNTS,
        some.booleans(),
        some.booleans(),
        some.booleans(),
    ),
    max_size=6,
    unique_by=lambda each: each.name,
)


@pytest.fixture(scope="module")
def judged() -> stockout.StockoutEvidence:
    """Evidence for what the rule is asked with options of the test's own making."""
    shop = scene()
    shop.world.sell("lantern", "WH", 10, in_days=3)
    return shop.evidence()


@given(OPTIONS, some.randoms())
def test_the_choice_is_feasible_for_rules_and_gains_most(
    judged: stockout.StockoutEvidence, offered: list[Option], order: Random
) -> None:
    everything = [*offered, NOTHING]
    shuffled = order.sample(everything, len(everything))

    name = stockout.choose(everything, judged).option
    chosen = next(each for each in everything if each.name == name)

    assert chosen.feasible
    assert not chosen.for_people
    assert all(gain(chosen) >= gain(each) for each in everything if each.feasible and not each.for_people)
    assert stockout.choose(shuffled, judged).option == name, "the order of the list never decides"


@given(OPTIONS.filter(bool))
def test_an_option_that_is_not_chosen_changes_nothing_by_being_offered(
    judged: stockout.StockoutEvidence, offered: list[Option]
) -> None:
    name = stockout.choose([*offered, NOTHING], judged).option

    for other in offered:
        if other.name != name:
            fewer = [each for each in offered if each is not other]
            assert stockout.choose([*fewer, NOTHING], judged).option == name


def gain(of: Option) -> Decimal:
    return of.risk_removed.amount - (of.cost.amount if of.cost else 0)


def test_an_unknown_cost_is_said_in_the_reason(evidence: stockout.StockoutEvidence) -> None:
    choice = stockout.choose([option("a", "10", None), NOTHING], evidence)

    assert choice.planner == "rules"
    assert (
        choice.reason
        == "it saves 10.00 GBP of 19.50 GBP at risk at a cost that is not set; no other option is worth more"
    )


def test_every_option_not_chosen_says_why(evidence: stockout.StockoutEvidence) -> None:
    offered = (option("a", "100", "10"), option("b", "50", None), option("c", "9", "1").but(why_not="closed"))

    losers = stockout.rejected(offered, stockout.choose((*offered, NOTHING), evidence))

    assert {loser.name: loser.why_not for loser in losers} == {
        "b": "it saves 50.00 GBP at unknown cost; a is the better one",
        "c": "closed",
    }


def test_doing_nothing_leaves_all_the_money_at_risk_whatever_the_best_option_saves(shop: Scene) -> None:
    shop.world.stock("lantern", "NTH", 4)
    shop.world.sell("lantern", "WH", 10, in_days=3)
    evidence = shop.evidence()
    offered = stockout.options(evidence)

    losers = stockout.rejected(offered, stockout.choose(offered, evidence))

    nothing = next(loser for loser in losers if loser.name == "nothing")
    assert nothing.why_not == f"{evidence.finding.money_at_risk} would stay at risk"


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
