"""What the policy that a distributor starts with lets the desk do by itself, and whom it asks about the rest."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from domain.exposures import Dimension, Exposure, Risk
from domain.money import Money
from domain.verdicts import Verdict
from guardrails.gate import judge
from guardrails.loading import DEFAULT_POLICY, load, read
from tests.guardrails.builders import KNOWN, NOW, Committed, default, exposure, gbp, plan, verdict_on, written

RFQ = "purchase.create_rfq"
CONFIRM = "purchase.confirm"
VENDOR = exposure(RFQ, "900", vendor=4, product=None)
DOCUMENT = Path(__file__).parents[2] / "docs" / "policy.md"
PRICE = "sale.price"
"""An action that the desk does not have yet."""


def whose(verdict: Verdict) -> list[str]:
    return [ask.role for ask in verdict.asks]


@pytest.mark.parametrize(
    ("action", "amount", "role"),
    [
        (CONFIRM, "0", "buyer"),
        (CONFIRM, "5000", "buyer"),
        (CONFIRM, "5000.01", "purchasing-manager"),
        (CONFIRM, "25000.01", "finance"),
        ("purchase.redate", "1", "buyer"),
        ("purchase.redate", "5000.01", "purchasing-manager"),
        ("stock.minmax", "0", "warehouse-lead"),
        ("stock.reallocate", "1", "sales"),
        ("sale.commitment", "1", "sales"),
        ("sale.hold", "1", "sales"),
        ("sale.hold", "5000.01", "purchasing-manager"),
    ],
)
def test_what_binds_others_is_always_asked_however_small(action: str, amount: str, role: str) -> None:
    verdict = verdict_on(plan(exposure(action, amount), confidence=Decimal(1)), default())

    assert (verdict.outcome, whose(verdict)) == ("ask", [role])


@pytest.mark.parametrize("action", ["mail.note", "mail.activity", "mail.activity_done"])
def test_words_inside_odoo_are_allowed(action: str) -> None:
    assert verdict_on(plan(exposure(action, "0", risk=Risk.NOTE)), default()).outcome == "allow"


@pytest.mark.parametrize("amount", ["0", "0.01", "5000"])
def test_a_price_that_no_rule_names_is_asked_however_small(amount: str) -> None:
    catalogue = KNOWN | {PRICE}
    policy = load(DEFAULT_POLICY, catalogue)
    reachable = policy.but(scopes={"stockout": (*policy.scopes["stockout"], PRICE)})
    step = plan(exposure(PRICE, amount, customer=5), confidence=Decimal(1))

    verdict = judge(step, Committed(), reachable, catalogue, NOW)

    assert (verdict.outcome, whose(verdict)) == ("ask", ["purchasing-manager"])
    assert [ruling.rule for ruling in verdict.rulings] == ["no-rule"]
    assert judge(step, Committed(), policy, catalogue, NOW).outcome == "refuse"


def test_five_small_purchases_at_one_vendor_on_a_day_are_one_and_the_one_that_crosses_is_asked() -> None:
    said = [verdict_on(plan(VENDOR), default(), *[VENDOR] * before) for before in range(5)]

    assert [verdict.outcome for verdict in said] == ["allow", "allow", "allow", "allow", "ask"]
    assert whose(said[-1]) == ["buyer"]
    assert said[-1].reason == "vendor 4 would reach 4,500.00 GBP in 1d, over 4,000.00 GBP"


def test_small_purchases_in_one_plan_are_one_too() -> None:
    assert verdict_on(plan(*[VENDOR] * 4), default()).outcome == "allow"
    assert verdict_on(plan(*[VENDOR] * 5), default()).outcome == "ask"


SMALL = exposure("stock.transfer", "100", vendor=4, customer=5, product=6)


@pytest.mark.parametrize(
    ("limit", "given", "before", "outcome"),
    [
        ("vendor-day", SMALL, SMALL.but(amount=gbp(3901), product=1, customer=1), "ask"),
        ("vendor-day-large", SMALL, SMALL.but(amount=gbp(4901), product=1, customer=1), "ask"),
        ("customer-day", SMALL, SMALL.but(amount=gbp(4901), product=1, vendor=1), "ask"),
        ("product-day", SMALL, SMALL.but(amount=gbp(4901), customer=1, vendor=1), "ask"),
        ("confirmed-day", exposure(CONFIRM, "100"), exposure(CONFIRM, "9901", product=1), "ask"),
        ("company-day", SMALL, exposure("mail.note", "19901", product=1), "ask"),
        ("company-day-most", SMALL, exposure("mail.note", "199901", product=1), "refuse"),
    ],
)
def test_each_limit_of_the_default_policy_counts_what_shares_its_key(
    limit: str, given: Exposure, before: Exposure, outcome: str
) -> None:
    verdict = verdict_on(plan(given), default(), before)
    just_under = verdict_on(plan(given), default(), before.but(amount=before.amount - gbp(1)))

    assert verdict.outcome == outcome
    assert limit in [ruling.rule.split(" ")[0] for ruling in verdict.rulings]
    assert limit not in [ruling.rule.split(" ")[0] for ruling in just_under.rulings]


def test_a_week_of_purchases_is_asked_of_finance() -> None:
    earlier = Committed((exposure("mail.note", "79901", product=1),), ago=timedelta(days=6))

    assert whose(judge(plan(SMALL), earlier, default(), KNOWN, NOW)) == ["finance"]


def test_nothing_is_within_a_currency_that_the_policy_does_not_name() -> None:
    dollars = exposure("stock.transfer", Money(amount=Decimal(1), currency="USD"))

    assert verdict_on(plan(dollars), default()).reason.startswith("1.00 USD in one step has no cap to be held against")


def test_every_dimension_has_a_limit() -> None:
    assert {limit.per for limit in default().limits} == set(Dimension)


def test_the_local_policy_in_the_documents_can_stand_beside_the_default_policy(tmp_path: Path) -> None:
    words = DOCUMENT.read_text(encoding="utf-8")
    lines = [
        line.removeprefix("    ") for line in words.splitlines() if line.startswith("    ") and "app.py" not in line
    ]

    file = written(tmp_path, DEFAULT_POLICY.read_text(encoding="utf-8"), {"1/3.toml": "\n".join(lines)})

    assert len(lines) > 5
    assert read(file, KNOWN).problems == ()
