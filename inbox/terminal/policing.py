"""The verbs for whoever writes policy: policy check and policy explain."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inbox.terminal.answering import FAILED, answered
from inbox.terminal.options import AsJson, CaseId, Home
from inbox.terminal.showing import emit, say_whole, tell

if TYPE_CHECKING:
    from domain.values import Json


def join(app: typer.Typer) -> None:
    """Add these verbs to the program."""
    policy = typer.Typer(help="Check a policy file, and see why policy decided as it did.", no_args_is_help=True)
    policy.command(epilog="Example: python app.py policy check my-policy.toml")(answered(check))
    policy.command(epilog="Example: python app.py policy explain C3")(answered(explain))
    app.add_typer(policy, name="policy")


def check(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help="A policy, a local one or terms; without it the policy in force, with its local ones and the terms.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Say what is wrong with a policy, line by line, and which files were read. Exit code 1 when it cannot be used."""
    from desk.checking import check_everything, check_file
    from desk.settings import read_settings

    settings = read_settings()
    found = check_everything(settings) if file is None else check_file(file, settings)
    if as_json:
        problems: list[Json] = [{**flaw.problem.plain(), "file": flaw.file} for flaw in found.flaws]
        emit({"file": found.file, "files": list(found.files), "usable": found.usable, "problems": problems})
        return 0 if found.usable else FAILED
    for flaw in found.flaws:
        say_whole(str(flaw))
    for read in found.files:
        say_whole(f"read {read}")
    say_whole(f"{found.file} can be used." if found.usable else f"{found.file} cannot be used.")
    if found.partly:
        say_whole("Its rules beside each other and its local policies are looked at once this is put right.")
    return 0 if found.usable else FAILED


def explain(case_id: CaseId, home: Home = None, as_json: AsJson = False) -> None:
    """Say which rule decided a case's plan, step by step, and what would have changed the answer."""
    from desk.explaining import explained
    from inbox.terminal.reading import open_store, policy_in_force

    with open_store(home) as store:
        found = explained(store, case_id, policy_in_force(home))
    tell(as_json, found.plain(), *found.lines)
