"""What the doctor looks at, and how it is shown."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from desk.checking import policy_as_read
from desk.examining import Check, Ground
from desk.examining_currencies import capped
from desk.examining_odoo import Odoo, odoo_checks
from desk.examining_people import notified
from desk.settings import Settings
from domain.clock import SystemClock
from inbox.terminal.opening import served_by
from inbox.terminal.server_clock import server_time
from inbox.terminal.showing import clean, console, folded, say

COLOURS = {"ok": "green", "warn": "yellow", "fail": "bold red"}


def ground(home: Path | None, *, data: bool = False) -> Ground:
    """The desk of this home, and the Odoo its settings name."""
    return Ground(home=home, clock=SystemClock(), odoo=partial(odoo_of, data=data))


def odoo_of(settings: Settings, *, data: bool) -> Iterator[Check]:
    """The checks of the Odoo in the settings, or of the home's sandbox."""
    service, policy = served_by(settings), policy_as_read(settings)
    return odoo_checks(
        Odoo(
            address=service.address(),
            login=service.login,
            log_in=service.logged_in,
            server_time=server_time,
            clock=SystemClock(),
            policies=policy.locals if policy else (),
            roles=policy.role_groups() if policy else {},
            currencies=capped(policy),
            told=notified(policy),
            data=data,
            companies=settings.companies,
            scopes=policy.scopes if policy else {},
        )
    )


def show_check(check: Check) -> None:
    """One check on a line, and what to do below it."""
    page = console()
    told = folded(f"{check.outcome:<5}{check.name}: {clean(check.found)}", page.width)
    page.print(told[:5], style=COLOURS[check.outcome], end="")
    page.print(told[5:])
    if check.fix and check.outcome != "ok":
        say(f"     to do: {check.fix}")
