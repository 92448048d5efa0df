"""Whichever write of whichever action loses its answer, by whichever way to Odoo: the effect stands there once."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pydantic import SecretStr

from domain.intents import Compensated, Intent, Later, Undo
from tests.tools.bench import Bench
from tests.tools.cutting import Cut, Cutting, served
from tests.tools.effects import ALL, SAID, draft, effects
from tools.dialects.versions import Way
from tools.gateway import Gateway, Outcome
from tools.transports.connection import Patience, connect
from tools.transports.wire import OdooAddress

QUICK = Patience(deadline_s=5, attempts=3, first_wait_s=0, longest_wait_s=0)
VERSIONS: dict[Way, int] = {"jsonrpc": 18, "json2": 19}
CREATING = {"create", "message_post", "activity_schedule", "action_feedback"}
CUTS: tuple[Cut, ...] = ("reset_before", "reset_after", "half_answer")
BACK: tuple[Cut, ...] = ("reset_before", "reset_after")
EVERY_CUT: tuple[Cut, ...] = (*CUTS, "answer_lost", "half_headers", "not_json", "bad_gateway")


@dataclass
class Wire:
    """The bench's desk at work through a proxy that cuts."""

    bench: Bench
    proxy: Cutting
    gateway: Gateway

    def settled(self, intent: Intent) -> Outcome:
        """Asked again once, where it says that it is to be looked for later."""
        done = self.bench.perform(intent, gateway=self.gateway)
        return self.bench.perform(intent, gateway=self.gateway) if isinstance(done, Later) else done


@pytest.fixture(params=list(VERSIONS))
def wire(request: pytest.FixtureRequest) -> Iterator[Wire]:
    way: Way = request.param
    bench = Bench(VERSIONS[way])
    with served(bench.engine) as proxy:
        address = OdooAddress(host="127.0.0.1", port=proxy.port, database="sandbox", timeout_s=5)
        secret = SecretStr(bench.world.users["desk"].api_key)
        yield Wire(bench, proxy, bench.over(connect(address, "desk", secret, patience=QUICK, transport=way)))


@pytest.mark.parametrize("action", ALL)
def test_a_cut_at_any_write_leaves_one_effect_that_can_be_taken_back(wire: Wire, action: str) -> None:
    start = wire.bench.engine.snapshot()
    wire.settled(wire.bench.intent(draft(wire.bench, action)))

    for nth, call in enumerate(wire.proxy.writes, 1):
        for how in EVERY_CUT if call.rpartition(".")[2] in CREATING else CUTS:
            wire.bench.engine.restore(start)
            _cut(wire, action, nth, how)

    assert wire.proxy.cuts_made


def _cut(wire: Wire, action: str, nth: int, how: Cut) -> None:
    intent = wire.bench.intent(draft(wire.bench, action), case=f"{nth} {how}")
    wire.proxy.cut_write(nth, how)

    done = wire.settled(intent)

    where = wire.proxy.cuts_made[-1]
    assert isinstance(done, Undo), (where, done)
    assert effects(wire.bench, action) == 1, where
    assert wire.bench.ledger.states[intent.key] == "done", where
    assert isinstance(wire.settled(intent.taken_back(done)), Compensated), where
    assert effects(wire.bench, action) == (action in SAID), where


@pytest.mark.parametrize("action", ALL)
def test_a_cut_while_taking_back_leaves_nothing(wire: Wire, action: str) -> None:
    start = wire.bench.engine.snapshot()
    intent, done = _done(wire, action, "dry")
    before = len(wire.proxy.writes)
    wire.settled(intent.taken_back(done))

    for nth in range(1, len(wire.proxy.writes) - before + 1):
        for how in BACK:
            wire.bench.engine.restore(start)
            _back_cut(wire, action, nth, how)

    assert wire.proxy.cuts_made


def _back_cut(wire: Wire, action: str, nth: int, how: Cut) -> None:
    intent, done = _done(wire, action, f"{nth} {how}")
    wire.proxy.cut_write(nth, how)
    back = intent.taken_back(done)

    undone = wire.settled(back)

    where = wire.proxy.cuts_made[-1]
    assert isinstance(undone, Compensated), (where, undone)
    assert wire.bench.ledger.states[back.key] == "done", where
    assert effects(wire.bench, action) == (action in SAID), where


def _done(wire: Wire, action: str, case: str) -> tuple[Intent, Undo]:
    intent = wire.bench.intent(draft(wire.bench, action), case=case)
    done = wire.settled(intent)
    assert isinstance(done, Undo), done
    return intent, done
