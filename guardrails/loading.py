"""Reading a policy file: everything wrong with it is told at once, each with its line."""

from collections.abc import Iterator
from pathlib import Path as File
from typing import NamedTuple

from domain.catalogue import Catalogue, known_kinds
from guardrails.charters import chartered
from guardrails.errors import PolicyError, Problem
from guardrails.known import Known
from guardrails.local_loading import read_locals
from guardrails.overlaps import covered, loosened
from guardrails.policy import Charter, Policy
from guardrails.sheets import Sheet, in_order, problem, read_sheet

DEFAULT_POLICY = File(__file__).parent / "policies" / "default.toml"
"""What a distributor starts with."""


class Reading(NamedTuple):
    """What was read, and what is wrong with it."""

    policy: Policy | None
    """None where it makes no sense."""
    problems: tuple[Problem, ...]
    """By line; those of the policy itself first."""
    files: tuple[File, ...]
    """The policy and every local one beside it."""


def load(file: File, catalogue: Catalogue) -> Policy:
    """The policy in a file with the local ones beside it; raises PolicyError with every problem that is an error."""
    policy, problems, _ = read(file, catalogue)
    errors = tuple(problem for problem in problems if problem.severity == "error")
    if policy is None or errors:
        raise PolicyError(file.name, errors)
    return policy


def read(file: File, catalogue: Catalogue) -> Reading:
    """The policy in a file with the local ones beside it; these are not looked at where it makes no sense itself."""
    sheet = read_sheet(file)
    if isinstance(sheet, Problem):
        return Reading(None, (sheet,), (file,))
    policy, told = _alone(file.name, sheet, catalogue)
    if policy is None:
        return Reading(None, in_order(told), (file,))
    here = read_locals(file, policy, catalogue)
    policy = policy.but(locals=here.policies)
    return Reading(policy, (*in_order(told), *here.problems), (file, *here.files))


def _alone(name: str, sheet: Sheet, catalogue: Catalogue) -> tuple[Policy | None, list[Problem]]:
    """The policy without local ones."""
    roles = sheet.spelt.get("roles")
    known = Known(catalogue=catalogue, roles=frozenset(roles) if isinstance(roles, dict) else frozenset())
    charter, told = chartered(sheet, Charter, known)
    if charter is None:
        return None, told
    policy = Policy.model_validate({**dict(charter), "file": name, "lines": sheet.lines})
    return policy, [*told, *_weighed(policy, catalogue)]


def _weighed(policy: Policy, catalogue: Catalogue) -> Iterator[Problem]:
    for later, above in loosened(policy.rules, catalogue):
        rule, held = policy.rules[later], policy.cite(policy.rules[above].name, "rule", above)
        message = (
            f"{rule.name} would {rule.then} what is out of bounds of {held}: the larger step would pass more easily"
        )
        yield problem(policy.lines, ("rule", later), message)
    for later, above in covered(policy.rules, catalogue):
        held = policy.cite(policy.rules[above].name, "rule", above)
        message = f"{policy.rules[later].name} can never match: {held} comes first and takes everything"
        yield problem(policy.lines, ("rule", later), message, warns=True)
    for kind in sorted(known_kinds(catalogue)):
        if kind not in policy.autonomy:
            yield problem(policy.lines, ("autonomy",), f"{kind} is not named; every plan will be asked", warns=True)
        if kind not in policy.scopes:
            yield problem(policy.lines, ("scopes",), f"{kind} is not named; every action is refused", warns=True)
