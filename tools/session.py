"""What carrying out one intent needs at hand: reads, writers made for it alone, and the ledger it is settled in."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.intents import Compensated, Intent, Stale, Undo, Unknown
from domain.ports import Reads, Register, Transport
from domain.refusals import Refusal
from domain.scopes import Scope
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

    def writer(self, scope: Scope, *, budget: int | None = None) -> Writer:
        """A write handle for this intent's marker and company, inside one scope."""
        return Writer(
            self.transport,
            scope,
            self.intent.company,
            marker=self.intent.marker,
            language=self.language,
            timezone=self.timezone,
            budget=budget,
        )

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
