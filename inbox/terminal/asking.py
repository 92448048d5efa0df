"""The verbs for whoever wants to know more before deciding: ask the desk or a colleague, and answer."""

from typing import TYPE_CHECKING, Annotated

import typer

from inbox.terminal.answering import answered
from inbox.terminal.options import AsJson, CaseId, Home, Login, QuestionId

if TYPE_CHECKING:
    from domain.refusals import Refusal


def join(app: typer.Typer) -> None:
    """Add these verbs to the program."""
    app.command(epilog='Example: python app.py ask C3 --as buyer "why not Leeds?"')(answered(ask))
    app.command(epilog='Example: python app.py answer Q1 --as warehouse "Leeds is being counted"')(answered(answer))


def ask(
    case_id: CaseId,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="In your words; kept in the journal.")],
    login: Login,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="LOGIN", help="A colleague's Odoo login; without one the desk answers."),
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> "Refusal | None":
    """Ask about a case.

    The desk answers at once, by rules and from what it has written down. A colleague's question stands in the inbox
    and on the case until it is answered; no request waits for it.
    """
    from desk.asking import ask as put
    from domain.refusals import Refusal
    from inbox.terminal.open_for import person_at
    from inbox.terminal.question_pages import show_put

    with person_at(home, login) as (opened, person):
        found = put(opened.desk, case_id, person, question, to)
        if isinstance(found, Refusal):
            return found
        show_put(found, opened.desk.store.people.logins(), as_json)
        return None


def answer(
    question_id: QuestionId,
    words: Annotated[str, typer.Argument(metavar="ANSWER", help="In your words; kept in the journal.")],
    login: Login,
    home: Home = None,
    as_json: AsJson = False,
) -> "Refusal | None":
    """Answer a question about a case."""
    from desk.asking import answer as give
    from domain.refusals import Refusal
    from inbox.terminal.open_for import person_at
    from inbox.terminal.question_pages import show_put

    with person_at(home, login) as (opened, person):
        found = give(opened.desk, question_id, person, words)
        if isinstance(found, Refusal):
            return found
        show_put(found, opened.desk.store.people.logins(), as_json)
        return None
