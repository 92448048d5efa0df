"""A scan opens one case per fact, carries it as far as policy allows, and closes what is gone."""

from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from agents import stockout
from agents.stockout import StockoutEvidence
from desk.deciding import decide
from desk.desk import assemble
from desk.pausing import pause, resume
from desk.recovering import recover
from desk.rolling_back import rollback
from desk.scanning import Scanned, scan
from domain.errors import Misuse
from domain.faults import ServerBug, Unreachable
from domain.plans import Option
from domain.refusals import Refusal
from graphs.kinds import Kind
from scenarios.sandbox.injected import Injected
from scenarios.stage import Stage
from tests.desk.doing import asked, journal_kinds, only_case, scanned, writes
from tests.shortages import large_transfer, small_purchase, small_transfer


def test_a_healthy_company_has_no_cases(scene: Stage) -> None:
    scene.world.stock("lantern", "WH", 100)

    found = scanned(scene)

    assert found.opened == ()
    assert writes(scene) == []
    assert journal_kinds(scene)[-2:] == ["scan.begun", "scan.done"]


def test_policy_carries_a_small_transfer_out_by_itself(scene: Stage) -> None:
    small_transfer(scene.world)

    found = scanned(scene)

    case = only_case(scene)
    assert found.opened == (case.id,)
    assert case.state == "closed"
    assert writes(scene) == ["stock.picking.create", "stock.picking.action_confirm"]


def test_intent_and_rollback_plan_are_journalled_before_the_effect(scene: Stage) -> None:
    small_purchase(scene.world)

    scanned(scene)

    entries = {entry.kind: entry for entry in scene.desk.store.journal.entries(case=only_case(scene).id)}
    assert entries["intent"].seq < entries["effect.done"].seq
    assert entries["plan.judged"].seq < entries["grant.issued"].seq < entries["intent"].seq
    assert "button_cancel" in str(entries["intent"].facts["rollback"])


def test_above_the_threshold_nothing_is_written_and_a_person_is_asked(scene: Stage) -> None:
    large_transfer(scene.world)

    scanned(scene)

    assert only_case(scene).state == "waiting"
    assert asked(scene).role == "warehouse-lead"
    assert writes(scene) == []


