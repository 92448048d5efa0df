"""Reading a policy file: everything wrong with it is told at once, each with its line."""

from collections.abc import Iterator, Mapping
from pathlib import Path as File

from pydantic import ValidationError

from domain.catalogue import Catalogue, known_kinds
from guardrails.errors import PolicyError, Problem
from guardrails.known import Known
from guardrails.lines import LineIndex
from guardrails.overlaps import covered, loosened
from guardrails.policy import Charter, Policy
from guardrails.sheets import in_order, problem, read_sheet
from guardrails.wording import is_echo, worded

DEFAULT_POLICY = File(__file__).parent / "policies" / "default.toml"
"""What a distributor starts with."""


def load(file: File, catalogue: Catalogue) -> Policy:
    """The policy in a file; raises PolicyError with every problem that is an error."""
    policy, problems = read(file, catalogue)
    errors = tuple(problem for problem in problems if problem.severity == "error")
    if policy is None or errors:
        raise PolicyError(file.name, errors)
    return policy


def check(file: File, catalogue: Catalogue) -> tuple[Problem, ...]:
    """Everything wrong with a policy file, errors and warnings, in the order of its lines."""
    return read(file, catalogue)[1]


def read(file: File, catalogue: Catalogue) -> tuple[Policy | None, tuple[Problem, ...]]:
    """The policy, None where it makes no sense, and what is wrong with it."""
    sheet = read_sheet(file)
    if isinstance(sheet, Problem):
        return None, (sheet,)
    return _validated(file.name, sheet.spelt, sheet.lines, catalogue)


def _validated(
    file: str, spelt: Mapping[str, object], lines: LineIndex, catalogue: Catalogue
) -> tuple[Policy | None, tuple[Problem, ...]]:
    roles = spelt.get("roles")
    known = Known(catalogue=catalogue, roles=frozenset(roles) if isinstance(roles, dict) else frozenset())
    told = list(_repeated(spelt, lines))
    try:
        charter = Charter.model_validate(spelt, context=known)
    except ValidationError as error:
        told += (problem(lines, *worded(one)) for one in error.errors(include_url=False) if not is_echo(one))
        return None, in_order(told)
    policy = Policy.model_validate({**dict(charter), "file": file, "lines": lines})
    told += _weighed(policy, catalogue)
    return policy, in_order(told)


def _repeated(spelt: Mapping[str, object], lines: LineIndex) -> Iterator[Problem]:
    """Names that two rules, or two limits, share: a ruling could not say which of them decided."""
    for section in ("rule", "limit"):
        entries = spelt.get(section)
        seen: dict[object, int] = {}
        for position, entry in enumerate(entries if isinstance(entries, list) else ()):
            name = entry.get("name") if isinstance(entry, dict) else None
            if isinstance(name, str) and seen.setdefault(name, position) != position:
                first = lines.line((section, seen[name], "name"))
                yield problem(lines, (section, position, "name"), f"{name!r} is taken by the {section} in line {first}")


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
