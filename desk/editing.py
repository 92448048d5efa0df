"""Turn the knobs that an option offers: a new plan version on fresh evidence, judged again."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from desk.deciding import entitled, replanned
from desk.desk import Desk
from desk.recovering import recover
from domain.cases import Case, CaseState
from domain.people import Person
from domain.plans import Choice, Evidence, Option, Plan
from domain.refusals import Refusal
from domain.values import Value
from graphs.gating import submit
from graphs.planning import draw_up
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


def edit(desk: Desk, request_id: str, person: Person, knobs: Mapping[str, Decimal]) -> Edited | Refusal:
    """Turn the knobs of a waiting plan; the old request is over, and the new plan is not approved by being made."""
    recover(desk)
    request = desk.store.requests.get(request_id)
    asked = editable(desk, request, person)
    if isinstance(asked, Refusal):
        return asked
    case = desk.store.cases.get(request.case)
    reader, now = desk.gateway.reader(case.company), desk.clock.now()
    evidence = desk.kinds[case.kind].gather(reader, case.subject, now, desk.terms)
    if evidence is None:
        return replanned(desk, request, "the exception is gone")
    options = desk.kinds[case.kind].options(evidence)
    option = next((option for option in options if option.name == asked.option), None)
    if option is None:
        return replanned(desk, request, f"option {asked.option} no longer exists")
    turned = desk.kinds[case.kind].adjust(evidence, option, knobs)
    if isinstance(turned, Refusal):
        return turned
    plan = drawn_up(desk, case, evidence, exchanged(options, turned), turned, said(knobs), person)
    return plan if isinstance(plan, Refusal) else put_forward(desk, request, evidence, plan)


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


def drawn_up(
    desk: Desk,
    case: Case,
    evidence: Evidence,
    options: Sequence[Option],
    turned: Option,
    how: str,
    person: Person,
) -> Plan | Refusal:
    """The turned option as the next plan version, in the person's name."""
    choice = Choice(option=turned.name, reason=f"edited: {how}", planner=person.actor, confidence=turned.confidence)
    return draw_up(desk.runner.services(), case, evidence, options, choice, edited_by=person.actor)


def put_forward(desk: Desk, request: Request, evidence: Evidence, plan: Plan) -> Edited | Refusal:
    """Put the plan in the place of the one that was asked about, unless that was decided meanwhile."""
    desk.store.evidence.save(plan.case, evidence)
    try:
        desk.store.plans.save(plan, expected=ASKED, replaces=request.id)
        submit(desk.runner.services(), plan, expected=ASKED)
    except Conflict as overtaken:
        return Refusal(guard="decided", reason=f"{request.id} moved on while it was edited: {overtaken}")
    case = desk.runner.run(plan.case)
    asked = tuple(desk.store.requests.pending(case.id))
    return Edited(superseded=desk.store.requests.get(request.id), requests=asked, case=case)


def exchanged(options: Sequence[Option], turned: Option) -> tuple[Option, ...]:
    """The options with one of them replaced by its edited self."""
    return tuple(turned if option.name == turned.name else option for option in options)


def said(knobs: Mapping[str, Decimal]) -> str:
    """Knobs in words: ``quantity = 24``."""
    return ", ".join(f"{name} = {value}" for name, value in sorted(knobs.items()))
