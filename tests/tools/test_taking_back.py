"""A step is taken back once, and never guessed at."""

from datetime import timedelta

import pytest

from domain.calls import Call
from domain.faults import OutcomeUnknown
from domain.intents import Compensated, Later, Unknown
from domain.refusals import Refusal
from domain.values import Json
from tests.tools.bench import Bench
from tests.tools.breaking import Breaking, Holding, Killed, When
from tests.tools.effects import ALL, SAID, UNDO_CALLS, draft, effects, to_take_back
from tools.catalogue import CATALOGUE

UNDO_BOUNDARIES: list[tuple[str, int, When]] = [
    (name, nth, when)
    for name in ALL
    for nth in range(1, UNDO_CALLS.get(name, CATALOGUE[name].undo_scope.calls) + 1)
    for when in ("before", "after")
]
TAKEN_BACK = {
    "mail.activity": "removed: activity",
    "mail.activity_done": "asked is asked again",
    "mail.note": "corrected: note",
    "purchase.confirm": "order P00001 is a request again",
    "purchase.create_rfq": "request P00001 is deleted",
    "purchase.redate": "is expected on",
    "sale.commitment": "is promised for no day again",
    "sale.hold": "is on hold no more",
    "stock.minmax": "set back to minimum 10 and maximum 50",
    "stock.reallocate": " gave back what ",
    "stock.transfer": "/INT/00001 is cancelled",
}
"""How it is told."""


@pytest.mark.parametrize(("action", "nth", "when"), UNDO_BOUNDARIES)
def test_a_process_killed_while_taking_back_leaves_nothing(bench: Bench, action: str, nth: int, when: When) -> None:
    back = bench.intent(draft(bench, action))
    back = back.taken_back(bench.done(back))
    with pytest.raises(Killed):
        bench.perform(back, gateway=bench.over(Breaking(bench.line, nth, when)))

    again = bench.perform(back)

    assert isinstance(again, Compensated)
    assert effects(bench, action) == (1 if action in SAID else 0)
    assert bench.count("mail.message", [["body", "like", "takes back note"]]) == (1 if action == "mail.note" else 0)


@pytest.mark.parametrize("action", ALL)
def test_what_was_taken_back_is_told_as_it_is_now(bench: Bench, action: str) -> None:
    back = to_take_back(bench, draft(bench, action))

    done = bench.perform(back)

    assert isinstance(done, Compensated)
    assert TAKEN_BACK[action] in done.words
    for outdated in (" is assigned", " is purchase", " is draft", " is done", "no more no more"):
        assert outdated not in done.words


def test_taking_back_waits_for_an_odoo_that_is_down(bench: Bench) -> None:
    back = to_take_back(bench, bench.transfer())
    bench.fail("stock.picking.read", "down")

    waits, then = bench.perform(back), bench.perform(back)

    assert isinstance(waits, Later)
    assert isinstance(then, Compensated)


def test_a_lost_answer_to_a_cancel_is_looked_up(bench: Bench) -> None:
    back = to_take_back(bench, bench.transfer())

    done = bench.perform(back, gateway=bench.over(Breaking(bench.line, 1, "after", OutcomeUnknown)))

    assert isinstance(done, Compensated)
    assert bench.line.writes.count("stock.picking.action_cancel") == 1


def test_a_cancel_that_may_not_have_arrived_is_sent_again_only_when_it_can_come_no_more(bench: Bench) -> None:
    back = to_take_back(bench, bench.transfer())
    lost = bench.over(Breaking(bench.line, 1, "before", OutcomeUnknown), in_flight_s=60)
    gateway = bench.over(bench.line, in_flight_s=60)

    waits, still = bench.perform(back, gateway=lost), bench.perform(back, gateway=gateway)
    sent = bench.line.writes.count("stock.picking.action_cancel")
    bench.clock.move(timedelta(seconds=60))
    done = bench.perform(back, gateway=gateway)

    assert isinstance(waits, Later)
    assert isinstance(still, Later)
    assert "12:01:00 UTC" in still.reason
    assert sent == 0
    assert isinstance(done, Compensated)


def test_a_cancel_that_was_committed_after_a_kill_is_found(bench: Bench) -> None:
    back = to_take_back(bench, bench.transfer())
    line = Holding(bench.line)
    with pytest.raises(Killed):
        bench.perform(back, gateway=bench.over(line))
    gateway = bench.over(bench.line, in_flight_s=60)

    waits = bench.perform(back, gateway=gateway)
    line.commit()
    done = bench.perform(back, gateway=gateway)

    assert isinstance(waits, Later)
    assert isinstance(done, Compensated)
    assert bench.line.writes.count("stock.picking.action_cancel") == 1


def test_a_cancel_that_may_not_be_sent_any_more_is_dropped(bench: Bench) -> None:
    back = to_take_back(bench, bench.transfer())
    with pytest.raises(Killed):
        bench.perform(back, gateway=bench.over(Breaking(bench.line, 1, "before")))
    bench.ledger.may_send = False

    dropped = bench.perform(back)

    assert isinstance(dropped, Refusal)
    assert (dropped.guard, effects(bench, "stock.transfer")) == ("grant", 1)


def test_a_lost_answer_to_a_cancel_of_an_odoo_that_then_is_down_is_asked_later(bench: Bench) -> None:
    back = to_take_back(bench, bench.transfer())
    line = Breaking(bench.line, 1, "after", OutcomeUnknown, deaf_after=True)

    assert isinstance(bench.perform(back, gateway=bench.over(line)), Later)
    assert isinstance(bench.perform(back), Compensated)


def test_a_cancel_that_did_nothing_is_frozen(bench: Bench) -> None:
    class Idle:
        uid = bench.line.uid

        def execute(self, call: Call) -> Json:
            return True if call.method == "action_cancel" else bench.line.execute(call)

    back = to_take_back(bench, bench.transfer())

    frozen = bench.perform(back, gateway=bench.over(Idle()))

    assert isinstance(frozen, Unknown)
    assert "did not cancel" in frozen.reason


def test_a_cancel_that_odoo_refuses_is_a_refusal(bench: Bench) -> None:
    back = to_take_back(bench, bench.transfer())
    bench.fail("stock.picking.action_cancel", "access")

    refused = bench.perform(back)

    assert isinstance(refused, Refusal)
    assert bench.ledger.states[back.key] == "dropped"
