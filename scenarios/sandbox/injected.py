"""Failures put in the way of calls, so that scenarios can show what happens when Odoo or the line to it fails."""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Literal

from scenarios.sandbox.faults import AccessError, SerializationFailure, UserError

Kind = Literal["down", "timeout_before", "timeout_after_commit", "access", "user_error", "serialization"]


class LineDown(Exception):
    """The caller cannot reach Odoo; nothing was sent."""


class AnswerLost(Exception):
    """The caller hears nothing more of its call, whether it was carried out or not."""


@dataclass(kw_only=True, slots=True)
class Injected:
    """Which calls fail and how: from the ``nth`` that matches on, ``times`` of them (0 is all of them)."""

    call: str
    """``model.method`` with ``*`` for anything."""
    kind: Kind
    nth: int = 1
    times: int = 1
    seen: int = 0

    def strikes(self, call: str) -> bool:
        """Counts the call when it matches, and says whether it is one that fails."""
        if not fnmatchcase(call, self.call):
            return False
        self.seen += 1
        return self.seen >= self.nth and (self.times == 0 or self.seen < self.nth + self.times)


def carried_out(faults: list[Injected], call: str, run: Callable[[], Any]) -> Any:
    """Run the call unless one of the failures strikes it."""
    struck = [fault for fault in faults if fault.strikes(call)]
    if not struck:
        return run()
    kind = struck[0].kind
    if kind == "timeout_after_commit":
        run()
        raise AnswerLost
    if kind == "timeout_before":
        raise AnswerLost
    if kind == "down":
        raise LineDown
    raise {
        "access": AccessError("You are not allowed to do this (an injected failure)."),
        "serialization": SerializationFailure("could not serialize access due to concurrent update\n"),
        "user_error": UserError("This is not possible now (an injected failure)."),
    }[kind]
