"""Take back what a case did: a plan of its own, judged, granted, and compared with the state we left."""

from desk.concern import concerned
from desk.desk import Desk
from desk.holding import owned
from desk.notifying import notifying
from desk.recovering import recover
from domain.cases import NOTICE, Case, CaseState
from domain.people import Person
from domain.plans import Plan
from domain.refusals import Refusal
from graphs.acting import standing
from graphs.ending import unsettled
from graphs.gating import submit
from memory.errors import Conflict
from memory.notices import parted
from tools.catalogue import price_undo

FROM: frozenset[CaseState] = frozenset({"closed", "queued"})
"""Where a case stands that may be rolled back."""


def preview(desk: Desk, case_id: str, person: Person) -> Plan | Refusal:
    """What a rollback would do, newest effect first; changes nothing."""
    case = desk.store.cases.get(case_id)
    if case.kind == NOTICE:
        request = parted(case.subject)[0]
        reason = f"case {case.id} only tells of {request}: it ends by itself as soon as {request} is decided"
        return Refusal(guard="kind", reason=reason)
    if case.state not in FROM:
        return Refusal(guard="state", reason=f"case {case.id} is {case.state}; {first_of_all(desk, case)}")
    if unsettled(desk.store, case.id):
        reason = f"a step of case {case.id} was never settled: look for its mark in Odoo (python app.py case {case.id})"
        return Refusal(guard="effects", reason=reason)
    newest = desk.store.plans.newest(case.id)
    effects = standing(desk.store, case.id)
    if newest is None or not effects:
        return Refusal(guard="effects", reason=f"case {case.id} left nothing in Odoo that could be taken back")
    taken = owned(desk, case, person)
    if taken:
        return taken
    steps = tuple(price_undo(intent.action, undo, intent.exposure) for intent, undo in reversed(effects))
    refusal = concerned(desk, person, case.company, {step.action for step in steps})
    if refusal:
        return refusal
    return newest.but(
        version=case.plan_version + 1,
        purpose="rollback",
        undoes=effects[-1][0].plan_version,
        option="rollback",
        title=f"Roll back what was done because {case.title}",
        reason=f"asked for by {person.actor}",
        planner="rules",
        requested_by=person.actor,
        edited_by=None,
        cost=None,
        risk_removed=newest.risk_removed * 0,
        knobs=(),
        rejected=(),
        evidence_at=desk.clock.now(),
        steps=steps,
    )


@notifying
def rollback(desk: Desk, case_id: str, person: Person) -> Case | Refusal:
    """Take a case's effects back in reverse order, as far as policy and people allow."""
    recover(desk)
    plan = preview(desk, case_id, person)
    if isinstance(plan, Refusal):
        return plan
    try:
        desk.store.plans.save(plan, expected=FROM)
        submit(desk.runner.services(), plan, expected=FROM)
    except Conflict as overtaken:
        return Refusal(guard="state", reason=f"case {case_id} moved meanwhile: {overtaken}")
    return desk.runner.run(case_id)


def first_of_all(desk: Desk, case: Case) -> str:
    """What has to be done before a case can be rolled back that cannot be as it stands."""
    waiting = desk.store.requests.pending(case.id)
    if not waiting or not standing(desk.store, case.id):
        return "only a closed or queued case can be rolled back"
    ends = f"python app.py reject {waiting[0].id} --as LOGIN --reason WHY"
    return f"to take back what it did before, reject its request first: {ends}"
