"""What two people, or a person and the desk, do to one case at the same moment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import cast

from agents import stockout
from desk.closing import close
from desk.deciding import Decided, decide
from desk.desk import assemble
from desk.editing import edit
from desk.recovering import recover
from desk.rolling_back import rollback
from domain.plans import Evidence
from domain.refusals import Refusal
from graphs.kinds import Kind
from scenarios.sandbox.injected import Injected
from scenarios.stage import Stage
from tests.desk.doing import asked, found, only_case, scanned, writes
from tests.shortages import large_transfer, small_purchase, small_transfer


def interrupted(scene: Stage, meanwhile: Callable[[], object]) -> Stage:
    """The same stage, whose agent is interrupted once, while it gathers."""
    pending = [meanwhile]

    def gather(*asked: object) -> Evidence | None:
        if pending:
            pending.pop()()
        return stockout.gather(*asked)  # type: ignore[arg-type]

    names = {name: getattr(stockout, name) for name in stockout.__all__}
    agent = cast("Kind", SimpleNamespace(**{**names, "gather": gather}))
    return replace(scene, desk=assemble(replace(scene.parts, kinds={"stockout": agent})))


def test_an_edit_that_loses_to_an_approval_changes_nothing(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    request = asked(scene)
    racing = interrupted(scene, lambda: decide(scene.desk, request.id, scene.person("buymgr"), "approve"))

    outcome = edit(racing.desk, request.id, scene.person("warehouse"), {"quantity": Decimal(300)})

    assert isinstance(outcome, Refusal)
    assert only_case(scene).state == "closed"
    assert writes(scene) == ["stock.picking.create", "stock.picking.action_confirm"]


def test_a_case_closed_while_it_is_planned_stays_closed(scene: Stage) -> None:
    small_transfer(scene.world)
    racing = interrupted(
        scene, lambda: close(scene.desk, only_case(scene).id, scene.person("warehouse"), "they buy elsewhere")
    )

    scanned(racing)

    assert only_case(scene).state == "closed"
    assert only_case(scene).why == "they buy elsewhere"
    assert writes(scene) == []


def test_a_rollback_nobody_decided_is_not_turned_into_a_remedy(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    decide(scene.desk, asked(scene).id, scene.person("warehouse"), "approve")
    done = writes(scene)
    rollback(scene.desk, only_case(scene).id, scene.person("warehouse"))
    scene.clock.move(timedelta(hours=25))

    recover(scene.desk)

    assert only_case(scene).state == "queued"
    assert "the rollback was not decided" in only_case(scene).why
    assert writes(scene) == done


def test_a_rollback_offers_nothing_to_edit(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    decide(scene.desk, asked(scene).id, scene.person("warehouse"), "approve")
    rollback(scene.desk, only_case(scene).id, scene.person("warehouse"))

    outcome = edit(scene.desk, asked(scene).id, scene.person("buymgr"), {"quantity": Decimal(3)})

    assert isinstance(outcome, Refusal)
    assert "nothing to edit" in outcome.reason


def test_what_a_person_took_back_a_scan_does_not_do_again(scene: Stage) -> None:
    small_transfer(scene.world)
    scanned(scene)
    rollback(scene.desk, only_case(scene).id, scene.person("warehouse"))
    done = writes(scene)
    scene.clock.move(timedelta(minutes=30))

    again = scanned(scene)

    assert again.opened == again.relapsed == ()
    assert writes(scene) == done


def test_two_approved_transfers_of_one_donor_never_take_it_below_its_floor(scene: Stage) -> None:
    scene.world.stock("jug", "WH", 700)
    scene.world.reorder("jug", "WH", 20, 60)
    for warehouse in ("NTH", "STH"):
        scene.world.stock("jug", warehouse, 2)
        scene.world.reorder("jug", warehouse, 10, 30)
        scene.world.sell("jug", warehouse, 400, 2)
    scanned(scene)
    first, second = scene.desk.store.requests.pending()

    decide(scene.desk, first.id, scene.person("warehouse"), "approve")
    outcome = decide(scene.desk, second.id, scene.person("warehouse"), "approve")

    assert isinstance(outcome, Decided)
    assert outcome.case.state in ("waiting", "queued")
    with scene.engine.transaction() as env:
        donor = env.with_context(warehouse_id=scene.world.warehouses["WH"].id)
        (jug,) = donor.value("product.product", [scene.world.products["jug"]], ["free_qty"])
    assert jug["free_qty"] >= 20


def test_one_case_whose_reads_time_out_keeps_nobody_from_their_turn(scene: Stage) -> None:
    small_transfer(scene.world)
    small_purchase(scene.world)
    opened = found(scene)
    assert len(opened) == 2
    scene.engine.faults.append(Injected(call="product.product.search_read", kind="timeout_before"))

    recovered = recover(scene.desk)

    assert recovered.hindered
    assert sorted(case.state for case in scene.desk.store.cases.list()) == ["closed", "open"]


def test_a_plan_damaged_in_the_database_stops_its_own_case_only(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    damaged = asked(scene)
    with scene.desk.store.database.writing() as tx:
        tx.exec_driver_sql("UPDATE plans SET body = replace(body, '408', '409')")
    small_transfer(scene.world)

    decide(scene.desk, damaged.id, scene.person("warehouse"), "reject", "broken")
    scanned(scene)

    assert sorted(case.state for case in scene.desk.store.cases.list())[0] == "closed"
    assert writes(scene) == ["stock.picking.create", "stock.picking.action_confirm"]
