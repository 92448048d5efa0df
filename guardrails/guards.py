"""What no rule of a policy can loosen: switches, scopes, stale evidence, steps that are not what they say they are."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.catalogue import Catalogue
from domain.exposures import Exposure, Risk
from domain.plans import Plan, Step
from domain.verdicts import Ruling
from guardrails.amounts import amount_in
from guardrails.patterns import names
from guardrails.policy import Layer, Policy
from guardrails.sections import Caps


def on_plan(plan: Plan, policy: Policy, now: datetime) -> Iterator[Ruling]:
    """What stands against the plan as a whole."""
    if plan.company in policy.pause.companies:
        rule, reason = policy.cite("pause", "pause", "companies"), f"company {plan.company} is paused"
        yield refused(None, rule, reason, "ending the pause")
    for layer in policy.layers(step.exposure for step in plan.steps):
        for ruling in (*_switches(plan, layer), *_autonomy(plan, layer), *_freshness(plan, layer, now)):
            yield ruling.but(local=layer.local)
    currencies = sorted({step.exposure.amount.currency for step in plan.steps})
    if len(currencies) > 1:
        yield refused(None, "one-currency", f"the steps are in {' and '.join(currencies)}; one plan needs one currency")


def on_step(plan: Plan, index: int, policy: Policy, catalogue: Catalogue) -> Iterator[Ruling]:
    """What stands against one step, whatever the rules say."""
    step = plan.steps[index]
    fault = _fault(plan, step)
    if fault:
        yield refused(index, "sound-step", fault)
    if step.action not in catalogue:
        yield refused(index, "known-action", f"the desk knows no action called {step.action}")
    for layer in policy.layers([step.exposure]):
        for ruling in _limited(plan, index, layer):
            yield ruling.but(local=layer.local)
    if step.exposure.risk is Risk.IRREVERSIBLE and not names(policy.irreversible_allowed, step.action):
        yield Ruling(
            step=index,
            rule=policy.cite("irreversible", "irreversible_allowed"),
            outcome="ask",
            reason=f"nothing brings the effect of {step.action} back",
            otherwise=f"naming {step.action} under irreversible_allowed",
        )


def over_cap(caps: Caps, exposure: Exposure) -> str:
    """Why a step is beyond what anybody may approve."""
    asked = exposure.amount
    if caps.step and amount_in(caps.step, asked.currency) is None:
        return (
            f"{asked} in one step has no cap to be held against: the policy names none in {asked.currency}, only {caps}"
        )
    return f"{asked} in one step is over the cap of {caps}"


def refused(step: int | None, rule: str, reason: str, otherwise: str | None = None) -> Ruling:
    return Ruling(step=step, rule=rule, outcome="refuse", reason=reason, otherwise=otherwise)


def _limited(plan: Plan, index: int, layer: Layer) -> Iterator[Ruling]:
    """What one policy, of everybody or of a place, has against the action or the size of a step."""
    step = plan.steps[index]
    if not layer.in_scope(plan.kind, step.action):
        scope = layer.cite("scopes", "scopes", plan.kind)
        otherwise = f"naming {step.action} under scopes.{plan.kind}"
        yield refused(index, scope, f"the {plan.kind} agent may not use {step.action}", otherwise)
    if names(layer.pause.actions, step.action):
        yield refused(index, layer.cite("pause", "pause", "actions"), f"{step.action} is paused", "ending the pause")
    if layer.caps is not None and _sound(step.exposure) and not layer.caps.admits(step.exposure.amount):
        rule, otherwise = layer.cite("caps", "caps", "step"), f"a step of at most {layer.caps}"
        yield refused(index, rule, over_cap(layer.caps, step.exposure), otherwise)


def _switches(plan: Plan, layer: Layer) -> Iterator[Ruling]:
    if layer.pause.all:
        reason = f"{layer.reach} is paused"
        yield refused(None, layer.cite("pause", "pause", "all"), reason, "ending the pause")
    if plan.kind in layer.pause.kinds:
        yield refused(None, layer.cite("pause", "pause", "kinds"), f"{plan.kind} is paused", "ending the pause")


def _autonomy(plan: Plan, layer: Layer) -> Iterator[Ruling]:
    """How far the desk may go by itself with this kind; a rollback is asked for by a person and has its own section."""
    if plan.purpose == "rollback":
        return
    rule = layer.cite("autonomy", "autonomy", plan.kind)
    match layer.autonomy_of(plan.kind):
        case "observe":
            yield refused(None, rule, f"{plan.kind} is only observed", f"{plan.kind} on approve or auto")
        case "propose":
            yield refused(None, rule, f"{plan.kind} is only proposed", f"{plan.kind} on approve or auto")
        case "approve":
            reason = f"every {plan.kind} plan needs a person's approval"
            yield Ruling(step=None, rule=rule, outcome="ask", reason=reason, otherwise=f"{plan.kind} on auto")
        case "auto":
            return


def _freshness(plan: Plan, layer: Layer, now: datetime) -> Iterator[Ruling]:
    """Evidence from the future is no fresher than old evidence: its clock cannot be believed."""
    if layer.freshness is None:
        return
    most, age = timedelta(seconds=layer.freshness.evidence_seconds), now - plan.evidence_at
    if abs(age) <= most:
        return
    found = f"{age.total_seconds():.0f} s old" if age > timedelta(0) else "from the future"
    rule = layer.cite("freshness", "freshness", "evidence_seconds")
    yield refused(None, rule, f"the evidence is {found}, stale", f"evidence of at most {most.total_seconds():.0f} s")


def _fault(plan: Plan, step: Step) -> str | None:
    """How a step differs from what its plan or its own exposure says; permission would be given for something else."""
    exposure, direction = step.exposure, "undo" if plan.purpose == "rollback" else "do"
    if exposure.action != step.action:
        return f"the exposure is of {exposure.action}, the step is {step.action}"
    if exposure.company != plan.company:
        return f"the exposure is of company {exposure.company}, the plan of company {plan.company}"
    if step.direction != direction:
        return f"a {plan.purpose} may hold only steps to {direction}"
    if not _sound(exposure):
        return "amount and quantity must be finite and not negative"
    return None


def _sound(exposure: Exposure) -> bool:
    return all(number.is_finite() and number >= 0 for number in (exposure.amount.amount, exposure.quantity))
