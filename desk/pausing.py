"""Stop the desk, or a part of it, and let it go on."""

from desk.concern import concerned
from desk.desk import Desk
from domain.errors import Misuse
from domain.people import Person
from domain.refusals import Refusal
from domain.words import typed
from memory.pauses import Pause

MISSING = "a switch is turned with a reason; give one with --reason"


def pause(desk: Desk, scope: str, person: Person, reason: str) -> Pause | Refusal:
    """Stop ``all``, ``kind:…``, ``action:…`` or ``company:…``: scans, and every write at its grant."""
    why = typed(reason, MISSING)
    refusal = _unfit(desk, scope, person)
    return refusal or desk.store.pauses.pause(scope, actor=person.actor, reason=why)


def resume(desk: Desk, scope: str, person: Person, reason: str) -> bool | Refusal:
    """Let a paused scope go on; False when it was not paused."""
    why = typed(reason, MISSING)
    refusal = _unfit(desk, scope, person)
    return refusal or desk.store.pauses.resume(scope, actor=person.actor, reason=why)


def _unfit(desk: Desk, scope: str, person: Person) -> Refusal | None:
    """A switch is turned by somebody of that company, whose role knows that action."""
    what, _, which = scope.partition(":")
    if what == "kind" and which not in desk.kinds:
        raise Misuse(f"there is no kind {which!r}; there is {', '.join(sorted(desk.kinds))}")
    company = int(which) if what == "company" and which.isdecimal() else None
    return concerned(desk, person, company, {which} if what == "action" else ())
