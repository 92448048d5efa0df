"""Each step that needs a person is asked of the role its rules and limits name, and nobody's part is beyond them."""

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from domain.exposures import Exposure, Risk
from domain.verdicts import Ask, Verdict
from guardrails.explaining import explain
from guardrails.policy import Policy
from guardrails.roles import stand_ins
from tests.guardrails.builders import BASE, default, exposure, gbp, plan, policy_of, verdict_on, whose

TRANSFER, RFQ, NOTE = "stock.transfer", "purchase.create_rfq", "mail.note"
EACH_TRADE = """
[[rule]]
name = "small"
actions = ["*"]
max_amount = "500 GBP"
then = "allow"
[[rule]]
name = "moves"
actions = ["stock.*"]
then = "ask"
role = "lead"
[[rule]]
name = "purchases"
actions = ["purchase.*"]
then = "ask"
role = "buyer"
"""
APPROVE = BASE.replace('stockout = "auto"', 'stockout = "approve"')
BOOKS = """[roles.books]
groups = ["account.group_account_user"]
limits = "4000 GBP"
actions = ["purchase.*", "mail.*"]
"""
LIMIT = '[[limit]]\nname = "most"\nper = "product"\nwindow = "1d"\nmax_amount = "3000 GBP"\nthen = "ask"\n'


@pytest.fixture
def trades(tmp_path: Path) -> Policy:
    """Moves are asked of the lead, purchases of the buyer, each up to 5,000; the manager may do both up to 25,000."""
    return policy_of(tmp_path, BASE + EACH_TRADE)


def moved(amount: str, **changes: object) -> Exposure:
    return exposure(TRANSFER, amount, **changes)


def bought(amount: str, **changes: object) -> Exposure:
    return exposure(RFQ, amount, **changes)


def parts(verdict: Verdict) -> list[tuple[str, tuple[int, ...], str]]:
    return [(ask.role, ask.steps, str(ask.amount.amount)) for ask in verdict.asks]


def test_two_trades_are_asked_each_about_their_own_step(trades: Policy) -> None:
    verdict = verdict_on(plan(moved("2000"), bought("3000")), trades)

    assert parts(verdict) == [("lead", (0,), "2000"), ("buyer", (1,), "3000")]


def test_why_names_everybody_who_is_asked(trades: Policy) -> None:
    verdict = verdict_on(plan(moved("2000"), bought("3000")), trades)

    assert verdict.reason == (
        "lead: stock.transfer of 2,000.00 GBP: 2,000.00 GBP is over 500.00 GBP; "
        "buyer: purchase.create_rfq of 3,000.00 GBP: 3,000.00 GBP is over 500.00 GBP"
    )


def test_of_two_asked_about_one_step_each_has_a_reason_of_its_own(tmp_path: Path) -> None:
    text = BASE.replace("[autonomy]", f"{BOOKS}[autonomy]") + EACH_TRADE + LIMIT
    policy = policy_of(tmp_path, f'{text}role = "books"\n')

    verdict = verdict_on(plan(bought("3500")), policy)

    assert verdict.reason == (
        "buyer: purchase.create_rfq of 3,500.00 GBP: 3,500.00 GBP is over 500.00 GBP; "
        "books: product 7 would reach 3,500.00 GBP in 1d, over 3,000.00 GBP"
    )


def test_a_step_that_is_allowed_by_itself_is_asked_of_nobody(trades: Policy) -> None:
    verdict = verdict_on(plan(moved("400"), bought("3000")), trades)

    assert parts(verdict) == [("buyer", (1,), "3000")]


def test_steps_asked_of_one_role_are_one_question_with_their_sum(trades: Policy) -> None:
    verdict = verdict_on(plan(moved("2000"), bought("600"), moved("3000", product=8)), trades)

    assert parts(verdict) == [("lead", (0, 2), "5000"), ("buyer", (1,), "600")]


def test_steps_within_a_limit_that_are_over_it_together_go_further_up(trades: Policy) -> None:
    verdict = verdict_on(plan(moved("3000"), moved("3000", product=8)), trades)

    assert parts(verdict) == [("manager", (0, 1), "6000")]
    assert verdict.rulings[-1].reason == "6,000.00 GBP of stock.transfer is beyond lead; manager may approve it"


def test_a_part_that_went_up_leaves_the_other_where_it_was(trades: Policy) -> None:
    verdict = verdict_on(plan(moved("6000"), bought("3000")), trades)

    assert parts(verdict) == [("manager", (0,), "6000"), ("buyer", (1,), "3000")]


def test_parts_that_went_up_to_the_same_role_are_one_question(trades: Policy) -> None:
    verdict = verdict_on(plan(moved("6000"), bought("7000")), trades)

    assert parts(verdict) == [("manager", (0, 1), "13000")]


def test_what_nobody_may_approve_together_is_refused(trades: Policy) -> None:
    verdict = verdict_on(plan(moved("13000"), bought("13000")), trades)

    assert (verdict.outcome, verdict.asks) == ("refuse", ())
    assert verdict.reason == "no role may approve 26,000.00 GBP of purchase.create_rfq, stock.transfer"


def test_a_role_that_covers_another_is_the_only_one_asked_about_the_same_step(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, BASE + EACH_TRADE + LIMIT + 'role = "manager"\n')

    verdict = verdict_on(plan(moved("2000"), bought("3000")), policy)

    assert parts(verdict) == [("manager", (0, 1), "5000")]


def test_a_limit_is_put_to_the_steps_it_concerns(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, BASE + EACH_TRADE + LIMIT + 'role = "manager"\nactions = ["purchase.*"]\n')

    verdict = verdict_on(plan(moved("2000"), bought("3000")), policy)

    assert parts(verdict) == [("lead", (0,), "2000"), ("manager", (1,), "3000")]


