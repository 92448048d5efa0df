"""Money is an exact amount with its currency; amounts of different currencies never meet by accident."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from domain.errors import Misuse
from domain.values import Value

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
CENT = Decimal("0.01")


class Money(Value):
    """An amount in one currency, finite by construction."""

    amount: Decimal
    currency: Currency

    @model_validator(mode="before")
    @classmethod
    def _from_words(cls, given: object) -> object:
        """Accept ``"1250.00 GBP"`` as well as the two fields."""
        if isinstance(given, str):
            amount, _, currency = given.partition(" ")
            return {"amount": amount, "currency": currency}
        return given

    @classmethod
    def zero(cls, currency: str) -> Self:
        return cls(amount=Decimal(0), currency=currency)

    def __add__(self, other: "Money") -> "Money":
        return self.but(amount=self.amount + self._same(other))

    def __sub__(self, other: "Money") -> "Money":
        return self.but(amount=self.amount - self._same(other))

    def __mul__(self, factor: Decimal | int) -> "Money":
        return self.but(amount=self.amount * factor)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.amount >= self._same(other)

    def rounded(self) -> "Money":
        """To the cent, half away from zero."""
        return self.but(amount=self.amount.quantize(CENT, ROUND_HALF_UP))

    def __str__(self) -> str:
        return f"{self.amount:,.2f} {self.currency}"

    def _same(self, other: "Money") -> Decimal:
        if other.currency != self.currency:
            raise Misuse(f"{self} and {other} are of different currencies; convert one first")
        return other.amount
