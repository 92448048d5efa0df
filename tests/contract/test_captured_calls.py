"""The sandbox answers the captured calls of a real Odoo 18 with the same shape, or the same error."""

import pytest

from scenarios.sandbox.faults import SandboxFault
from tests.contract.captures import Captured, captures, difference, plain
from tests.contract.lab import Lab, open_lab
from tests.contract.table import EXACT, REASON_OF, STATE_OF

SHARE = 0.9
"""Of the captured calls, so many are taken up at least; all of those agree."""


@pytest.fixture(scope="module")
def furnished() -> tuple[Lab, bytes]:
    lab = open_lab()
    return lab, lab.engine.snapshot()


@pytest.fixture
def lab(furnished: tuple[Lab, bytes]) -> Lab:
    lab, snapshot = furnished
    lab.engine.restore(snapshot)
    return lab


def disagreement(lab: Lab, call: Captured) -> str | None:
    """How the sandbox's answer differs from the captured one."""
    STATE_OF[call.name](lab, call)
    try:
        found = lab.ask(call)
    except SandboxFault as fault:
        if call.error is None:
            return f"{fault.name}: {fault.message} instead of an answer"
        if fault.name != call.error or plain(fault.message) != plain(call.message):
            return f"{fault.name}: {fault.message} instead of {call.error}: {call.message}"
        return None
    if call.error is not None:
        return f"{found!r} instead of {call.error}: {call.message}"
    return difference(call.result, found)


@pytest.mark.parametrize("name", sorted(STATE_OF))
def test_the_sandbox_answers_as_odoo_did(lab: Lab, name: str) -> None:
    assert disagreement(lab, captures()[name]) is None


@pytest.mark.parametrize("name", EXACT)
def test_availability_and_prices_are_the_captured_figures(lab: Lab, name: str) -> None:
    call = captures()[name]
    STATE_OF[name](lab, call)

    assert lab.ask(call) == call.result


def test_every_captured_call_is_taken_up_or_left_out_with_a_reason() -> None:
    assert set(STATE_OF) | set(REASON_OF) == set(captures())
    assert not set(STATE_OF) & set(REASON_OF)


def test_most_captured_calls_are_taken_up() -> None:
    assert len(STATE_OF) / len(captures()) >= SHARE


def test_an_answer_of_another_shape_is_told_apart() -> None:
    wizard = captures()["so_action_cancel"].result

    assert difference(wizard, True) is not None
    assert difference(True, wizard) is not None
    assert difference(wizard, {**wizard, "res_model": "stock.picking"}) is not None
    assert difference(wizard, {"type": wizard["type"]}) is not None
    assert difference([{"id": 1, "name": "x"}], [{"id": 1, "name": 2.0}]) is not None
    assert difference([1], []) is not None
    assert difference([{"id": 1, "name": "x"}], [{"id": 7, "name": False}]) is None
