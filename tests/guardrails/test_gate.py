"""The gate allows what rules allow, asks where none does, and refuses what nothing can loosen."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from domain.exposures import Exposure, Risk
from domain.money import Money
from domain.plans import Plan
from guardrails.gate import judge, total
from guardrails.policy import Policy
from tests.guardrails.builders import (
    BASE,
    CATALOGUE,
    NOW,
    SMALL,
    Committed,
    default,
    exposure,
    gbp,
    plan,
    policy_of,
    step,
    verdict_on,
    whose,
)

ANY = '[[rule]]\nname = "any"\nactions = ["*"]\nthen = "allow"\n'
RFQ = "purchase.create_rfq"
NEWLINE = "\n"


@pytest.fixture
def lenient(tmp_path: Path) -> Policy:
    """Everything is allowed by rule, so that only the guard under test can say no."""
    return policy_of(tmp_path, BASE + ANY)


def with_lines(tmp_path: Path, *lines: str) -> Policy:
    return policy_of(tmp_path, BASE + "\n".join(lines) + "\n")


def test_a_small_transfer_is_allowed_and_the_rule_and_its_line_are_told(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, BASE + SMALL + "min_confidence = 0.6\n")

    verdict = verdict_on(plan(exposure(amount="500")), policy)

    assert verdict.outcome == "allow"
    assert verdict.rulings[0].rule == f"small (test.toml:{BASE.count(NEWLINE) + 1})"
    assert verdict.rulings[0].otherwise == "more than 500.00 GBP or confidence under 0.6"
    assert verdict.policy_digest == policy.digest


def test_a_larger_transfer_asks_the_warehouse_and_tells_what_would_have_passed() -> None:
    policy = default()
    small = policy.cite("transfer-small", "rule", 1)

    verdict = verdict_on(plan(exposure(amount="500.01")), policy)

    assert (verdict.outcome, whose(verdict)) == ("ask", ["warehouse-lead"])
    assert "500.01 GBP is over 500.00 GBP" in verdict.reason
    assert verdict.rulings[0].otherwise == f"allow by {small}, but 500.01 GBP is over 500.00 GBP"


@pytest.mark.parametrize(
    ("action", "amount", "outcome", "role"),
    [
        ("stock.transfer", "5000", "ask", "warehouse-lead"),
        ("stock.transfer", "5000.01", "ask", "purchasing-manager"),
        (RFQ, "1000", "allow", None),
        (RFQ, "1000.01", "ask", "buyer"),
        (RFQ, "5000.01", "ask", "purchasing-manager"),
        (RFQ, "25000.01", "ask", "finance"),
        (RFQ, "100000", "ask", "finance"),
        (RFQ, "100000.01", "refuse", None),
    ],
)
def test_the_default_policy_asks_further_up_as_amounts_grow(
    action: str, amount: str, outcome: str, role: str | None
) -> None:
    verdict = verdict_on(plan(exposure(action, amount)), default())

    assert (verdict.outcome, whose(verdict)) == (outcome, [role] if role else [])


def test_doubtful_numbers_are_asked_though_the_amount_is_small() -> None:
    verdict = verdict_on(plan(exposure(), confidence=Decimal("0.59")), default())

    assert verdict.outcome == "ask"
    assert "confidence 0.59 is under 0.6" in verdict.reason


def test_a_currency_the_rule_does_not_name_is_not_allowed_by_it() -> None:
    verdict = verdict_on(plan(exposure(amount=Money(amount=Decimal(1), currency="USD"))), default())

    assert verdict.outcome == "refuse"
    assert "the policy names none in USD, only 100,000.00 GBP or 100,000.00 EUR" in verdict.reason


def test_a_currency_without_an_amount_in_the_rule_is_asked(tmp_path: Path) -> None:
    text = (BASE + SMALL).replace('"50000 GBP"', '["50000 GBP", "50000 EUR"]').replace('"25000 GBP"', '["25000 EUR"]')

    verdict = verdict_on(plan(exposure(amount=Money(amount=Decimal(1), currency="EUR"))), policy_of(tmp_path, text))

    assert (verdict.outcome, whose(verdict)) == ("ask", ["manager"])
    assert "no amount is named in EUR" in (verdict.rulings[0].otherwise or "")


def test_no_matching_rule_asks_the_default_role(tmp_path: Path) -> None:
    verdict = verdict_on(plan(exposure()), policy_of(tmp_path, BASE))

    assert (verdict.outcome, whose(verdict)) == ("ask", ["manager"])
    assert verdict.rulings[0].rule == "no-rule"


def test_the_first_rule_that_holds_the_step_decides(tmp_path: Path) -> None:
    never = '[[rule]]\nname = "never"\nactions = ["stock.*"]\nthen = "refuse"\n'

    assert verdict_on(plan(exposure()), policy_of(tmp_path, BASE + never + ANY)).outcome == "refuse"
    assert verdict_on(plan(exposure()), policy_of(tmp_path, BASE + ANY + never)).outcome == "allow"


def test_the_strictest_step_decides_for_the_whole_plan() -> None:
    verdict = verdict_on(plan(exposure(amount="10"), exposure(RFQ, "2000")), default())

    assert [ruling.outcome for ruling in verdict.rulings[:2]] == ["allow", "ask"]
    assert verdict.outcome == "ask"


@pytest.mark.parametrize(
    ("selector", "hit", "miss"),
    [
        ("companies = [1]", {}, {"company": 2}),
        ("warehouses = [3]", {"warehouse": 3}, {"warehouse": None}),
        ("vendors = [4]", {"vendor": 4}, {"vendor": 5}),
        ("customers = [5]", {"customer": 5}, {}),
        ("products = [7]", {}, {"product": 8}),
        ('risk = ["reversible"]', {}, {"risk": Risk.NOTE}),
        ("max_quantity = 10", {"quantity": 10}, {"quantity": Decimal("10.01")}),
        ("max_days = 3", {"days": 3}, {"days": 4}),
        ("max_days = 3", {"days": None}, {"days": 4}),
    ],
)
def test_a_rule_is_only_about_what_it_names(
    tmp_path: Path, selector: str, hit: dict[str, object], miss: dict[str, object]
) -> None:
    policy = policy_of(tmp_path, BASE + ANY + selector + "\n")
    company = {"company": miss["company"]} if "company" in miss else {}

    assert verdict_on(plan(exposure().but(**hit)), policy).outcome == "allow"
    assert verdict_on(plan(exposure().but(**miss), **company), policy).outcome == "ask"


def test_a_plan_without_steps_is_allowed_since_it_writes_nothing() -> None:
    assert verdict_on(plan(), default()).outcome == "allow"
    assert total(plan()) == gbp(0)


@pytest.mark.parametrize(
    ("autonomy", "outcome"), [("observe", "refuse"), ("propose", "refuse"), ("approve", "ask"), ("auto", "allow")]
)
def test_autonomy_says_how_far_a_kind_may_go(tmp_path: Path, autonomy: str, outcome: str) -> None:
    policy = policy_of(tmp_path, BASE.replace('"auto"', f'"{autonomy}"') + ANY)

    assert verdict_on(plan(exposure()), policy).outcome == outcome


def test_on_approve_the_lowest_role_that_may_is_asked(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, BASE.replace('"auto"', '"approve"') + ANY)

    assert whose(verdict_on(plan(exposure()), policy)) == ["lead"]
    assert whose(verdict_on(plan(exposure(amount="5001")), policy)) == ["manager"]


def test_a_kind_without_autonomy_is_always_asked(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, BASE.replace('stockout = "auto"', "") + ANY)

    assert verdict_on(plan(exposure()), policy).outcome == "ask"


def test_an_action_outside_the_scope_of_its_agent_is_refused(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, BASE.replace('"stock.transfer", ', "") + ANY)

    verdict = verdict_on(plan(exposure()), policy)

    assert verdict.outcome == "refuse"
    assert verdict.reason == "the stockout agent may not use stock.transfer"


def test_an_agent_without_a_scope_may_use_nothing(lenient: Policy) -> None:
    assert verdict_on(plan(exposure(), kind="returns"), lenient).outcome == "refuse"


def test_an_action_that_the_desk_does_not_know_is_refused(lenient: Policy) -> None:
    verdict = judge(plan(exposure()), Committed(), lenient, CATALOGUE - {"stock.transfer"}, NOW)

    assert (verdict.outcome, verdict.rulings[0].rule) == ("refuse", "known-action")


@pytest.mark.parametrize("age", [timedelta(seconds=3601), -timedelta(seconds=3601)])
def test_a_plan_on_stale_evidence_is_refused(lenient: Policy, age: timedelta) -> None:
    given = plan(exposure())

    assert verdict_on(given, lenient, now=NOW + timedelta(seconds=3600)).outcome == "allow"
    assert verdict_on(given, lenient, now=NOW + age).outcome == "refuse"


@pytest.mark.parametrize("switch", ["all = true", 'kinds = ["stockout"]', 'actions = ["stock.*"]', "companies = [1]"])
def test_a_pause_switch_refuses(tmp_path: Path, switch: str) -> None:
    verdict = verdict_on(plan(exposure()), policy_of(tmp_path, BASE + f"[pause]\n{switch}\n" + ANY))

    assert verdict.outcome == "refuse"
    assert "paused" in verdict.reason


@pytest.mark.parametrize("switch", ["all = false", "kinds = []", 'actions = ["mail.*"]', "companies = [2]"])
def test_a_pause_of_something_else_does_not(tmp_path: Path, switch: str) -> None:
    assert verdict_on(plan(exposure()), policy_of(tmp_path, BASE + f"[pause]\n{switch}\n" + ANY)).outcome == "allow"


def test_an_irreversible_step_is_asked_whatever_the_rules_say(lenient: Policy) -> None:
    verdict = verdict_on(plan(exposure(risk=Risk.IRREVERSIBLE)), lenient)

    assert (verdict.outcome, whose(verdict)) == ("ask", ["lead"])
    assert "nothing brings the effect" in verdict.reason


def test_an_irreversible_action_may_be_named_as_automatic(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, 'irreversible_allowed = ["stock.transfer"]\n' + BASE + ANY)

    assert verdict_on(plan(exposure(risk=Risk.IRREVERSIBLE)), policy).outcome == "allow"


def test_nobody_may_approve_above_the_cap_of_a_step(lenient: Policy) -> None:
    assert verdict_on(plan(exposure(amount="50000")), lenient).outcome == "allow"
    assert verdict_on(plan(exposure(amount="50000.01")), lenient).outcome == "refuse"


def test_what_no_role_may_approve_is_refused_and_not_asked_of_nobody(tmp_path: Path) -> None:
    verdict = verdict_on(plan(exposure(amount="25000.01")), policy_of(tmp_path, BASE))

    assert (verdict.outcome, whose(verdict)) == ("refuse", [])
    assert verdict.reason == "no role may approve 25,000.01 GBP of stock.transfer"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-1"])
@pytest.mark.parametrize("where", ["amount", "quantity"])
def test_what_cannot_be_compared_is_refused_before_any_rule_compares_it(
    tmp_path: Path, number: str, where: str
) -> None:
    policy = policy_of(tmp_path, BASE + SMALL + "max_quantity = 5\n")
    good, wrong = exposure(), Decimal(number)
    changed = {"amount": Money.model_construct(amount=wrong, currency="GBP")} if where == "amount" else {where: wrong}
    bad = Exposure.model_construct(**{**dict(good), **changed})

    assert verdict_on(_holding(bad), policy).reason == "amount and quantity must be finite and not negative"


def _holding(bad: Exposure) -> Plan:
    """A plan built around validation, as a defect or an attack would."""
    given = plan(exposure())
    held = type(given.steps[0]).model_construct(**{**dict(given.steps[0]), "exposure": bad})
    return Plan.model_construct(**{**dict(given), "steps": (held,)})


def test_a_step_that_is_not_what_its_exposure_says_is_refused(lenient: Policy) -> None:
    small = step(exposure("mail.note", "0")).but(action="stock.transfer")
    elsewhere = plan(exposure(company=2))
    undoing = step(exposure()).but(direction="undo")

    assert verdict_on(plan().but(steps=(small,)), lenient).outcome == "refuse"
    assert verdict_on(elsewhere, lenient).outcome == "refuse"
    assert verdict_on(plan().but(steps=(undoing,)), lenient).outcome == "refuse"


def test_steps_of_two_currencies_are_refused(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, BASE.replace('"50000 GBP"', '["50000 GBP", "50000 EUR"]') + ANY)

    verdict = verdict_on(plan(exposure(), exposure(amount=Money(amount=Decimal(1), currency="EUR"))), policy)

    assert verdict.reason == "the steps are in EUR and GBP; one plan needs one currency"


def test_four_eyes_are_wanted_above_the_limit_and_in_every_currency_not_named() -> None:
    assert not verdict_on(plan(exposure(amount="2000")), default()).four_eyes
    assert verdict_on(plan(exposure(amount="2000.01")), default()).four_eyes


def test_without_a_four_eyes_limit_every_amount_needs_them(tmp_path: Path) -> None:
    assert verdict_on(plan(exposure(amount="0.01")), policy_of(tmp_path, BASE)).four_eyes


def test_a_request_stands_as_long_as_the_policy_says(tmp_path: Path) -> None:
    policy = with_lines(tmp_path, "[expiry]", "request_hours = 2")

    assert verdict_on(plan(exposure()), policy).expires_in_s == 7200
