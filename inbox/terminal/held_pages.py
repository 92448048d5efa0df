"""Who holds a case back from the desk, and until when, in words."""

from collections.abc import Mapping

from domain.holds import Hold
from domain.words import called
from inbox.terminal.showing import clean, moment


def held_words(held: Hold, people: Mapping[str, str]) -> str:
    """One line: ``taken by buyer (user:7) since 2026-03-02 09:15 UTC, until given back or closed: I call them``."""
    until = moment(held.until) if held.until else "given back or closed"
    worse = "" if held.kind == "taken" else " or its facts worsen"
    who_since = f"{held.kind} by {called(held.by, people)} since {moment(held.since)}"
    return f"{who_since}, until {until}{worse}: {clean(held.reason)}"
