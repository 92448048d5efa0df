"""Reading the local policies beside a policy: whatever would loosen it is told by file and line."""

from collections.abc import Iterator, Sequence
from pathlib import Path as File
from typing import NamedTuple

from pydantic import BaseModel

from domain.catalogue import Catalogue
from guardrails.branches import Branch, branches
from guardrails.charters import chartered
from guardrails.errors import Problem
from guardrails.known import Known
from guardrails.lines import Path
from guardrails.local import LocalCharter, LocalExpiry, LocalPolicy, LocalRule
from guardrails.loosening import loosened
from guardrails.policy import Layer, Policy
from guardrails.sections import Switches
from guardrails.sheets import Sheet, in_order, problem, read_sheet
from guardrails.weaker import weaker
from guardrails.wording import of_policy

SECTIONS: dict[str, type[BaseModel]] = {"expiry": LocalExpiry, "pause": Switches, "rule": LocalRule}
"""Where a local policy says other things than the policy."""


class LocalReading(NamedTuple):
    """The local policies that make sense, everything wrong with all of them, and the files that were read."""

    policies: tuple[LocalPolicy, ...]
    problems: tuple[Problem, ...]
    files: tuple[File, ...]


def read_locals(file: File, policy: Policy, catalogue: Catalogue) -> LocalReading:
    """Every local policy beside a policy file, each held against the policy and against its company's."""
    found, problems = branches(file)
    policies: list[LocalPolicy] = []
    for branch in found:
        above: tuple[Layer, ...] = (
            policy,
            *(one for one in policies if (one.company, one.warehouse) == (branch.company, None)),
        )
        local, told = _one(branch, above, policy, catalogue)
        policies += [local] if local else []
        problems += (one.but(file=branch.name) for one in in_order(told))
    return LocalReading(tuple(policies), tuple(problems), tuple(branch.file for branch in found))


def _one(
    branch: Branch, above: Sequence[Layer], policy: Policy, catalogue: Catalogue
) -> tuple[LocalPolicy | None, list[Problem]]:
    sheet = read_sheet(branch.file)
    if isinstance(sheet, Problem):
        return None, [sheet]
    known = Known(catalogue=catalogue, roles=frozenset(policy.roles))
    charter, told = chartered(sheet, LocalCharter, known, of_local)
    if charter is None:
        return None, told
    whose = {"company": branch.company, "warehouse": branch.warehouse, "file": branch.name, "lines": sheet.lines}
    local = LocalPolicy.model_validate({**dict(charter), **whose})
    flaws = [*(flaw for one in above for flaw in loosened(local, one, catalogue)), *weaker(local, policy, catalogue)]
    return local, [*told, *(problem(sheet.lines, *flaw) for flaw in flaws), *_idle(sheet)]


def of_local(path: Path) -> type[BaseModel]:
    """What a local policy may say where a path leads."""
    return LocalCharter if len(path) == 1 else SECTIONS.get(str(path[0]), of_policy(path))


def _idle(sheet: Sheet) -> Iterator[Problem]:
    if set(sheet.spelt) <= {"version"}:
        yield problem(sheet.lines, ("version",), "it says nothing, so it tightens nothing", warns=True)
