"""Rules of the policy: which steps they concern, up to which bounds, and what then happens."""

from collections.abc import Container, Sequence
from decimal import Decimal
from typing import NamedTuple, Self

from pydantic import Field, model_validator

from domain.exposures import Exposure, Risk
from domain.money import Money
from domain.values import Value
from domain.verdicts import Outcome
from guardrails.amounts import Amounts, amount_in
from guardrails.known import Name, Pattern, RoleName
from guardrails.patterns import names

STRICTNESS: dict[Outcome, int] = {"allow": 0, "ask": 1, "refuse": 2}


class Rule(Value):
    """What happens to the steps it concerns, as long as they stay within its bounds; the first such rule decides."""

    name: Name
    actions: tuple[Pattern, ...] = Field(min_length=1)
    companies: tuple[int, ...] = ()
    """Odoo ids; empty means every company. Likewise below."""
    warehouses: tuple[int, ...] = ()
    vendors: tuple[int, ...] = ()
    customers: tuple[int, ...] = ()
    products: tuple[int, ...] = ()
    risk: tuple[Risk, ...] = ()
    max_amount: Amounts = ()
    """Bound by currency; a currency without an amount is out of bounds, unless no amount is named at all."""
    max_quantity: Decimal | None = Field(default=None, ge=0)
    max_days: int | None = Field(default=None, ge=0)
    min_confidence: Decimal | None = Field(default=None, ge=0, le=1)
    then: Outcome
    role: RoleName | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.role is not None and self.then != "ask":
            raise ValueError(f"role is for rules that ask; this one says {self.then}")
        if self.then == "refuse" and self.bounded:
            raise ValueError("a refusal cannot have bounds: it would refuse the small and let the large go on")
        return self

    @property
    def bounded(self) -> bool:
        """Whether a larger or less certain step could fall through to a later rule."""
        return bool(self.max_amount) or (self.max_quantity, self.max_days, self.min_confidence) != (None, None, None)

    def concerns(self, exposure: Exposure) -> bool:
        """Whether the rule is about this step at all, whatever its size."""
        return (
            names(self.actions, exposure.action)
            and _listed(self.companies, exposure.company)
            and _listed(self.warehouses, exposure.warehouse)
            and _listed(self.vendors, exposure.vendor)
            and _listed(self.customers, exposure.customer)
            and _listed(self.products, exposure.product)
            and _listed(self.risk, exposure.risk)
        )

    def excesses(self, exposure: Exposure, confidence: Decimal) -> tuple[str, ...]:
        """What puts a step out of this rule's bounds, in words; nothing when it is within all of them."""
        found = (
            self._amount_excess(exposure.amount),
            _over("quantity", exposure.quantity, self.max_quantity),
            _over("days", Decimal(exposure.days or 0), None if self.max_days is None else Decimal(self.max_days)),
            self._doubt(confidence),
        )
        return tuple(words for words in found if words)

    def bounds(self, currency: str) -> tuple[str, ...]:
        """The bounds in words."""
        most = amount_in(self.max_amount, currency)
        found = (
            most and f"more than {most}",
            self.max_quantity is not None and f"quantity over {self.max_quantity}",
            self.max_days is not None and f"more than {self.max_days} days",
            self.min_confidence is not None and f"confidence under {self.min_confidence}",
        )
        return tuple(words for words in found if words)

    def _amount_excess(self, amount: Money) -> str | None:
        most = amount_in(self.max_amount, amount.currency)
        if not self.max_amount or (most is not None and amount <= most):
            return None
        return f"no amount is named in {amount.currency}" if most is None else f"{amount} is over {most}"

    def _doubt(self, confidence: Decimal) -> str | None:
        if self.min_confidence is None or confidence >= self.min_confidence:
            return None
        return f"confidence {confidence} is under {self.min_confidence}"


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


def _listed(listed: Container[object], found: object) -> bool:
    """Nothing listed means everything; what has no such party is in no list."""
    return listed == () or found in listed


def _over(what: str, found: Decimal, most: Decimal | None) -> str | None:
    if most is None or found <= most:
        return None
    return f"{what} {found} is over {most}"
