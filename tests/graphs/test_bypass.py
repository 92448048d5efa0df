"""Whatever is done to a graph or its checkpoints, the sandbox is written to only with a grant."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.types import Command

from desk.deciding import Decided, decide
from desk.scanning import scan
from domain.cases import Case
from scenarios.stage import Stage, stage
from tests.shortages import large_transfer

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def scene() -> Iterator[Stage]:
    """One case that waits for the warehouse lead."""
    with stage(AT) as scene:
        large_transfer(scene.world)
        scan(scene.desk, "stockout", scene.world.company)
        yield scene


def waiting(scene: Stage) -> Case:
    (case,) = scene.desk.store.cases.list(state="waiting")
    return case


def writes(scene: Stage) -> list[str]:
    """What the desk's own user wrote in Odoo."""
    desk = scene.service_user()
    return [f"{w.model}.{w.method}" for w in scene.engine.write_log if w.uid == desk]


def goto_act(scene: Stage, case: Case) -> None:
    runner = scene.desk.runner
    runner.graph.invoke(Command(goto="act"), config(case), context=runner.services(), durability="sync")


def claim_approval(scene: Stage, case: Case) -> None:
    runner = scene.desk.runner
    runner.graph.update_state(config(case), {"phase": "act", "why": "approved, honestly"}, as_node="settle")
    runner.graph.invoke(None, config(case), context=runner.services(), durability="sync")


def resume_with_a_lie(scene: Stage, case: Case) -> None:
    runner = scene.desk.runner
    (asked,) = runner.graph.get_state(config(case)).interrupts
    answer = {"decisions": [{"type": "approve"}], "phase": "act"}
    runner.graph.invoke(Command(resume={asked.id: answer}), config(case), context=runner.services(), durability="sync")


def replay_old_checkpoint(scene: Stage, case: Case) -> None:
    runner = scene.desk.runner
    before_gate = runner.graph.update_state(config(case), {"phase": "gate"}, as_node="propose")
    assert runner.graph.get_state(before_gate).next == ("gate",)
    runner.graph.invoke(None, before_gate, context=runner.services(), durability="sync")
    forged = runner.graph.update_state(before_gate, {"phase": "act"}, as_node="gate")
    runner.graph.invoke(None, forged, context=runner.services(), durability="sync")


def move_the_row(scene: Stage, case: Case) -> None:
    scene.desk.store.cases.move(case.id, "acting", "moved by hand")
    scene.desk.runner.run(case.id)


def config(case: Case) -> RunnableConfig:
    return {"configurable": {"thread_id": case.thread}}


@pytest.mark.parametrize(
    "bypass",
    [goto_act, claim_approval, resume_with_a_lie, replay_old_checkpoint, move_the_row],
    ids=lambda b: b.__name__,
)
def test_no_way_around_the_approval_reaches_odoo(scene: Stage, bypass: Callable[[Stage, Case], None]) -> None:
    case = waiting(scene)

    bypass(scene, case)

    assert writes(scene) == []
    assert "effect.done" not in {entry.kind for entry in scene.desk.store.journal.entries()}


def test_with_the_approval_the_same_case_does_reach_odoo(scene: Stage) -> None:
    case = waiting(scene)
    (request,) = scene.desk.store.requests.pending(case.id)

    decided = decide(scene.desk, request.id, scene.person("warehouse"), "approve")

    assert isinstance(decided, Decided)
    assert decided.case.state == "closed"
    assert writes(scene) == ["stock.picking.create", "stock.picking.action_confirm"]


def test_a_finished_plan_replayed_does_nothing_twice(scene: Stage) -> None:
    case = waiting(scene)
    (request,) = scene.desk.store.requests.pending(case.id)
    decide(scene.desk, request.id, scene.person("warehouse"), "approve")
    done = writes(scene)

    runner = scene.desk.runner
    scene.desk.store.cases.move(case.id, "acting", "moved by hand")
    again = runner.run(case.id)

    assert again.state == "closed"
    assert writes(scene) == done
