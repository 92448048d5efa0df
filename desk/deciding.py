"""The one choke point: whoever decides a request, from wherever, decides it here."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal

from desk.desk import Desk
from desk.recovering import recover
from domain.cases import Case, CaseState
from domain.errors import Misuse
from domain.people import Person
from domain.plans import Choice, Option
from domain.refusals import Refusal
from domain.values import Value
from graphs.gating import submit
from graphs.planning import draw_up
from guardrails.deciding import may_decide
from memory.errors import Conflict
from memory.requests import Request

Answer = Literal["approve", "reject"]
ASKED: frozenset[CaseState] = frozenset({"waiting"})
"""Where a case stands whose plan may be edited."""


class Decided(Value):
    """A request after its decision, and the case as far as it went."""

    request: Request
    case: Case


class Edited(Value):
    """A new plan version made by a person, judged again."""

    superseded: Request
    request: Request | None
    """The new request, None where policy allows the edited plan or refuses it."""
    case: Case


def decide(desk: Desk, request_id: str, person: Person, answer: Answer, reason: str = "") -> Decided | Refusal:
    """Approve or reject what a request's digest names; the loser of a race is told who decided."""
    if answer == "reject" and not reason.strip():
        raise Misuse("a rejection needs a reason; give one with --reason")
    recover(desk)
    request = desk.store.requests.get(request_id)
    if request.state == "pending" and request.policy_digest != desk.policy.digest:
        return replanned(desk, request, "the policy changed since this was asked")
    outcome = desk.store.requests.decide(
        request.id,
        person,
        answer,
        reason,
        plan_digest=request.plan_digest,
        policy_digest=desk.policy.digest,
        may=lambda asked: entitled(desk, person, asked),
    )
    if isinstance(outcome, Refusal):
        return outcome
    return Decided(request=outcome.request, case=desk.runner.resume(request.case))


def entitled(desk: Desk, person: Person, request: Request, *, edits: bool = False) -> Refusal | None:
    """Whether this person may decide this request, or edit what it asks for."""
    return may_decide(
        person,
        role=request.role,
        amount=request.amount,
        company=desk.store.cases.get(request.case).company,
        requested_by=request.requested_by,
        edited_by=None if edits else request.edited_by,
        four_eyes=request.four_eyes,
        policy=desk.policy,
    )


def edit(desk: Desk, request_id: str, person: Person, knobs: Mapping[str, Decimal]) -> Edited | Refusal:
    """Turn the knobs of a waiting plan: a new version on fresh evidence, judged again; the old request is over."""
    recover(desk)
    request = desk.store.requests.get(request_id)
    if request.state != "pending":
        return Refusal(guard="request", reason=f"{request.id} is {request.state}; there is nothing to edit")
    refusal = entitled(desk, person, request, edits=True)
    if refusal:
        return refusal
    asked = desk.store.plans.get(request.case, request.plan_version)
    if asked.purpose == "rollback":
        return Refusal(guard="knob", reason=f"{request.id} asks for a rollback, which offers nothing to edit")
    case, services = desk.store.cases.get(request.case), desk.runner.services()
    agent = desk.kinds[case.kind]
    evidence = agent.gather(desk.gateway.reader(case.company), case.subject, desk.clock.now())
    if evidence is None:
        return replanned(desk, request, "the exception is gone")
    options = agent.options(evidence)
    option = next((option for option in options if option.name == asked.option), None)
    if option is None:
        return replanned(desk, request, f"option {asked.option} no longer exists")
    turned = agent.adjust(evidence, option, knobs)
    if isinstance(turned, Refusal):
        return turned
    choice = Choice(
        option=turned.name, reason=f"edited: {said(knobs)}", planner=person.actor, confidence=turned.confidence
    )
    plan = draw_up(services, case, evidence, exchanged(options, turned), choice, edited_by=person.actor)
    if isinstance(plan, Refusal):
        return plan
    desk.store.evidence.save(case.id, evidence)
    try:
        desk.store.plans.save(plan, expected=ASKED, replaces=request.id)
        submit(services, plan, expected=ASKED)
    except Conflict as overtaken:
        return Refusal(guard="decided", reason=f"{request.id} moved on while it was edited: {overtaken}")
    case = desk.runner.run(case.id)
    return Edited(superseded=desk.store.requests.get(request.id), request=pending(desk, case), case=case)


def replanned(desk: Desk, request: Request, why: str) -> Refusal:
    """End a request that no longer fits and plan its case again."""
    desk.store.requests.supersede(request.case, why)
    case = desk.runner.run(request.case)
    anew = pending(desk, case)
    then = f"it is asked again as {anew.id}" if anew else f"case {case.id} is now {case.state}: {case.why}"
    return Refusal(guard="changed", reason=f"{request.id} no longer stands, {why}; {then}")


def pending(desk: Desk, case: Case) -> Request | None:
    """The request of a case that waits, if one does."""
    return next(iter(desk.store.requests.pending(case.id)), None)


def exchanged(options: Sequence[Option], turned: Option) -> tuple[Option, ...]:
    """The options with one of them replaced by its edited self."""
    return tuple(turned if option.name == turned.name else option for option in options)


def said(knobs: Mapping[str, Decimal]) -> str:
    """Knobs in words: ``quantity = 24``."""
    return ", ".join(f"{name} = {value}" for name, value in sorted(knobs.items()))
