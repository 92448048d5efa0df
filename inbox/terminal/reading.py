"""Opens the desk's rows alone, for the verbs that only show; Odoo may be down."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from desk.reading import read_policy
from desk.settings import read_settings
from domain.clock import SystemClock
from domain.errors import DeskError
from guardrails.errors import PolicyError
from guardrails.policy import Policy
from memory.store import FILE, SEALS, Store, has_bytes

NO_DESK = "there is no desk in {home} yet: run `python app.py demo`, or set DESK_ODOO_URL and run `python app.py scan`"


def policy_in_force(home: Path | None) -> Policy | None:
    """The policy of the settings; None where it cannot be read, for what is waiting is shown all the same."""
    try:
        return read_policy(read_settings(home=home).policy)
    except PolicyError:
        return None


@contextmanager
def open_store(home: Path | None) -> Iterator[Store]:
    """The desk's rows alone, for what only reads; raises DeskError where there is no desk."""
    settings = read_settings(home=home)
    place = settings.home
    if not place.joinpath(FILE).exists() and not has_bytes(place / SEALS):
        raise DeskError(NO_DESK.format(home=place.resolve()))
    with closing(Store.open(place, SystemClock(), keys=settings.seal_keys)) as store:
        yield store
