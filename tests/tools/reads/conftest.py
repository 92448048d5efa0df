"""The small distributor and a reader on it."""

from datetime import UTC, datetime

import pytest

from domain.clock import SetClock
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.transport import EngineTransport
from scenarios.worlds import small
from tools.reader import Reader

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def world() -> small.Small:
    return small.build(Engine(SetClock(NOW)), today=NOW.date())


@pytest.fixture
def reader(world: small.Small) -> Reader:
    """As the desk's own user, with the rights that user has."""
    transport = EngineTransport.log_in(world.engine, "desk", world.users["desk"].password)
    return Reader(transport, world.company)
