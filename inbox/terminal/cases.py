"""The verbs that show where things stand: cases, case and inbox."""

from typing import Annotated

import typer

from inbox.terminal.answering import answered
from inbox.terminal.options import AsJson, CaseId, Home
from inbox.terminal.showing import emit


def join(app: typer.Typer) -> None:
    """Add these verbs to the program."""
    app.command(epilog="Example: python app.py cases --state waiting --json")(answered(cases))
    app.command(epilog="Example: python app.py case C3 --all")(answered(case))
    app.command(epilog="Example: python app.py inbox")(answered(inbox))


def cases(
    state: Annotated[str | None, typer.Option(help="Only cases in this state, such as waiting or closed.")] = None,
    kind: Annotated[
        str | None,
        typer.Option(help="Only this kind: stockout, or notice (what people are told)."),
    ] = None,
    company: Annotated[int | None, typer.Option(min=1, help="Only this Odoo company, by its id.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List the cases, most money at risk first. Odoo is not asked."""
    from inbox.terminal.case_pages import case_table, check_company, check_kind, known_state
    from inbox.terminal.reading import open_store
    from inbox.terminal.showing import console, say

    wanted = known_state(state)
    check_kind(kind)
    with open_store(home) as store:
        check_company(store, company)
        people = store.people.logins()
        found = store.cases.list(state=wanted, kind=kind, company=company)
    if as_json:
        emit({"cases": [one.plain() for one in found]})
    elif found:
        console().print(case_table(found, people=people))
    else:
        say("No case here. A scan opens them: python app.py scan")


def case(
    case_id: CaseId,
    whole: Annotated[
        bool, typer.Option("--all", help="Also the Odoo records its facts were read from, and its journal.")
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Show one case.

    Facts, options in money, plan, policy's answer, decisions and effects; with --all the facts' sources and the
    journal too.
    """
    from desk.dossiers import dossier
    from inbox.terminal.dossier_page import show_dossier
    from inbox.terminal.reading import open_store, policy_in_force

    with open_store(home) as store:
        found = dossier(store, case_id)
    if as_json:
        emit(found.plain())
    else:
        show_dossier(found, policy_in_force(home), whole=whole)


def inbox(home: Home = None, as_json: AsJson = False) -> None:
    """List what waits for a person.

    Requests to decide, questions to answer, the cases that the desk handed over, and those that somebody has in hand.
    What is snoozed is left out.
    """
    from inbox.terminal.inbox_page import Waiting, show_inbox
    from inbox.terminal.reading import open_store, policy_in_force

    with open_store(home) as store:
        waiting = Waiting.of(store, policy_in_force(home))
    if as_json:
        emit(waiting.plain())
    else:
        show_inbox(waiting)
