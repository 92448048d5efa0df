"""A step happens once, whatever breaks: the process, the line, or Odoo itself."""

from collections.abc import Callable

import pytest

from domain.calls import Call
from domain.faults import OdooFault, OutcomeUnknown, Serialization, SessionExpired, Unreachable
from domain.intents import Compensated, Intent, Later, Stale, Undo, Unknown
from domain.plans import Draft
from domain.ports import Reads
from domain.refusals import Refusal
from domain.values import Json
from scenarios.sandbox.injected import Kind
from tests.tools.bench import Bench
from tests.tools.breaking import Breaking, Killed, When
from tools.action import Absent, AnyAction, Mismatch
from tools.catalogue import CATALOGUE
from tools.gateway import Gateway
from tools.transfer import Transfer, TransferParams

EFFECTS: dict[str, tuple[str, list[Json]]] = {
    "stock.transfer": ("stock.picking", [["state", "!=", "cancel"], ["origin", "like", "DESK-"]]),
    "purchase.create_rfq": ("purchase.order", [["origin", "like", "DESK-"]]),
    "mail.activity": ("mail.activity", [["note", "like", "DESK-"]]),
    "mail.note": ("mail.message", [["body", "like", "[ref DESK-"]]),
}
ALL = sorted(EFFECTS)
BOUNDARIES: list[tuple[str, int, When]] = [
    (name, nth, when)
    for name in ALL
    for nth in range(1, CATALOGUE[name].scope.calls + 1)
    for when in ("before", "after")
]
UNDO_BOUNDARIES: list[tuple[str, int, When]] = [
    (name, nth, when)
    for name in ALL
    for nth in range(1, CATALOGUE[name].undo_scope.calls + 1)
    for when in ("before", "after")
]


def draft(bench: Bench, action: str) -> Draft:
    made: dict[str, Callable[[], Draft]] = {
        "stock.transfer": bench.transfer,
        "purchase.create_rfq": bench.rfq,
        "mail.activity": bench.activity,
        "mail.note": bench.note,
    }
    return made[action]()


def effects(bench: Bench, action: str) -> int:
    model, domain = EFFECTS[action]
    return bench.count(model, domain)


@pytest.mark.parametrize("action", ALL)
def test_a_step_asked_twice_happens_once(bench: Bench, action: str) -> None:
    intent = bench.intent(draft(bench, action))

    first, second = bench.perform(intent), bench.perform(intent)

    assert isinstance(first, Undo)
    assert second == first
    assert effects(bench, action) == 1


@pytest.mark.parametrize("action", ALL)
def test_without_a_grant_nothing_is_sent(bench: Bench, action: str) -> None:
    intent = bench.intent(draft(bench, action))

    refused = bench.gateway.perform(intent, "forged")

    assert isinstance(refused, Refusal)
    assert refused.guard == "grant"
    assert bench.line.writes == []


@pytest.mark.parametrize(("action", "nth", "when"), BOUNDARIES)
def test_a_process_killed_at_any_write_leaves_one_effect(bench: Bench, action: str, nth: int, when: When) -> None:
    intent = bench.intent(draft(bench, action))
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, nth, when)))

    again = bench.perform(intent)

    assert isinstance(again, Undo)
    assert effects(bench, action) == 1
    assert bench.ledger.states[intent.key] == "done"


@pytest.mark.parametrize(("action", "nth", "when"), UNDO_BOUNDARIES)
def test_a_process_killed_while_taking_back_leaves_nothing(bench: Bench, action: str, nth: int, when: When) -> None:
    back = bench.intent(draft(bench, action))
    back = back.taken_back(bench.done(back))
    with pytest.raises(Killed):
        bench.perform(back, gateway=bench.over(Breaking(bench.line, nth, when)))

    again = bench.perform(back)

    assert isinstance(again, Compensated)
    assert effects(bench, action) == (1 if action == "mail.note" else 0)
    assert bench.count("mail.message", [["body", "like", "takes back note"]]) == (1 if action == "mail.note" else 0)


def test_without_the_look_a_killed_step_would_happen_twice(bench: Bench) -> None:
    class Blind(Transfer):
        """A transfer that does not look before it writes."""

        def probe(self, reads: Reads, params: TransferParams, marker: str) -> Absent:  # noqa: ARG002
            return Absent()

    intent = bench.intent(bench.transfer())
    intent = intent.but(touches=())
    blind: dict[str, AnyAction] = {"stock.transfer": Blind()}
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after")))

    Gateway(bench.line, bench.ledger, blind).perform(intent, None)

    assert effects(bench, "stock.transfer") == 2


@pytest.mark.parametrize("action", ALL)
def test_a_lost_answer_is_looked_up_and_the_step_completed(bench: Bench, action: str) -> None:
    intent = bench.intent(draft(bench, action))

    done = bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after", OutcomeUnknown)))

    assert isinstance(done, Undo)
    assert effects(bench, action) == 1


