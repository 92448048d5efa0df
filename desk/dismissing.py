"""A person says that a case is no exception, or is accepted as it is: it stays closed while its facts do not worsen."""

from datetime import timedelta

from desk.desk import Desk
from desk.holding import hold
from domain.cases import Case
from domain.people import Person
from domain.refusals import Refusal

STANDS = timedelta(days=90)
"""So long a dismissal is believed; whatever is found after that is looked at again."""


def dismiss(desk: Desk, case_id: str, person: Person, reason: str) -> Case | Refusal:
    """Close a case for good: a later scan brings it back only when its facts are worse, or after 90 days."""
    return hold(desk, case_id, person, "dismissed", reason, desk.clock.now() + STANDS)
