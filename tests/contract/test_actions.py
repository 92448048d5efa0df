"""Every action does in a real Odoo what it says, once, and takes it back: seen by reads that are not its own."""

import pytest

from domain.clock import SystemClock
from domain.intents import Compensated, Undo
from tests.contract.drafts import PREPARED
from tests.contract.ground import Ground
from tests.tools.ledger import Ledger
from tools.catalogue import CATALOGUE


def test_every_action_of_the_catalogue_has_a_contract() -> None:
    assert set(PREPARED) == set(CATALOGUE)


@pytest.mark.parametrize("action", PREPARED)
def test_an_action_is_done_and_taken_back(ground: Ground, action: str) -> None:
    step = PREPARED[action](ground)
    stood = step.look()

    intent, undo = ground.done(step.draft, step.who)
    done = step.look()
    back = ground.undo(intent, undo, step.who)

    assert stood == step.before
    assert done == step.after
    assert isinstance(back, Compensated), back
    assert step.look() == step.undone


@pytest.mark.parametrize("action", PREPARED)
def test_a_step_whose_end_was_never_recorded_is_found_and_not_done_again(ground: Ground, action: str) -> None:
    step = PREPARED[action](ground)
    intent, ledger = ground.intent(step.draft, step.who), Ledger(SystemClock(), "G")
    gateway = ground.gateway(step.who, ledger=ledger)
    first = gateway.perform(intent, "G")
    ledger.states[intent.key] = "intended"

    second = gateway.perform(intent, None)

    assert isinstance(first, Undo), first
    assert isinstance(second, Undo), second
    assert step.look() == step.after
    assert isinstance(ground.undo(intent, second, step.who), Compensated)
    assert step.look() == step.undone


@pytest.mark.parametrize("action", PREPARED)
def test_what_is_taken_back_twice_is_taken_back_once(ground: Ground, action: str) -> None:
    step = PREPARED[action](ground)
    intent, undo = ground.done(step.draft, step.who)

    first, second = (ground.undo(intent, undo, step.who) for _ in range(2))

    assert isinstance(first, Compensated), first
    assert isinstance(second, Compensated), second
    assert step.look() == step.undone