def test_a_request_that_may_still_be_on_its_way_freezes_the_step_until_it_is_asked_again(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())

    frozen = bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "before", OutcomeUnknown)))
    again = bench.perform(intent)

    assert isinstance(frozen, Unknown)
    assert isinstance(again, Undo)
    assert effects(bench, "stock.transfer") == 1


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

    gateway = Gateway(Late(), bench.ledger, CATALOGUE, settle=(0.1, 0.1), sleep=wake)

    assert isinstance(bench.perform(intent, gateway=gateway), Undo)
    assert kept == [0.1]
    assert effects(bench, "stock.transfer") == 1


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


@pytest.mark.parametrize("fault", [Unreachable, SessionExpired, Serialization])
def test_an_odoo_that_is_down_or_busy_is_asked_later(bench: Bench, fault: type[OdooFault]) -> None:
    intent = bench.intent(bench.transfer())

    waits = bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "before", fault)))

    assert isinstance(waits, Later)
    assert effects(bench, "stock.transfer") == 0
    assert isinstance(bench.perform(intent), Undo)


def test_an_odoo_down_before_the_check_is_asked_later(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    bench.fail("product.product.read", "down")

    assert isinstance(bench.perform(intent), Later)
    assert bench.line.writes == []
    assert isinstance(bench.perform(intent), Undo)


def test_a_record_the_desk_may_not_check_any_more_drops_the_step(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    bench.fail("product.product.read", "access", times=0)

    refused = bench.perform(intent)

    assert isinstance(refused, Refusal)
    assert refused.guard == "odoo"


def test_an_odoo_down_between_two_calls_is_completed_later(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())

    waits = bench.perform(intent, gateway=bench.over(Breaking(bench.line, 2, "before", Unreachable)))
    again = bench.perform(intent)

    assert isinstance(waits, Later)
    assert isinstance(again, Undo)
    assert bench.line.writes == ["stock.picking.create", "stock.picking.action_confirm"]


def test_an_answer_lost_twice_freezes_the_step(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    line = Breaking(Breaking(bench.line, 1, "after", OutcomeUnknown), 2, "before", OutcomeUnknown)

    frozen = bench.perform(intent, gateway=bench.over(line))

    assert isinstance(frozen, Unknown)
    assert isinstance(bench.perform(intent), Undo)
    assert effects(bench, "stock.transfer") == 1


def test_an_answer_lost_by_an_odoo_that_then_is_down_is_asked_later(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    bench.fail("stock.picking.create", "timeout_after_commit")
    bench.fail("stock.picking.search_read", "down", times=3)

    assert isinstance(bench.perform(intent), Later)
    assert isinstance(bench.perform(intent), Undo)


def test_a_first_call_refused_by_odoo_drops_the_step(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    bench.fail("stock.picking.create", "access")

    refused = bench.perform(intent)

    assert isinstance(refused, Refusal)
    assert "not allowed" in refused.reason
    assert bench.ledger.states[intent.key] == "dropped"


def test_a_second_call_refused_by_odoo_takes_the_first_one_back(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    bench.fail("stock.picking.action_confirm", "user_error")

    refused = bench.perform(intent)

    assert isinstance(refused, Refusal)
    assert "cancelled" in refused.reason
    assert effects(bench, "stock.transfer") == 0


@pytest.mark.parametrize(("kind", "outcome"), [("access", Unknown), ("timeout_before", Unknown), ("down", Later)])
def test_a_half_done_step_that_cannot_be_taken_back_is_not_called_refused(
    bench: Bench, kind: Kind, outcome: type[Unknown | Later]
) -> None:
    intent = bench.intent(bench.transfer())
    bench.fail("stock.picking.action_confirm", "user_error")
    bench.fail("stock.picking.action_cancel", kind)

    assert isinstance(bench.perform(intent), outcome)
    assert isinstance(bench.perform(intent), Undo)
    assert effects(bench, "stock.transfer") == 1


@pytest.mark.parametrize(
    ("call", "kind", "outcome"),
    [
        ("stock.picking.search_read", "down", Later),
        ("stock.move.search_read", "down", Later),
        ("stock.picking.search_read", "access", Unknown),
        ("stock.move.search_read", "access", Unknown),
    ],
)
def test_a_half_done_step_that_cannot_be_read_is_not_called_refused(
    bench: Bench, call: str, kind: Kind, outcome: type[Unknown | Later]
) -> None:
    intent = bench.intent(bench.transfer())
    bench.fail("stock.picking.action_confirm", "user_error")
    bench.fail(call, kind)

    assert isinstance(bench.perform(intent), outcome)


def test_a_half_done_step_somebody_progressed_is_frozen(bench: Bench) -> None:
    class Late(Transfer):
        """Somebody validates the transfer before the desk can verify it."""

        def verify(self, reads: Reads, params: TransferParams, undo: Undo) -> Mismatch:
            with bench.engine.transaction() as env:
                env.call("stock.picking", "button_validate", [undo.records[0].id])
            return Mismatch(f"{reads.company} {params.quantity}")

    late: dict[str, AnyAction] = {"stock.transfer": Late()}

    frozen = Gateway(bench.line, bench.ledger, late).perform(bench.intent(bench.transfer()), "G1")

    assert isinstance(frozen, Unknown)
    assert "could not be taken back" in frozen.reason


def test_stock_that_arrived_since_makes_the_plan_stale(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    bench.world.stock("jug", "WH", 50)

    stale = bench.perform(intent)

    assert isinstance(stale, Stale)
    assert "free_qty was 0.0, is 50.0" in stale.reason
    assert bench.line.writes == []


def test_stock_that_arrived_elsewhere_does_not_matter(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    bench.world.stock("jug", "STH", 50)

    assert isinstance(bench.perform(intent), Undo)


def test_a_killed_step_is_checked_again_when_nothing_of_it_stands(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "before")))
    bench.world.stock("jug", "WH", 50)

    assert isinstance(bench.perform(intent), Stale)


def test_an_unknown_action_and_bad_parameters_spend_no_grant(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    grants = len(bench.ledger.grants)

    strange = bench.perform(intent.but(action="stock.teleport"))
    negative = bench.perform(intent.but(params={**intent.params, "quantity": "-1"}))

    assert isinstance(strange, Refusal)
    assert isinstance(negative, Refusal)
    assert (strange.guard, negative.guard) == ("catalogue", "params")
    assert "quantity" in negative.reason
    assert len(bench.ledger.grants) == grants


def test_taking_back_waits_for_an_odoo_that_is_down(bench: Bench) -> None:
    back = _back(bench, bench.transfer())
    bench.fail("stock.picking.read", "down")

    waits, then = bench.perform(back), bench.perform(back)

    assert isinstance(waits, Later)
    assert isinstance(then, Compensated)


def test_a_lost_answer_to_a_cancel_is_looked_up(bench: Bench) -> None:
    back = _back(bench, bench.transfer())

    done = bench.perform(back, gateway=bench.over(Breaking(bench.line, 1, "after", OutcomeUnknown)))

    assert isinstance(done, Compensated)
    assert bench.line.writes.count("stock.picking.action_cancel") == 1


def test_a_cancel_that_may_not_have_arrived_is_not_sent_again_at_once(bench: Bench) -> None:
    back = _back(bench, bench.transfer())

    frozen = bench.perform(back, gateway=bench.over(Breaking(bench.line, 1, "before", OutcomeUnknown)))

    assert isinstance(frozen, Unknown)
    assert effects(bench, "stock.transfer") == 1
    assert isinstance(bench.perform(back), Compensated)


def test_a_lost_answer_to_a_cancel_of_an_odoo_that_then_is_down_is_asked_later(bench: Bench) -> None:
    back = _back(bench, bench.transfer())
    line = Breaking(bench.line, 1, "after", OutcomeUnknown, deaf_after=True)

    assert isinstance(bench.perform(back, gateway=bench.over(line)), Later)
    assert isinstance(bench.perform(back), Compensated)


def test_a_cancel_that_did_nothing_is_frozen(bench: Bench) -> None:
    class Idle:
        uid = bench.line.uid

        def execute(self, call: Call) -> Json:
            return True if call.method == "action_cancel" else bench.line.execute(call)

    back = _back(bench, bench.transfer())

    frozen = bench.perform(back, gateway=bench.over(Idle()))

    assert isinstance(frozen, Unknown)
    assert "did not cancel" in frozen.reason


def test_a_cancel_that_odoo_refuses_is_a_refusal(bench: Bench) -> None:
    back = _back(bench, bench.transfer())
    bench.fail("stock.picking.action_cancel", "access")

    refused = bench.perform(back)

    assert isinstance(refused, Refusal)
    assert bench.ledger.states[back.key] == "dropped"


def test_the_writer_of_one_scope_does_not_serve_another_action(bench: Bench) -> None:
    class Greedy(Transfer):
        """A transfer that declares nothing."""

        scope = Transfer.undo_scope

    intent = bench.intent(bench.transfer())
    greedy: dict[str, AnyAction] = {"stock.transfer": Greedy()}

    refused = Gateway(bench.line, bench.ledger, greedy).perform(intent, "G1")

    assert isinstance(refused, Refusal)
    assert refused.guard == "scope"
    assert bench.line.writes == []


def _back(bench: Bench, wanted: Draft) -> Intent:
    intent = bench.intent(wanted)
    return intent.taken_back(bench.done(intent))
