"""The journal only grows, follows itself, and lets a person's words be forgotten."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from domain.clock import SetClock
from memory.errors import StoreError
from memory.journal import FIRST, Note, chained
from memory.store import Store
from memory.verifying import Verified
from tests.memory.builders import BUYER, a_case, a_finding, approve, asked


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE journal SET kind = 'nothing' WHERE seq = 1",
        "DELETE FROM journal WHERE seq = 1",
        "INSERT OR REPLACE INTO journal SELECT seq, at, 'no', case_id, body, prev, hash FROM journal WHERE seq = 1",
        "INSERT INTO journal SELECT seq + 9, at, kind, case_id, body, hash, hash FROM journal WHERE seq = 1",
        "INSERT INTO journal SELECT seq + 1, at, kind, case_id, body, prev, hash FROM journal WHERE seq = 1",
    ],
    ids=["update", "delete", "replace", "gap", "fork"],
)
def test_the_database_itself_refuses_to_change_the_past(store: Store, attack: str) -> None:
    with pytest.raises(StoreError, match="append-only"), store.database.writing() as tx:
        tx.execute(text(attack))

    assert isinstance(store.verify(), Verified)


def test_each_entry_is_chained_to_the_one_before_over_its_stored_bytes(store: Store) -> None:
    store.journal.note("policy.loaded", {"digest": "d", "limit": "100.00"})

    with store.database.reading() as tx:
        rows = tx.execute(text("SELECT body, prev, hash FROM journal ORDER BY seq")).all()

    assert rows[0].prev == FIRST
    assert rows[1].prev == rows[0].hash
    assert all(row.hash == chained(row.prev, row.body) for row in rows)


def test_the_bytes_are_canonical_and_say_who_when_and_what(store: Store) -> None:
    store.journal.note("policy.loaded", {"limit": "100.00", "digest": "d"}, actor="user:7")

    with store.database.reading() as tx:
        body = tx.execute(text("SELECT body FROM journal WHERE seq = 2")).scalar_one()

    assert body == (
        b'{"actor":"user:7","at":"2026-03-02T12:00:00.000000Z","case":null,'
        b'"facts":{"digest":"d","limit":"100.00"},"kind":"policy.loaded","seq":2}'
    )


def test_many_entries_are_appended_in_order(store: Store) -> None:
    with store.database.writing() as tx:
        last = store.journal.append_all(tx, [Note(kind=f"note.{number}", facts={}) for number in range(3)])

    assert last == 4
    assert [entry.kind for entry in store.journal.entries(limit=3)] == ["note.0", "note.1", "note.2"]
    assert isinstance(store.verify(), Verified)


def test_an_entry_goes_with_the_transaction_it_belongs_to(store: Store) -> None:
    def fail_half_way() -> None:
        with store.database.writing() as tx:
            store.journal.append(tx, "case.moved", {})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()

    assert [entry.kind for entry in store.journal.entries()] == ["desk.made"]


def test_entries_are_found_by_case_and_by_time(store: Store, clock: SetClock) -> None:
    first = a_case(store)
    clock.move(timedelta(hours=1))
    store.cases.record([a_finding("product:99")], graph="g")

    assert [entry.kind for entry in store.journal.entries(case=first.id)] == ["case.opened"]
    assert [entry.case for entry in store.journal.entries(since=clock.now())] == ["C2"]


def test_a_persons_words_are_not_in_the_file_and_are_read_with_their_key(store: Store) -> None:
    request = asked(store)

    approve(store, request)

    entry = next(entry for entry in store.journal.entries() if entry.kind == "request.decided")
    assert (entry.facts["login"], entry.facts["reason"]) == (BUYER.login, "go ahead")
    with store.database.reading() as tx:
        bodies = b"".join(tx.execute(text("SELECT body FROM journal")).scalars())
    assert BUYER.login.encode() not in bodies
    assert b"go ahead" not in bodies


def test_forgetting_a_person_leaves_the_chain_valid_and_the_words_unreadable(store: Store) -> None:
    request = asked(store)
    approve(store, request)
    store.pauses.pause("all", actor=BUYER.actor, reason="my back hurts")
    store.cases.move(request.case, "closed", "told by Bea", actor=BUYER.actor)

    assert store.journal.erase(BUYER.actor, actor="user:1")

    told = json.dumps([entry.plain() for entry in store.journal.entries()])
    assert "Bea" not in told
    assert "go ahead" not in told
    assert "(erased)" in told
    assert store.requests.get(request.id).reason == "(erased)"
    assert store.cases.get(request.case).why == "(erased)"
    assert store.pauses.active()[0].reason == "(erased)"
    assert isinstance(store.verify(), Verified)


def test_the_erased_key_is_nowhere_in_the_files(store: Store) -> None:
    approve(store, asked(store))
    with store.database.reading() as tx:
        key = tx.execute(text("SELECT key FROM subjects")).scalar_one()

    store.journal.erase(BUYER.actor, actor="user:1")

    assert all(key not in path.read_bytes() for path in store.home.glob("desk.db*"))


def test_a_forgotten_person_who_comes_back_gets_a_new_key(store: Store) -> None:
    store.journal.note("pause", {}, actor="user:7", personal={"reason": "before"})
    store.journal.erase("user:7", actor="user:1")

    store.journal.note("pause", {}, actor="user:7", personal={"reason": "after"})

    reasons = [entry.facts["reason"] for entry in store.journal.entries() if entry.kind == "pause"]
    assert reasons == ["(erased)", "after"]


def test_forgetting_a_stranger_changes_nothing(store: Store) -> None:
    assert not store.journal.erase("user:99", actor="user:1")
    assert len(store.journal.entries()) == 1


def test_ciphertext_moved_to_another_place_does_not_open(store: Store) -> None:
    store.journal.note("pause", {}, actor="user:7", personal={"reason": "secret"})
    with store.database.reading() as tx:
        facts = json.loads(tx.execute(text("SELECT body FROM journal WHERE seq = 2")).scalar_one())["facts"]

    store.journal.note("pause", {"reason": facts["reason"]})

    assert store.journal.entries()[-1].facts["reason"] == "(erased)"


def test_text_that_looks_like_ciphertext_stops_nobody_from_reading(store: Store) -> None:
    store.journal.note("pause", {}, actor="user:7", personal={"reason": "secret"})

    store.journal.note("pause", {"reason": {"subject": "user:7", "sealed": "é"}})

    assert store.journal.entries()[-1].facts["reason"] == "(erased)"
