"""A progress bar for long work."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from inbox.terminal.showing import clean, console

ROOM = 48
"""Columns for what is being done, so that bar and clock fit beside it."""


@contextmanager
def progressing() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr, told what is being done, how many are done and how many there are; for terminals only."""
    page = console(errors=True)
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=page,
        transient=True,
        disable=not page.is_terminal,
    )
    with bar:
        task = bar.add_task("starting", total=None)

        def progress(what: str, done: int, of: int) -> None:
            bar.update(task, description=clean(what)[:ROOM].ljust(ROOM), completed=done, total=of)

        yield progress
