"""A case's sheet tells what was known, in words, and what was weighed, in money."""

from decimal import Decimal

import pytest

from desk.dossiers import Fact, facts, said, weighed
from domain.money import Money
from domain.plans import Option
from domain.values import Json
from tests.memory.builders import a_plan


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "none"),
        (False, "none"),
        ([], "none"),
        (True, "yes"),
        (3, "3"),
        ("Leeds", "Leeds"),
        ({"amount": "1250", "currency": "GBP"}, "1,250.00 GBP"),
        ([{"code": "WH", "stock_place": 4}], "code WH, stock place 4"),
        ([1, 2], "1; 2"),
        ([1, 2, 3], "3 entries"),
    ],
)
def test_facts_are_told_in_words(value: Json, words: str) -> None:
    assert said(value) == words


def test_a_fact_inside_another_is_named_by_both() -> None:
    evidence: dict[str, Json] = {
        "kind": "stockout",
        "sources": [],
        "picture_digest": "ab",
        "picture": {"moves": [1]},
        "projection": {"on_hand": "26", "at_risk": {"revenue": {"amount": "5", "currency": "GBP"}}},
    }

    assert facts(evidence) == (
        Fact(name="projection: on hand", value="26"),
        Fact(name="projection: at risk: revenue", value="5.00 GBP"),
        Fact(name="picture: moves", value="1"),
    )


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
