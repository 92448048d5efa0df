"""What carrying out one intent needs at hand: reads, writers made for it alone, and the ledger it is settled in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from domain.clock import Clock
from domain.intents import Compensated, Intent, Later, Stale, Undo, Unknown, Unsettled
from domain.ports import Reads, Register, Transport
from domain.refusals import Refusal
from domain.scopes import Scope
from tools.trace import Trace
from tools.writer import Writer


@dataclass(frozen=True, kw_only=True)
class Session:
    """One intent between its begin and its end in the ledger."""

    transport: Transport
    register: Register
    reads: Reads
    intent: Intent
    language: str
    timezone: str
    settle: tuple[float, ...]
    sleep: Callable[[float], None]
    clock: Clock
    in_flight: timedelta
    """How long Odoo may still be at work on a call whose sender is gone."""

    @property
    def trace(self) -> Trace:
        """What the effect of this intent is found again by."""
        return Trace(marker=self.intent.marker, seen=self.intent.touches)

    def writer(self, scope: Scope, *, budget: int | None = None) -> Writer:
        """A write handle for this intent's trace and company, inside one scope."""
        return Writer(
            self.transport,
            scope,
            self.intent.company,
            trace=self.trace,
            language=self.language,
            timezone=self.timezone,
            budget=budget,
        )

    def awaited(self, begun: Unsettled) -> Later | None:
        """Wait, while a call that left no trace yet may still be running inside Odoo."""
        over = begun.since + self.in_flight
        if self.clock.now() >= over:
            return None
        return Later(reason=f"nothing of it stands in Odoo yet; looked for again after {over:%H:%M:%S} UTC")

    def lost(self, why: str) -> Later:
        """The answer is lost and no effect was found: Odoo may still be at work on it."""
        self.register.in_flight(self.intent, why)
        return Later(reason=f"{why}; looked for again after {self.clock.now() + self.in_flight:%H:%M:%S} UTC")

    def sent_again(self, begun: Unsettled) -> Refusal | None:
        """Journal the second try, or drop an intent that may not be sent any more."""
        if begun.may_send:
            self.register.in_flight(self.intent, "nothing of it stands in Odoo: sent once more")
            return None
        reason = "nothing of it stands in Odoo, and its grant ran out or a limit stands against it now; plan again"
        return self.dropped(Refusal(guard="grant", reason=reason))

    def done(self, undo: Undo) -> Undo:
        self.register.finish(self.intent, undo)
        return undo

    def taken_back(self, result: Compensated) -> Compensated:
        self.register.finish(self.intent, result)
        return result

    def dropped(self, refusal: Refusal) -> Refusal:
        """Nothing stands in Odoo of this intent."""
        self.register.drop(self.intent, refusal.reason)
        return refusal

    def stale(self, why: str) -> Stale:
        self.register.drop(self.intent, f"stale: {why}")
        return Stale(reason=why)

    def unknown(self, why: str) -> Unknown:
        self.register.unknown(self.intent, why)
        return Unknown(reason=why)
