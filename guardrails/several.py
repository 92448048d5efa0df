"""What names or counts one product cannot see a step for several of them: then a person is asked."""

from collections.abc import Iterator, Sequence
from itertools import chain

from domain.exposures import Dimension, Exposure
from domain.plans import Plan
from guardrails.limits import Limit
from guardrails.local import LocalRule
from guardrails.patterns import names
from guardrails.policy import Layer, Policy
from guardrails.rules import Rule
from guardrails.ruling import Said, ruled


def by_products(plan: Plan, policy: Policy, said: Sequence[Said]) -> Iterator[Said]:
    """What asks about a product is put to a step for several unless somebody is asked anyway; what refuses, always."""
    for index, step in enumerate(plan.steps):
        if plan.purpose == "rollback" or not step.exposure.several:
            continue
        spoken = any(one.ruling.outcome != "allow" and index in one.about(plan) for one in said)
        for layer in policy.layers([step.exposure]):
            for place, one in _overlooking(layer, step.exposure):
                if one.then == "refuse" or not spoken:
                    reason = f"{step.exposure.action} of {step.exposure.amount} is for several products at once"
                    role = one.role or policy.default_role
                    yield Said(ruled(index, place, "ask", reason, None, local=layer.local), role)
                    spoken = True


def _overlooking(layer: Layer, exposure: Exposure) -> Iterator[tuple[str, Rule | LocalRule | Limit]]:
    """Each rule and limit that might be about one of the products, with where it stands."""
    rules: Sequence[Rule | LocalRule] = layer.rules
    held = ((layer.cite(rule.name, "rule", at), rule) for at, rule in enumerate(rules) if _blind(rule, exposure))
    limits = (
        (layer.cite(limit.name, "limit", at), limit)
        for at, limit in enumerate(layer.limits)
        if limit.per is Dimension.PRODUCT and names(limit.actions, exposure.action)
    )
    return chain(held, limits)


def _blind(rule: Rule | LocalRule, exposure: Exposure) -> bool:
    """A rule that names products and holds a step back, and concerns this one but for its products."""
    return bool(rule.products) and rule.then != "allow" and rule.but(products=()).concerns(exposure)
