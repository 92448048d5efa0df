"""A sandbox behind a wire that can be cut, for every test of a way to Odoo."""

from collections.abc import Iterator

import pytest

from tests.tools.bench import Bench
from tests.tools.cutting import Cutting, served


@pytest.fixture
def proxy(bench: Bench) -> Iterator[Cutting]:
    with served(bench.engine) as found:
        yield found
