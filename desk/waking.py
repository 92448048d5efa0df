"""A snoozed case comes back when its time is over or its facts are worse than they were."""

from desk.desk import Desk
from domain.cases import Case
from domain.holds import Hold
from domain.values import Instant
from memory.errors import Conflict


def wake(desk: Desk) -> list[Case]:
    """Give every snoozed case back to the desk whose snooze has ended; they are to be planned again."""
    woken = []
    for held in desk.store.holds.all("snoozed"):
        why = ended(held, desk.store.cases.get(held.case), desk.clock.now())
        if why is None:
            continue
        try:
            woken.append(desk.store.holds.end(held, why))
        except Conflict:
            continue  # a person was faster
    return woken


def ended(held: Hold, case: Case, now: Instant) -> str | None:
    """Why a snooze is over, None where it is not."""
    worse = held.worse(case.money_at_risk, case.deadline)
    if worse:
        return f"no longer snoozed, its facts worsened: {worse}"
    return "no longer snoozed: its time is over" if held.over(now) else None
