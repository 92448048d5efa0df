"""The verb with which a person makes a plan of their own from what a case offers: propose."""

from typing import TYPE_CHECKING, Annotated

import typer

from inbox.terminal.answering import answered
from inbox.terminal.options import AsJson, CaseId, Home, Login, Reason

if TYPE_CHECKING:
    from domain.refusals import Refusal


def join(app: typer.Typer) -> None:
    """Add this verb to the program."""
    app.command(epilog="Example: python app.py propose C3 --option transfer:3 --set quantity=24 --as buyer")(
        answered(propose)
    )


def propose(
    case_id: CaseId,
    option: Annotated[str, typer.Option("--option", metavar="NAME", help="An option's name, as the case shows it.")],
    login: Login,
    edits: Annotated[
        list[str] | None, typer.Option("--set", metavar="KNOB=NUMBER", help="Turn a knob that the option offers.")
    ] = None,
    reason: Reason = "",
    home: Home = None,
    as_json: AsJson = False,
) -> "Refusal | None":
    """Pick another option of a case.

    It is worked out on fresh facts and judged by policy like an edited plan: nothing is approved by proposing it. What
    was asked about an older plan is over. Options that only people pick are planned this way.
    """
    from desk.proposing import propose as put_forward
    from domain.refusals import Refusal
    from inbox.terminal.decided_pages import knobs, show_proposed
    from inbox.terminal.open_for import person_at

    wanted = knobs(edits or [])
    with person_at(home, login) as (opened, person):
        proposed = put_forward(opened.desk, case_id, person, option, wanted, reason)
        if isinstance(proposed, Refusal):
            return proposed
        show_proposed(proposed, opened.desk.store.people.logins(), as_json)
        return None