def test_a_second_scan_of_the_same_facts_changes_nothing(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    request = asked(scene)

    again = scanned(scene)

    assert again.opened == ()
    assert asked(scene) == request


def test_a_case_whose_exception_is_gone_closes_and_withdraws_its_request(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    request = asked(scene)
    scene.world.stock("jug", "STH", 1000)

    again = scanned(scene)

    assert again.gone == (only_case(scene).id,)
    assert only_case(scene).state == "closed"
    assert scene.desk.store.requests.get(request.id).state == "superseded"


def test_a_paused_company_is_not_scanned(scene: Stage) -> None:
    small_transfer(scene.world)
    pause(scene.desk, f"company:{scene.world.company}", scene.person("warehouse"), "stocktaking")

    outcome = scan(scene.desk, "stockout", scene.world.company)

    assert isinstance(outcome, Refusal)
    assert outcome.guard == "pause"
    assert "is paused by warehouse (user:" in outcome.reason
    assert "stocktaking" in outcome.reason
    assert writes(scene) == []


def test_a_pause_after_the_approval_was_asked_stops_the_write_at_its_grant(scene: Stage) -> None:
    small_transfer(scene.world)
    pause(scene.desk, "action:stock.transfer", scene.person("warehouse"), "forklift broken")

    scanned(scene)

    assert only_case(scene).state == "acting"
    assert "forklift broken" in only_case(scene).why
    assert recover(scene.desk).taken_up == ()
    assert writes(scene) == []


def test_what_was_paused_goes_on_when_it_may(scene: Stage) -> None:
    small_transfer(scene.world)
    pause(scene.desk, "action:stock.transfer", scene.person("warehouse"), "forklift broken")
    scanned(scene)

    resume(scene.desk, "action:stock.transfer", scene.person("warehouse"), "repaired")
    recover(scene.desk)

    assert only_case(scene).state == "closed"
    assert writes(scene) == ["stock.picking.create", "stock.picking.action_confirm"]


def test_a_case_that_trips_over_a_defect_goes_to_a_person_and_the_next_has_its_turn(scene: Stage) -> None:
    small_transfer(scene.world)
    small_purchase(scene.world)
    tripping = replace(scene, desk=assemble(replace(scene.parts, kinds={"stockout": cast("Kind", Tripping())})))

    scanned(tripping)

    states = {case.subject: (case.state, case.why) for case in scene.desk.store.cases.list()}
    lantern = f"product:{scene.world.products['lantern']}@warehouse:{scene.world.warehouses['NTH'].id}"
    assert states.pop(lantern) == ("queued", "the desk failed on it, see the log: ZeroDivisionError: no lanterns")
    assert [state for state, _ in states.values()] == ["closed"]


class Tripping:
    """The stockout agent with a defect that one product brings out."""

    def __getattr__(self, name: str) -> object:
        return getattr(stockout, name)

    def options(self, evidence: StockoutEvidence) -> tuple[Option, ...]:
        if "lantern" in evidence.finding.title:
            raise ZeroDivisionError("no lanterns")
        return stockout.options(evidence)


def test_a_rollback_that_waits_is_not_withdrawn_by_a_scan(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    decide(scene.desk, asked(scene).id, scene.person("warehouse"), "approve")
    rollback(scene.desk, only_case(scene).id, scene.person("warehouse"))
    request = asked(scene)

    again = scanned(scene)

    assert again.gone == ()
    assert asked(scene) == request


def test_an_unknown_kind_is_named_with_those_there_are(scene: Stage) -> None:
    with pytest.raises(Misuse, match="there is no kind 'theft'; there is stockout"):
        scan(scene.desk, "theft", scene.world.company)


def test_a_scan_that_cannot_read_odoo_is_journalled_as_failed(scene: Stage) -> None:
    scene.engine.faults.append(Injected(call="stock.quant.*", kind="down", times=0))

    with pytest.raises(Unreachable):
        scan(scene.desk, "stockout", scene.world.company)

    assert journal_kinds(scene)[-1] == "scan.done"
    assert scene.desk.store.scans.recent()[0].error


def test_progress_is_told_for_every_case(scene: Stage) -> None:
    small_transfer(scene.world)
    told: list[tuple[str, int, int]] = []

    outcome = scan(scene.desk, "stockout", scene.world.company, lambda *said: told.append(said))

    assert isinstance(outcome, Scanned)
    assert told[0] == ("reading Odoo", 0, 1)
    assert told[-1][1:] == (0, 1)


def test_a_missing_odoo_module_is_named(scene: Stage) -> None:
    installed = {name: model for name, model in scene.engine.models.items() if not name.startswith("purchase.")}
    scene.engine.models = installed

    with pytest.raises(ServerBug, match=r"purchase\.order\.line doesn't exist; is the module that brings it installed"):
        scan(scene.desk, "stockout", scene.world.company)

    assert scene.desk.store.cases.list() == []
    assert scene.desk.store.scans.recent()[0].error


def test_a_request_that_cannot_wait_is_put_before_the_buyer_to_confirm_once(scene: Stage) -> None:
    scene.world.vendor_price("bunting", "2.10", delay=10)
    scene.world.stock("bunting", "WH", 5)
    scene.world.reorder("bunting", "WH", 10, 40)
    scene.world.sell("bunting", "WH", 30, 2)
    scanned(scene)
    done = writes(scene)
    scene.clock.move(timedelta(minutes=15))

    second = scanned(scene)
    third = scanned(scene)

    plan = scene.desk.store.plans.newest(only_case(scene).id)
    assert second.relapsed == (only_case(scene).id,)
    assert only_case(scene).state == "waiting"
    assert plan is not None
    assert plan.steps[0].action == "purchase.confirm"
    assert third.opened == third.relapsed == ()
    assert writes(scene) == done


def test_what_a_confirmed_order_cannot_bring_in_time_calls_nobody_again(scene: Stage) -> None:
    scene.world.vendor_price("bunting", "2.10", delay=10)
    scene.world.stock("bunting", "WH", 5)
    scene.world.sell("bunting", "WH", 30, 2)
    scanned(scene)
    scanned(scene)
    decide(scene.desk, asked(scene).id, scene.person("buyer"), "approve")
    done = writes(scene)

    again = scanned(scene)
    why = only_case(scene).why
    last = scanned(scene)

    assert again.relapsed == (only_case(scene).id,)
    assert only_case(scene).state == "closed"
    assert "what could be done is done: request P0" in why
    assert last.opened == last.relapsed == ()
    assert writes(scene) == done
