"""A fresh small distributor for each test."""

import pytest

from tests.agents.stockout.scene import Scene, scene


@pytest.fixture
def shop() -> Scene:
    """Nothing in stock, nothing ordered."""
    return scene()
