"""Cumulative limits count what is committed, what waits, and all steps of the plan together."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from domain.exposures import Exposure
from domain.money import Money
from domain.ports import StandingLimits
from guardrails.gate import judge
from guardrails.policy import Policy
from guardrails.standing import PolicyLimits
from tests.guardrails.builders import BASE, CATALOGUE, NOW, Committed, exposure, gbp, plan, policy_of, verdict_on, whose

ANY = '[[rule]]\nname = "any"\nactions = ["*"]\nthen = "allow"\n'


def limited(folder: Path, lines: str, *, then: str = "refuse", per: str = "vendor", window: str = "1d") -> Policy:
    head = f'[[limit]]\nname = "most"\nper = "{per}"\nwindow = "{window}"\nthen = "{then}"\n'
    return policy_of(folder, BASE + ANY + head + lines + "\n")


def rfq(amount: str = "100", vendor: int | None = 4, **changes: object) -> Exposure:
    return exposure("purchase.create_rfq", amount, vendor=vendor, **changes)


def test_what_is_committed_already_counts(tmp_path: Path) -> None:
    policy = limited(tmp_path, 'max_amount = "500 GBP"')

    assert verdict_on(plan(rfq("100")), policy, rfq("400")).outcome == "allow"
    assert verdict_on(plan(rfq("100.01")), policy, rfq("400")).outcome == "refuse"


def test_the_steps_of_one_plan_count_together(tmp_path: Path) -> None:
    policy = limited(tmp_path, 'max_amount = "500 GBP"', then="ask")

    verdict = verdict_on(plan(rfq("250"), rfq("250.01")), policy)

    assert verdict.outcome == "ask"
    assert verdict.reason == "vendor 4 would reach 500.01 GBP in 1d, over 500.00 GBP"
    assert verdict.rulings[-1].rule.startswith("most (test.toml:")
    assert verdict.rulings[-1].otherwise == "at most 500.00 GBP per vendor in 1d"
    assert verdict.rulings[-1].step is None


def test_steps_under_another_key_do_not_count(tmp_path: Path) -> None:
    policy = limited(tmp_path, 'max_amount = "500 GBP"')

    assert verdict_on(plan(rfq("500", vendor=4), rfq("500", vendor=5)), policy, rfq("500", vendor=6)).outcome == "allow"


def test_a_step_without_the_key_is_not_limited_by_it(tmp_path: Path) -> None:
    policy = limited(tmp_path, 'max_amount = "500 GBP"')

    assert verdict_on(plan(rfq("501", vendor=None)), policy).outcome == "allow"


def test_a_limit_is_put_only_to_the_actions_it_names(tmp_path: Path) -> None:
    policy = limited(tmp_path, 'max_count = 0\nactions = ["mail.*"]', per="company")

    assert verdict_on(plan(rfq()), policy).outcome == "allow"
    assert verdict_on(plan(exposure("mail.note", "0")), policy).outcome == "refuse"


def test_steps_are_counted(tmp_path: Path) -> None:
    policy = limited(tmp_path, "max_count = 2", per="action")

    assert verdict_on(plan(rfq(), rfq()), policy).outcome == "allow"
    assert "would reach 3 steps in 1d, over 2" in verdict_on(plan(rfq(), rfq()), policy, rfq()).reason


def test_quantities_add_up_by_product(tmp_path: Path) -> None:
    policy = limited(tmp_path, "max_quantity = 10", per="product")

    assert verdict_on(plan(rfq(quantity=4), rfq(quantity=6)), policy).outcome == "allow"
    refused = verdict_on(plan(rfq(quantity=4)), policy, rfq(quantity=Decimal("6.5")))
    assert refused.reason == "product 7 would reach quantity 10.5 in 1d, over 10"
    assert refused.rulings[-1].otherwise == "at most quantity 10 per product in 1d"


@pytest.mark.parametrize(
    ("window", "hours", "outcome"), [("1d", 25, "allow"), ("7d", 25, "refuse"), ("12h", 11, "refuse")]
)
def test_only_what_was_committed_within_the_window_counts(
    tmp_path: Path, window: str, hours: int, outcome: str
) -> None:
    policy = limited(tmp_path, "max_count = 1", window=window)
    before = Committed((rfq(),), ago=timedelta(hours=hours))

    assert judge(plan(rfq()), before, policy, CATALOGUE, NOW).outcome == outcome


def test_a_currency_without_a_limit_is_over_it(tmp_path: Path) -> None:
    policy = limited(tmp_path, 'max_amount = "500 EUR"', then="ask")

    assert verdict_on(plan(rfq("1")), policy).reason == "vendor 4 has no limit in GBP"
    assert verdict_on(plan(rfq("0")), policy).outcome == "allow"


@pytest.mark.parametrize("number", ["NaN", "Infinity"])
def test_committed_quantities_that_cannot_be_compared_are_over_the_limit(tmp_path: Path, number: str) -> None:
    policy = limited(tmp_path, "max_quantity = 10", per="product")
    before = Committed((Exposure.model_construct(**{**dict(rfq()), "quantity": Decimal(number)}),))

    assert judge(plan(rfq()), before, policy, CATALOGUE, NOW).outcome == "refuse"


def test_an_amount_that_cannot_be_compared_is_over_the_cap_before_limits_are_asked(tmp_path: Path) -> None:
    limits = PolicyLimits(limited(tmp_path, 'max_amount = "500 GBP"'))
    lost = rfq().model_copy(update={"amount": Money.model_construct(amount=Decimal("NaN"), currency="GBP")})

    refusal = limits.breach(lost, Committed())

    assert refusal is not None
    assert "over the cap" in refusal.reason


def test_the_role_of_a_limit_is_asked(tmp_path: Path) -> None:
    policy = limited(tmp_path, 'max_count = 0\nrole = "buyer"', then="ask")

    assert whose(verdict_on(plan(rfq()), policy)) == ["buyer"]


def test_standing_limits_refuse_again_at_execution(tmp_path: Path) -> None:
    limits: StandingLimits = PolicyLimits(limited(tmp_path, 'max_amount = "500 GBP"'))

    refusal = limits.breach(rfq("200"), Committed((rfq("400"),)))

    assert limits.breach(rfq("100"), Committed((rfq("400"),))) is None
    assert refusal is not None
    assert refusal.guard == "limit"
    assert refusal.reason.startswith("vendor 4 would reach 600.00 GBP in 1d, over 500.00 GBP (most (test.toml:")


def test_a_limit_that_asks_was_answered_and_does_not_stand_in_the_way_at_execution(tmp_path: Path) -> None:
    limits = PolicyLimits(limited(tmp_path, "max_count = 0", then="ask"))

    assert limits.breach(rfq(), Committed()) is None


def test_a_limit_on_other_actions_does_not_stand_in_the_way_at_execution(tmp_path: Path) -> None:
    limits = PolicyLimits(limited(tmp_path, 'max_count = 0\nactions = ["mail.*"]'))

    assert limits.breach(rfq(), Committed()) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": gbp("50000.01")},
        {"amount": Money.model_construct(amount=Decimal("NaN"), currency="GBP")},
        {"quantity": Decimal("NaN")},
    ],
)
def test_the_cap_holds_at_execution(tmp_path: Path, wrong: dict[str, object]) -> None:
    limits = PolicyLimits(policy_of(tmp_path, BASE))

    refusal = limits.breach(rfq().model_copy(update=wrong), Committed())

    assert limits.breach(rfq(), Committed()) is None
    assert refusal is not None
    assert refusal.guard == "limit"


@pytest.mark.parametrize("switch", ["all = true", "companies = [1]", 'actions = ["purchase.*"]'])
def test_a_pause_switch_holds_at_execution(tmp_path: Path, switch: str) -> None:
    limits = PolicyLimits(policy_of(tmp_path, BASE + f"[pause]\n{switch}\n"))

    refusal = limits.breach(rfq(), Committed())

    assert refusal is not None
    assert refusal.guard == "pause"
