"""A killed process, or an answer that got lost, leaves one effect: the desk looks before it writes again."""

from datetime import timedelta

import pytest

from domain.calls import Call
from domain.faults import OutcomeUnknown
from domain.intents import Later, Stale, Undo, Unknown
from domain.ports import Reads
from domain.refusals import Refusal
from domain.values import Json
from tests.tools.bench import Bench
from tests.tools.breaking import Breaking, Holding, Killed, When
from tests.tools.effects import ALL, draft, effects
from tools.action import Absent, Ambiguous, AnyAction
from tools.catalogue import CATALOGUE
from tools.trace import Trace
from tools.transfer import Transfer, TransferParams

BOUNDARIES: list[tuple[str, int, When]] = [
    (name, nth, when)
    for name in ALL
    for nth in range(1, CATALOGUE[name].scope.calls + 1)
    for when in ("before", "after")
]


@pytest.mark.parametrize(("action", "nth", "when"), BOUNDARIES)
def test_a_process_killed_at_any_write_leaves_one_effect(bench: Bench, action: str, nth: int, when: When) -> None:
    intent = bench.intent(draft(bench, action))
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, nth, when)))

    again = bench.perform(intent)

    assert isinstance(again, Undo)
    assert effects(bench, action) == 1
    assert bench.ledger.states[intent.key] == "done"


def test_without_the_look_a_killed_step_would_happen_twice(bench: Bench) -> None:
    class Blind(Transfer):
        """A transfer that does not look before it writes."""

        def probe(self, reads: Reads, params: TransferParams, trace: Trace) -> Absent:  # noqa: ARG002
            return Absent()

    intent = bench.intent(bench.transfer())
    intent = intent.but(touches=())
    blind: dict[str, AnyAction] = {"stock.transfer": Blind()}
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after")))

    bench.over(bench.line, catalogue=blind).perform(intent, None)

    assert effects(bench, "stock.transfer") == 2


@pytest.mark.parametrize("action", ALL)
def test_a_lost_answer_is_looked_up_and_the_step_completed(bench: Bench, action: str) -> None:
    intent = bench.intent(draft(bench, action))

    done = bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after", OutcomeUnknown)))

    assert isinstance(done, Undo)
    assert effects(bench, action) == 1


def test_a_request_that_may_still_be_on_its_way_is_sent_again_only_when_it_can_come_no_more(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    lost = bench.over(Breaking(bench.line, 1, "before", OutcomeUnknown), in_flight_s=60)
    gateway = bench.over(bench.line, in_flight_s=60)

    waits = bench.perform(intent, gateway=lost)
    bench.clock.move(timedelta(seconds=59))
    still = bench.perform(intent, gateway=gateway)
    bench.clock.move(timedelta(seconds=1))
    done = bench.perform(intent, gateway=gateway)

    assert isinstance(waits, Later)
    assert isinstance(still, Later)
    assert "looked for again after 12:01:00 UTC" in waits.reason
    assert "looked for again after 12:01:00 UTC" in still.reason
    assert isinstance(done, Undo)
    assert bench.line.writes == ["stock.picking.create", "stock.picking.action_confirm"]


def test_an_answer_lost_late_counts_from_when_it_was_lost(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    lost = bench.over(
        Breaking(bench.line, 1, "before", OutcomeUnknown),
        sleep=lambda _: bench.clock.move(timedelta(seconds=20)),
        in_flight_s=60,
    )

    bench.perform(intent, gateway=lost)
    bench.clock.move(timedelta(seconds=59))
    waits = bench.perform(intent, gateway=bench.over(bench.line, in_flight_s=60))

    assert isinstance(waits, Later)
    assert "looked for again after 12:01:40 UTC" in waits.reason


def test_what_is_committed_after_a_kill_is_found_and_not_sent_again(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    line = Holding(bench.line)
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(line))
    gateway = bench.over(bench.line, in_flight_s=60)

    waits = bench.perform(intent, gateway=gateway)
    line.commit()
    done = bench.perform(intent, gateway=gateway)

    assert isinstance(waits, Later)
    assert isinstance(done, Undo)
    assert effects(bench, "stock.transfer") == 1


def test_a_second_try_is_waited_for_as_long_as_the_first(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Holding(bench.line)))
    bench.clock.move(timedelta(seconds=60))
    second = Holding(bench.line)
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(second, in_flight_s=60))

    waits = bench.perform(intent, gateway=bench.over(bench.line, in_flight_s=60))
    second.commit()
    done = bench.perform(intent, gateway=bench.over(bench.line, in_flight_s=60))

    assert isinstance(waits, Later)
    assert isinstance(done, Undo)
    assert effects(bench, "stock.transfer") == 1


