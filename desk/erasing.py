"""Forget a person: what they typed and their name become unreadable, the journal stays whole."""

from desk.concern import concerned
from desk.desk import Desk
from domain.errors import Misuse
from domain.people import Person
from domain.refusals import Refusal


def erase(desk: Desk, subject: str, person: Person) -> Refusal | None:
    """Throw away the key that a person's words in the journal are locked with; None when that is done."""
    what, _, which = subject.partition(":")
    if what != "user" or not which.isdecimal():
        raise Misuse(f"expected the person as the journal names them, such as user:7, found {subject!r}")
    refusal = concerned(desk, person, None, ())
    if refusal:
        return refusal
    if not desk.store.journal.erase(subject, actor=person.actor):
        return Refusal(guard="subject", reason=f"nothing that can be read is stored about {subject}")
    return None
