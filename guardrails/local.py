"""What one company, or one of its warehouses, holds tighter than the policy: a local policy never lets go anything."""

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from domain.exposures import Exposure
from domain.values import Value
from guardrails.amounts import Amounts
from guardrails.bounds import Bounds
from guardrails.filed import Filed
from guardrails.known import Kind, Pattern, RoleName
from guardrails.limits import Limit
from guardrails.patterns import names
from guardrails.sections import Autonomy, Caps, FourEyes, Freshness, Rollback, Switches
from guardrails.selecting import Selector


class LocalRule(Selector):
    """Steps that are asked or refused here, whatever the rules of the policy say; every such rule has its say."""

    over_amount: Amounts = ()
    """Only steps beyond one of these bounds; every step where none is named. A currency not named is beyond."""
    over_quantity: Decimal | None = Field(default=None, ge=0)
    over_days: int | None = Field(default=None, ge=0)
    under_confidence: Decimal | None = Field(default=None, ge=0, le=1)
    then: Literal["ask", "refuse"]
    role: RoleName | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.role is not None and self.then != "ask":
            raise ValueError(f"role is for rules that ask; this one says {self.then}")
        return self

    @property
    def within(self) -> Bounds:
        """Within these the rule says nothing."""
        return Bounds(
            max_amount=self.over_amount,
            max_quantity=self.over_quantity,
            max_days=self.over_days,
            min_confidence=self.under_confidence,
        )

    def objection(self, exposure: Exposure, confidence: Decimal) -> str | None:
        """Why the rule speaks of this step, None where it does not."""
        if not self.concerns(exposure):
            return None
        if not self.within.bounded:
            return "always asked here" if self.then == "ask" else "never allowed here"
        return ", ".join(self.within.excesses(exposure, confidence)) or None


class LocalExpiry(Value):
    """How long a request about these steps stands."""

    request_hours: int | None = Field(default=None, ge=1)


class LocalCharter(Value):
    """Everything a local policy file may say; what it does not name stays as the policy has it."""

    version: Literal[1]
    autonomy: dict[Kind, Autonomy] = Field(default_factory=dict)
    scopes: dict[Kind, tuple[Pattern, ...]] = Field(default_factory=dict)
    caps: Caps | None = None
    four_eyes: FourEyes | None = None
    expiry: LocalExpiry | None = None
    freshness: Freshness | None = None
    pause: Switches = Switches()
    rollback: Rollback | None = None
    rules: tuple[LocalRule, ...] = Field(alias="rule", default=())
    limits: tuple[Limit, ...] = Field(alias="limit", default=())


class LocalPolicy(LocalCharter, Filed):
    """A local charter, whose it is, and the file it was read from."""

    company: int
    warehouse: int | None = None
    """None is the whole company."""

    @property
    def local(self) -> bool:
        return True

    @property
    def reach(self) -> str:
        """Whom it speaks for, in words."""
        company = f"company {self.company}"
        return company if self.warehouse is None else f"warehouse {self.warehouse} of {company}"

    def concerns(self, exposure: Exposure) -> bool:
        """Whether it has a say in this step: a transfer concerns the warehouse that gives and the one that receives."""
        return exposure.company == self.company and (self.warehouse is None or self.warehouse in exposure.warehouses)

    def autonomy_of(self, kind: str) -> Autonomy:
        """How far the desk goes by itself here; as far as the policy says where the kind is not named."""
        return self.autonomy.get(kind, "auto")

    def in_scope(self, kind: str, action: str) -> bool:
        """Whether nothing here forbids the agent of this kind the action."""
        return kind not in self.scopes or names(self.scopes[kind], action)
