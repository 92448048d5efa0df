"""Rules of the policy: which steps they concern, up to which bounds, and what then happens."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple, Self

from pydantic import model_validator

from domain.exposures import Exposure
from domain.verdicts import Outcome
from guardrails.bounds import Bounds
from guardrails.known import RoleName
from guardrails.selecting import Selector, listed

STRICTNESS: dict[Outcome, int] = {"allow": 0, "ask": 1, "refuse": 2}


class Rule(Selector, Bounds):
    """What happens to the steps it concerns, as long as they stay within its bounds; the first such rule decides."""

    companies: tuple[int, ...] = ()
    """Odoo ids; empty means every company."""
    warehouses: tuple[int, ...] = ()
    """A transfer is in two of them: a rule that allows must list both, a rule that asks or refuses either."""
    then: Outcome
    role: RoleName | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.role is not None and self.then != "ask":
            raise ValueError(f"role is for rules that ask; this one says {self.then}")
        if self.then == "refuse" and self.bounded:
            raise ValueError("a refusal cannot have bounds: it would refuse the small and let the large go on")
        return self

    def concerns(self, exposure: Exposure) -> bool:
        """Whether the rule is about this step at all, whatever its size."""
        return super().concerns(exposure) and listed(self.companies, exposure.company) and self._in_place(exposure)

    def _in_place(self, exposure: Exposure) -> bool:
        found = [one in self.warehouses for one in exposure.warehouses]
        return not self.warehouses or (bool(found) and all(found) if self.then == "allow" else any(found))


class Near(NamedTuple):
    """A rule that concerned the step and was out of bounds."""

    position: int
    excesses: tuple[str, ...]


class Match(NamedTuple):
    """The position of the rule that decides, None without one, and the rules that nearly did."""

    position: int | None
    near: tuple[Near, ...]


def first_match(rules: Sequence[Rule], exposure: Exposure, confidence: Decimal) -> Match:
    """The first rule that concerns the step and has it within bounds."""
    near: list[Near] = []
    for position, rule in enumerate(rules):
        if not rule.concerns(exposure):
            continue
        excesses = rule.excesses(exposure, confidence)
        if not excesses:
            return Match(position, tuple(near))
        near.append(Near(position, excesses))
    return Match(None, tuple(near))
