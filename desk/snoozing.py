"""A person puts a case aside for a while: out of the inbox, and not worked on, until then or until its facts worsen."""

from datetime import UTC, date, datetime, time, timedelta

from desk.desk import Desk
from desk.holding import hold
from domain.cases import Case
from domain.errors import Misuse
from domain.people import Person
from domain.refusals import Refusal
from domain.values import Instant

MOST_DAYS = 365


def snooze(desk: Desk, case_id: str, person: Person, reason: str, until: Instant) -> Case | Refusal:
    """Put a case aside until a moment to come; raises Misuse for one that is past or over a year ahead."""
    now = desk.clock.now()
    if not now < until <= now + timedelta(days=MOST_DAYS):
        raise Misuse(f"a case is snoozed until a day within the next {MOST_DAYS} days, found {until:%Y-%m-%d}")
    return hold(desk, case_id, person, "snoozed", reason, until)


def morning(day: date) -> Instant:
    """The beginning of a day, in UTC."""
    return datetime.combine(day, time(), UTC)
