"""The verb for engineers: replay scenarios on the sandbox and judge how they end."""

from pathlib import Path
from typing import Annotated

import typer

from inbox.terminal.answering import FAILED, answered
from inbox.terminal.options import AsJson
from inbox.terminal.showing import emit


def join(app: typer.Typer) -> None:
    """Add this verb to the program."""
    app.command(epilog="Example: python app.py replay scenarios/stockout --junit report.xml")(answered(replay))


def replay(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Scenario files or folders.  [default: scenarios/stockout]"),
    ] = None,
    junit: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the outcome as JUnit XML too.")] = None,
    as_json: AsJson = False,
) -> int:
    """Replay scenarios on a sandbox.

    Each is judged by how it ends. Exit code 1 when any does not end as it should.
    """
    from inbox.terminal.progress import progressing
    from inbox.terminal.replayed_page import SUITE, show_outcomes
    from scenarios.junit import junit as report
    from scenarios.replay import run_suite

    with progressing() as progress:
        outcomes = run_suite(tuple(paths or ()) or (SUITE,), progress)
    if junit:
        report(outcomes).write(junit, encoding="utf-8", xml_declaration=True)
    if as_json:
        emit({"outcomes": [one.plain() for one in outcomes]})
    else:
        show_outcomes(outcomes)
    return 0 if outcomes and all(one.passed for one in outcomes) else FAILED