def test_what_may_not_be_sent_any_more_is_dropped_when_nothing_of_it_stands(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "before")))
    bench.ledger.may_send = False

    dropped = bench.perform(intent)

    assert isinstance(dropped, Refusal)
    assert (dropped.guard, bench.ledger.states[intent.key]) == ("grant", "dropped")
    assert bench.line.writes == []


def test_what_stands_is_completed_though_it_may_not_be_sent_any_more(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after")))
    bench.ledger.may_send = False

    assert isinstance(bench.perform(intent), Undo)


def test_a_late_commit_is_waited_for(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    line = Breaking(bench.line, 1, "before", OutcomeUnknown)
    late: list[Call] = []
    kept: list[float] = []

    class Late:
        uid = bench.line.uid

        def execute(self, call: Call) -> Json:
            if str(call) == "stock.picking.create":
                late.append(call)
            return line.execute(call)

    def wake(seconds: float) -> None:
        kept.append(seconds)
        if late:
            bench.line.execute(late.pop())

    gateway = bench.over(Late(), sleep=wake)

    assert isinstance(bench.perform(intent, gateway=gateway), Undo)
    assert kept == [0.1]
    assert effects(bench, "stock.transfer") == 1


def test_a_lost_answer_that_cannot_be_told_apart_is_for_a_person(bench: Bench) -> None:
    class Torn(Transfer):
        """A transfer whose marker cannot be told apart."""

        def probe(self, reads: Reads, params: TransferParams, trace: Trace) -> Ambiguous:  # noqa: ARG002
            return Ambiguous("2 records carry it")

    torn: dict[str, AnyAction] = {"stock.transfer": Torn()}
    line = Breaking(bench.line, 1, "after", OutcomeUnknown)

    frozen = bench.perform(bench.intent(bench.transfer()), gateway=bench.over(line, catalogue=torn))

    assert isinstance(frozen, Unknown)
    assert "2 records carry it" in frozen.reason


def test_an_odoo_that_answers_nothing_afterwards_is_asked_later(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    line = Breaking(bench.line, 1, "after", OutcomeUnknown, deaf_after=True)

    waits = bench.perform(intent, gateway=bench.over(line))

    assert isinstance(waits, Later)
    assert bench.ledger.states[intent.key] == "intended"
    assert isinstance(bench.perform(intent), Undo)
    assert effects(bench, "stock.transfer") == 1


def test_an_unsettled_step_waits_while_odoo_cannot_be_asked(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after")))
    bench.fail("stock.picking.search_read", "down", times=0)

    waits = bench.perform(intent)

    assert isinstance(waits, Later)
    assert bench.line.writes.count("stock.picking.create") == 1


def test_a_step_that_may_not_be_looked_for_is_frozen(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after")))
    bench.fail("stock.picking.search_read", "access", times=0)

    assert isinstance(bench.perform(intent), Unknown)


def test_a_marker_that_stands_twice_is_for_a_person(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after")))
    with bench.engine.transaction() as env:
        original = env.search("stock.picking", [["origin", "=", intent.marker]])
        env.call("stock.picking", "copy", original, {"origin": intent.marker})

    frozen = bench.perform(intent)

    assert isinstance(frozen, Unknown)
    assert "2 records" in frozen.reason


def test_an_answer_lost_twice_is_asked_about_later(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    line = Breaking(Breaking(bench.line, 1, "after", OutcomeUnknown), 2, "before", OutcomeUnknown)

    waits = bench.perform(intent, gateway=bench.over(line))

    assert isinstance(waits, Later)
    assert isinstance(bench.perform(intent), Undo)
    assert effects(bench, "stock.transfer") == 1


def test_an_answer_lost_by_an_odoo_that_then_is_down_is_asked_later(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    bench.fail("stock.picking.create", "timeout_after_commit")
    bench.fail("stock.picking.search_read", "down", times=3)

    assert isinstance(bench.perform(intent), Later)
    assert isinstance(bench.perform(intent), Undo)


def test_a_killed_step_is_checked_again_when_nothing_of_it_stands(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "before")))
    bench.world.stock("jug", "WH", 50)

    assert isinstance(bench.perform(intent), Stale)
