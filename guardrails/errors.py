"""What is wrong with a policy file, by line."""

from typing import Literal

from domain.errors import DeskError
from domain.values import Value


class Problem(Value):
    """One thing to put right in a policy file."""

    line: int | None
    """None where the file as a whole is meant."""
    path: str
    """Where in the policy: ``rule[2].max_amount``."""
    message: str
    severity: Literal["error", "warning"] = "error"
    file: str | None = None
    """The local policy it stands in, ``1/3.toml``; None is the file that was asked for."""

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class PolicyError(DeskError):
    """The policy cannot be used."""

    def __init__(self, file: str, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(_located(file, problem) for problem in problems))
        self.file = file
        self.problems = problems


def _located(file: str, problem: Problem) -> str:
    name = problem.file or file
    place = name if problem.line is None else f"{name}:{problem.line}"
    return f"{place}: {problem}"
