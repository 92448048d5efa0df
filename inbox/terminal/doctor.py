"""The verb for whoever sets the desk up or wonders why it does not work: doctor."""

from typing import Annotated

import typer

from inbox.terminal.answering import FAILED, answered
from inbox.terminal.options import AsJson, Home
from inbox.terminal.showing import emit, say

Data = Annotated[
    bool, typer.Option("--data", help="Look at what is entered in Odoo, too: what would blind the agents.")
]


def join(app: typer.Typer) -> None:
    """Add this verb to the program."""
    app.command(epilog="Example: python app.py doctor")(answered(doctor))


def doctor(home: Home = None, data: Data = False, as_json: AsJson = False) -> int:
    """Say what keeps the desk from working.

    Checks settings, database, journal, policy and Odoo, and says what to put right. Exit code 1 when any check fails.
    Changes nothing in Odoo.
    """
    from desk.examining import examine
    from inbox.terminal.doctor_page import ground, show_check

    checks = []
    for check in examine(ground(home, data=data)):
        checks.append(check)
        if not as_json:
            show_check(check)
    failed = sum(check.outcome == "fail" for check in checks)
    if as_json:
        emit({"healthy": not failed, "checks": [check.plain() for check in checks]})
    else:
        say(f"{failed} of {len(checks)} checks failed." if failed else "The desk can work.")
    return FAILED if failed else 0
