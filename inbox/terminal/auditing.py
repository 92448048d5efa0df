"""The verbs for whoever checks on the desk: audit show, verify, rotate and erase."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inbox.terminal.answering import FAILED, answered
from inbox.terminal.options import AsJson, Home, Login
from inbox.terminal.showing import emit, say, tell

if TYPE_CHECKING:
    from domain.refusals import Refusal


def join(app: typer.Typer) -> None:
    """Add these verbs to the program."""
    audit = typer.Typer(help="Read the journal, and prove that nobody changed it.", no_args_is_help=True)
    audit.command(epilog="Example: python app.py audit show --case C3")(answered(show))
    audit.command(epilog="Example: python app.py audit verify")(answered(verify))
    audit.command(epilog="Example: python app.py audit rotate --as finance")(answered(rotate))
    audit.command(epilog="Example: python app.py audit erase user:7 --as finance")(answered(erase))
    app.add_typer(audit, name="audit", rich_help_panel=None)


def show(
    case: Annotated[str | None, typer.Option(metavar="CASE", help="Only this case, such as C3.")] = None,
    since: Annotated[int, typer.Option(metavar="SEQ", min=0, help="Only entries after this number.")] = 0,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the newest.")] = 200,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Show the journal: who did what, when and on what grounds. Odoo is not asked."""
    from inbox.terminal.dossier_page import show_journal
    from inbox.terminal.reading import open_store

    with open_store(home) as store:
        if case is not None:
            store.cases.get(case)
        entries = [entry for entry in store.journal.entries(case=case, limit=limit) if entry.seq > since]
        people = store.people.logins()
    if as_json:
        emit({"entries": [entry.plain() for entry in entries]})
    elif entries:
        show_journal(entries, people)
    else:
        say("The journal has no such entry.")


def verify(
    seals: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Check against this copy of seals.jsonl instead.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Check every entry of the journal against its chain and its signed seals. Exit code 1 when anything is wrong."""
    from inbox.terminal.reading import open_store
    from inbox.terminal.verifying import checked, show_checked

    with open_store(home) as store:
        found = checked(store, seals)
    if as_json:
        emit(found.plain())
    else:
        show_checked(found)
    return 0 if found.intact else FAILED


def rotate(login: Login, home: Home = None, as_json: AsJson = False) -> "Refusal | None":
    """Sign seals with a new key from now on; the old key signs the change."""
    from desk.concern import concerned
    from inbox.terminal.open_for import person_at

    with person_at(home, login) as (opened, person):
        refusal = concerned(opened.desk, person, None, ())
        if refusal:
            return refusal
        key = opened.desk.store.seals.rotate()
    tell(as_json, {"key": key}, f"Seals are signed with key {key} from now on; copy {key}.pub to whoever audits.")
    return None


def erase(
    subject: Annotated[str, typer.Argument(metavar="PERSON", help="As the journal names them, such as user:7.")],
    login: Login,
    home: Home = None,
    as_json: AsJson = False,
) -> "Refusal | None":
    """Make a person's name and words in the journal unreadable for good; the journal stays whole."""
    from desk.erasing import erase as forget
    from inbox.terminal.open_for import person_at

    with person_at(home, login) as (opened, person):
        refusal = forget(opened.desk, subject, person)
    if refusal is None:
        tell(as_json, {"erased": subject}, f"What {subject} wrote and was called can no longer be read.")
    return refusal
