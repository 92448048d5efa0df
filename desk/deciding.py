"""The one choke point: whoever decides a request, from wherever, decides it here."""

from typing import Literal

from desk.desk import Desk
from desk.recovering import recover
from domain.cases import Case
from domain.errors import Misuse
from domain.people import Person
from domain.refusals import Refusal
from domain.values import Value
from guardrails.deciding import may_decide
from memory.errors import StoreError
from memory.requests import Request

Answer = Literal["approve", "reject"]


class Decided(Value):
    """A request after its decision, and the case as far as it went."""

    request: Request
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
    return Decided(request=outcome.request, case=carried_on(desk, outcome.request))


def carried_on(desk: Desk, request: Request) -> Case:
    """The case after its decision; a database that fails only now does not make the decision undone."""
    try:
        return desk.runner.resume(request.case)
    except StoreError as fault:
        stands = f"{request.id} is {request.state} and recorded; it was not carried out yet"
        raise type(fault)(f"{stands}: {fault}; the next scan, or serve, goes on with it") from fault


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
