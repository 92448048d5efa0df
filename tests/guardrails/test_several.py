"""A step for several products is asked where policy names or counts products one by one, and never passed unseen."""

from decimal import Decimal
from pathlib import Path

import pytest

from guardrails.loading import load
from guardrails.policy import Policy
from tests.guardrails.builders import BASE, CATALOGUE, exposure, plan, policy_of, verdict_on, whose, written

ANY = '[[rule]]\nname = "any"\nactions = ["*"]\nthen = "allow"\n'
NAMED = '[[rule]]\nname = "named"\nactions = ["stock.*"]\nproducts = [7]\nthen = "{then}"\n'
PER_PRODUCT = '[[limit]]\nname = "product-day"\nper = "product"\nwindow = "1d"\nmax_quantity = 10000\nthen = "{then}"\n'
MIXED = exposure(product=None, quantity=Decimal(3))


@pytest.mark.parametrize("then", ["ask", "refuse"])
@pytest.mark.parametrize("line", [NAMED, PER_PRODUCT], ids=["rule", "limit"])
def test_what_names_or_counts_products_asks_about_several(tmp_path: Path, line: str, then: str) -> None:
    line = line.format(then=then)
    policy = policy_of(tmp_path, BASE + (line + ANY if "[[rule]]" in line else ANY + line))

    verdict = verdict_on(plan(MIXED), policy)

    assert (verdict.outcome, whose(verdict)) == ("ask", ["manager"])
    assert verdict.reason == "stock.transfer of 100.00 GBP is for several products at once"
    assert any("test.toml" in ruling.rule and ruling.outcome == "ask" for ruling in verdict.rulings)


@pytest.mark.parametrize("line", [NAMED, PER_PRODUCT], ids=["rule", "limit"])
def test_a_place_s_rules_and_limits_ask_about_several_too(tmp_path: Path, line: str) -> None:
    local = {"1/company.toml": "version = 1\n" + line.format(then="refuse")}
    policy = load(written(tmp_path, BASE + ANY, local), CATALOGUE)

    assert verdict_on(plan(MIXED), policy).outcome == "ask"


@pytest.mark.parametrize(
    "alone",
    [exposure(product=8, quantity=Decimal(3)), exposure(product=None), exposure("mail.note", "0", product=None)],
    ids=["another product", "no goods", "a note"],
)
def test_one_product_and_no_goods_are_judged_as_ever(tmp_path: Path, alone: object) -> None:
    assert isinstance(alone, type(MIXED))
    policy = policy_of(tmp_path, BASE + NAMED.format(then="refuse") + ANY + PER_PRODUCT.format(then="refuse"))

    assert verdict_on(plan(alone), policy).outcome == "allow"


def test_what_is_for_other_actions_or_lets_go_says_nothing_of_several(tmp_path: Path) -> None:
    others = NAMED.format(then="refuse").replace("stock.*", "sale.*")
    assert verdict_on(plan(MIXED), policy_of(tmp_path, BASE + others + ANY)).outcome == "allow"

    lets_go = NAMED.format(then="allow")
    assert verdict_on(plan(MIXED), policy_of(tmp_path, BASE + lets_go + ANY)).outcome == "allow"


def _asked(folder: Path, then: str) -> Policy:
    lead = '[[rule]]\nname = "lead"\nactions = ["stock.*"]\nthen = "ask"\nrole = "lead"\n'
    return policy_of(folder, BASE + lead + PER_PRODUCT.format(then=then))


def test_whoever_is_asked_anyway_is_enough_unless_the_limit_refuses(tmp_path: Path) -> None:
    assert whose(verdict_on(plan(MIXED), _asked(tmp_path, "ask"))) == ["lead"]

    strict = verdict_on(plan(MIXED), _asked(tmp_path, "refuse"))

    assert any(ruling.rule.startswith("product-day") for ruling in strict.rulings)


def test_taking_back_is_judged_by_the_rollback_section_alone(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, BASE + ANY + PER_PRODUCT.format(then="refuse"))

    verdict = verdict_on(plan(MIXED, purpose="rollback"), policy)

    assert not any(ruling.rule.startswith("product-day") for ruling in verdict.rulings)
