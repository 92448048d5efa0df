"""The gate: what policy says of a plan, before anything of it reaches Odoo."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from domain.catalogue import Catalogue
from domain.money import Money
from domain.plans import Plan
from domain.ports import Usage
from domain.verdicts import Ruling, Verdict
from guardrails.guards import on_plan, on_step, refused
from guardrails.policy import Policy
from guardrails.roles import approver
from guardrails.rules import STRICTNESS
from guardrails.ruling import Done, Said, by_limits, by_rollback, by_rollback_in_all, by_rules


def judge(
    plan: Plan, usage: Usage, policy: Policy, catalogue: Catalogue, now: datetime, *, done_at: Done = None
) -> Verdict:
    """Allow, ask or refuse; the strictest of all rulings decides, and all of them are told.

    ``done_at`` is when the oldest effect that a rollback takes back was done; unknown is never recent.
    """
    if not plan.steps:
        nothing = Ruling(step=None, rule="no-steps", outcome="allow", reason="the plan writes nothing to Odoo")
        return _verdict(policy, [nothing])
    guards = list(_guards(plan, policy, catalogue, now))
    if any(ruling.outcome == "refuse" for ruling in guards):
        return _verdict(policy, guards)
    said = list(_rules(plan, usage, policy, now, done_at))
    rulings = [*guards, *(one.ruling for one in said)]
    if _strictest(rulings).outcome != "ask":
        return _verdict(policy, rulings)
    return _asked(plan, policy, rulings, [one.role for one in said if one.role])


def total(plan: Plan) -> Money:
    """What the plan commits or moves in all; raises Misuse where currencies differ."""
    amounts = [step.exposure.amount for step in plan.steps]
    return sum(amounts[1:], amounts[0]) if amounts else Money.zero(plan.money_at_risk.currency)


def _guards(plan: Plan, policy: Policy, catalogue: Catalogue, now: datetime) -> Iterator[Ruling]:
    yield from on_plan(plan, policy, now)
    for index in range(len(plan.steps)):
        yield from on_step(plan, index, policy, catalogue)


def _rules(plan: Plan, usage: Usage, policy: Policy, now: datetime, done_at: Done) -> Iterator[Said]:
    """Taking something back is judged by the rollback section and uses up no limit."""
    for index in range(len(plan.steps)):
        if plan.purpose == "rollback":
            yield by_rollback(plan, index, policy, now, done_at)
        else:
            yield by_rules(plan, index, policy)
    if plan.purpose == "rollback":
        yield from by_rollback_in_all(plan, total(plan), policy)
    else:
        yield from by_limits(plan, usage, policy)


def _asked(plan: Plan, policy: Policy, rulings: list[Ruling], roles: Sequence[str]) -> Verdict:
    """Ask the lowest role that may approve the whole plan; refuse where nobody may."""
    amount, actions = total(plan), sorted({step.action for step in plan.steps})
    wanted = tuple(dict.fromkeys(roles))
    role = approver(policy.roles, wanted, amount, actions)
    if role is None:
        reason = f"no role may approve {amount} of {', '.join(actions)}"
        otherwise = "a role with that limit and these actions under [roles]"
        return _verdict(policy, [*rulings, refused(None, policy.cite("roles", "roles"), reason, otherwise)])
    if wanted and role not in wanted:
        rulings.append(_passed_up(policy, role, wanted, amount))
    return _verdict(policy, rulings, role=role, four_eyes=policy.four_eyes.wanted(amount))


def _passed_up(policy: Policy, role: str, wanted: tuple[str, ...], amount: Money) -> Ruling:
    return Ruling(
        step=None,
        rule=policy.cite(role, "roles", role),
        outcome="ask",
        reason=f"{amount} in all is beyond {' or '.join(wanted)} alone; {role} may approve it",
    )


def _verdict(policy: Policy, rulings: Sequence[Ruling], *, role: str | None = None, four_eyes: bool = False) -> Verdict:
    deciding = _strictest(rulings)
    return Verdict(
        outcome=deciding.outcome,
        reason=deciding.reason,
        rulings=tuple(rulings),
        role=role,
        four_eyes=four_eyes,
        expires_in_s=policy.expiry.request_hours * 3600,
        policy_digest=policy.digest,
    )


def _strictest(rulings: Sequence[Ruling]) -> Ruling:
    """The first of the strictest."""
    return max(rulings, key=lambda ruling: STRICTNESS[ruling.outcome])
