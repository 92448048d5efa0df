"""The gate: what policy says of a plan, before anything of it reaches Odoo."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from domain.catalogue import Catalogue
from domain.exposures import Exposure
from domain.money import Money
from domain.plans import Plan
from domain.ports import Usage
from domain.verdicts import Ask, Ruling, Verdict
from guardrails.asking import Wish, asked
from guardrails.guards import on_plan, on_step
from guardrails.policy import Policy
from guardrails.rollback import Done, by_rollback, by_rollback_in_all
from guardrails.rules import STRICTNESS
from guardrails.ruling import Said, by_limits, by_local_rules, by_rules
from guardrails.several import by_products


def judge(
    plan: Plan, usage: Usage, policy: Policy, catalogue: Catalogue, now: datetime, *, done_at: Done = None
) -> Verdict:
    """Allow, ask or refuse; the strictest of all rulings decides, and all of them are told.

    ``done_at`` is when the oldest effect that a rollback takes back was done; unknown is never recent.
    """
    if not plan.steps:
        nothing = Ruling(step=None, rule="no-steps", outcome="allow", reason="the plan writes nothing to Odoo")
        return _verdict(plan, policy, [nothing])
    guards = list(map(Said, _guards(plan, policy, catalogue, now)))
    if any(one.ruling.outcome == "refuse" for one in guards):
        return _verdict(plan, policy, [one.ruling for one in guards])
    said = [*guards, *_rules(plan, usage, policy, now, done_at)]
    said = [*said, *by_products(plan, policy, said)]
    rulings = [one.ruling for one in said]
    if _strictest(rulings).outcome != "ask":
        return _verdict(plan, policy, rulings)
    return _asked(plan, policy, said)


def total(plan: Plan) -> Money:
    """What the plan commits or moves in all; raises Misuse where currencies differ."""
    amounts = [step.exposure.amount for step in plan.steps]
    return sum(amounts[1:], amounts[0]) if amounts else Money.zero(plan.money_at_risk.currency)


def _guards(plan: Plan, policy: Policy, catalogue: Catalogue, now: datetime) -> Iterator[Ruling]:
    yield from on_plan(plan, policy, now)
    for index in range(len(plan.steps)):
        yield from on_step(plan, index, policy, catalogue)


def _rules(plan: Plan, usage: Usage, policy: Policy, now: datetime, done_at: Done) -> Iterator[Said]:
    """Taking something back is judged by the rollback section and uses up no limit."""
    for index in range(len(plan.steps)):
        if plan.purpose == "rollback":
            yield from by_rollback(plan, index, policy, now, done_at)
        else:
            yield by_rules(plan, index, policy)
            yield from by_local_rules(plan, index, policy)
    if plan.purpose == "rollback":
        yield from by_rollback_in_all(plan, total(plan), policy)
    else:
        yield from by_limits(plan, usage, policy)


def _wishes(plan: Plan, said: Sequence[Said], *, local: bool) -> list[Wish]:
    """Who wants a person asked about what: the policy itself, or the places that the steps concern."""
    asking = (one for one in said if one.ruling.outcome == "ask" and one.ruling.local == local)
    return [Wish(one.role, one.about(plan)) for one in asking]


def _asked(plan: Plan, policy: Policy, said: Sequence[Said]) -> Verdict:
    """Ask about each step whoever is wanted; refuse where nobody may. Four eyes are a matter of the whole plan."""
    rulings = [one.ruling for one in said]
    outcome = asked(plan, policy, _wishes(plan, said, local=False), _wishes(plan, said, local=True))
    if isinstance(outcome, Ruling):
        return _verdict(plan, policy, [*rulings, outcome])
    four_eyes = policy.four_eyes_wanted(total(plan), _exposures(plan))
    verdict = _verdict(plan, policy, [*rulings, *outcome.passed_up], asks=outcome.asks, four_eyes=four_eyes)
    return verdict if len(verdict.asks) == 1 else verdict.but(reason=_why_each(plan, said, verdict.asks))


def _why_each(plan: Plan, said: Sequence[Said], asks: Sequence[Ask]) -> str:
    """Every role that is asked, and the first reason for it: of the rulings that name the role, where any does."""
    asking = [one for one in said if one.ruling.outcome == "ask"]
    return "; ".join(f"{ask.role}: {_why(plan, asking, ask)}" for ask in asks)


def _why(plan: Plan, asking: Sequence[Said], ask: Ask) -> str:
    about = (one for one in asking if one.about(plan).intersection(ask.steps))
    return min(about, key=lambda one: one.role != ask.role).ruling.reason


def _exposures(plan: Plan) -> list[Exposure]:
    return [step.exposure for step in plan.steps]


def _verdict(
    plan: Plan, policy: Policy, rulings: Sequence[Ruling], *, asks: tuple[Ask, ...] = (), four_eyes: bool = False
) -> Verdict:
    deciding = _strictest(rulings)
    return Verdict(
        outcome=deciding.outcome,
        reason=deciding.reason,
        rulings=tuple(rulings),
        asks=asks,
        four_eyes=four_eyes,
        expires_in_s=policy.request_hours(_exposures(plan)) * 3600,
        policy_digest=policy.digest,
    )


def _strictest(rulings: Sequence[Ruling]) -> Ruling:
    """The first of the strictest."""
    return max(rulings, key=lambda ruling: STRICTNESS[ruling.outcome])
