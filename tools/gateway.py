"""The one way to write to Odoo: a journalled intent, a spent grant, a bounded writer, a look before a second try."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from domain.clock import Clock
from domain.intents import Compensated, Intent, Later, Settled, Stale, Undo, Unknown, Unsettled
from domain.ports import Register, Transport
from domain.refusals import Refusal
from tools.action import AnyAction, complaint
from tools.doing import Doing
from tools.reader import Reader
from tools.remembered import Remembered
from tools.session import Session
from tools.undoing import Undoing

Outcome = Undo | Compensated | Refusal | Stale | Later | Unknown

SETTLE = (0.2, 1.0)
"""Seconds to wait before each further look, after a call whose answer was lost: Odoo may still be at work on it."""

IN_FLIGHT_S = 150.0
"""How long a call may run inside Odoo with nobody waiting for it: Odoo ends it after 120 s unless told otherwise."""


class Gateway:
    """Reads for a company, and writes by intent; hands out no write handle."""

    def __init__(
        self,
        transport: Transport,
        register: Register,
        catalogue: Mapping[str, AnyAction],
        *,
        clock: Clock,
        in_flight_s: float = IN_FLIGHT_S,
        language: str = "en_US",
        timezone: str = "UTC",
        settle: Sequence[float] = SETTLE,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._transport = transport
        self._register = register
        self._catalogue = catalogue
        self._clock = clock
        self._remembered = Remembered(clock)
        self._in_flight = timedelta(seconds=in_flight_s)
        self._language = language
        self._timezone = timezone
        self._settle = tuple(settle)
        self._sleep = sleep

    def reader(self, company: int) -> Reader:
        """Allowlisted reads for one company, to plan with: what hardly ever changes is remembered for a minute."""
        return self._reading(company, self._remembered)

    def _reading(self, company: int, remembered: Remembered | None) -> Reader:
        return Reader(
            self._transport,
            company,
            clock=self._clock,
            language=self._language,
            timezone=self._timezone,
            remembered=remembered,
        )

    def perform(self, intent: Intent, grant: str | None) -> Outcome:
        """Carry out one step, or take one back, at most once however often it is asked.

        ``Undo`` or ``Compensated``: done, now or before. ``Refusal``: nothing stands in Odoo, and why. ``Stale``: a
        record changed, nothing was sent. ``Later``: Odoo cannot be asked now or may still be at work on it, ask
        again. ``Unknown``: frozen for a person, or until a later ``perform`` finds out.
        """
        action = self._catalogue.get(intent.action)
        if action is None:
            return Refusal(guard="catalogue", reason=f"there is no action {intent.action!r}")
        try:
            step = self._step(action, intent)
        except ValueError as error:
            return Refusal(guard="params", reason=f"{intent.action} does not take this: {complaint(error)}")
        begun = self._register.begin(intent, grant)
        if isinstance(begun, Settled):
            return begun.result
        if isinstance(begun, Refusal):
            return begun
        return step.run(begun if isinstance(begun, Unsettled) else None)

    def _step(self, action: AnyAction, intent: Intent) -> Doing | Undoing:
        session = Session(
            transport=self._transport,
            register=self._register,
            reads=self._reading(intent.company, None),
            intent=intent,
            language=self._language,
            timezone=self._timezone,
            settle=self._settle,
            sleep=self._sleep,
            clock=self._clock,
            in_flight=self._in_flight,
        )
        if intent.direction == "undo":
            return Undoing(session, action, Undo.model_validate(intent.params))
        return Doing(session, action, action.parse(intent.params))
