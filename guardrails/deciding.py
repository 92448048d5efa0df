"""Who may decide a request, and why somebody may not."""

from domain.money import Money
from domain.people import Person
from domain.refusals import Refusal
from guardrails.amounts import within
from guardrails.policy import Policy
from guardrails.roles import stand_ins


def may_decide(
    person: Person,
    *,
    role: str,
    amount: Money,
    company: int,
    requested_by: str,
    edited_by: str | None,
    four_eyes: bool,
    policy: Policy,
) -> Refusal | None:
    """Why this person may not decide, None where they may.

    The role asked, or one that covers it, must be held with a limit that reaches the amount.
    """
    if company not in person.companies:
        return Refusal(guard="company", reason=f"{person.name} has no access to company {company} in Odoo")
    others = f"somebody else who is {_choice(deciding_roles(role, amount, policy) or (role,))}"
    if person.actor == requested_by:
        return Refusal(guard="requester", reason=f"{person.name} asked for this; {others} must decide")
    if four_eyes and person.actor == edited_by:
        reason = f"{person.name} edited this plan and {amount} needs four eyes; {others} must decide"
        return Refusal(guard="four-eyes", reason=reason)
    return _by_role(person, role, amount, policy)


def deciding_roles(role: str, amount: Money, policy: Policy) -> tuple[str, ...]:
    """The roles whose holders may decide about so much, the one that is asked first; none where it is not defined."""
    if role not in policy.roles:
        return ()
    return tuple(name for name in stand_ins(policy.roles, role) if within(policy.roles[name].limits, amount))


def _by_role(person: Person, role: str, amount: Money, policy: Policy) -> Refusal | None:
    if role not in policy.roles:
        return Refusal(
            guard="role", reason=f"the policy no longer defines the role {role}; the plan must be asked again"
        )
    able = stand_ins(policy.roles, role)
    held = [name for name in able if name in person.roles]
    if not held:
        has = ", ".join(person.roles) or "no role"
        return Refusal(guard="role", reason=f"this needs {_choice(able)}; {person.name} has {has}")
    if not any(within(policy.roles[name].limits, amount) for name in held):
        enough = deciding_roles(role, amount, policy)
        could = f"{_choice(enough)} could" if enough else "no role could"
        return Refusal(guard="amount", reason=f"{amount} is over the limit of {_choice(held)}; {could} approve it")
    return None


def _choice(roles: list[str] | tuple[str, ...]) -> str:
    return " or ".join(roles)
