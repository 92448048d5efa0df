"""The entrance of the command line: every verb, in the order in which a newcomer meets them."""

import sys

import typer

from inbox.terminal import (
    asking,
    auditing,
    cases,
    deciding,
    demo,
    doctor,
    policing,
    proposing,
    replaying,
    sandboxing,
    scanning,
    taking,
)

app = typer.Typer(
    help="Exception Desk for Odoo: finds what goes wrong, fixes what policy lets it, asks about the rest.",
    epilog="Begin with: python app.py demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for group in (
    *(demo, scanning, cases, asking, deciding, proposing, taking),
    *(auditing, replaying, sandboxing, doctor, policing),
):
    group.join(app)


def main() -> None:
    """Run one verb; signs that the terminal cannot show are spelled out instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
    app(prog_name="python app.py")
