"""The policy: what a company lets its desk do, as its file spells it."""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import ConfigDict, Field, model_validator

from domain.money import Money
from domain.values import Value
from guardrails.amounts import Amounts, within
from guardrails.known import Kind, Name, Pattern, RoleName
from guardrails.limits import Limit
from guardrails.lines import LineIndex
from guardrails.roles import Role
from guardrails.rules import Rule

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


class Pause(Value):
    """Stop switches; a pause in the policy holds until the policy is changed."""

    all: bool = False
    kinds: tuple[Kind, ...] = ()
    actions: tuple[Pattern, ...] = ()
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


class Charter(Value):
    """Everything a policy file may say; whatever it does not know is an error."""

    version: Literal[1]
    default_role: RoleName
    """Who is asked where no rule matches."""
    irreversible_allowed: tuple[Pattern, ...] = ()
    """Actions that may be automatic though nothing brings their effect back."""
    roles: dict[Name, Role] = Field(min_length=1)
    autonomy: dict[Kind, Autonomy]
    scopes: dict[Kind, tuple[Pattern, ...]]
    """The actions that the agent of each kind may use at all."""
    caps: Caps
    four_eyes: FourEyes = FourEyes()
    expiry: Expiry = Expiry()
    freshness: Freshness = Freshness()
    pause: Pause = Pause()
    rollback: Rollback = Rollback()
    rules: tuple[Rule, ...] = Field(alias="rule", default=())
    limits: tuple[Limit, ...] = Field(alias="limit", default=())


class Policy(Charter):
    """A charter and the file it was read from; the digest is over what it says, not over where or how."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    file: str = Field(default="policy", exclude=True)
    lines: LineIndex = Field(default=LineIndex(), exclude=True)

    def place(self, *path: str | int) -> str:
        """``default.toml:31``, or the file alone where the line is not known."""
        line = self.lines.line(path)
        return self.file if line is None else f"{self.file}:{line}"

    def cite(self, name: str, *path: str | int) -> str:
        """``transfer-small (default.toml:31)``."""
        return f"{name} ({self.place(*path)})"

    def role_groups(self) -> Mapping[str, tuple[str, ...]]:
        """The Odoo groups that hold each role."""
        return {name: role.groups for name, role in self.roles.items()}
