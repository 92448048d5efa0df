"""Tables that a narrow terminal can show too, and a page whose reader may leave before the end."""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Column, Table
from rich.text import Text

NARROW = 80
"""Below so many columns a table that must break lines is told line by line instead."""

WIDEST = 100
"""So many are never too few."""


def _longest(column: Column) -> int:
    """How wide the longest word of a column is."""
    words = [word for cell in (column.header, *column.cells) for word in str(cell).split()]
    return max((cell_len(word) for word in words), default=0)


class Page(Console):
    """A console that leaves it to the verb to answer a reader who has left."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class Sheet(Table):
    """A table; where it would be squeezed, each row is told as a block of ``heading: value``."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self._fits(console, options):
            yield from super().__rich_console__(console, options)
            return
        if self.title:
            yield Text(str(self.title), style="bold")
        for row in range(self.row_count):
            yield Text("\n".join(self._told(row)))
            yield Text("")

    def _fits(self, console: Console, options: ConsoleOptions) -> bool:
        """Whether no line need be broken; on a page not much narrower than the widest, no word."""
        likes = self.__rich_measure__(console, console.options.update_width(10_000)).maximum
        if options.max_width >= WIDEST or likes <= options.max_width:
            return True
        return options.max_width >= NARROW and self._keeps_words(console, options)

    def _keeps_words(self, console: Console, options: ConsoleOptions) -> bool:
        """Whether each column gets room for its longest word."""
        inner = options.update_width(options.max_width - self._extra_width)
        rooms = self._calculate_column_widths(console, inner)
        return all(
            _longest(column) <= room - self._get_padding_width(index)
            for index, (column, room) in enumerate(zip(self.columns, rooms, strict=True))
        )

    def _told(self, row: int) -> Iterator[str]:
        """A row's cells, each under the name of its column; empty ones are left out."""
        for column in self.columns:
            value = ", ".join(str(list(column.cells)[row]).splitlines())
            if value:
                yield f"{column.header}: {value}" if cell_len(str(column.header)) else value
