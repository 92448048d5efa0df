"""A patient way to Odoo: reads are asked again after a lost answer, writes never are."""

import time
from collections.abc import Callable
from typing import NamedTuple

from pydantic import Field, SecretStr
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, stop_before_delay, wait_random_exponential

from domain.calls import Call
from domain.faults import (
    NotAKey,
    OdooFault,
    OutcomeUnknown,
    SessionExpired,
    UnknownField,
    Unreachable,
    UnspokenVersion,
)
from domain.ports import Transport
from domain.values import Json, Value
from tools.dialects.dialect import speaking
from tools.dialects.versions import Way, major
from tools.transports.json2 import SINCE
from tools.transports.json2 import log_in as log_in_json2
from tools.transports.jsonrpc import reach
from tools.transports.wire import OdooAddress


class Patience(Value):
    """How long, and how often, a read is tried."""

    deadline_s: float = Field(default=10, gt=0)
    attempts: int = Field(default=6, ge=1)
    first_wait_s: float = Field(default=0.2, ge=0)
    longest_wait_s: float = Field(default=3, ge=0)


class Line(NamedTuple):
    """A logged-in way to an Odoo, and which Odoo it leads to."""

    transport: Transport
    version: str
    """``19.0 over /json/2``, for a person."""


def connect(
    address: OdooAddress,
    login: str,
    secret: SecretStr,
    *,
    patience: Patience | None = None,
    transport: Way = "auto",
) -> "Patient":
    """Log in to an Odoo, whichever of the spoken versions it is; raises WrongLogin, Unreachable or UnspokenVersion."""

    def logged_in() -> Line:
        return line(address, login, secret, transport)

    return Patient(logged_in(), renew=logged_in, patience=patience)


def line(address: OdooAddress, login: str, secret: SecretStr, way: Way) -> Line:
    """One log-in by a way; the version is found out anew each time, for an Odoo may be upgraded under the desk."""
    reached = reach(address)
    version = major(reached.version)
    if way == "json2" and version < SINCE:
        raise UnspokenVersion(
            f"expected an Odoo with /json/2, which came with {SINCE}.0, found {reached.version}; "
            "leave DESK_ODOO_TRANSPORT out, or set it to auto or jsonrpc"
        )
    if way == "json2" or (way == "auto" and version >= SINCE):
        try:
            return Line(speaking(log_in_json2(address, login, secret), version), f"{reached.version} over /json/2")
        except NotAKey:
            if way == "json2":
                raise
    return Line(speaking(reached.log_in(login, secret), version), f"{reached.version} over JSON-RPC")


class Patient:
    """Asks reads again after connection loss and time-outs; logs in anew when a login ran out, or Odoo was upgraded."""

    def __init__(
        self,
        line: Line,
        *,
        renew: Callable[[], Line] | None = None,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._line = line
        self._renew = renew
        self._patience = patience or Patience()
        self._sleep = sleep

    @property
    def uid(self) -> int:
        return self._line.transport.uid

    @property
    def version(self) -> str:
        """Which Odoo answers, and how it is spoken to: ``19.0 over /json/2``."""
        return self._line.version

    def execute(self, call: Call) -> Json:
        """Carry out one call: a write once, a read until it answers or the deadline passes."""
        if not call.reads_only:
            return self._line.transport.execute(call)
        return self._retrying()(self._asked, call)

    def _asked(self, call: Call) -> Json:
        try:
            return self._line.transport.execute(call)
        except (SessionExpired, UnknownField) as fault:
            self._line = self._renewed(fault)
            return self._line.transport.execute(call)

    def _renewed(self, fault: OdooFault) -> Line:
        """One more login; a field that is missing is worth one only where the Odoo was upgraded meanwhile."""
        if self._renew is None:
            raise fault
        line = self._renew()
        if isinstance(fault, UnknownField) and line.version == self._line.version:
            raise fault
        return line

    def _retrying(self) -> Retrying:
        how = self._patience
        return Retrying(
            retry=retry_if_exception_type((Unreachable, OutcomeUnknown)),
            stop=stop_after_attempt(how.attempts) | stop_before_delay(how.deadline_s),
            wait=wait_random_exponential(multiplier=how.first_wait_s, max=how.longest_wait_s),
            sleep=self._sleep,
            reraise=True,
        )
