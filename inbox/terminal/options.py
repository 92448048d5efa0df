"""Options that several verbs share, so that each is spelled and explained the same everywhere."""

from pathlib import Path
from typing import Annotated

import typer

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Where the desk keeps its database, seals and keys.  [default: DESK_HOME or .desk]"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print data for a program instead of a page for people.")]
Login = Annotated[
    str,
    typer.Option(
        "--as", metavar="LOGIN", help="Your Odoo login; proved by DESK_USER_KEY or the password you are asked for."
    ),
]
CaseId = Annotated[str, typer.Argument(metavar="CASE", help="The case's id, such as C3.")]
RequestId = Annotated[str, typer.Argument(metavar="REQUEST", help="The request's id, such as R12.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, in your words; kept in the journal.")]
