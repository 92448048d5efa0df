"""A case's sheet tells what was known, in words, and what was weighed, in money."""

from decimal import Decimal

from desk.dossiers import dossier, told, weighed
from domain.money import Money
from domain.plans import Option
from scenarios.stage import Stage
from tests.desk.doing import only_case, scanned
from tests.memory.builders import a_plan
from tests.shortages import small_transfer


def test_a_case_tells_what_a_buyer_asks_for_first(scene: Stage) -> None:
    small_transfer(scene.world)
    scanned(scene)

    sheet = dossier(scene.desk.store, only_case(scene).id)

    facts = {fact.name: fact.value for fact in sheet.facts}
    assert facts["On hand"] == "2 Units"
    assert {"On its way", "Runs out on", "Short by", "Reorder level"} <= facts.keys()
    assert {source.model for source in sheet.sources} >= {"product.product", "stock.quant"}


def test_a_case_without_a_plan_shows_what_could_be_proposed(scene: Stage) -> None:
    scene.world.buy("bunting", "STH", 60, in_days=8)
    scene.world.sell("bunting", "STH", 30, in_days=-2)
    with scene.engine.transaction() as env:
        env.write("purchase.order", env.search("purchase.order", []), {"user_id": False})
    scanned(scene)

    sheet = dossier(scene.desk.store, only_case(scene).id)

    assert (sheet.case.state, sheet.plan) == ("queued", None)
    assert sheet.facts
    assert sheet.options[0].name == "nothing"
    assert "promise:1" in {one.name for one in sheet.options if one.feasible}


def test_of_a_kind_that_is_gone_no_facts_are_told() -> None:
    assert told("theft", {}) == ()


def gbp(amount: str) -> Money:
    return Money(amount=Decimal(amount), currency="GBP")


def option(name: str, cost: str | None, removed: str, why_not: str | None = None) -> Option:
    return Option(
        name=name,
        title=name,
        drafts=(),
        cost=None if cost is None else gbp(cost),
        risk_removed=gbp(removed),
        reversible=True,
        feasible=True,
        why_not=why_not,
        confidence=Decimal("0.9"),
    )


def test_the_chosen_option_comes_first_and_unknown_money_last() -> None:
    others = (option("nothing", "0", "0"), option("transfer:3", None, "90"), option("rfq:2", "10", "60", "dearer"))

    plan = a_plan("C1").but(rejected=others)

    found = weighed(plan)

    assert [one.name for one in found] == [plan.option, "rfq:2", "nothing", "transfer:3"]
    assert [one.chosen for one in found] == [True, False, False, False]
    assert found[1].why == "dearer"
    assert found[3].net is None
