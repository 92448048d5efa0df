"""Stop the desk, or a part of it, and let it go on."""

from desk.desk import Desk
from domain.people import Person
from domain.refusals import Refusal
from memory.pauses import Pause


def pause(desk: Desk, scope: str, person: Person, reason: str) -> Pause | Refusal:
    """Stop ``all``, ``kind:…``, ``action:…`` or ``company:…``: scans, and every write at its grant."""
    if not person.roles:
        return Refusal(guard="role", reason=f"{person.login} holds none of the policy's roles; ask someone who does")
    return desk.store.pauses.pause(scope, actor=person.actor, reason=reason)


def resume(desk: Desk, scope: str, person: Person, reason: str) -> bool | Refusal:
    """Let a paused scope go on; False when it was not paused."""
    if not person.roles:
        return Refusal(guard="role", reason=f"{person.login} holds none of the policy's roles; ask someone who does")
    return desk.store.pauses.resume(scope, actor=person.actor, reason=reason)
