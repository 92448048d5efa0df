"""How things are shown: text from Odoo made harmless, pages 100 columns wide, times in UTC."""

import json
import os
import sys
import textwrap
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from domain.money import Money
    from domain.values import Json

WIDEST = 100
"""Columns of a page, however wide the terminal is: longer lines are hard to read."""

LEAST = 20
"""Fewer columns are taken for a mistake."""

CONTROLS = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Unicode categories that move the cursor, turn the text round or cannot be seen."""


def clean(words: object) -> str:
    """Text on one line with whatever could steer a terminal spelled out: an escape becomes ``\\x1b``."""
    return "".join(_seen(sign) for sign in str(words))


def _seen(sign: str) -> str:
    if sign in "\n\r\t":
        return " "
    return sign.encode("unicode_escape").decode() if unicodedata.category(sign) in CONTROLS else sign


def console(*, errors: bool = False) -> "Console":
    """A page for people: no markup, so that a ``[bold]`` in a product's name stays a ``[bold]``."""
    from inbox.terminal.narrow import Page

    page = Page(stderr=errors, markup=False, emoji=False, highlight=False, soft_wrap=False)
    page.width = min(page.width if page.is_terminal else asked_width(), WIDEST)
    return page


def asked_width() -> int:
    """The columns that ``COLUMNS`` asks for where no terminal tells; a page's where it says nothing of use."""
    asked = os.environ.get("COLUMNS", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and int(asked) >= LEAST else WIDEST


def table(title: str, *columns: str, right: Sequence[str] = (), rigid: Sequence[str] = ()) -> "Table":
    """An empty table; columns named in ``right`` hold numbers, those in ``rigid`` are never broken."""
    from rich import box

    from inbox.terminal.narrow import Sheet

    made = Sheet(title=title or None, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        made.add_column(
            name,
            justify="right" if name in right else "left",
            no_wrap=name in right or name in rigid,
            overflow="fold",
        )
    return made


def say(*words: object) -> None:
    """Each as a line of its own; a long line goes on below, further in."""
    page = console()
    for line in map(clean, words):
        page.print(folded(line, page.width))


def folded(line: str, width: int) -> str:
    """A line that is too long goes on below, further in, and is broken between words only."""
    further = " " * (len(line) - len(line.lstrip()) + 4)
    return textwrap.fill(line, width, subsequent_indent=further, break_long_words=False, break_on_hyphens=False)


def say_whole(*words: object) -> None:
    """Each on one line however long, to be copied or searched."""
    page = console()
    for line in words:
        page.print(clean(line), soft_wrap=True)


def emit(plain: "Json") -> None:
    """Data for a program: JSON in ASCII, so that nothing in it can steer a terminal."""
    sys.stdout.write(json.dumps(plain, indent=2) + "\n")


def tell(as_json: bool, plain: "Json", *words: object) -> None:
    """Data for a program, lines for a person."""
    if as_json:
        emit(plain)
    else:
        say(*words)


def moment(at: datetime | None) -> str:
    """A time with its zone: ``2026-03-02 09:15 UTC``."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if at else "unknown"


def money(amount: "Money | None") -> str:
    """An amount with its currency; what is not known says so."""
    return str(amount) if amount is not None else "unknown"


def number(of: Decimal) -> str:
    """A quantity without trailing zeros: ``24``, ``0.5``."""
    return f"{of.normalize():f}"
