"""Every action does the same on an Odoo 18 and on a 19, and takes it back."""

import pytest

from domain.intents import Compensated
from tests.tools.bench import Bench
from tests.tools.effects import ALL, SAID, draft, effects, to_take_back
from tests.tools.test_taking_back import TAKEN_BACK


@pytest.fixture(params=[18, 19])
def bench(request: pytest.FixtureRequest) -> Bench:
    return Bench(int(request.param))


@pytest.mark.parametrize("action", ALL)
def test_an_action_is_done_on_either_odoo(bench: Bench, action: str) -> None:
    bench.done(bench.intent(draft(bench, action)))

    assert effects(bench, action) == 1


@pytest.mark.parametrize("action", ALL)
def test_an_action_is_taken_back_on_either_odoo(bench: Bench, action: str) -> None:
    back = to_take_back(bench, draft(bench, action))

    done = bench.perform(back)

    assert isinstance(done, Compensated)
    assert TAKEN_BACK[action] in done.words
    assert effects(bench, action) == (1 if action in SAID else 0)
