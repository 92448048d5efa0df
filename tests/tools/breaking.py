"""Lines to Odoo that break where a test says: before a write is sent, or after it was carried out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from domain.calls import Call
from domain.faults import OutcomeUnknown
from domain.ports import Transport
from domain.values import Json

When = Literal["before", "after"]


class Killed(BaseException):
    """The process is gone: nothing in it gets to answer this."""


@dataclass
class Breaking:
    """Breaks at the nth write."""

    inner: Transport
    nth: int
    when: When
    how: type[BaseException] = Killed
    deaf_after: bool = False
    """Whether reads find nobody either once it broke."""
    writes: int = field(default=0)

    @property
    def uid(self) -> int:
        return self.inner.uid

    def execute(self, call: Call) -> Json:
        if call.reads_only:
            if self.deaf_after and self.writes >= self.nth:
                raise OutcomeUnknown
            return self.inner.execute(call)
        self.writes += 1
        if self.writes != self.nth:
            return self.inner.execute(call)
        if self.when == "after":
            self.inner.execute(call)
        raise self.how


@dataclass
class Colliding:
    """Something else happens in Odoo in the moment of one call."""

    inner: Transport
    method: str
    meanwhile: Callable[[], None]

    @property
    def uid(self) -> int:
        return self.inner.uid

    def execute(self, call: Call) -> Json:
        answer = self.inner.execute(call)
        if call.method == self.method:
            self.meanwhile()
        return answer


@dataclass
class Holding:
    """Kills the sender at the first write, which Odoo carries out only when the test says so."""

    inner: Transport
    held: list[Call] = field(default_factory=list)

    @property
    def uid(self) -> int:
        return self.inner.uid

    def execute(self, call: Call) -> Json:
        if call.reads_only:
            return self.inner.execute(call)
        self.held.append(call)
        raise Killed

    def commit(self) -> None:
        for call in self.held:
            self.inner.execute(call)