def test_two_roles_that_do_not_cover_each_other_are_both_asked_about_a_step(tmp_path: Path) -> None:
    seller = '[roles.seller]\ngroups = ["sales.team"]\nlimits = "9000 GBP"\nactions = ["stock.transfer"]\n'
    text = BASE.replace("[roles.manager]", seller + "[roles.manager]") + EACH_TRADE + LIMIT + 'role = "seller"\n'

    verdict = verdict_on(plan(moved("4000")), policy_of(tmp_path, text))

    assert parts(verdict) == [("lead", (0,), "4000"), ("seller", (0,), "4000")]


def test_on_approve_steps_nobody_is_named_for_are_asked_of_whoever_is_asked_anyway(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, APPROVE + EACH_TRADE)

    verdict = verdict_on(plan(moved("400"), moved("2000", product=8), bought("3000")), policy)

    assert parts(verdict) == [("lead", (0, 1), "2400"), ("buyer", (2,), "3000")]


def test_a_note_is_asked_of_whoever_is_asked_about_the_purchase_it_goes_with() -> None:
    policy = default().but(autonomy={"stockout": "approve"})

    verdict = verdict_on(plan(exposure(NOTE, "0", risk="note"), bought("2000")), policy)

    assert parts(verdict) == [("buyer", (0, 1), "2000")]


def test_on_approve_a_plan_that_rules_allow_is_asked_of_one_person_as_a_whole(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, APPROVE + EACH_TRADE)

    assert parts(verdict_on(plan(moved("400"), bought("400")), policy)) == [("manager", (0, 1), "800")]
    assert parts(verdict_on(plan(moved("400"), moved("300")), policy)) == [("lead", (0, 1), "700")]


def test_an_irreversible_step_is_asked_of_somebody_though_a_rule_allows_it(trades: Policy) -> None:
    verdict = verdict_on(plan(moved("400", risk=Risk.IRREVERSIBLE), bought("3000")), trades)

    assert parts(verdict) == [("lead", (0,), "400"), ("buyer", (1,), "3000")]


def test_four_eyes_are_a_matter_of_the_whole_plan(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, BASE + '[four_eyes]\nabove = "2000 GBP"\n' + EACH_TRADE)

    assert verdict_on(plan(moved("1200"), bought("1200")), policy).four_eyes
    assert not verdict_on(plan(moved("1000"), bought("1000")), policy).four_eyes


def test_the_default_policy_asks_the_warehouse_and_the_buyer_about_a_combination() -> None:
    verdict = verdict_on(plan(exposure(NOTE, "0", risk="note"), moved("2000"), bought("2000")), default())

    assert parts(verdict) == [("warehouse-lead", (1,), "2000"), ("buyer", (2,), "2000")]


def test_an_explanation_says_who_is_asked_about_which_step(trades: Policy) -> None:
    lines = explain(verdict_on(plan(moved("2000"), bought("3000")), trades))

    assert lines[0].startswith("ask lead about step 1 and buyer about step 2 within 24 h")


AMOUNTS = some.decimals(min_value=0, max_value=9_000, places=2)
STEPS = some.lists(
    some.tuples(some.sampled_from([TRANSFER, RFQ, NOTE]), AMOUNTS, some.integers(min_value=7, max_value=8)),
    min_size=1,
    max_size=4,
)
CALM = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def drawn(policy_text: str) -> Policy:
    with TemporaryDirectory() as folder:
        return policy_of(Path(folder), policy_text)


POLICIES = [
    drawn(text)
    for base in (BASE, APPROVE)
    for text in (base, base + EACH_TRADE, base + EACH_TRADE + LIMIT + 'role = "manager"\n', base + EACH_TRADE + LIMIT)
]


@CALM
@given(some.sampled_from(POLICIES), STEPS)
def test_every_step_a_ruling_asks_about_is_asked_of_somebody_who_may_approve_their_part(
    policy: Policy, steps: list[tuple[str, Decimal, int]]
) -> None:
    given_plan = plan(*(exposure(action, str(amount), product=product) for action, amount, product in steps))

    verdict = verdict_on(given_plan, policy)

    wanted = {ruling.step for ruling in verdict.rulings if ruling.outcome == "ask" and ruling.step is not None}
    if verdict.outcome == "ask":
        assert wanted <= {step for ask in verdict.asks for step in ask.steps}
        assert len(set(whose(verdict))) == len(verdict.asks)
    for ask in verdict.asks:
        assert ask.amount == gbp(sum((steps[index][1] for index in ask.steps), Decimal(0)))
        assert policy.roles[ask.role].may_approve(ask.amount, [steps[index][0] for index in ask.steps])


@CALM
@given(some.sampled_from(POLICIES), STEPS)
def test_whoever_may_answer_every_part_may_approve_them_together(
    policy: Policy, steps: list[tuple[str, Decimal, int]]
) -> None:
    given_plan = plan(*(exposure(action, str(amount), product=product) for action, amount, product in steps))

    asks = verdict_on(given_plan, policy).asks

    in_all = {index for ask in asks for index in ask.steps}
    together = gbp(sum((steps[index][1] for index in in_all), Decimal(0)))
    for name, role in policy.roles.items():
        if asks and all(answers(policy, name, ask) for ask in asks) and together <= role.limits[0]:
            assert role.may_approve(together, [steps[index][0] for index in in_all])


def answers(policy: Policy, role: str, ask: Ask) -> bool:
    return role in stand_ins(policy.roles, ask.role)
