"""The verbs that set the desk to work: scan now, or serve and scan by the clock."""

from typing import TYPE_CHECKING, Annotated

import typer

from inbox.terminal.answering import answered
from inbox.terminal.options import AsJson, Home
from inbox.terminal.showing import emit

if TYPE_CHECKING:
    from domain.refusals import Refusal


def join(app: typer.Typer) -> None:
    """Add these verbs to the program."""
    app.command(epilog="Example: python app.py scan --kind stockout --company 1")(answered(scan))
    app.command(epilog="Example: python app.py serve")(answered(serve))


def scan(
    kind: Annotated[str | None, typer.Option(help="Only this kind of exception, such as stockout.")] = None,
    company: Annotated[int | None, typer.Option(min=1, help="Only this Odoo company, by its id.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> "Refusal | None":
    """Find the exceptions in Odoo now.

    Opens a case for each, and carries every case as far as policy allows.
    """
    from desk.settings import read_settings
    from domain.refusals import Refusal
    from inbox.terminal.opening import open_desk
    from inbox.terminal.scanned_page import scan_all, show_scanned

    with open_desk(read_settings(home=home)) as opened:
        outcomes = scan_all(opened, kind, company)
    done = [one for one in outcomes if not isinstance(one, Refusal)]
    if as_json and len(done) == len(outcomes):
        emit({"scans": [one.plain() for one in done]})
    elif done and not as_json:
        show_scanned(done)
    return next((one for one in outcomes if isinstance(one, Refusal)), None)


def serve(home: Home = None) -> None:
    """Scan by the clock until told to stop.

    Also expires what nobody answered, takes up what a kill left, and seals the journal.
    """
    from desk.settings import read_settings
    from inbox.terminal.opening import open_desk
    from inbox.terminal.serving import serve_until_told

    with open_desk(read_settings(home=home)) as opened:
        serve_until_told(opened)
