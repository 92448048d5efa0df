"""A person holds a case back from the desk: takes it in hand, snoozes it, or dismisses it."""

from decimal import Decimal
from typing import Literal

from domain.cases import CaseState
from domain.money import Money
from domain.values import Instant, Value

HoldKind = Literal["taken", "snoozed", "dismissed"]
"""taken: a person handles it by hand; snoozed: nobody needs to see it for a while; dismissed: no exception, or accepted
as it is."""

HELD: dict[HoldKind, CaseState] = {"taken": "queued", "snoozed": "queued", "dismissed": "closed"}
"""Where a case rests while it is held; a hold ends as soon as its case moves from there."""

MARGIN = Decimal("0.10")
"""The share by which money at risk must grow to count as worse."""

SMALL = Decimal(10)
"""And the amount, in the case's currency: nobody is called back over a few coins."""


class Hold(Value):
    """One case held back, by whom and why, and what was known of it then."""

    case: str
    kind: HoldKind
    by: str
    reason: str
    since: Instant
    until: Instant | None
    """When a snooze or a dismissal ends by itself; a case that was taken is given back."""
    money_at_risk: Money
    deadline: Instant | None

    @property
    def words(self) -> str:
        """Why the case rests: ``taken: I call them myself``."""
        return f"{self.kind}: {self.reason}"

    def over(self, now: Instant) -> bool:
        """Whether its time has run out."""
        return self.until is not None and self.until <= now

    def worse(self, at_risk: Money, deadline: Instant | None) -> str | None:
        """In words, how the facts worsened since the hold was made; None where they did not.

        Worse is: over 10 % and over 10 of the case's currency more at risk, harm expected earlier than it was, or on a
        certain day where it was only likely.
        """
        if at_risk.currency != self.money_at_risk.currency or self._much_more(at_risk):
            return f"{at_risk} is at risk now, it was {self.money_at_risk}"
        if deadline is not None and self.deadline is None:
            return f"the harm was only likely and is expected on {deadline:%Y-%m-%d} now"
        if deadline is not None and self.deadline is not None and deadline < self.deadline:
            return f"the harm is expected on {deadline:%Y-%m-%d} now, it was {self.deadline:%Y-%m-%d}"
        return None

    def _much_more(self, at_risk: Money) -> bool:
        before = self.money_at_risk.amount
        return at_risk.amount > before * (1 + MARGIN) and at_risk.amount > before + SMALL
