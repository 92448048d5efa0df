"""An answer that is cut off on its way from a real Odoo leaves one effect: found, settled, and taken back."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest
from pydantic import SecretStr

from domain.clock import SystemClock
from domain.intents import Compensated, Intent, Later, Undo
from tests.contract.drafts import PREPARED
from tests.contract.ground import Ground
from tests.tools.cutting import Cut, Cutting, proxied
from tests.tools.ledger import Ledger
from tools.catalogue import CATALOGUE
from tools.gateway import Gateway, Outcome
from tools.transports.connection import connect

SETTLE = (0.1, 0.2)
CUTS: tuple[Cut, ...] = ("reset_after", "reset_before", "half_answer")
"""The first is enough for a sandbox, which ``tests/tools/test_cut_off.py`` cuts in every way."""


@dataclass
class Wire:
    """The desk at work on the ground through a proxy that cuts."""

    ground: Ground
    proxy: Cutting
    ledger: Ledger

    def gateway(self, who: str) -> Gateway:
        login, target = self.ground.person(who).login, self.ground.target
        address = target.address.but(host="127.0.0.1", port=self.proxy.port, ssl=False)
        line = connect(address, login, _secret(self.ground, who), transport=target.way)
        return Gateway(line, self.ledger, CATALOGUE, clock=SystemClock(), in_flight_s=0, settle=SETTLE)

    def settled(self, intent: Intent, gateway: Gateway) -> Outcome:
        """Asked again once, where it says that it is to be looked for later."""
        self.ledger.grants.add(intent.key)
        done = gateway.perform(intent, intent.key)
        return gateway.perform(intent, None) if isinstance(done, Later) else done


@cache
def _secret(ground: Ground, who: str) -> SecretStr:
    """Made once: Odoo takes its time over a key."""
    return ground.secret(ground.person(who))


@pytest.fixture
def wire(ground: Ground) -> Iterator[Wire]:
    with proxied(ground.target.address) as proxy:
        yield Wire(ground, proxy, Ledger(SystemClock()))


@pytest.mark.parametrize("action", PREPARED)
def test_every_write_whose_answer_is_cut_off_stands_once_and_goes_back(wire: Wire, action: str) -> None:
    cuts: tuple[Cut, ...] = (
        ("reset_before", "reset_after", "half_answer") if wire.ground.target.live else ("reset_after",)
    )

    for how in cuts:
        nth = 1
        while _cut(wire, action, nth, how):
            nth += 1
        assert nth > 1


def _cut(wire: Wire, action: str, nth: int, how: Cut) -> bool:
    """Whether the step had such a write; cut or not, it ends as if nothing had happened."""
    step = PREPARED[action](wire.ground)
    intent, gateway = wire.ground.intent(step.draft, step.who), wire.gateway(step.who)
    before = len(wire.proxy.cuts_made)
    wire.proxy.cut_write(nth, how)

    done = wire.settled(intent, gateway)

    where = wire.proxy.cuts_made[before:]
    assert isinstance(done, Undo), (where, done)
    assert wire.ledger.states[intent.key] == "done", where
    assert step.look() == step.after, where
    wire.proxy.nth_write = None
    back = wire.settled(intent.taken_back(done), gateway)
    assert isinstance(back, Compensated), (where, back)
    assert step.look() == step.undone, where
    return bool(where)
