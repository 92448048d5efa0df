"""The verbs with which a person keeps the desk from a case: take, dismiss and snooze."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from inbox.terminal.answering import answered
from inbox.terminal.options import AsJson, CaseId, Home, Login, Reason
from inbox.terminal.showing import say

if TYPE_CHECKING:
    from domain.refusals import Refusal


def join(app: typer.Typer) -> None:
    """Add these verbs to the program."""
    app.command(epilog='Example: python app.py take C3 --as buyer --reason "I call the vendor myself"')(answered(take))
    app.command(epilog='Example: python app.py dismiss C3 --as buyer --reason "sold out on purpose"')(answered(dismiss))
    app.command(epilog='Example: python app.py snooze C3 --days 3 --as buyer --reason "vendor answers on Monday"')(
        answered(snooze)
    )


def take(
    case_id: CaseId,
    login: Login,
    reason: Reason = "",
    give_back: Annotated[bool, typer.Option("--give-back", help="Let the desk have it again: planned afresh.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> "Refusal | None":
    """Take a case in hand.

    What it asked for is withdrawn, and the desk does nothing more about it by itself until you give it back or close
    it; scans still bring its facts up to date. Somebody else may take it over, with a reason.
    """
    from desk import taking
    from domain.refusals import Refusal
    from inbox.terminal.decided_pages import show_case
    from inbox.terminal.open_for import person_at

    with person_at(home, login) as (opened, person):
        desk = opened.desk
        verb = taking.give_back if give_back else taking.take
        case = verb(desk, case_id, person, reason)
        if isinstance(case, Refusal):
            return case
        show_case(case, as_json, desk.store.requests.pending(case.id))
        if not (give_back or as_json):
            say(f"When it is done:  python app.py close {case.id} --as {login} --reason WHY   (or take … --give-back)")
        return None


def dismiss(
    case_id: CaseId, login: Login, reason: Reason = "", home: Home = None, as_json: AsJson = False
) -> "Refusal | None":
    """Close a case that is no exception, or is accepted as it is.

    A later scan does not bring it back while its facts do not worsen: over 10 % and over 10 of its currency more at
    risk, harm expected earlier, or certain where it was likely. After 90 days it is looked at again.
    """
    from desk.dismissing import dismiss as dismiss_case
    from domain.refusals import Refusal
    from inbox.terminal.decided_pages import show_case
    from inbox.terminal.open_for import person_at

    with person_at(home, login) as (opened, person):
        case = dismiss_case(opened.desk, case_id, person, reason)
        if isinstance(case, Refusal):
            return case
        show_case(case, as_json)
        if not as_json:
            say("It stays closed while its facts do not worsen; after 90 days a scan that finds it opens it anew.")
        return None


def snooze(
    case_id: CaseId,
    login: Login,
    days: Annotated[int | None, typer.Option(min=1, max=365, help="For so many days.")] = None,
    until: Annotated[
        datetime | None, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="Until the morning of a day, UTC.")
    ] = None,
    reason: Reason = "",
    home: Home = None,
    as_json: AsJson = False,
) -> "Refusal | None":
    """Put a case aside for a while.

    It leaves the inbox and is not worked on until then, or until its facts worsen (see dismiss); then it is planned
    afresh.
    """
    from desk.snoozing import snooze as snooze_case
    from domain.refusals import Refusal
    from inbox.terminal.open_for import person_at
    from inbox.terminal.snoozed_page import show_snoozed, until_when

    with person_at(home, login) as (opened, person):
        end = until_when(opened.desk.clock.now(), days, until)
        case = snooze_case(opened.desk, case_id, person, reason, end)
        if isinstance(case, Refusal):
            return case
        show_snoozed(case, end, as_json)
        return None
