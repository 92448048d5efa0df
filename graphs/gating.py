"""The gate judges a plan; what it does not allow by itself waits for a person."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from langgraph.runtime import Runtime
from langgraph.types import interrupt

from domain.cases import CaseState
from domain.people import DESK
from domain.plans import Plan
from domain.verdicts import Outcome, Verdict
from graphs.acting import standing
from graphs.planning import PLANNED_FROM
from graphs.state import Phase, Services, State
from guardrails.gate import judge
from memory.parts import decisive
from memory.requests import Request
from memory.store import Store
from tools.catalogue import CATALOGUE

AFTER: dict[Outcome, Phase] = {"allow": "act", "ask": "approve", "refuse": "rest"}


def gate(state: State, runtime: Runtime[Services]) -> State:
    """Judge the newest plan together with what is already committed, and reserve what it would use."""
    store = runtime.context.store
    plan = store.plans.get(state["case"], store.cases.get(state["case"]).plan_version)
    verdict = submit(runtime.context, plan, expected=PLANNED_FROM)
    return {"phase": AFTER[verdict.outcome], "why": verdict.reason}


def submit(services: Services, plan: Plan, *, expected: AbstractSet[CaseState]) -> Verdict:
    """Judge a saved plan, reserve what it would use and move its case on, at once; raises Conflict where it moved."""
    store, now, catalogue = services.store, services.clock.now(), frozenset(CATALOGUE) | frozenset(services.kinds)
    done_at = oldest_effect(store, plan)
    return store.plans.reserve(
        plan,
        lambda usage: judge(plan, usage, services.policy, catalogue, now, done_at=done_at),
        expected=expected,
    ).verdict


def oldest_effect(store: Store, plan: Plan) -> datetime | None:
    """When the oldest effect was done that a rollback may take back; None for a remedy."""
    if plan.purpose != "rollback":
        return None
    stands = {intent.key for intent, _ in standing(store, plan.case)}
    return min((effect.at for effect in store.register.effects(plan.case) if effect.key in stands), default=None)


def approve(state: State, runtime: Runtime[Services]) -> State:
    """Wait for a person; holds nothing but the interrupt, since a resume runs it again from the top."""
    requests = runtime.context.store.requests.last_asked(state["case"])
    plan = runtime.context.store.plans.get(requests[0].case, requests[0].plan_version)
    interrupt(review([request for request in requests if request.state == "pending"], plan))
    return {"phase": "settle"}


def settle(state: State, runtime: Runtime[Services]) -> State:
    """Go on as the requests' rows say, when all of them are answered; what a resume carried is not believed."""
    store = runtime.context.store
    requests = store.requests.last_asked(state["case"])
    request = decisive(requests)
    match request.state:
        case "approved" if wrong := store.requests.forged(request):
            store.cases.move(request.case, "queued", f"{wrong}; verify the journal", expected="waiting")
            return {"phase": "rest"}
        case "approved":
            why = f"{' and '.join(one.id for one in requests)} {'was' if len(requests) == 1 else 'were'} approved"
            store.cases.move(request.case, "acting", why, expected="waiting")
            return {"phase": "act", "why": why}
        case "rejected":
            why = f"{request.id} was rejected: {request.reason}"
            store.cases.move(request.case, "queued", why, actor=request.decided_by or DESK, expected="waiting")
            return {"phase": "rest"}
        case "pending":
            return {"phase": "approve"}
        case _ if store.plans.get(request.case, request.plan_version).purpose == "rollback":
            why = f"{request.id} is {request.state}: the rollback was not decided; ask for it again"
            store.cases.move(request.case, "queued", why, expected="waiting")
            return {"phase": "rest"}
        case _:
            why = f"{request.id} is {request.state}: planned again"
            store.cases.move(request.case, "open", why, expected="waiting")
            return {"phase": "gather"}


def review(requests: Sequence[Request], plan: Plan) -> dict[str, Any]:
    """The interrupt's value in LangChain's ``HITLRequest`` shape, so that other inboxes can show it."""
    return {
        "action_requests": [
            {"name": step.action, "args": step.params, "description": f"{step.words} Rollback: {step.rollback.words}"}
            for step in plan.steps
        ],
        "review_configs": [
            {"action_name": step.action, "allowed_decisions": ["approve", "edit", "reject"]} for step in plan.steps
        ],
        "requests": [
            {"request": request.id, "role": request.role, "steps": list(request.steps), "digest": request.digest}
            for request in requests
        ],
        "plan_digest": plan.digest,
    }
