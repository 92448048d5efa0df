"""What is wrong with the policy, the local ones beside it and the terms, every file read as the desk would read it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from agents.terms_loading import NAME, TermsSheet, check_terms
from desk.reading import KNOWN
from desk.settings import Settings
from domain.errors import Misuse
from domain.values import Value
from guardrails.branches import Branch, branch_of
from guardrails.errors import Problem
from guardrails.loading import DEFAULT_POLICY, Reading, read
from guardrails.policy import Charter, Policy
from guardrails.sheets import read_sheet

ONLY_TERMS = frozenset(TermsSheet.model_fields) - {"version"}
"""The sections of terms; no policy has one of these."""


class Flaw(Value):
    """One thing to put right, and where."""

    file: str
    problem: Problem

    def __str__(self) -> str:
        place = self.file if self.problem.line is None else f"{self.file}:{self.problem.line}"
        return f"{place}: {self.problem.severity}: {self.problem}"


class Checked(Value):
    """Which files were read, and what is wrong with them."""

    file: str
    """What was asked about."""
    files: tuple[str, ...]
    flaws: tuple[Flaw, ...]
    partly: bool = False
    """Whether the policy makes so little sense that its local ones, and its rules beside each other, were left out."""

    @property
    def names(self) -> tuple[str, ...]:
        """The files by their path from the policy's folder, where they lie in it."""
        folder = Path(self.files[0]).parent
        return tuple(file.removeprefix(f"{folder}/") for file in self.files)

    @property
    def usable(self) -> bool:
        return all(flaw.problem.severity != "error" for flaw in self.flaws)


def check_everything(settings: Settings) -> Checked:
    """The policy in force with its local policies, and the terms."""
    policy = settings.policy or DEFAULT_POLICY
    found, named = check_policy(policy, settings.companies), settings.terms_in_force
    terms = named or policy.parent / NAME
    if named is None and not terms.exists():
        return found
    told = check_terms_file(terms)
    blamed = told.file if found.usable and not told.usable else found.file
    return found.but(file=blamed, files=(*found.files, *told.files), flaws=(*found.flaws, *told.flaws))


def check_file(file: Path, settings: Settings) -> Checked:
    """One file: a policy with its local ones, one local policy held against the policy it belongs to, or terms."""
    if file == settings.terms or is_terms(file):
        return check_terms_file(file)
    branch = branch_of(file)
    if branch is None:
        return check_policy(file, settings.companies)
    base = _base(branch, settings)
    reading = read(base, KNOWN)
    problems = [problem for problem in reading.problems if problem.file == branch.name]
    if reading.policy is None:
        problems = [Problem(line=None, path="", message=f"the policy it belongs to, {base}, cannot be used")]
    flaws = tuple(Flaw(file=str(file), problem=problem) for problem in problems)
    return Checked(file=str(file), files=(str(base), str(file)), flaws=flaws)


def check_policy(file: Path, companies: Sequence[int] = ()) -> Checked:
    """A policy with every local policy beside it; those of companies that are never scanned are told."""
    reading = read(file, KNOWN)
    problems = (*reading.problems, *_unused(reading, companies))
    flaws = tuple(Flaw(file=str(_place(file, problem)), problem=problem) for problem in problems)
    files = tuple(map(str, reading.files))
    return Checked(file=str(file), files=files, flaws=flaws, partly=reading.policy is None)


def is_terms(file: Path) -> bool:
    """Whether a file says what only terms say, or, where nobody can tell, is named like terms."""
    sheet = read_sheet(file)
    if isinstance(sheet, Problem) or not set(sheet.spelt) - {"version"}:
        return file.name.endswith(NAME)
    said = set(sheet.spelt)
    return bool(said & ONLY_TERMS) or (file.name.endswith(NAME) and not said & set(Charter.model_fields) - {"version"})


def check_terms_file(file: Path) -> Checked:
    """Terms by themselves."""
    flaws = tuple(Flaw(file=str(file), problem=problem) for problem in check_terms(file))
    return Checked(file=str(file), files=(str(file),), flaws=flaws)


def policy_as_read(settings: Settings) -> Policy | None:
    """The policy in force with the local ones that can be read; None where it cannot be used."""
    return read(settings.policy or DEFAULT_POLICY, KNOWN).policy


def _place(file: Path, problem: Problem) -> Path:
    return file if problem.file is None else file.parent / problem.file


def _base(branch: Branch, settings: Settings) -> Path:
    """The policy that a local one belongs to: the one in force, or the usual name, in the folder above."""
    folder = branch.file.absolute().parent.parent
    usual = settings.policy or DEFAULT_POLICY
    if usual.absolute().parent == folder:
        return usual
    beside = folder / DEFAULT_POLICY.name
    if beside.is_file():
        return beside
    raise Misuse(f"{branch.file} is a local policy by its name, and no policy lies above it: name that in DESK_POLICY")


def _unused(reading: Reading, companies: Sequence[int]) -> Iterator[Problem]:
    for local in reading.policy.locals if reading.policy and companies else ():
        if local.company not in companies:
            message = f"company {local.company} is not among DESK_COMPANIES: nothing there is ever judged"
            yield Problem(file=local.file, line=None, path="", message=message, severity="warning")
