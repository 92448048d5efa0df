"""A snoozed case leaves everybody in peace, until its time is over or its facts worsen."""

from datetime import date, datetime, timedelta

import pytest

from desk.closing import close
from desk.recovering import recover
from desk.snoozing import morning, snooze
from domain.cases import Case
from domain.errors import Misuse
from inbox.terminal.inbox_page import Waiting
from scenarios.stage import Stage
from tests.desk.conftest import AT
from tests.desk.doing import asked, journal_kinds, only_case, scanned, writes
from tests.desk.holding import done, refused
from tests.shortages import large_transfer, small_transfer

IN_TWO_DAYS = AT + timedelta(days=2)


@pytest.fixture
def snoozed(scene: Stage) -> Stage:
    """A transfer waited for the warehouse lead, who put it aside for two days."""
    large_transfer(scene.world)
    scanned(scene)
    done(snooze(scene.desk, only_case(scene).id, scene.person("warehouse"), "they count on Tuesday", IN_TWO_DAYS))
    return scene


def test_a_snoozed_case_is_out_of_the_inbox_and_asks_nobody(snoozed: Stage) -> None:
    found = scanned(snoozed)

    assert found.updated == found.opened == ()
    assert only_case(snoozed).state == "queued"
    inbox = Waiting.of(snoozed.desk.store, snoozed.desk.policy)
    assert (inbox.requests, inbox.queue, inbox.taken) == ((), (), ())


def test_it_comes_back_when_its_time_is_over(snoozed: Stage) -> None:
    snoozed.clock.move(timedelta(days=2))

    recover(snoozed.desk)

    assert asked(snoozed).plan_version == 2
    assert snoozed.desk.store.holds.all() == []
    moves = [entry.facts for entry in snoozed.desk.store.journal.entries() if entry.kind == "case.moved"]
    assert {"from": "queued", "to": "open", "why": "no longer snoozed: its time is over"} in moves


def test_it_does_not_come_back_a_moment_before(snoozed: Stage) -> None:
    snoozed.clock.move(timedelta(days=2, microseconds=-1))

    recover(snoozed.desk)

    assert only_case(snoozed).state == "queued"


def test_it_comes_back_when_a_scan_finds_its_facts_worse(snoozed: Stage) -> None:
    snoozed.world.sell("jug", "STH", 200, 2)

    scanned(snoozed)

    assert only_case(snoozed).state == "waiting"
    assert any("facts worsened" in str(entry.facts) for entry in snoozed.desk.store.journal.entries())


def test_it_stays_away_when_its_facts_are_a_little_different(snoozed: Stage) -> None:
    before = only_case(snoozed)
    snoozed.world.sell("jug", "STH", 5, 2)

    scanned(snoozed)

    assert only_case(snoozed).money_at_risk > before.money_at_risk
    assert only_case(snoozed).state == "queued"


def test_it_closes_when_the_exception_is_gone(snoozed: Stage) -> None:
    snoozed.world.stock("jug", "STH", 1000)

    assert scanned(snoozed).gone == (only_case(snoozed).id,)
    assert snoozed.desk.store.holds.all() == []


def test_a_person_may_close_what_is_snoozed(snoozed: Stage) -> None:
    done(close(snoozed.desk, only_case(snoozed).id, snoozed.person("warehouse"), "they have some after all"))

    snoozed.clock.move(timedelta(days=3))
    recover(snoozed.desk)

    assert only_case(snoozed).state == "closed"


@pytest.mark.parametrize("until", [AT, AT - timedelta(days=1), AT + timedelta(days=366)])
def test_a_snooze_ends_on_a_day_to_come_within_a_year(scene: Stage, until: datetime) -> None:
    large_transfer(scene.world)
    scanned(scene)

    with pytest.raises(Misuse, match="within the next 365 days"):
        snooze(scene.desk, only_case(scene).id, scene.person("warehouse"), "later", until)

    assert only_case(scene).state == "waiting"


def test_what_is_over_is_not_snoozed(scene: Stage) -> None:
    small_transfer(scene.world)
    scanned(scene)
    before = writes(scene)

    refused(snooze(scene.desk, only_case(scene).id, scene.person("warehouse"), "later", IN_TWO_DAYS))

    assert isinstance(only_case(scene), Case)
    assert "case.snoozed" not in journal_kinds(scene)
    assert writes(scene) == before


def test_a_morning_is_the_beginning_of_a_day_in_utc() -> None:
    assert morning(date(2026, 3, 4)).isoformat() == "2026-03-04T00:00:00+00:00"
