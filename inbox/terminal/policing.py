"""The verbs for whoever writes policy: policy check and policy explain."""

from pathlib import Path
from typing import Annotated

import typer

from inbox.terminal.answering import FAILED, answered
from inbox.terminal.options import AsJson, CaseId, Home
from inbox.terminal.showing import emit, say, say_whole, tell


def join(app: typer.Typer) -> None:
    """Add these verbs to the program."""
    policy = typer.Typer(help="Check a policy file, and see why policy decided as it did.", no_args_is_help=True)
    policy.command(epilog="Example: python app.py policy check my-policy.toml")(answered(check))
    policy.command(epilog="Example: python app.py policy explain C3")(answered(explain))
    app.add_typer(policy, name="policy")


def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The policy file, TOML.")], as_json: AsJson = False
) -> int:
    """Say what is wrong with a policy file, line by line. Exit code 1 when it cannot be used."""
    from desk.desk import KNOWN
    from guardrails.loading import check as problems_of

    problems = problems_of(file, KNOWN)
    wrong = any(problem.severity == "error" for problem in problems)
    if as_json:
        emit({"file": str(file), "usable": not wrong, "problems": [problem.plain() for problem in problems]})
        return FAILED if wrong else 0
    for problem in problems:
        place = file if problem.line is None else f"{file}:{problem.line}"
        say_whole(f"{place}: {problem.severity}: {problem}")
    say(f"{file} cannot be used." if wrong else f"{file} can be used.")
    return FAILED if wrong else 0


def explain(case_id: CaseId, home: Home = None, as_json: AsJson = False) -> None:
    """Say which rule decided a case's plan, step by step, and what would have changed the answer."""
    from desk.explaining import explained
    from inbox.terminal.reading import open_store

    with open_store(home) as store:
        found = explained(store, case_id)
    tell(as_json, found.plain(), *found.lines)
