"""Limits and the desk's real ledger together: what waits for an answer counts, in every dimension, while it waits."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from domain.clock import SetClock
from domain.exposures import Exposure
from domain.intents import Fresh, Intent
from domain.money import Money
from domain.refusals import Refusal
from domain.verdicts import Verdict
from guardrails.gate import judge
from guardrails.loading import DEFAULT_POLICY, load
from guardrails.policy import Policy
from guardrails.standing import PolicyLimits
from memory.plans import Reserved
from memory.store import Store
from tests.guardrails.builders import CATALOGUE, KNOWN, NOW, default, exposure, gbp, plan, step
from tests.memory.builders import ANYWHERE, BUYER, a_case, anybody, evidence

RFQ = "purchase.create_rfq"
SMALL = exposure(RFQ, "900", vendor=4, product=None)


class Ledger:
    """A store and a policy, and plans that are judged and reserved one after the other."""

    def __init__(self, store: Store, clock: SetClock, policy: Policy) -> None:
        self.store = store
        self.clock = clock
        self.policy = policy
        self._cases = 0

    def asked(self, *exposures: Exposure) -> Reserved:
        """A plan of a fresh case, with everything that it reserves."""
        self._cases += 1
        case = a_case(self.store, f"product:{self._cases}@warehouse:3").id
        digest = self.store.evidence.save(case, evidence())
        steps = tuple(step(one) for one in exposures)
        given = plan().but(case=case, company=exposures[0].company, steps=steps, evidence_digest=digest)
        given = given.but(evidence_at=self.clock.now())
        self.store.plans.save(given, expected=ANYWHERE)
        now = self.clock.now()
        return self.store.plans.reserve(
            given, lambda usage: judge(given, usage, self.policy, CATALOGUE, now), expected=ANYWHERE
        )

    def carried_out(self, exposure: Exposure) -> None:
        """A plan of one step that policy allows, begun: it counts from now on as spent."""
        verdict = self.verdict(exposure)
        assert verdict.outcome == "allow"
        given = self.store.plans.get(f"C{self._cases}", 1)
        intent = Intent.of(given, 0, desk=self.store.desk, policy_digest=verdict.policy_digest)
        assert isinstance(self.store.register.begin(intent, None), Fresh)

    def verdict(self, *exposures: Exposure) -> Verdict:
        return self.asked(*exposures).verdict

    def begun(self, allowed: Exposure) -> None:
        """A step that policy allows, spent as it is about to be carried out."""
        verdict = self.verdict(allowed)
        given = self.store.plans.get(f"C{self._cases}", 1)
        intent = Intent.of(given, 0, desk=self.store.desk, policy_digest=verdict.policy_digest)
        assert isinstance(self.store.register.begin(intent, None), Fresh)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def store(tmp_path: Path, clock: SetClock) -> Iterator[Store]:
    store = Store.open(tmp_path, clock, limits=PolicyLimits(default()))
    yield store
    store.close()


@pytest.fixture
def ledger(store: Store, clock: SetClock) -> Ledger:
    return Ledger(store, clock, default())


def test_five_small_purchases_at_one_vendor_on_a_day_are_one(ledger: Ledger) -> None:
    said = [ledger.verdict(SMALL) for _ in range(5)]

    assert [verdict.outcome for verdict in said] == ["allow"] * 4 + ["ask"]
    assert [ask.role for ask in said[4].asks] == ["buyer"]
    assert said[4].reason == "vendor 4 would reach 4,500.00 GBP in 1d, over 4,000.00 GBP"


def test_what_waits_for_an_answer_counts_and_what_is_rejected_no_more(ledger: Ledger) -> None:
    waiting = ledger.asked(SMALL.but(amount=gbp(3500)))
    beside = ledger.verdict(SMALL)
    (request,) = waiting.requests
    seen = {"digest": request.digest, "policy_digest": request.policy_digest}
    ledger.store.requests.decide(request.id, BUYER, "reject", "not now", may=anybody, **seen)

    assert waiting.verdict.outcome == "ask"
    assert (beside.outcome, ledger.verdict(SMALL).outcome) == ("ask", "allow")


def test_two_steps_at_one_vendor_in_one_plan_add_up(ledger: Ledger) -> None:
    half = SMALL.but(amount=gbp("2000.01"))

    assert ledger.verdict(half, half).reason.startswith("purchase.create_rfq of 2,000.01 GBP")
    assert "vendor-day" in [ruling.rule.split(" ")[0] for ruling in ledger.verdict(half, half).rulings]


ONE = exposure("stock.transfer", "100", vendor=4, customer=5, product=6)
OTHER = exposure(RFQ, "100", vendor=7, customer=8, product=9)
"""Shares nothing with ONE but its company."""


@pytest.mark.parametrize(
    ("limit", "waiting", "shared"),
    [
        ("vendor-day", 3901, {"vendor": 4}),
        ("customer-day", 4901, {"customer": 5}),
        ("product-day", 4901, {"product": 6}),
        ("company-day", 19901, {}),
    ],
)
def test_every_dimension_counts_what_waits(ledger: Ledger, limit: str, waiting: int, shared: dict[str, object]) -> None:
    before = ledger.verdict(OTHER.but(amount=gbp(waiting), **shared))

    hit = [ruling.rule.split(" ")[0] for ruling in ledger.verdict(ONE).rulings]

    assert before.outcome == "ask", "it waits for an answer"
    assert limit in hit


@pytest.mark.parametrize("limit", ["vendor-day", "customer-day", "product-day"])
def test_what_shares_no_key_does_not_count(ledger: Ledger, limit: str) -> None:
    ledger.asked(OTHER.but(amount=gbp(4950)))

    assert limit not in [ruling.rule.split(" ")[0] for ruling in ledger.verdict(ONE).rulings]


def test_confirmed_orders_of_a_day_add_up_whatever_the_vendor(ledger: Ledger) -> None:
    order = exposure("purchase.confirm", "2600", product=None)
    ruled = [ledger.verdict(order.but(vendor=vendor)) for vendor in (1, 2, 3, 4)]

    assert [[ask.role for ask in verdict.asks] for verdict in ruled] == [["buyer"]] * 3 + [["purchasing-manager"]]


def test_another_company_and_another_currency_are_counted_apart(ledger: Ledger) -> None:
    euros = Money(amount=Decimal(3500), currency="EUR")
    ledger.asked(SMALL.but(amount=gbp(3500)))
    ledger.asked(SMALL.but(amount=euros))

    assert ledger.verdict(SMALL.but(amount=Money(amount=Decimal(600), currency="EUR"))).outcome == "ask"
    assert ledger.verdict(SMALL.but(company=2)).outcome == "allow"


@pytest.mark.parametrize(
    ("later", "outcome"), [(timedelta(days=1) - timedelta(seconds=1), "ask"), (timedelta(days=1), "allow")]
)
def test_a_day_later_the_day_begins_anew(ledger: Ledger, later: timedelta, outcome: str) -> None:
    for _ in range(4):
        ledger.carried_out(SMALL)

    ledger.clock.move(later)

    assert ledger.verdict(SMALL).outcome == outcome


def test_a_refusing_limit_is_counted_again_at_execution(ledger: Ledger) -> None:
    most = exposure("stock.transfer", "100", product=None)
    first = ledger.asked(most)
    assert first.verdict.outcome == "allow"
    tight = load(DEFAULT_POLICY, KNOWN)
    tight = tight.but(
        limits=[one.but(max_amount=("150 GBP",)) for one in tight.limits if one.name == "company-day-most"]
    )
    ledger.store.register.limits = PolicyLimits(tight)
    ledger.asked(most)

    given = ledger.store.plans.get("C1", 1)
    intent = Intent.of(given, 0, desk=ledger.store.desk, policy_digest=first.verdict.policy_digest)
    refused = ledger.store.register.begin(intent, None)

    assert isinstance(refused, Refusal)
    assert refused.reason.startswith("company 1 would reach 200.00 GBP in 1d, over 150.00 GBP (company-day-most")
