"""Turn the knobs that an option offers: a new plan version on fresh evidence, judged again."""

from collections.abc import Mapping
from decimal import Decimal

from desk.deciding import entitled, replanned
from desk.desk import Desk
from desk.drawing import Drawn, Gone, drawn, put_forward
from desk.notifying import notifying
from desk.recovering import recover
from domain.cases import Case, CaseState
from domain.people import Person
from domain.plans import Plan
from domain.refusals import Refusal
from domain.values import Value
from memory.errors import Conflict
from memory.requests import Request

ASKED: frozenset[CaseState] = frozenset({"waiting"})
"""Where a case stands whose plan may be edited."""


class Edited(Value):
    """A new plan version made by a person, judged again."""

    superseded: Request
    requests: tuple[Request, ...]
    """Whoever is asked about the new plan; nobody where policy allows or refuses it."""
    case: Case


@notifying
def edit(desk: Desk, request_id: str, person: Person, knobs: Mapping[str, Decimal]) -> Edited | Refusal:
    """Turn the knobs of a waiting plan; the old request is over, and the new plan is not approved by being made."""
    recover(desk)
    request = desk.store.requests.get(request_id)
    asked = editable(desk, request, person)
    if isinstance(asked, Refusal):
        return asked
    case = desk.store.cases.get(request.case)
    match drawn(desk, case, asked.option, knobs, person, "edited"):
        case Gone(why):
            return replanned(desk, request, why)
        case Refusal() as refusal:
            return refusal
        case made:
            return exchanged(desk, request, made)


def editable(desk: Desk, request: Request, person: Person) -> Plan | Refusal:
    """The plan that a request asks about, where this person may change it."""
    if request.state != "pending":
        return Refusal(guard="request", reason=f"{request.id} is {request.state}; there is nothing to edit")
    refusal = entitled(desk, person, request, edits=True)
    if refusal:
        return refusal
    asked = desk.store.plans.get(request.case, request.plan_version)
    if asked.purpose == "rollback":
        return Refusal(guard="knob", reason=f"{request.id} asks for a rollback, which offers nothing to edit")
    return asked


def exchanged(desk: Desk, request: Request, made: Drawn) -> Edited | Refusal:
    """Put the plan in the place of the one that was asked about, unless that was decided meanwhile."""
    try:
        case = put_forward(desk, made, expected=ASKED, replaces=request.id)
    except Conflict as overtaken:
        return Refusal(guard="decided", reason=f"{request.id} moved on while it was edited: {overtaken}")
    asked = tuple(desk.store.requests.pending(case.id))
    return Edited(superseded=desk.store.requests.get(request.id), requests=asked, case=case)
