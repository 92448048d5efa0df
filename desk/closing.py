"""A person closes a case, with a reason."""

from desk.desk import Desk
from desk.holding import involved, owned
from desk.notifying import notifying
from desk.recovering import recover
from domain.cases import Case, CaseState
from domain.people import Person
from domain.refusals import Refusal
from domain.words import typed
from memory.errors import Conflict

CLOSABLE: frozenset[CaseState] = frozenset({"open", "waiting", "queued", "unknown"})
"""Where a case stands that a person may close: nobody is working on it."""


@notifying
def close(desk: Desk, case_id: str, person: Person, reason: str) -> Case | Refusal:
    """Close a case that the desk is not working on; what it asked for is withdrawn."""
    why = typed(reason, "closing a case needs a reason; give one with --reason")
    recover(desk)
    case = desk.store.cases.get(case_id)
    refusal = involved(desk, case, person) or owned(desk, case, person)
    if refusal:
        return refusal
    if case.state not in CLOSABLE:
        return Refusal(guard="state", reason=f"case {case.id} is {case.state}; it cannot be closed by hand now")
    try:
        closed = desk.store.cases.move(case.id, "closed", why, actor=person.actor, expected=case.state)
    except Conflict as overtaken:
        return Refusal(guard="state", reason=f"case {case.id} moved meanwhile: {overtaken}")
    desk.runner.forget(closed)
    return closed
