"""Builders of cases, plans and answers for tests; each hides what a test is not about."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from domain.cases import MOVES, Case, Finding
from domain.exposures import Exposure, Risk
from domain.intents import Intent, Undo
from domain.money import Money
from domain.people import Person
from domain.plans import Direction, Evidence, Plan, RecordRef, RollbackPlan, Step
from domain.ports import Usage
from domain.refusals import Refusal
from domain.values import Row
from domain.verdicts import Ask, Outcome, Verdict
from memory.requests import Decided, Request
from memory.store import Store

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
POLICY = "a" * 64
OTHER = "b" * 64
BUYER = Person(uid=7, login="bea@example.org", name="Bea Buyer", companies=(1,), roles=("buyer",))
LEAD = Person(uid=8, login="lee@example.org", name="Lee Lead", companies=(1,), roles=("warehouse-lead",))

ANYWHERE = tuple(MOVES)
"""Every state, for tests that are not about where a case stands."""


def pounds(amount: str | int) -> Money:
    return Money(amount=Decimal(amount), currency="GBP")


def a_finding(subject: str = "product:12@warehouse:3", **changes: object) -> Finding:
    finding = Finding(
        kind="stockout",
        company=1,
        subject=subject,
        title="Tea lights run out in WH3",
        money_at_risk=pounds(400),
        deadline=NOON + timedelta(days=3),
        facts_digest="facts-1",
    )
    return finding.but(**changes)


def a_case(store: Store, subject: str = "product:12@warehouse:3") -> Case:
    return store.cases.record([a_finding(subject)], graph="graph-1").opened[0]


def an_exposure(worth: str | int = 100, **changes: object) -> Exposure:
    exposure = Exposure(
        action="stock.transfer",
        company=1,
        warehouse=3,
        amount=pounds(worth),
        quantity=Decimal(10),
        product=12,
        vendor=41,
        risk=Risk.REVERSIBLE,
    )
    return exposure.but(**changes)


def a_step(amount: str | int = 100, *, direction: Direction = "do", params: Row | None = None) -> Step:
    return Step(
        action="stock.transfer",
        direction=direction,
        params=params or {"product": 12, "quantity": "10"},
        words="Move 10 tea lights from WH1 to WH3",
        exposure=an_exposure(amount),
        touches=(RecordRef(model="product.product", id=12, seen={"active": True}),),
        rollback=RollbackPlan(words="cancel the transfer", calls=("stock.picking.action_cancel",)),
    )


def evidence() -> Evidence:
    return Evidence(kind="stockout", company=1, subject="product:12@warehouse:3", taken_at=NOON, sources=())


def a_plan(case: str, version: int = 1, steps: tuple[Step, ...] | None = None, **changes: object) -> Plan:
    plan = Plan(
        case=case,
        version=version,
        kind="stockout",
        company=1,
        option="transfer:1",
        title="Move 10 tea lights",
        reason="cheapest",
        planner="rules",
        confidence=Decimal("0.9"),
        requested_by="desk",
        money_at_risk=pounds(400),
        cost=None,
        risk_removed=pounds(400),
        rejected=(),
        evidence_digest=evidence().digest,
        evidence_at=NOON,
        steps=(a_step(),) if steps is None else steps,
    )
    return plan.but(**changes)


def saved_plan(store: Store, case: str, **changes: object) -> Plan:
    store.evidence.save(case, evidence())
    return store.plans.save(a_plan(case).but(**changes), expected=ANYWHERE)


def an_ask(role: str = "buyer", *steps: int, amount: str | int = 100) -> Ask:
    return Ask(role=role, steps=steps or (0,), amount=pounds(amount))


def a_verdict(outcome: Outcome, *asks: Ask) -> Verdict:
    return Verdict(
        outcome=outcome,
        reason="because",
        rulings=(),
        asks=(asks or (an_ask(),)) if outcome == "ask" else (),
        expires_in_s=3600,
        policy_digest=POLICY,
    )


def judging(outcome: Outcome, *asks: Ask) -> Callable[[Usage], Verdict]:
    def judge(usage: Usage) -> Verdict:
        return a_verdict(outcome, *asks)

    return judge


def allowed_plan(store: Store, **changes: object) -> Plan:
    """A plan of a fresh case that the gate allowed, its grants issued."""
    plan = saved_plan(store, a_case(store).id, **changes)
    store.plans.reserve(plan, judging("allow"), expected=ANYWHERE)
    return plan


def asked(store: Store, **changes: object) -> Request:
    """A pending request about a plan of a fresh case."""
    plan = saved_plan(store, a_case(store).id, **changes)
    (request,) = store.plans.reserve(plan, judging("ask"), expected=ANYWHERE).requests
    return request


def asked_of_two(store: Store, **changes: object) -> tuple[Request, Request]:
    """Two pending requests about the two steps of one plan: a warehouse lead's of 100, a buyer's of 300."""
    plan = saved_plan(store, a_case(store).id, steps=(a_step(100), a_step(300)), **changes)
    asks = (an_ask("warehouse-lead", 0, amount=100), an_ask("buyer", 1, amount=300))
    first, second = store.plans.reserve(plan, judging("ask", *asks), expected=ANYWHERE).requests
    return first, second


def anybody(request: Request, in_all: Money) -> Refusal | None:
    return None


def approve(store: Store, request: Request, person: Person = BUYER, **seen: str) -> Decided | Refusal:
    digests = {"digest": request.digest, "policy_digest": request.policy_digest} | seen
    return store.requests.decide(request.id, person, "approve", "go ahead", may=anybody, **digests)


def intent_of(store: Store, plan: Plan, step: int = 0) -> Intent:
    return Intent.of(plan, step, desk=store.desk, policy_digest=POLICY)


def an_undo() -> Undo:
    left = RecordRef(model="stock.picking", id=5, seen={"state": "assigned"})
    return Undo(action="stock.transfer", records=(left,), words="transfer WH1/INT/00005 reserved")
