"""A person closes a case, with a reason."""

from desk.desk import Desk
from desk.recovering import recover
from domain.cases import Case
from domain.errors import Misuse
from domain.people import Person
from domain.refusals import Refusal


def close(desk: Desk, case_id: str, person: Person, reason: str) -> Case | Refusal:
    """Close a case that the desk is not working on; what it asked for is withdrawn."""
    if not reason.strip():
        raise Misuse("closing a case needs a reason; give one with --reason")
    recover(desk)
    case = desk.store.cases.get(case_id)
    refusal = stranger(person, case)
    if refusal:
        return refusal
    if case.state in ("acting", "undoing", "closed"):
        return Refusal(guard="state", reason=f"case {case.id} is {case.state}; it cannot be closed by hand now")
    return desk.store.cases.move(case.id, "closed", reason, actor=person.actor, expected=case.state)


def stranger(person: Person, case: Case) -> Refusal | None:
    """Refuse whoever has no role, or no part in the case's company."""
    if not person.roles:
        return Refusal(guard="role", reason=f"{person.login} holds none of the policy's roles; ask someone who does")
    if case.company not in person.companies:
        return Refusal(guard="role", reason=f"{person.login} has no part in company {case.company} of case {case.id}")
    return None
