"""A person stops the desk, or a part of it, and starts it again."""

import pytest

from domain.clock import SetClock
from domain.errors import Misuse
from domain.refusals import Refusal
from memory.pauses import Pause
from memory.store import Store
from tests.memory.builders import NOON


def test_a_pause_stands_until_it_is_ended_and_survives_a_restart(store: Store, clock: SetClock) -> None:
    store.pauses.pause("kind:stockout", actor="user:7", reason="stock count")

    again = Store.open(store.home, clock)
    assert again.pauses.active() == (Pause(scope="kind:stockout", actor="user:7", reason="stock count", since=NOON),)
    assert again.pauses.resume("kind:stockout", actor="user:7", reason="counted")
    assert store.pauses.active() == ()
    again.close()


def test_both_are_journalled_with_the_person_and_the_reason(store: Store) -> None:
    store.pauses.pause("all", actor="user:7", reason="stock count")
    store.pauses.resume("all", actor="user:8", reason="counted")

    told = [(entry.kind, entry.actor, entry.facts["reason"]) for entry in store.journal.entries(limit=2)]
    assert told == [("pause", "user:7", "stock count"), ("resume", "user:8", "counted")]


def test_ending_a_pause_that_is_none_changes_nothing(store: Store) -> None:
    assert not store.pauses.resume("all", actor="user:7", reason="?")
    assert len(store.journal.entries()) == 1


def test_what_is_paused_already_stays_in_the_name_of_whoever_paused_it_first(store: Store) -> None:
    store.pauses.pause("all", actor="user:7", reason="first")

    again = store.pauses.pause("all", actor="user:8", reason="second")

    assert isinstance(again, Refusal)
    assert again.reason == "nothing to pause: all is paused by user:7 since 2026-03-02 12:00 UTC: first"
    assert [(pause.actor, pause.reason) for pause in store.pauses.active()] == [("user:7", "first")]


@pytest.mark.parametrize("scope", ["all", "kind:stockout", "company:1"])
def test_a_scan_is_stopped_by_what_concerns_it(store: Store, scope: str) -> None:
    store.pauses.pause(scope, actor="user:7", reason="stock count")

    refusal = store.pauses.stopping("stockout", 1)

    assert refusal is not None
    assert refusal.guard == "pause"
    assert "paused by user:7 since 2026-03-02 12:00 UTC: stock count" in refusal.reason


def test_a_scan_is_not_stopped_by_what_does_not_concern_it(store: Store) -> None:
    store.pauses.pause("kind:returns", actor="user:7", reason="x")
    store.pauses.pause("company:2", actor="user:7", reason="x")

    assert store.pauses.stopping("stockout", 1) is None


@pytest.mark.parametrize("scope", ["", "everything", "kind:", "company:one", "vendor:4"])
def test_a_scope_that_does_not_exist_is_a_mistake(store: Store, scope: str) -> None:
    with pytest.raises(Misuse, match="expected all, kind:NAME"):
        store.pauses.pause(scope, actor="user:7", reason="x")
    with pytest.raises(Misuse, match="expected all, kind:NAME"):
        store.pauses.resume(scope, actor="user:7", reason="x")
