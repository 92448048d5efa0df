"""What taking, snoozing and dismissing a case have in common: who may, from where, and that nobody is overruled."""

from collections.abc import Iterator

from desk.concern import concerned
from desk.desk import Desk
from desk.notifying import notifying
from desk.recovering import recover
from domain.cases import Case, CaseState
from domain.holds import HoldKind
from domain.people import DESK, Person
from domain.plans import Plan
from domain.refusals import Refusal
from domain.values import Instant
from domain.words import typed
from memory.errors import Conflict

HOLDABLE: frozenset[CaseState] = frozenset({"open", "waiting", "queued"})
"""Where a case stands that a person may hold back: no step of it is under way, and it is not over."""

INSTEAD: dict[CaseState, str] = {
    "acting": "its steps are being carried out: wait until they are, or pause the desk",
    "undoing": "its steps are being taken back: wait until they are",
    "unknown": "nobody can tell how a step of it ended: look in Odoo for its mark, then close it",
    "closed": "it is over: a scan brings it back when its facts change",
}
"""What to do about a case that cannot be held back where it stands."""


@notifying
def hold(
    desk: Desk, case_id: str, person: Person, kind: HoldKind, reason: str, until: Instant | None = None
) -> Case | Refusal:
    """Keep the desk from a case; what it waited for is withdrawn."""
    why = typed(reason, f"a case is {kind} with a reason; give one with --reason")
    recover(desk)
    case, held = desk.store.cases.get(case_id), desk.store.holds.of_case(case_id)
    refusal = involved(desk, case, person) or (None if kind == "taken" else owned(desk, case, person))
    if refusal:
        return refusal
    if case.state not in HOLDABLE:
        return Refusal(guard="state", reason=f"case {case.id} is {case.state}: {INSTEAD[case.state]}")
    try:
        now_held = desk.store.holds.make(case.id, kind, person, why, until=until, expected=case.state, instead_of=held)
    except Conflict as overtaken:
        return Refusal(guard="state", reason=f"case {case.id} moved meanwhile: {overtaken}")
    desk.runner.forget(case)
    return now_held


def involved(desk: Desk, case: Case, person: Person) -> Refusal | None:
    """Refuse whoever has no part in the case's company, or no role for what the desk planned of it or people since.

    Nobody gains a say in a case by putting a plan of their own in the place of somebody else's.
    """
    plans = since_the_desks_own(desk, case)
    return concerned(desk, person, case.company, {step.action for plan in plans for step in plan.steps})


def since_the_desks_own(desk: Desk, case: Case) -> Iterator[Plan]:
    """The plans of a case from its newest back to the last that nobody but the desk made, that one too."""
    for version in range(case.plan_version, 0, -1):
        plan = desk.store.plans.get(case.id, version)
        yield plan
        if plan.edited_by is None and plan.requested_by == DESK:
            return


def owned(desk: Desk, case: Case, person: Person) -> Refusal | None:
    """Refuse whoever acts on a case that somebody else has in hand."""
    held = desk.store.holds.of_case(case.id)
    if held is None or held.kind != "taken" or held.by == person.actor:
        return None
    who = desk.store.people.logins().get(held.by, held.by)
    over = f"python app.py take {case.id} --as LOGIN --reason WHY"
    return Refusal(guard="owner", reason=f"{who} has case {case.id} in hand; ask them, or take it over: {over}")
