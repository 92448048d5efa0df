"""Stop the desk, or a part of it, and let it go on."""

from desk.concern import concerned
from desk.desk import Desk
from domain.errors import Misuse
from domain.people import Person
from domain.refusals import Refusal
from memory.pauses import Pause


def pause(desk: Desk, scope: str, person: Person, reason: str) -> Pause | Refusal:
    """Stop ``all``, ``kind:…``, ``action:…`` or ``company:…``: scans, and every write at its grant."""
    refusal = _unfit(desk, scope, person, reason)
    return refusal or desk.store.pauses.pause(scope, actor=person.actor, reason=reason)


def resume(desk: Desk, scope: str, person: Person, reason: str) -> bool | Refusal:
    """Let a paused scope go on; False when it was not paused."""
    refusal = _unfit(desk, scope, person, reason)
    return refusal or desk.store.pauses.resume(scope, actor=person.actor, reason=reason)


def _unfit(desk: Desk, scope: str, person: Person, reason: str) -> Refusal | None:
    """A switch is turned by somebody of that company, whose role knows that action, and says why."""
    if not reason.strip():
        raise Misuse("a switch is turned with a reason; give one with --reason")
    what, _, which = scope.partition(":")
    if what == "kind" and which not in desk.kinds:
        raise Misuse(f"there is no kind {which!r}; there is {', '.join(sorted(desk.kinds))}")
    company = int(which) if what == "company" and which.isdecimal() else None
    return concerned(desk, person, company, {which} if what == "action" else ())
