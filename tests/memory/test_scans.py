"""Every scan is in the book, the failed ones too."""

from decimal import Decimal

import pytest

from domain.errors import NotFound
from memory.store import Store


def test_a_scan_is_written_down_when_it_starts_and_when_it_ends(store: Store) -> None:
    number = store.scans.start("stockout", 1)
    running = store.scans.recent()

    done = store.scans.done(number, calls=14, seconds=Decimal("1.25"), opened=3, updated=2)

    assert (running[0].number, running[0].ended_at) == (number, None)
    assert (done.calls, done.seconds, done.opened, done.updated, done.error) == (14, Decimal("1.25"), 3, 2, None)
    assert [entry.kind for entry in store.journal.entries(limit=2)] == ["scan.begun", "scan.done"]


def test_a_scan_that_failed_says_why(store: Store) -> None:
    number = store.scans.start("stockout", 1)

    store.scans.done(number, calls=1, seconds=Decimal("0.1"), error="Odoo cannot be reached")

    assert store.scans.recent()[0].error == "Odoo cannot be reached"
    assert store.journal.entries()[-1].facts["error"] == "Odoo cannot be reached"


def test_the_newest_scans_come_first(store: Store) -> None:
    numbers = [store.scans.start("stockout", company) for company in (1, 2, 3)]

    assert [scan.number for scan in store.scans.recent(limit=2)] == [numbers[2], numbers[1]]


def test_a_scan_ends_once(store: Store) -> None:
    number = store.scans.start("stockout", 1)
    store.scans.done(number, calls=1, seconds=Decimal(0))

    with pytest.raises(NotFound, match=f"no scan {number} is running"):
        store.scans.done(number, calls=1, seconds=Decimal(0))
