"""What a kill, an expiry or an unreachable Odoo left half-way is taken up again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.closing import close
from desk.deciding import Decided, decide
from desk.recovering import recover
from domain.calls import Call
from domain.cases import Case
from domain.errors import Misuse
from domain.refusals import Refusal
from domain.values import Json
from graphs import leases
from graphs.runner import LEASE, LEASE_S
from scenarios.sandbox.injected import Injected
from scenarios.stage import Stage
from tests.desk.combined import BOUGHT, TRANSFERRED, asking_two, both_asked, under
from tests.desk.doing import asked, found, journal_kinds, only_case, scanned, writes
from tests.shortages import large_transfer, small_transfer


def test_with_nothing_left_over_nothing_happens(scene: Stage) -> None:
    recovered = recover(scene.desk)

    assert recovered.taken_up == ()
    assert recovered.hindered is None


def test_a_request_nobody_answered_expires_and_the_case_is_planned_again(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    request = asked(scene)
    scene.clock.move(timedelta(hours=25))

    recovered = recover(scene.desk)

    assert recovered.expired == (request.id,)
    assert asked(scene).plan_version == request.plan_version + 1
    assert writes(scene) == []


def test_a_case_found_before_a_kill_is_carried_on(scene: Stage) -> None:
    small_transfer(scene.world)
    found(scene)

    recovered = recover(scene.desk)

    assert recovered.taken_up == (only_case(scene).id,)
    assert only_case(scene).state == "closed"


def test_with_odoo_down_recovery_says_so_and_loses_nothing(scene: Stage) -> None:
    small_transfer(scene.world)
    scene.engine.faults.append(Injected(call="stock.picking.action_confirm", kind="down"))
    scanned(scene)
    scene.engine.faults.append(Injected(call="*", kind="down", times=3))

    recover(scene.desk)
    assert only_case(scene).state == "acting"
    scene.engine.faults.clear()
    recover(scene.desk)

    assert only_case(scene).state == "closed"
    assert writes(scene) == ["stock.picking.create", "stock.picking.action_confirm"]


def test_a_case_somebody_else_works_on_is_left_alone(scene: Stage) -> None:
    small_transfer(scene.world)
    found(scene)
    scene.desk.store.cases.lease(only_case(scene).id, "elsewhere/1/2/3", 60)

    recover(scene.desk)
    assert only_case(scene).state == "open"
    scene.clock.move(timedelta(seconds=61))
    recover(scene.desk)

    assert only_case(scene).state == "closed"


def test_a_case_that_another_worker_took_up_half_way_is_left_to_it(scene: Stage) -> None:
    asking_two(scene)
    lead, buyer = both_asked(scene)
    slow = under(replace(scene, parts=replace(scene.parts, transport=Overtaken(scene))), scene.desk.policy)
    decide(slow.desk, lead.id, scene.person("warehouse"), "approve")

    outcome = decide(slow.desk, buyer.id, scene.person("buyer"), "approve")

    assert isinstance(outcome, Decided)
    assert (outcome.case.state, writes(scene)) == ("acting", BOUGHT)
    scene.clock.move(LEASE + timedelta(seconds=1))
    recover(scene.desk)
    assert (only_case(scene).state, writes(scene)) == ("closed", BOUGHT + TRANSFERRED)


class Overtaken:
    """A way to Odoo so slow at the first write that the lease ends and a worker on another machine takes the case."""

    def __init__(self, scene: Stage) -> None:
        self._scene = scene
        self.uid = scene.parts.transport.uid

    def execute(self, call: Call) -> Json:
        answer = self._scene.parts.transport.execute(call)
        if not call.reads_only:
            self._scene.clock.move(LEASE + timedelta(seconds=1))
            self._scene.desk.store.cases.lease(only_case(self._scene).id, "elsewhere/1/2/3", LEASE_S)
        return answer


def test_the_lease_of_a_dead_process_of_this_machine_ends_at_once(scene: Stage) -> None:
    machine, _, _, unique = leases.name().split("/")

    assert not leases.is_dead(leases.name())
    assert leases.is_dead(f"{machine}/999999999/1/{unique}")
    assert not leases.is_dead(f"elsewhere/999999999/1/{unique}")


def test_a_person_closes_a_waiting_case_and_its_request_ends(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    request = asked(scene)

    outcome = close(scene.desk, only_case(scene).id, scene.person("warehouse"), "they buy elsewhere")

    assert isinstance(outcome, Case)
    assert outcome.state == "closed"
    assert scene.desk.store.requests.get(request.id).state == "superseded"
    assert journal_kinds(scene)[-1] == "case.moved"
    assert writes(scene) == []


def test_closing_needs_a_reason_and_a_role(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)

    with pytest.raises(Misuse, match="--reason"):
        close(scene.desk, only_case(scene).id, scene.person("warehouse"), "")
    outcome = close(scene.desk, only_case(scene).id, scene.person("auditor"), "tidy up")

    assert isinstance(outcome, Refusal)
    assert outcome.guard == "role"


def test_a_closed_case_is_not_closed_again(scene: Stage) -> None:
    small_transfer(scene.world)
    scanned(scene)

    outcome = close(scene.desk, only_case(scene).id, scene.person("warehouse"), "again")

    assert isinstance(outcome, Refusal)
    assert outcome.guard == "state"
