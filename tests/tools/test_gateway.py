"""A step is opened by a grant, checked just before it runs, and refused whole when any part of it is."""

import pytest

from domain.faults import OdooFault, Serialization, SessionExpired, Unreachable
from domain.intents import Later, Stale, Undo, Unknown
from domain.ports import Reads
from domain.refusals import Refusal
from scenarios.sandbox.injected import Kind
from tests.tools.bench import Bench
from tests.tools.breaking import Breaking
from tests.tools.effects import ALL, draft, effects
from tools.action import AnyAction, Mismatch
from tools.transfer import Transfer, TransferParams


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

    frozen = bench.over(bench.line, catalogue=late).perform(bench.intent(bench.transfer()), "G1")

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


def test_the_writer_of_one_scope_does_not_serve_another_action(bench: Bench) -> None:
    class Greedy(Transfer):
        """A transfer that declares nothing."""

        scope = Transfer.undo_scope

    intent = bench.intent(bench.transfer())
    greedy: dict[str, AnyAction] = {"stock.transfer": Greedy()}

    refused = bench.over(bench.line, catalogue=greedy).perform(intent, "G1")

    assert isinstance(refused, Refusal)
    assert refused.guard == "scope"
    assert bench.line.writes == []
