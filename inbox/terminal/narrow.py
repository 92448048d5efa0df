"""Tables that a narrow terminal can show too, and a page whose reader may leave before the end."""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

NARROW = 80
"""Below so many columns a table is told line by line instead."""


class Page(Console):
    """A console that leaves it to the verb to answer a reader who has left."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class Sheet(Table):
    """A table; where it would be squeezed, each row is told as a block of ``heading: value``."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.max_width >= NARROW or self._needs(console) <= options.max_width:
            yield from super().__rich_console__(console, options)
            return
        if self.title:
            yield Text(str(self.title), style="bold")
        for row in range(self.row_count):
            yield Text("\n".join(self._told(row)))
            yield Text("")

    def _needs(self, console: Console) -> int:
        """How wide it would like to be."""
        return self.__rich_measure__(console, console.options.update_width(10_000)).maximum

    def _told(self, row: int) -> Iterator[str]:
        """A row's cells, each under the name of its column; empty ones are left out."""
        for column in self.columns:
            value = ", ".join(str(list(column.cells)[row]).splitlines())
            if value:
                yield f"{column.header}: {value}" if cell_len(str(column.header)) else value
