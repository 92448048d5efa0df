"""A desk over the small world, in process, on a Monday morning."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from scenarios.stage import Stage, stage

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def scene() -> Iterator[Stage]:
    with stage(AT) as scene:
        yield scene
