"""The verb that serves a sandbox Odoo to try things on: sandbox."""

from typing import Annotated

import typer

from inbox.terminal.answering import answered
from inbox.terminal.options import Home


def join(app: typer.Typer) -> None:
    """Add this verb to the program."""
    app.command(epilog="Example: python app.py sandbox --home /tmp/try --world demo")(answered(sandbox))


def sandbox(
    home: Home = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Loopback port; 0 takes a free one.")] = 0,
    world: Annotated[str, typer.Option(help="What an empty sandbox is filled with: demo or small.")] = "demo",
    version: Annotated[int, typer.Option(min=18, max=19, help="The Odoo that an empty sandbox is: 18 or 19.")] = 18,
    idle: Annotated[int, typer.Option(min=0, help="End after so many seconds without a call; 0 never.")] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", help="Do not print the address and the users' keys.")] = False,
) -> None:
    """Serve a sandbox Odoo on this machine.

    Builds a distributor in it when the home has none; ends with Ctrl-C or when idle.
    """
    from desk.settings import read_settings
    from inbox.terminal.sandbox_serving import serve_sandbox

    home_used = read_settings(home=home).home
    serve_sandbox(home_used, world, version=version, port=port, idle_s=float(idle) or None, quiet=quiet)
