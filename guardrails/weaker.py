"""Where a local policy would ask somebody who may not decide, or whom the policy would not have asked."""

from collections.abc import Iterator

from domain.catalogue import Catalogue, known_actions
from guardrails.local import LocalPolicy, LocalRule
from guardrails.loosening import Flaw
from guardrails.patterns import named_among, names
from guardrails.policy import Policy


def weaker(local: LocalPolicy, policy: Policy, catalogue: Catalogue) -> Iterator[Flaw]:
    """Every role of the local policy that is no match for those of the policy."""
    for position, rule in enumerate(local.rules):
        if rule.role is not None:
            for flaw in _of_rule(local, rule, rule.role, policy, catalogue):
                yield ("rule", position, "role"), flaw
    held = {limit.name: limit for limit in policy.limits if limit.then == "ask"}
    for position, limit in enumerate(local.limits):
        if limit.role and limit.name in held:
            yield from _under(limit.role, held[limit.name].role, policy, "limit", position, "role")
    if local.rollback and local.rollback.role and policy.rollback.then == "ask":
        yield from _under(local.rollback.role, policy.rollback.role, policy, "rollback", "role")


def _of_rule(local: LocalPolicy, rule: LocalRule, role: str, policy: Policy, catalogue: Catalogue) -> Iterator[str]:
    actions = named_among(rule.actions, known_actions(catalogue))
    beyond = sorted(action for action in actions if not names(policy.roles[role].actions, action))
    if beyond:
        yield f"{role} may not decide on {', '.join(beyond)}; name a role that may"
    asked = {
        other.role or policy.default_role
        for other in policy.rules
        if other.then == "ask"
        and (not other.companies or local.company in other.companies)
        and any(names(other.actions, action) for action in actions)
    }
    if asked and not beyond and not any(_reaches(role, one, policy) for one in asked):
        others = " and ".join(sorted(asked))
        yield f"{role} is weaker than {others}, whom the policy asks; a local policy may only tighten"


def _under(role: str, held: str | None, policy: Policy, *path: str | int) -> Iterator[Flaw]:
    wanted = held or policy.default_role
    if not _reaches(role, wanted, policy):
        yield path, f"{role} is weaker than {wanted}, whom the policy asks; a local policy may only tighten"


def _reaches(role: str, other: str, policy: Policy) -> bool:
    return role == other or policy.roles[role].covers(policy.roles[other])
