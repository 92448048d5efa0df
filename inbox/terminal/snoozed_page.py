"""For how long a case is put aside, as it was typed and as it is told."""

from datetime import datetime, timedelta

from desk.snoozing import morning
from domain.cases import Case
from domain.errors import Misuse
from inbox.terminal.decided_pages import show_case
from inbox.terminal.showing import moment, say


def until_when(now: datetime, days: int | None, until: datetime | None) -> datetime:
    """When a snooze is to end; raises Misuse unless exactly one of the two ways to say so is used."""
    if days is not None and until is None:
        return now + timedelta(days=days)
    if until is not None and days is None:
        return morning(until.date())
    raise Misuse("say how long: either --days N or --until DATE")


def show_snoozed(case: Case, until: datetime, as_json: bool) -> None:
    """What a person is told who put a case aside; that harm begins before it comes back, if it does."""
    show_case(case, as_json)
    if as_json:
        return
    say(f"It comes back on {moment(until)}, or as soon as its facts worsen.")
    if case.deadline and case.deadline < until:
        say(f"Mind that the harm begins before that: {moment(case.deadline)}.")
