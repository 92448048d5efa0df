"""The shop that the tests of this folder begin in."""

import pytest

from tests.scenarios.sandbox.business.shop import Shop, open_shop


@pytest.fixture
def shop() -> Shop:
    return open_shop()
