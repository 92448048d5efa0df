"""A fresh bench for every test."""

import pytest

from tests.tools.bench import Bench


@pytest.fixture
def bench() -> Bench:
    return Bench()
