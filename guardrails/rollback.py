"""What the rollback sections of a policy say of a plan that takes something back."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from domain.exposures import Exposure, Risk
from domain.money import Money
from domain.plans import Plan
from guardrails.amounts import amount_in, within
from guardrails.policy import Layer, Policy
from guardrails.ruling import Said, ruled
from guardrails.sections import Rollback

Done = datetime | None
"""When the oldest effect that a rollback takes back was done, None where that is not known."""


def by_rollback(plan: Plan, index: int, policy: Policy, now: datetime, done_at: Done) -> Iterator[Said]:
    """What is said of a step that takes something back."""
    exposure = plan.steps[index].exposure
    taking = f"taking back {exposure.action} of {exposure.amount}"
    for layer, section in _sections(policy, [exposure]):
        held = _held_back(exposure, section, now, done_at)
        if held is None:
            rule = layer.cite("rollback", "rollback")
            reason = f"{taking} is small and recent enough"
            yield Said(ruled(index, rule, "allow", reason, None, local=layer.local))
        else:
            yield _held(index, policy, layer, section, f"{taking}: {held}")


def by_rollback_in_all(plan: Plan, total: Money, policy: Policy) -> Iterator[Said]:
    """What is said of the steps together: small steps make no small rollback of a large plan."""
    for layer, section in _sections(policy, [step.exposure for step in plan.steps]):
        most = amount_in(section.allow_max_amount, total.currency)
        if len(plan.steps) > 1 and most is not None and not total <= most:
            yield _held(None, policy, layer, section, f"taking back {total} in all is over {most}")


def _sections(policy: Policy, exposures: Iterable[Exposure]) -> Iterator[tuple[Layer, Rollback]]:
    """The section of the policy, and those of the places that the steps concern."""
    for layer in policy.layers(exposures):
        if layer.rollback is not None:
            yield layer, layer.rollback


def _held(step: int | None, policy: Policy, layer: Layer, section: Rollback, reason: str) -> Said:
    role = (section.role or policy.default_role) if section.then == "ask" else None
    rule, otherwise = layer.cite("rollback", "rollback"), _allowance(section)
    return Said(ruled(step, rule, section.then, reason, otherwise, local=layer.local), role)


def _held_back(exposure: Exposure, section: Rollback, now: datetime, done_at: Done) -> str | None:
    """Why a step is not taken back without being asked, None where it may be."""
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


def _allowance(section: Rollback) -> str | None:
    if section.allow_within_hours is None:
        return None
    most = " or ".join(str(amount) for amount in section.allow_max_amount)
    return f"a reversible effect of at most {most}, no older than {section.allow_within_hours} h"
