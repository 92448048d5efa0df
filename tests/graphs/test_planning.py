"""A plan of several steps relies on what each of them relies on, and on nothing that its own steps change."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from desk.scanning import scan
from domain.plans import Plan, RecordRef
from scenarios.house import House
from scenarios.stage import Stage, stage

AT = datetime(2026, 3, 2, 6, tzinfo=UTC)
COST = House(terms='version = 1\n[usual]\ntransfer_cost = "5 GBP"\n')


@pytest.fixture
def scene() -> Iterator[Stage]:
    with stage(AT, house=COST) as scene:
        scene.world.vendor_price("jug", "2.90", delay=20)
        scene.world.stock("jug", "WH", 25)
        scene.world.sell("jug", "STH", 60, in_days=4)
        yield scene


def planned(scene: Stage) -> Plan:
    scan(scene.desk, "stockout", scene.world.company)
    (case,) = scene.desk.store.cases.list()
    plan = scene.desk.store.plans.newest(case.id)
    assert plan is not None
    return plan


def stock_of(refs: tuple[RecordRef, ...]) -> list[RecordRef]:
    return [ref for ref in refs if "incoming_qty" in ref.seen]


def test_what_the_first_step_relies_on_is_its_own_to_change(scene: Stage) -> None:
    plan = planned(scene)

    transfer, purchase = plan.steps
    assert (transfer.action, purchase.action) == ("stock.transfer", "purchase.create_rfq")
    assert (len(stock_of(transfer.touches)), stock_of(purchase.touches)) == (1, [])
    assert {"res.partner", "product.supplierinfo"} <= {ref.model for ref in purchase.touches}


def test_both_steps_are_done(scene: Stage) -> None:
    planned(scene)

    assert [case.state for case in scene.desk.store.cases.list()] == ["closed"]
    assert sum(entry.kind == "effect.done" for entry in scene.desk.store.journal.entries()) == 2
