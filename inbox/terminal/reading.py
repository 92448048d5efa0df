"""Opens the desk's rows alone, for the verbs that only show; Odoo may be down."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from desk.settings import read_settings
from domain.clock import SystemClock
from domain.errors import DeskError
from memory.store import FILE, SEALS, Store, has_bytes

NO_DESK = "there is no desk in {home} yet: run `python app.py demo`, or set DESK_ODOO_URL and run `python app.py scan`"


@contextmanager
def open_store(home: Path | None) -> Iterator[Store]:
    """The desk's rows alone, for what only reads; raises DeskError where there is no desk."""
    settings = read_settings(home=home)
    place = settings.home
    if not place.joinpath(FILE).exists() and not has_bytes(place / SEALS):
        raise DeskError(NO_DESK.format(home=place.resolve()))
    with closing(Store.open(place, SystemClock(), keys=settings.seal_keys)) as store:
        yield store
