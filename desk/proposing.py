"""A person picks another option of a case, or one that only people pick: judged by policy like an edited plan."""

from collections.abc import Mapping
from decimal import Decimal

from desk.concern import concerned
from desk.deciding import entitled
from desk.desk import Desk
from desk.drawing import Drawn, Gone, drawn, put_forward
from desk.holding import owned
from desk.notifying import notifying
from desk.recovering import recover
from domain.cases import Case, CaseState
from domain.people import Person
from domain.plans import Plan
from domain.refusals import Refusal
from domain.values import Row, Value
from domain.words import typed_if_any
from memory.errors import Conflict
from memory.journal import Note
from memory.requests import Request

FROM: frozenset[CaseState] = frozenset({"open", "waiting", "queued", "closed"})
"""Where a case stands about which a person may propose; a closed one comes back, as a relapse would bring it."""


class Proposed(Value):
    """A plan version that a person put forward, judged, and the case as far as that let it go."""

    plan: Plan
    requests: tuple[Request, ...]
    """Whoever is asked about it; nobody where policy allows or refuses it."""
    case: Case


@notifying
def propose(
    desk: Desk, case_id: str, person: Person, option: str, knobs: Mapping[str, Decimal], reason: str = ""
) -> Proposed | Refusal:
    """Make an option the case's plan; what was asked about an older plan is over, and nothing is approved by this."""
    why = typed_if_any(reason)
    recover(desk)
    case = desk.store.cases.get(case_id)
    refusal = unfit(desk, case, person)
    if refusal:
        return refusal
    match drawn(desk, case, option, knobs, person, "proposed"):
        case Gone(gone):
            return Refusal(guard="options", reason=f"case {case.id} cannot be planned so: {gone}")
        case Refusal(guard="options", reason=nothing):
            aside = f"python app.py dismiss {case.id}"
            return Refusal(guard="options", reason=f"{nothing}; to leave it as it is: {aside}")
        case Refusal() as refusal:
            return refusal
        case made:
            return concerned(desk, person, case.company, actions(made.plan)) or submitted(desk, case, made, person, why)


def unfit(desk: Desk, case: Case, person: Person) -> Refusal | None:
    """Why nothing can be proposed about a case as it stands, or not by this person."""
    if case.state not in FROM:
        reason = f"case {case.id} is {case.state}: {case.why}; propose when it rests, waits or is closed"
        return Refusal(guard="state", reason=reason)
    refusal = concerned(desk, person, case.company, ()) or owned(desk, case, person) or overruled(desk, case, person)
    if refusal:
        return refusal
    newest = desk.store.plans.newest(case.id)
    if case.state == "waiting" and newest and newest.purpose == "rollback":
        return Refusal(guard="state", reason=f"case {case.id} waits for a decision on its rollback; decide that first")
    same = (other for other in desk.store.cases.list(kind=case.kind, company=case.company) if other.id != case.id)
    newer = next((other.id for other in same if other.subject == case.subject and not other.over), None)
    if newer:
        return Refusal(guard="state", reason=f"case {newer} is about the same now; propose there")
    return None


def overruled(desk: Desk, case: Case, person: Person) -> Refusal | None:
    """Refuse whoever may edit nothing of what is asked: a proposal ends it, as an edit does."""
    waiting = desk.store.requests.pending(case.id)
    refusals = [entitled(desk, person, request, edits=True) for request in waiting]
    if not waiting or None in refusals:
        return None
    asked = " and ".join(f"{request.id} asks {request.role}" for request in waiting)
    why = next(refusal for refusal in refusals if refusal is not None)
    return why.but(reason=f"{asked}, and a proposal would end that: {why.reason}")


def actions(plan: Plan) -> set[str]:
    """What a plan does."""
    return {step.action for step in plan.steps}


def submitted(desk: Desk, case: Case, made: Drawn, person: Person, why: str) -> Proposed | Refusal:
    """Put the plan forward, unless somebody decided or moved the case meanwhile."""
    waiting = [request.id for request in desk.store.requests.pending(case.id)]
    if case.state == "waiting" and not waiting:
        return Refusal(guard="decided", reason=f"case {case.id} was decided just now; look again: case {case.id}")
    words = {"login": person.login, "name": person.name} | ({"reason": why} if why else {})
    facts: Row = {"version": made.plan.version, "option": made.plan.option}
    note = Note(kind="plan.put_forward", facts=facts, case=case.id, actor=person.actor, personal=words)
    try:
        moved = put_forward(desk, made, expected={case.state}, replaces=next(iter(waiting), None), with_note=note)
    except Conflict as overtaken:
        return Refusal(guard="decided", reason=f"case {case.id} moved on meanwhile: {overtaken}")
    asked = tuple(desk.store.requests.pending(case.id))
    return Proposed(plan=made.plan, requests=asked, case=moved)
