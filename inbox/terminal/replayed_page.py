"""How replayed scenarios ended, as a table for people."""

from collections.abc import Sequence
from pathlib import Path

from inbox.terminal.showing import clean, console, say, table
from scenarios.replay import Outcome

SUITE = Path(__file__).resolve().parents[2] / "scenarios" / "stockout"


def show_outcomes(outcomes: Sequence[Outcome]) -> None:
    """One line a scenario, and below it what did not end as it should."""
    page = table("Replayed", "", "scenario", "what differs", "seconds", right=("seconds",))
    for one in outcomes:
        differs = "\n".join(clean(failure) for failure in one.failures)
        page.add_row("pass" if one.passed else "FAIL", clean(one.title), differs, f"{one.seconds:.2f}")
    console().print(page)
    say(f"{sum(one.passed for one in outcomes)} of {len(outcomes)} scenarios ended as they should.")
