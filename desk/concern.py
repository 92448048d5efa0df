"""Who may speak up about a case or a switch: somebody of its company whose role knows its actions."""

from collections.abc import Collection

from desk.desk import Desk
from domain.people import Person
from domain.refusals import Refusal
from guardrails.patterns import names


def concerned(desk: Desk, person: Person, company: int | None, actions: Collection[str]) -> Refusal | None:
    """Refuse whoever has no part in the company, or no role for any of these actions; None is every company."""
    refusal = None if company is None else outside(person, company)
    if refusal:
        return refusal
    held = [role for name, role in desk.policy.roles.items() if name in person.roles]
    if not held:
        return Refusal(guard="role", reason=f"{person.login} holds none of the policy's roles; ask someone who does")
    beyond = [action for action in sorted(actions) if not any(names(role.actions, action) for role in held)]
    if beyond:
        reason = f"no role of {person.login} knows {', '.join(beyond)}; ask {knowing(desk, beyond)}"
        return Refusal(guard="role", reason=reason)
    return None


def outside(person: Person, company: int) -> Refusal | None:
    """Refuse whoever has no part in the company."""
    if company in person.companies:
        return None
    return Refusal(guard="company", reason=f"{person.login} has no part in company {company} in Odoo")


def knowing(desk: Desk, actions: Collection[str]) -> str:
    """The roles that know all these actions."""
    roles = desk.policy.roles.items()
    return " or ".join(name for name, role in roles if all(names(role.actions, action) for action in actions))
