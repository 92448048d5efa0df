"""A ledger in a dict that keeps the promises of domain.ports.Register, for tests of the gateway alone."""

from datetime import datetime
from typing import Literal

from domain.clock import Clock
from domain.intents import Compensated, Fresh, Intent, Settled, Undo, Unsettled
from domain.refusals import Refusal

State = Literal["intended", "done", "dropped", "unknown"]


class Ledger:
    """Each grant opens one fresh intent; whatever was begun is settled, or looked for."""

    def __init__(self, clock: Clock, *grants: str) -> None:
        self.clock = clock
        self.grants = set(grants)
        self.may_send = True
        """Whether what was begun and never settled may be sent once more."""
        self.begun_at: dict[str, datetime] = {}
        self.states: dict[str, State] = {}
        self.results: dict[str, Undo | Compensated] = {}
        self.reasons: dict[str, str] = {}

    def begin(self, intent: Intent, grant: str | None) -> Fresh | Settled | Unsettled | Refusal:
        match self.states.get(intent.key):
            case "done":
                return Settled(self.results[intent.key])
            case "dropped":
                return Refusal(guard="effect", reason=f"{intent.key} was dropped: {self.reasons[intent.key]}")
            case "intended" | "unknown":
                return Unsettled(since=self.begun_at[intent.key], may_send=self.may_send)
        if grant not in self.grants:
            return Refusal(guard="grant", reason=f"grant {grant} does not open {intent.key}")
        self.grants.remove(grant)
        self.states[intent.key] = "intended"
        self.begun_at[intent.key] = self.clock.now()
        return Fresh()

    def in_flight(self, intent: Intent, why: str) -> None:
        self.begun_at[intent.key] = self.clock.now()
        self.reasons[intent.key] = why

    def finish(self, intent: Intent, result: Undo | Compensated) -> None:
        self._end(intent, "done")
        self.results[intent.key] = result

    def drop(self, intent: Intent, why: str) -> None:
        self._end(intent, "dropped")
        self.reasons[intent.key] = why

    def unknown(self, intent: Intent, why: str) -> None:
        self._end(intent, "unknown")
        self.reasons[intent.key] = why

    def _end(self, intent: Intent, state: State) -> None:
        if self.states.get(intent.key) not in {"intended", "unknown"}:
            raise AssertionError(f"{intent.key} ended without a begin, or twice")
        self.states[intent.key] = state
