"""One process scans by the clock, and what fails once is tried again."""

import logging
from datetime import timedelta

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from desk.pausing import pause
from desk.serving import schedule, scheduled_scan, upkeep
from memory.verifying import Verified
from scenarios.sandbox.injected import Injected
from scenarios.stage import Stage
from tests.desk.doing import asked, found, only_case, scanned, writes
from tests.shortages import large_transfer, small_transfer


def jobs(scene: Stage, crons: dict[str, str], companies: list[int]) -> dict[str, str]:
    scheduler = BackgroundScheduler()
    schedule(scheduler, scene.desk, crons, companies)
    return {job.id: str(job.trigger) for job in scheduler.get_jobs()}


def test_every_kind_and_company_is_scanned_on_its_own_cron(scene: Stage) -> None:
    found = jobs(scene, {"stockout": "*/15 * * * *", "stockout/2": "0 6 * * *"}, [1, 2])

    assert "minute='*/15'" in found["scan stockout/1"]
    assert "hour='6'" in found["scan stockout/2"]
    assert "1 minute" in found["upkeep"] or "0:01:00" in found["upkeep"]


def test_what_has_no_cron_is_not_scanned(scene: Stage) -> None:
    assert set(jobs(scene, {"stockout/2": "0 6 * * *"}, [1])) == {"upkeep"}


def test_a_scheduled_scan_works_its_cases(scene: Stage, caplog: pytest.LogCaptureFixture) -> None:
    small_transfer(scene.world)

    with caplog.at_level(logging.INFO, logger="desk.serving"):
        scheduled_scan(scene.desk, "stockout", scene.world.company)

    assert only_case(scene).state == "closed"
    assert [record.__dict__["action"] for record in caplog.records] == ["scan_done"]
    assert "opened, 0 updated, 0 relapsed, 0 gone, " in caplog.text
    assert "{" not in caplog.text


def test_a_scan_that_fails_is_logged_and_tried_again_by_its_cron(
    scene: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    small_transfer(scene.world)
    scene.engine.faults.append(Injected(call="*", kind="down"))

    scheduled_scan(scene.desk, "stockout", scene.world.company)
    assert [record.__dict__["action"] for record in caplog.records] == ["scan_failed"]
    scheduled_scan(scene.desk, "stockout", scene.world.company)

    assert only_case(scene).state == "closed"


def test_a_paused_scan_is_logged_as_refused(scene: Stage, caplog: pytest.LogCaptureFixture) -> None:
    pause(scene.desk, "all", scene.person("warehouse"), "stocktaking")

    with caplog.at_level(logging.INFO, logger="desk.serving"):
        scheduled_scan(scene.desk, "stockout", scene.world.company)

    assert [record.__dict__["action"] for record in caplog.records] == ["scan_refused"]


def test_upkeep_expires_plans_again_and_seals(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    request = asked(scene)
    scene.clock.move(timedelta(hours=25))

    upkeep(scene.desk)

    assert asked(scene).id != request.id
    assert writes(scene) == []
    verified = scene.desk.store.verify()
    assert isinstance(verified, Verified)
    assert verified.seals >= 1


def test_upkeep_says_that_recovery_waits_for_odoo(scene: Stage, caplog: pytest.LogCaptureFixture) -> None:
    small_transfer(scene.world)
    found(scene)
    scene.engine.faults.append(Injected(call="*", kind="down"))

    upkeep(scene.desk)

    assert [record.__dict__["action"] for record in caplog.records] == ["recovery_waits"]
    assert "taken up again later" in only_case(scene).why


def test_upkeep_that_fails_is_tried_again_in_a_minute(scene: Stage, caplog: pytest.LogCaptureFixture) -> None:
    scene.desk.store.seals.path.write_text("not a seal\n")
    small_transfer(scene.world)
    scanned(scene)

    upkeep(scene.desk)

    assert [record.__dict__["action"] for record in caplog.records] == ["upkeep_failed"]
