"""A patient way to Odoo: reads are asked again after a lost answer, writes never are."""

import time
from collections.abc import Callable

from pydantic import Field, SecretStr
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, stop_before_delay, wait_random_exponential

from domain.calls import Call
from domain.faults import OutcomeUnknown, SessionExpired, Unreachable
from domain.ports import Transport
from domain.values import Json, Value
from tools.odoorpc_transport import log_in
from tools.wire import OdooAddress


class Patience(Value):
    """How long, and how often, a read is tried."""

    deadline_s: float = Field(default=10, gt=0)
    attempts: int = Field(default=6, ge=1)
    first_wait_s: float = Field(default=0.2, ge=0)
    longest_wait_s: float = Field(default=3, ge=0)


def connect(address: OdooAddress, login: str, secret: SecretStr, *, patience: Patience | None = None) -> "Patient":
    """Log in to an Odoo; raises WrongLogin or Unreachable."""

    def logged_in() -> Transport:
        return log_in(address, login, secret)

    return Patient(logged_in(), renew=logged_in, patience=patience)


class Patient:
    """Asks reads again after connection loss and time-outs, and logs in once more when the login ran out."""

    def __init__(
        self,
        transport: Transport,
        *,
        renew: Callable[[], Transport] | None = None,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._transport = transport
        self._renew = renew
        self._patience = patience or Patience()
        self._sleep = sleep

    @property
    def uid(self) -> int:
        return self._transport.uid

    def execute(self, call: Call) -> Json:
        """Carry out one call: a write once, a read until it answers or the deadline passes."""
        if not call.reads_only:
            return self._transport.execute(call)
        return self._retrying()(self._asked, call)

    def _asked(self, call: Call) -> Json:
        try:
            return self._transport.execute(call)
        except SessionExpired:
            if self._renew is None:
                raise
            self._transport = self._renew()
            return self._transport.execute(call)

    def _retrying(self) -> Retrying:
        how = self._patience
        return Retrying(
            retry=retry_if_exception_type((Unreachable, OutcomeUnknown)),
            stop=stop_after_attempt(how.attempts) | stop_before_delay(how.deadline_s),
            wait=wait_random_exponential(multiplier=how.first_wait_s, max=how.longest_wait_s),
            sleep=self._sleep,
            reraise=True,
        )
