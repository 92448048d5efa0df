"""What the rules and cumulative limits of a policy say of the steps of a plan."""

from collections.abc import Iterator
from typing import NamedTuple

from domain.exposures import Exposure
from domain.plans import Plan
from domain.ports import Usage
from domain.verdicts import Outcome, Ruling
from guardrails.limits import Limit, headroom
from guardrails.policy import Layer, Policy
from guardrails.rules import STRICTNESS, Near, first_match


class Said(NamedTuple):
    """A ruling, the role it wants asked, and the steps it is put to where these are more than one and not all."""

    ruling: Ruling
    role: str | None = None
    steps: tuple[int, ...] = ()

    def about(self, plan: Plan) -> frozenset[int]:
        """The steps it is put to."""
        if self.ruling.step is not None:
            return frozenset({self.ruling.step})
        return frozenset(self.steps or range(len(plan.steps)))


def by_rules(plan: Plan, index: int, policy: Policy) -> Said:
    """What the first matching rule says of a step; where none matches, a person is asked."""
    exposure = plan.steps[index].exposure
    position, near = first_match(policy.rules, exposure, plan.confidence)
    if position is None:
        reason = f"no rule matches {exposure.action} of {exposure.amount}"
        return Said(ruled(index, "no-rule", "ask", reason, _looser(near, policy, "ask")), policy.default_role)
    rule = policy.rules[position]
    bounds = rule.bounds(exposure.amount.currency)
    otherwise = _looser(near, policy, rule.then) or (" or ".join(bounds) if rule.then == "allow" and bounds else None)
    reason = f"{exposure.action} of {exposure.amount}: {_because(near, rule.then)}"
    role = (rule.role or policy.default_role) if rule.then == "ask" else None
    return Said(ruled(index, policy.cite(rule.name, "rule", position), rule.then, reason, otherwise), role)


def by_local_rules(plan: Plan, index: int, policy: Policy) -> Iterator[Said]:
    """What the rules of the step's company and warehouses say of it: all of them that have something against it."""
    exposure = plan.steps[index].exposure
    for local in policy.locals:
        for position, rule in enumerate(local.rules if local.concerns(exposure) else ()):
            objection = rule.objection(exposure, plan.confidence)
            if objection:
                reason = f"{exposure.action} of {exposure.amount}: {objection}"
                role = (rule.role or policy.default_role) if rule.then == "ask" else None
                place = local.cite(rule.name, "rule", position)
                yield Said(ruled(index, place, rule.then, reason, None, local=True), role)


def by_limits(plan: Plan, usage: Usage, policy: Policy) -> Iterator[Said]:
    """Limits that the plan's steps, added up, would exceed together with what is committed."""
    for layer in policy.layers(step.exposure for step in plan.steps):
        for position, limit in enumerate(layer.limits):
            for steps in _shared(plan, limit, layer):
                exposures = [plan.steps[index].exposure for index in steps]
                excess = limit.excess(exposures, usage)
                if excess:
                    rule = layer.cite(limit.name, "limit", position)
                    step = steps[0] if len(steps) == 1 else None
                    otherwise = headroom(limit, exposures[0].amount.currency)
                    role = (limit.role or policy.default_role) if limit.then == "ask" else None
                    put_to = tuple(index for index in steps if _is_put_to(limit, layer, plan.steps[index].exposure))
                    yield Said(ruled(step, rule, limit.then, excess, otherwise, local=layer.local), role, put_to)


def _shared(plan: Plan, limit: Limit, layer: Layer) -> list[list[int]]:
    """The plan's steps by their key in the limit's dimension, for the keys that the limit is put to."""
    by_key: dict[str, list[int]] = {}
    for index, step in enumerate(plan.steps):
        key = limit.per.of(step.exposure)
        if key is not None:
            by_key.setdefault(key, []).append(index)
    return [steps for steps in by_key.values() if any(_is_put_to(limit, layer, plan.steps[i].exposure) for i in steps)]


def _is_put_to(limit: Limit, layer: Layer, exposure: Exposure) -> bool:
    return limit.concerns(exposure) and layer.concerns(exposure)


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


def ruled(
    step: int | None, rule: str, outcome: Outcome, reason: str, otherwise: str | None, *, local: bool = False
) -> Ruling:
    """A ruling on a step, or on the whole plan."""
    return Ruling(step=step, rule=rule, outcome=outcome, reason=reason, otherwise=otherwise, local=local)
