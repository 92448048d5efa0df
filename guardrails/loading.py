"""Reading a policy file: everything wrong with it is told at once, each with its line."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path as File
from typing import Literal

from pydantic import ValidationError

from domain.catalogue import Catalogue, known_kinds
from guardrails.errors import PolicyError, Problem
from guardrails.known import Known
from guardrails.lines import LineIndex, Path, index_lines, spelled
from guardrails.overlaps import covered, loosened
from guardrails.policy import Charter, Policy
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
    try:
        text = file.read_bytes().decode("utf-8")
        spelt = tomllib.loads(text, parse_float=Decimal)
    except OSError as error:
        return None, (Problem(line=None, path="", message=f"the file cannot be read: {error.strerror or error}"),)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return None, (Problem(line=line, path="", message="the file is not UTF-8 text; save it as UTF-8"),)
    except tomllib.TOMLDecodeError as error:
        return None, (_bad_toml(text, error),)
    return _validated(file.name, spelt, index_lines(text.replace("\r\n", "\n")), catalogue)


def _bad_toml(text: str, error: tomllib.TOMLDecodeError) -> Problem:
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
    line = place[1] if place else None
    message = str(error)[: place.start()] if place else str(error)
    return Problem(line=int(line) if line else text.count("\n") + 1, path="", message=f"not good TOML: {message}")


def _validated(
    file: str, spelt: Mapping[str, object], lines: LineIndex, catalogue: Catalogue
) -> tuple[Policy | None, tuple[Problem, ...]]:
    roles = spelt.get("roles")
    known = Known(catalogue=catalogue, roles=frozenset(roles) if isinstance(roles, dict) else frozenset())
    told = list(_repeated(spelt, lines))
    try:
        charter = Charter.model_validate(spelt, context=known)
    except ValidationError as error:
        told += (_problem(lines, *worded(one)) for one in error.errors(include_url=False) if not is_echo(one))
        return None, _in_order(told)
    policy = Policy.model_validate({**dict(charter), "file": file, "lines": lines})
    told += _weighed(policy, catalogue)
    return policy, _in_order(told)


def _repeated(spelt: Mapping[str, object], lines: LineIndex) -> Iterator[Problem]:
    """Names that two rules, or two limits, share: a ruling could not say which of them decided."""
    for section in ("rule", "limit"):
        entries = spelt.get(section)
        seen: dict[object, int] = {}
        for position, entry in enumerate(entries if isinstance(entries, list) else ()):
            name = entry.get("name") if isinstance(entry, dict) else None
            if isinstance(name, str) and seen.setdefault(name, position) != position:
                first = lines.line((section, seen[name], "name"))
                yield _problem(
                    lines, (section, position, "name"), f"{name!r} is taken by the {section} in line {first}"
                )


def _weighed(policy: Policy, catalogue: Catalogue) -> Iterator[Problem]:
    for later, above in loosened(policy.rules, catalogue):
        rule, held = policy.rules[later], policy.cite(policy.rules[above].name, "rule", above)
        message = (
            f"{rule.name} would {rule.then} what is out of bounds of {held}: the larger step would pass more easily"
        )
        yield _problem(policy.lines, ("rule", later), message)
    for later, above in covered(policy.rules, catalogue):
        held = policy.cite(policy.rules[above].name, "rule", above)
        message = f"{policy.rules[later].name} can never match: {held} comes first and takes everything"
        yield _problem(policy.lines, ("rule", later), message, warns=True)
    for kind in sorted(known_kinds(catalogue)):
        if kind not in policy.autonomy:
            yield _problem(policy.lines, ("autonomy",), f"{kind} is not named; every plan will be asked", warns=True)
        if kind not in policy.scopes:
            yield _problem(policy.lines, ("scopes",), f"{kind} is not named; every action is refused", warns=True)


def _problem(lines: LineIndex, path: Path, message: str, *, warns: bool = False) -> Problem:
    severity: Literal["error", "warning"] = "warning" if warns else "error"
    return Problem(line=lines.line(path), path=spelled(path), message=message, severity=severity)


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.line or 0))
