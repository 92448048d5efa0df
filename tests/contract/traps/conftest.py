"""A small distributor of the sandbox's own, beside the ground."""

import pytest

from tests.tools.bench import Bench


@pytest.fixture
def bench() -> Bench:
    return Bench()
