"""A store of its own for each test, on a clock that stands still."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.clock import SetClock
from memory.store import Store
from tests.memory.builders import NOON


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture
def store(tmp_path: Path, clock: SetClock) -> Iterator[Store]:
    opened = Store.open(tmp_path / "home", clock)
    yield opened
    opened.close()
