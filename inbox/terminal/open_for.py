"""Opens the desk for somebody who decides, once Odoo has confirmed who it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk.settings import read_settings
from domain.people import Person
from inbox.terminal.opening import Opened, open_desk
from inbox.terminal.proving import proved


@contextmanager
def person_at(home: Path | None, login: str) -> Iterator[tuple[Opened, Person]]:
    """The desk, and the person whose password or API key Odoo accepts just now."""
    settings = read_settings(home=home)
    with open_desk(settings) as opened:
        yield opened, proved(opened.desk, settings, login)
