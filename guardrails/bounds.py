"""Bounds on a step: how much money, how many goods, by how many days, how sure."""

from decimal import Decimal

from pydantic import Field

from domain.exposures import Exposure
from domain.money import Money
from domain.values import Value
from guardrails.amounts import Amounts, amount_in


class Bounds(Value):
    """How large or uncertain a step may be; a bound that is not named does not bind."""

    max_amount: Amounts = ()
    """Bound by currency; a currency without an amount is out of bounds, unless no amount is named at all."""
    max_quantity: Decimal | None = Field(default=None, ge=0)
    max_days: int | None = Field(default=None, ge=0)
    """Days to either side: a date moved forward by ten days is moved as far as one put off by ten."""
    min_confidence: Decimal | None = Field(default=None, ge=0, le=1)

    @property
    def bounded(self) -> bool:
        """Whether any step could be too large or too uncertain."""
        return bool(self.max_amount) or (self.max_quantity, self.max_days, self.min_confidence) != (None, None, None)

    def excesses(self, exposure: Exposure, confidence: Decimal) -> tuple[str, ...]:
        """What puts a step out of these bounds, in words; nothing when it is within all of them."""
        most_days = None if self.max_days is None else Decimal(self.max_days)
        found = (
            self._amount_excess(exposure.amount),
            _over("quantity", exposure.quantity, self.max_quantity),
            _over("days", Decimal(abs(exposure.days or 0)), most_days),
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


def _over(what: str, found: Decimal, most: Decimal | None) -> str | None:
    if most is None or found <= most:
        return None
    return f"{what} {found} is over {most}"
