"""Without the key that seals, everything can be read and nothing is done."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from domain.clock import SystemClock
from memory.store import Store
from tests.inbox.terminal.conftest import typed

ODOO = {
    "DESK_ODOO_URL": "http://127.0.0.1:9",
    "DESK_ODOO_DATABASE": "sandbox",
    "DESK_ODOO_USER": "desk",
    "DESK_ODOO_SECRET": "hidden-secret",
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A desk that has sealed, and whose key is gone since."""
    place = tmp_path / "home"
    with closing(Store.open(place, SystemClock())) as store:
        store.seals.seal_now()
    (place / "keys" / "seal.key").unlink()
    return place


@pytest.mark.parametrize(
    "words",
    [
        ["scan"],
        ["approve", "R1", "--as", "buyer"],
        ["reject", "R1", "--as", "buyer", "--reason", "x"],
        ["close", "C1", "--as", "buyer", "--reason", "x"],
        ["rollback", "C1", "--as", "buyer"],
    ],
    ids=lambda words: words[0],
)
def test_a_verb_that_writes_is_refused_before_odoo_is_asked(home: Path, words: Sequence[str]) -> None:
    before = _entries(home)

    shown = typed(home, *words, key="a password", **ODOO)

    assert shown.exit_code == 1
    assert "signing key is gone: put the key back" in shown.stderr
    assert "127.0.0.1" not in shown.output
    assert _entries(home) == before


@pytest.mark.parametrize("words", [["cases"], ["inbox"], ["audit", "show"], ["audit", "verify"]], ids=" ".join)
def test_a_verb_that_reads_works(home: Path, words: Sequence[str]) -> None:
    assert typed(home, *words).exit_code == 0


def _entries(home: Path) -> list[str]:
    with closing(Store.open(home, SystemClock())) as store:
        return [entry.kind for entry in store.journal.entries()]
