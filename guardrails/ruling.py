"""What the rules and cumulative limits of a policy say of the steps of a plan."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from domain.exposures import Exposure, Risk
from domain.money import Money
from domain.plans import Plan
from domain.ports import Usage
from domain.verdicts import Outcome, Ruling
from guardrails.amounts import amount_in, within
from guardrails.limits import Limit, headroom
from guardrails.policy import Policy
from guardrails.rules import STRICTNESS, Near, first_match

Done = datetime | None
"""When the oldest effect that a rollback takes back was done, None where that is not known."""


class Said(NamedTuple):
    """A ruling, and the role it wants asked."""

    ruling: Ruling
    role: str | None = None


def by_rules(plan: Plan, index: int, policy: Policy) -> Said:
    """What the first matching rule says of a step; where none matches, a person is asked."""
    exposure = plan.steps[index].exposure
    position, near = first_match(policy.rules, exposure, plan.confidence)
    if position is None:
        reason = f"no rule matches {exposure.action} of {exposure.amount}"
        return Said(_ruled(index, "no-rule", "ask", reason, _looser(near, policy, "ask")), policy.default_role)
    rule = policy.rules[position]
    bounds = rule.bounds(exposure.amount.currency)
    otherwise = _looser(near, policy, rule.then) or (" or ".join(bounds) if rule.then == "allow" and bounds else None)
    reason = f"{exposure.action} of {exposure.amount}: {_because(near, rule.then)}"
    role = (rule.role or policy.default_role) if rule.then == "ask" else None
    return Said(_ruled(index, policy.cite(rule.name, "rule", position), rule.then, reason, otherwise), role)


def by_rollback(plan: Plan, index: int, policy: Policy, now: datetime, done_at: Done) -> Said:
    """What the rollback section says of a step that takes something back."""
    exposure, section = plan.steps[index].exposure, policy.rollback
    rule = policy.cite("rollback", "rollback")
    held = _held_back(exposure, policy, now, done_at)
    if held is None:
        reason = f"taking back {exposure.action} of {exposure.amount} is small and recent enough"
        return Said(_ruled(index, rule, "allow", reason, None))
    reason = f"taking back {exposure.action} of {exposure.amount}: {held}"
    role = (section.role or policy.default_role) if section.then == "ask" else None
    return Said(_ruled(index, rule, section.then, reason, _allowance(policy)), role)


def by_rollback_in_all(plan: Plan, total: Money, policy: Policy) -> Iterator[Said]:
    """What the rollback section says of the steps together: small steps make no small rollback of a large plan."""
    section = policy.rollback
    most = amount_in(section.allow_max_amount, total.currency)
    if len(plan.steps) == 1 or most is None or total <= most:
        return
    reason = f"taking back {total} in all is over {most}"
    role = (section.role or policy.default_role) if section.then == "ask" else None
    yield Said(_ruled(None, policy.cite("rollback", "rollback"), section.then, reason, _allowance(policy)), role)


def by_limits(plan: Plan, usage: Usage, policy: Policy) -> Iterator[Said]:
    """Limits that the plan's steps, added up, would exceed together with what is committed."""
    for position, limit in enumerate(policy.limits):
        for steps in _shared(plan, limit):
            exposures = [plan.steps[index].exposure for index in steps]
            excess = limit.excess(exposures, usage)
            if excess:
                rule = policy.cite(limit.name, "limit", position)
                step = steps[0] if len(steps) == 1 else None
                otherwise = headroom(limit, exposures[0].amount.currency)
                role = (limit.role or policy.default_role) if limit.then == "ask" else None
                yield Said(_ruled(step, rule, limit.then, excess, otherwise), role)


def _shared(plan: Plan, limit: Limit) -> list[list[int]]:
    """The plan's steps by their key in the limit's dimension, for the keys that the limit is put to."""
    by_key: dict[str, list[int]] = {}
    for index, step in enumerate(plan.steps):
        key = limit.per.of(step.exposure)
        if key is not None:
            by_key.setdefault(key, []).append(index)
    return [steps for steps in by_key.values() if any(limit.concerns(plan.steps[i].exposure) for i in steps)]


def _because(near: tuple[Near, ...], then: Outcome) -> str:
    """The bounds passed on the way, or that there were none to pass."""
    if near and then != "allow":
        return ", ".join(dict.fromkeys(excess for one in near for excess in one.excesses))
    return {"allow": "within bounds", "ask": "always asked", "refuse": "never allowed"}[then]


def _looser(near: tuple[Near, ...], policy: Policy, than: Outcome) -> str | None:
    """The rules that would have said something looser, or asked somebody else, had the step been within bounds."""
    offers = (
        f"{'ask ' + (rule.role or policy.default_role) if rule.then == 'ask' else rule.then}"
        f" by {policy.cite(rule.name, 'rule', one.position)}, but {' and '.join(one.excesses)}"
        for one in near
        for rule in (policy.rules[one.position],)
        if STRICTNESS[rule.then] <= STRICTNESS[than]
    )
    return "; ".join(offers) or None


def _held_back(exposure: Exposure, policy: Policy, now: datetime, done_at: Done) -> str | None:
    """Why a step is not taken back without being asked, None where it may be."""
    section = policy.rollback
    if section.allow_within_hours is None:
        return "every rollback is judged by a person" if section.then == "ask" else "no rollback is allowed"
    if exposure.risk is Risk.IRREVERSIBLE:
        return "nothing brings its effect back whole"
    if amount_in(section.allow_max_amount, exposure.amount.currency) is None:
        return f"no amount is named in {exposure.amount.currency}"
    if not within(section.allow_max_amount, exposure.amount):
        return f"it is over {amount_in(section.allow_max_amount, exposure.amount.currency)}"
    if done_at is None or now - done_at > timedelta(hours=section.allow_within_hours):
        return f"it was not done within the last {section.allow_within_hours} h"
    return None


def _allowance(policy: Policy) -> str | None:
    section = policy.rollback
    if section.allow_within_hours is None:
        return None
    most = " or ".join(str(amount) for amount in section.allow_max_amount)
    return f"a reversible effect of at most {most}, no older than {section.allow_within_hours} h"


def _ruled(step: int | None, rule: str, outcome: Outcome, reason: str, otherwise: str | None) -> Ruling:
    return Ruling(step=step, rule=rule, outcome=outcome, reason=reason, otherwise=otherwise)
