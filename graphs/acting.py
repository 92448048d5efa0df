"""Carry out a plan step by step through the gateway, check that it held, and take it back when it failed half-way."""

from collections.abc import Iterator

from langgraph.runtime import Runtime

from domain.intents import Compensated, Intent, Later, Stale, Undo, Unknown
from domain.plans import Plan
from domain.refusals import Refusal
from graphs.state import Services, State
from memory.store import Store
from tools.action import Mismatch
from tools.catalogue import CATALOGUE
from tools.gateway import Outcome


def act(state: State, runtime: Runtime[Services]) -> State:
    """Every step of the newest plan, in order; a step that was done before is not done again."""
    services = runtime.context
    case = services.store.cases.get(state["case"])
    plan = services.store.plans.get(case.id, case.plan_version)
    for index in range(len(plan.steps)):
        services.heartbeat()
        result = services.gateway.perform(intended(services, plan, index), None)
        if not isinstance(result, Undo | Compensated):
            return after_failure(services, plan, index, result)
    return {"phase": "verify"}


def intended(services: Services, plan: Plan, index: int) -> Intent:
    """The intent of a step: exactly what was journalled where it was begun before, whatever the policy says since."""
    intent = Intent.of(plan, index, desk=services.store.desk, policy_digest=services.policy.digest)
    return services.store.register.stored(intent.key) or intent


def after_failure(services: Services, plan: Plan, index: int, result: Refusal | Stale | Unknown | Later) -> State:
    """Where a plan goes whose step did not succeed."""
    why = f"step {index + 1} of {len(plan.steps)}, {plan.steps[index].action}: {result.reason}"
    if put_off(result):
        held = "held by a pause before " if isinstance(result, Refusal) else ""
        services.store.cases.remark(plan.case, f"{held}{why}; taken up again later")
        return {"phase": "rest"}
    if isinstance(result, Unknown):
        services.store.cases.move(plan.case, "unknown", why)
        return {"phase": "rest"}
    if standing(services.store, plan.case, plan.version):
        services.store.cases.move(plan.case, "undoing", why)
        return {"phase": "undo"}
    if plan.purpose == "remedy" and overtaken(result):
        services.store.cases.move(plan.case, "open", why)
        return {"phase": "gather", "again": isinstance(result, Refusal) and result.guard == "rights"}
    return {"phase": "queue", "why": why}


def verify(state: State, runtime: Runtime[Services]) -> State:
    """Read again what every step but the last left behind: a later one may have undone it; the last was just read."""
    services = runtime.context
    case = services.store.cases.get(state["case"])
    plan, reader = services.store.plans.get(case.id, case.plan_version), services.gateway.reader(case.company)
    for intent, undo in standing(services.store, case.id, case.plan_version)[:-1]:
        action = CATALOGUE[intent.action]
        seen = action.verify(reader, action.parse(intent.params), undo)
        if isinstance(seen, Mismatch):
            services.store.cases.move(case.id, "undoing", f"{intent.action} did not hold: {seen.reason}")
            return {"phase": "undo"}
    done = services.store.register.effects(case.id, case.plan_version)
    return {"phase": "close", "why": "; ".join((*(one.result.words for one in done if one.result), *own_will(plan)))}


def own_will(plan: Plan) -> Iterator[str]:
    """What a person did instead of what the desk offered, and the money that this leaves at risk."""
    if plan.edited_by is None:
        return
    yield plan.reason
    stays = plan.money_at_risk - plan.risk_removed
    if stays.amount > 0:
        yield f"{stays} stays at risk"


def take_back(state: State, runtime: Runtime[Services]) -> State:
    """Take back, newest first, what a failed plan had done already."""
    services = runtime.context
    case = services.store.cases.get(state["case"])
    for intent, undo in reversed(standing(services.store, case.id, case.plan_version)):
        services.heartbeat()
        result = services.gateway.perform(intent.taken_back(undo), None)
        if later := put_off(result):
            services.store.cases.remark(case.id, f"{case.why}; taken back later: {later}")
            return {"phase": "rest"}
        if isinstance(result, Unknown):
            services.store.cases.move(case.id, "unknown", result.reason)
            return {"phase": "rest"}
        if not isinstance(result, Compensated):
            return {"phase": "queue", "why": f"{case.why}; {intent.action} could not be taken back: {result}"}
    return {"phase": "queue", "why": f"{case.why}; what had been done was taken back"}


def put_off(result: Outcome) -> str | None:
    """Why the step is only put off, None where it is not: Odoo cannot be reached, or a pause holds it."""
    if isinstance(result, Later) or (isinstance(result, Refusal) and result.guard == "pause"):
        return result.reason
    return None


def overtaken(result: Outcome) -> bool:
    """Whether another plan can do better: its leave ran out, the facts it counted on are gone, or it is for others.

    What the desk's user turned out not to be allowed is asked of somebody else by the next plan.
    """
    again = ("grant", "precondition", "rights")
    return isinstance(result, Stale) or (isinstance(result, Refusal) and result.guard in again)


def standing(store: Store, case: str, version: int | None = None) -> list[tuple[Intent, Undo]]:
    """The effects of a case (of one plan version) that nothing has taken back yet, in the order they were made.

    What is done a second time may leave the very same undo as before: one taking back ends one effect, the newest.
    """
    left: list[tuple[Intent, Undo]] = []
    for effect in store.register.effects(case):
        if effect.state == "done" and isinstance(effect.result, Undo):
            left.append((effect.intent, effect.result))
        elif effect.state == "done":
            _end_newest(left, effect.intent.params_digest)
    return [(intent, undo) for intent, undo in left if version in (None, intent.plan_version)]


def _end_newest(left: list[tuple[Intent, Undo]], taken_back: str) -> None:
    same = [index for index, (_, undo) in enumerate(left) if undo.digest == taken_back]
    if same:
        del left[same[-1]]
