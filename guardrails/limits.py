"""Cumulative limits: how much may be committed per vendor, product, action or company within a day or a week."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from domain.exposures import Dimension, Exposure
from domain.money import Money
from domain.ports import Usage
from domain.values import Value
from guardrails.amounts import Amounts, amount_in
from guardrails.known import Name, Pattern, RoleName
from guardrails.patterns import names

UNITS = {"h": "hours", "d": "days"}
Window = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,3}[hd]$")]
"""``12h``, ``1d``, ``7d``."""


class Limit(Value):
    """The most that may be committed under one key within a window; beyond it a person is asked, or nobody may."""

    name: Name
    per: Dimension
    actions: tuple[Pattern, ...] = ("*",)
    """Which steps the limit is put to; what is counted is everything under the key."""
    window: Window
    max_amount: Amounts = ()
    max_count: int | None = Field(default=None, ge=0)
    max_quantity: Decimal | None = Field(default=None, ge=0)
    then: Literal["ask", "refuse"]
    role: RoleName | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if not self.max_amount and self.max_count is None and self.max_quantity is None:
            raise ValueError("a limit needs max_amount, max_count or max_quantity")
        if self.max_quantity is not None and self.per is not Dimension.PRODUCT:
            raise ValueError(f"quantities add up only per product, not per {self.per}")
        if self.role is not None and self.then != "ask":
            raise ValueError(f"role is for limits that ask; this one says {self.then}")
        return self

    @property
    def within(self) -> timedelta:
        return timedelta(**{UNITS[self.window[-1]]: int(self.window[:-1])})

    def concerns(self, exposure: Exposure) -> bool:
        """Whether the limit is put to this step."""
        return names(self.actions, exposure.action) and self.per.of(exposure) is not None

    def excess(self, exposures: Sequence[Exposure], usage: Usage) -> str | None:
        """How steps that share a key, added to what is committed, exceed the limit; None when they do not.

        Steps that commit nothing (notes) use up no amount.
        """
        return (
            self._amount_excess(exposures, usage)
            or self._count_excess(exposures, usage)
            or self._quantity_excess(exposures, usage)
        )

    def _amount_excess(self, exposures: Sequence[Exposure], usage: Usage) -> str | None:
        first, asked = exposures[0], sum((step.amount for step in exposures[1:]), exposures[0].amount)
        if not self.max_amount or asked.amount == 0:
            return None
        most = amount_in(self.max_amount, asked.currency)
        if most is None:
            return f"{self._key(first)} has no limit in {asked.currency}"
        total = usage.amount(self.per, first, self.within) + asked
        if total <= most:
            return None
        return f"{self._key(first)} would reach {total} in {self.window}, over {most}"

    def _count_excess(self, exposures: Sequence[Exposure], usage: Usage) -> str | None:
        if self.max_count is None:
            return None
        total = usage.times(self.per, exposures[0], self.within) + len(exposures)
        if total <= self.max_count:
            return None
        return f"{self._key(exposures[0])} would reach {total} steps in {self.window}, over {self.max_count}"

    def _quantity_excess(self, exposures: Sequence[Exposure], usage: Usage) -> str | None:
        if self.max_quantity is None:
            return None
        asked = sum((step.quantity for step in exposures), Decimal(0))
        total = usage.quantity(self.per, exposures[0], self.within) + asked
        if total.is_finite() and total <= self.max_quantity:
            return None
        return f"{self._key(exposures[0])} would reach quantity {total} in {self.window}, over {self.max_quantity}"

    def _key(self, exposure: Exposure) -> str:
        return f"{self.per} {self.per.of(exposure)}"


def headroom(limit: Limit, currency: str) -> str:
    """The limit in words, as what would have passed."""
    most: Money | None = amount_in(limit.max_amount, currency)
    parts = (
        most and str(most),
        limit.max_count is not None and f"{limit.max_count} steps",
        limit.max_quantity is not None and f"quantity {limit.max_quantity}",
    )
    return f"at most {' and '.join(part for part in parts if part)} per {limit.per} in {limit.window}"
