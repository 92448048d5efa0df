"""Options that several verbs share, so that each is spelled and explained the same everywhere."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer


def named(letter: str, what: str, verb: str) -> Callable[[str | None], str | None]:
    """Takes an id as it is written in pages, in capitals or not, and refuses what cannot be one."""

    def check(given: str | None) -> str | None:
        found = None if given is None else given.strip().upper()
        if found is not None and not (found[:1] == letter and found[1:].isascii() and found[1:].isdecimal()):
            raise typer.BadParameter(f"expected {what} such as {letter}3, found {given!a}; see python app.py {verb}")
        return found

    return check


def each(check: Callable[[str | None], str | None]) -> Callable[[list[str]], list[str]]:
    """The same for several ids."""
    return lambda given: [found for one in given if (found := check(one)) is not None]


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
CaseId = Annotated[
    str, typer.Argument(metavar="CASE", help="The case's id, such as C3.", callback=named("C", "a case's id", "cases"))
]
RequestIds = Annotated[
    list[str],
    typer.Argument(
        metavar="REQUEST",
        help="The requests' ids, such as R12 R13.",
        callback=each(named("R", "a request's id", "inbox")),
    ),
]
Digests = Annotated[
    list[str] | None,
    typer.Option(
        "--digest",
        metavar="PREFIX",
        help="Refuse unless the request's digest begins like this, 8 hex digits or more; one for each request, in "
        "order or as R12=PREFIX.",
    ),
]
QuestionId = Annotated[
    str,
    typer.Argument(
        metavar="QUESTION", help="The question's id, such as Q2.", callback=named("Q", "a question's id", "inbox")
    ),
]
Reason = Annotated[str, typer.Option("--reason", help="Why, in your words; kept in the journal.")]
