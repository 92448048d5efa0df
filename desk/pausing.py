"""Stop the desk, or a part of it, and let it go on."""

from desk.concern import concerned
from desk.desk import Desk
from domain.errors import Misuse
from domain.people import Person
from domain.refusals import Refusal
from domain.words import typed, with_logins
from memory.pauses import Pause


def pause(desk: Desk, scope: str, person: Person, reason: str) -> Pause | Refusal:
    """Stop ``all``, ``kind:…``, ``action:…`` or ``company:…``: scans, and every write at its grant."""
    why = typed(reason, "a pause needs a reason; give one with --reason")
    refusal = _unfit(desk, scope, person)
    if refusal:
        return refusal
    paused = desk.store.pauses.pause(scope, actor=person.actor, reason=why)
    return named(desk, paused) if isinstance(paused, Refusal) else paused


def resume(desk: Desk, scope: str, person: Person, reason: str) -> bool | Refusal:
    """Let a paused scope go on; False when it was not paused."""
    why = typed(reason, "resuming needs a reason; give one with --reason")
    refusal = _unfit(desk, scope, person)
    return refusal or desk.store.pauses.resume(scope, actor=person.actor, reason=why)


def named(desk: Desk, refusal: Refusal) -> Refusal:
    """A refusal with people by their logins."""
    return refusal.but(reason=with_logins(refusal.reason, desk.store.people.logins()))


def _unfit(desk: Desk, scope: str, person: Person) -> Refusal | None:
    """A switch is turned by somebody of that company, whose role knows that action."""
    what, _, which = scope.partition(":")
    if what == "kind" and which not in desk.kinds:
        raise Misuse(f"there is no kind {which!r}; there is {', '.join(sorted(desk.kinds))}")
    company = int(which) if what == "company" and which.isdecimal() else None
    return concerned(desk, person, company, {which} if what == "action" else ())
