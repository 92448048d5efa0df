"""The verb to begin with: demo, a distributor in a sandbox Odoo, from the first scan to what waits for people."""

import shlex
from typing import Annotated

import typer

from inbox.terminal.answering import answered
from inbox.terminal.options import AsJson, Home
from inbox.terminal.showing import emit


def join(app: typer.Typer) -> None:
    """Add this verb to the program."""
    app.command(epilog="Example: python app.py demo")(answered(demo))


def demo(
    home: Home = None,
    odoo: Annotated[int, typer.Option(min=18, max=19, help="The Odoo that the sandbox is: 18 or 19.")] = 18,
    as_json: AsJson = False,
) -> None:
    """Show the desk at work in a sandbox Odoo.

    Builds a distributor, scans it, does what policy allows, stops at what needs a person, asks and answers as two of
    its users, and says what to type next; the next commands work on what it leaves. Run again, it begins afresh. It
    never touches a desk that works on a real Odoo.
    """
    from desk.settings import read_settings
    from inbox.terminal.demo_page import show_demo
    from inbox.terminal.demo_run import run_demo

    shown = run_demo(read_settings(home=home), odoo)
    if as_json:
        emit(shown.plain())
    else:
        show_demo(shown, "" if home is None else f" --home {shlex.quote(str(home))}")
