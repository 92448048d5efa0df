"""What holds for every policy that loads: a larger, wider or less certain step never passes more easily."""

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as some

from domain.exposures import Risk
from guardrails.errors import PolicyError
from guardrails.gate import judge
from guardrails.policy import Policy
from guardrails.rules import STRICTNESS
from tests.guardrails.builders import BASE, CATALOGUE, NOW, Committed, exposure, gbp, plan, policy_of

CALM = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

BOUNDS = some.lists(
    some.sampled_from(
        ['max_amount = "100 GBP"', 'max_amount = "900 GBP"', "max_quantity = 5", "max_days = 3", "min_confidence = 0.5"]
    ),
    max_size=2,
    unique_by=lambda bound: bound.split(" ")[0],
)
RULES = some.lists(
    some.tuples(
        some.sampled_from(["allow", "ask", "refuse"]), some.sampled_from(["stock.*", "*", "mail.note"]), BOUNDS
    ),
    max_size=5,
)
LIMITS = some.lists(
    some.tuples(
        some.sampled_from(["ask", "refuse"]),
        some.sampled_from(['max_amount = "1000 GBP"', "max_quantity = 8", "max_count = 1"]),
    ),
    max_size=2,
)
AMOUNTS = some.decimals(min_value=0, max_value=60_000, places=2)
QUANTITIES = some.integers(min_value=0, max_value=20)
DAYS = some.integers(min_value=0, max_value=10)
SHARES = some.decimals(min_value=0, max_value=1, places=2)


@some.composite
def policies(draw: some.DrawFn) -> Policy:
    """Any policy that loads, those that would loosen left out by the loader itself."""
    text = BASE
    for number, (then, action, bounds) in enumerate(draw(RULES)):
        text += f'[[rule]]\nname = "r{number}"\nactions = ["{action}"]\nthen = "{then}"\n' + "\n".join([*bounds, ""])
    for number, (then, bound) in enumerate(draw(LIMITS)):
        text += f'[[limit]]\nname = "l{number}"\nper = "product"\nwindow = "1d"\nthen = "{then}"\n{bound}\n'
    with TemporaryDirectory() as folder:
        try:
            return policy_of(Path(folder), text)
        except PolicyError:
            assume(condition=False)
            raise


def strictness(policy: Policy, amount: Decimal, quantity: int, days: int, confidence: Decimal) -> int:
    step = exposure(amount=gbp(amount), quantity=quantity, days=days)
    return STRICTNESS[judge(plan(step, confidence=confidence), Committed(), policy, CATALOGUE, NOW).outcome]


@CALM
@given(policies(), AMOUNTS, AMOUNTS, QUANTITIES, QUANTITIES, DAYS, DAYS, SHARES, SHARES)
def test_more_money_quantity_days_or_doubt_never_loosens_the_answer(
    policy: Policy,
    amount: Decimal,
    more: Decimal,
    quantity: int,
    further: int,
    days: int,
    later: int,
    confidence: Decimal,
    kept: Decimal,
) -> None:
    small = strictness(policy, amount, quantity, days, confidence)
    large = strictness(policy, amount + more, quantity + further, days + later, confidence * kept)

    assert large >= small


@CALM
@given(policies(), AMOUNTS)
def test_an_irreversible_step_is_never_allowed_unless_named(policy: Policy, amount: Decimal) -> None:
    step = exposure(amount=gbp(amount), risk=Risk.IRREVERSIBLE)

    assert judge(plan(step), Committed(), policy, CATALOGUE, NOW).outcome != "allow"


@CALM
@given(policies(), AMOUNTS)
def test_whoever_is_asked_may_approve_the_whole_plan(policy: Policy, amount: Decimal) -> None:
    verdict = judge(plan(exposure(amount=gbp(amount))), Committed(), policy, CATALOGUE, NOW)

    assert bool(verdict.asks) == (verdict.outcome == "ask")
    for ask in verdict.asks:
        assert policy.roles[ask.role].may_approve(gbp(amount), ["stock.transfer"])


@CALM
@given(AMOUNTS, AMOUNTS)
def test_splitting_a_step_within_one_plan_does_not_pass_a_limit(amount: Decimal, rest: Decimal) -> None:
    limit = '[[limit]]\nname = "most"\nper = "product"\nwindow = "1d"\nmax_amount = "1000 GBP"\nthen = "refuse"\n'
    free = '[[rule]]\nname = "any"\nactions = ["*"]\nthen = "allow"\n'
    with TemporaryDirectory() as folder:
        policy = policy_of(Path(folder), BASE + free + limit)

    split = judge(plan(exposure(amount=gbp(amount)), exposure(amount=gbp(rest))), Committed(), policy, CATALOGUE, NOW)

    assert (split.outcome == "allow") == (amount + rest <= 1000)
