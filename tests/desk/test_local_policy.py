"""What a warehouse holds tighter is heard from the scan to the write, whether it gives or receives."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desk.deciding import Decided, decide
from desk.desk import assemble
from desk.explaining import explained
from desk.proposing import Proposed, propose
from domain.refusals import Refusal
from guardrails.standing import PolicyLimits
from scenarios.house import House
from scenarios.stage import Stage, stage
from tests.desk.conftest import AT
from tests.desk.doing import asked, only_case, scanned, writes
from tests.shortages import large_transfer, small_transfer

COUNT_FIRST = """version = 1
[expiry]
request_hours = 2
[[rule]]
name = "count-first"
actions = ["stock.transfer"]
then = "ask"
role = "warehouse-lead"
"""
LOW_CAP = 'version = 1\n[caps]\nstep = "1 GBP"\n'


@pytest.mark.parametrize("place", ["NTH", "WH", "company"])
def test_a_transfer_that_is_allowed_elsewhere_is_asked_by_either_warehouse(place: str) -> None:
    with stage(AT, house=House(local={place: COUNT_FIRST})) as scene:
        small_transfer(scene.world)
        scanned(scene)
        request = asked(scene)

        assert writes(scene) == []
        assert request.expires_at == AT + timedelta(hours=2)
        told = explained(scene.desk.store, request.case, scene.desk.policy)
        assert any("ask by count-first (1/" in line for line in told.lines)
        assert isinstance(decide(scene.desk, request.id, scene.person("warehouse"), "approve"), Decided)
        assert only_case(scene).state == "closed"


def test_a_third_warehouse_has_no_say() -> None:
    with stage(AT, house=House(local={"STH": COUNT_FIRST})) as scene:
        small_transfer(scene.world)
        scanned(scene)

        assert only_case(scene).state == "closed"


def test_a_paused_warehouse_pauses_words_about_it_too() -> None:
    with stage(AT, house=House(local={"STH": "version = 1\n[pause]\nall = true\n"})) as scene:
        large_transfer(scene.world)
        scene.world.buy("jug", "STH", 500, in_days=8)
        scanned(scene)

        outcome = propose(scene.desk, only_case(scene).id, scene.person("buymgr"), "expedite:1", {})

        assert isinstance(outcome, Proposed)
        assert outcome.case.state == "queued"
        assert outcome.case.why.endswith("is paused")
        assert writes(scene) == []


def test_words_are_held_at_the_write_by_a_warehouse_that_paused_since(tmp_path: Path) -> None:
    with stage(AT) as scene:
        large_transfer(scene.world)
        scene.world.buy("jug", "STH", 500, in_days=8)
        paused = under(scene, House(local={"STH": "version = 1\n[pause]\nall = true\n"}), tmp_path)
        scene.desk.store.register.limits = PolicyLimits(paused.desk.policy)
        scanned(scene)

        propose(scene.desk, only_case(scene).id, scene.person("buymgr"), "expedite:1", {})

        assert writes(scene) == []


def test_a_local_policy_that_comes_later_makes_a_request_be_asked_again(tmp_path: Path) -> None:
    with stage(AT) as scene:
        large_transfer(scene.world)
        scanned(scene)
        request = asked(scene)
        stricter = under(scene, House(local={"NTH": COUNT_FIRST}), tmp_path)

        outcome = decide(stricter.desk, request.id, stricter.person("warehouse"), "approve")

        assert isinstance(outcome, Refusal)
        assert outcome.guard == "changed"
        assert asked(stricter).policy_digest == stricter.desk.policy.digest != request.policy_digest
        assert writes(stricter) == []


def test_a_cap_that_a_warehouse_lowers_after_approval_holds_at_the_write(tmp_path: Path) -> None:
    with stage(AT) as scene:
        large_transfer(scene.world)
        scanned(scene)
        lowered = under(scene, House(local={"WH": LOW_CAP}), tmp_path)
        scene.desk.store.register.limits = PolicyLimits(lowered.desk.policy)

        decide(scene.desk, asked(scene).id, scene.person("warehouse"), "approve")

        assert writes(scene) == []
        assert "over the cap of 1.00 GBP (1/" in only_case(scene).why


def under(scene: Stage, house: House, folder: Path) -> Stage:
    """The same stage with other files in force."""
    policy, _ = house.opened(folder, scene.world.ids())
    parts = replace(scene.parts, policy=policy)
    return replace(scene, parts=parts, desk=assemble(parts))
