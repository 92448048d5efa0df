"""The sections of a policy beside its rules, limits and roles: how far, how long and how much."""

from typing import Literal, Self

from pydantic import Field, model_validator

from domain.money import Money
from domain.values import Value
from guardrails.amounts import Amounts, within
from guardrails.known import Kind, Pattern, RoleName

Autonomy = Literal["observe", "propose", "approve", "auto"]
"""observe: refuse every step; propose: show the plan, ask nothing; approve: always ask; auto: the rules decide."""


class Expiry(Value):
    """How long a request stands and how long a grant may be used; a request that expires is never approved."""

    request_hours: int = Field(default=24, ge=1, le=24 * 31)
    grant_minutes: int = Field(default=60, ge=1, le=24 * 60)


class Freshness(Value):
    """How old evidence may be when it is judged."""

    evidence_seconds: int = Field(default=3600, ge=1)


class FourEyes(Value):
    """Above this, whoever edited a plan may not approve it; every amount is above in a currency not named."""

    above: Amounts = ()

    def wanted(self, amount: Money) -> bool:
        return not within(self.above, amount)


class Caps(Value):
    """The most that one step may commit, whoever approves; nothing in a currency not named."""

    step: Amounts

    def admits(self, amount: Money) -> bool:
        return within(self.step, amount)

    def __str__(self) -> str:
        return " or ".join(str(cap) for cap in self.step) or "nothing"


class Switches(Value):
    """Stop switches; a pause in the policy holds until the policy is changed."""

    all: bool = False
    kinds: tuple[Kind, ...] = ()
    actions: tuple[Pattern, ...] = ()


class Pause(Switches):
    """The stop switches of every company."""

    companies: tuple[int, ...] = ()


class Rollback(Value):
    """How a later rollback is judged: taken back at once while small and recent, else as ``then`` says."""

    then: Literal["ask", "refuse"] = "ask"
    role: RoleName | None = None
    allow_within_hours: int | None = Field(default=None, ge=1)
    allow_max_amount: Amounts = ()

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if (self.allow_within_hours is None) != (not self.allow_max_amount):
            raise ValueError("allow_within_hours and allow_max_amount go together: name both or neither")
        if self.role is not None and self.then != "ask":
            raise ValueError(f"role is for asking; then says {self.then}")
        return self
