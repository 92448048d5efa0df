"""A small distributor of the sandbox's own, beside the ground; and a company that wants nothing out of the ordinary."""

from collections.abc import Iterator

import pytest

from tests.contract.ground import Ground
from tests.contract.traps.seeing import set_to
from tests.tools.bench import Bench


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture(autouse=True)
def ordinary(request: pytest.FixtureRequest) -> Iterator[None]:
    """One signature is enough, nothing is locked by itself, and a day is one of UTC, whatever this Odoo is set to."""
    if "ground" not in request.fixturenames:
        yield
        return
    ground: Ground = request.getfixturevalue("ground")
    address = int(ground.row("res.company", ground.company, "partner_id")["partner_id"][0])
    plain = {"po_double_validation": "one_step", "po_lock": "edit"}
    with set_to(ground, "res.company", ground.company, **plain), set_to(ground, "res.partner", address, tz=False):
        yield
