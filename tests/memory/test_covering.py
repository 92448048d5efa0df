"""Rows that do not say what the journal says are named, whatever row it is."""

import pytest
from sqlalchemy import text

from domain.values import canonical
from memory.grants import Leave, issue
from memory.store import Store
from memory.verifying import Tampering, Verified
from tests.memory.builders import NOON, POLICY, an_undo, approve, asked, intent_of

CHANGES = {
    "UPDATE plans SET body = CAST(replace(CAST(body AS TEXT), '10', '99') AS BLOB)": "plan 1 of case C1 was changed",
    "UPDATE plans SET body = replace(body, '10', '99')": "plan 1 of case C1 was changed",
    "UPDATE plans SET digest = policy_digest FROM grants": "plan 1 of case C1 was changed",
    "INSERT INTO plans SELECT case_id, 2, digest, body, saved_at, NULL FROM plans": "plan 2 of case C1 stands",
    "UPDATE requests SET role = 'everybody'": "request R1 was changed",
    "UPDATE requests SET steps = '1'": "request R1 was changed",
    "UPDATE requests SET steps = ''": "request R1 was changed",
    "UPDATE requests SET steps = 'all'": "request R1 was changed",
    "UPDATE requests SET amount = '1'": "request R1 was changed",
    "UPDATE requests SET amount = 'much'": "request R1 was changed",
    "UPDATE requests SET requested_by = 'user:9'": "request R1 was changed",
    "UPDATE requests SET edited_by = 'user:9'": "request R1 was changed",
    "UPDATE requests SET title = 'Nothing much'": "request R1 was changed",
    "UPDATE requests SET decided_by = 'user:9'": "the answer to request R1 was changed",
    "UPDATE requests SET state = 'rejected'": "the answer to request R1 was changed",
    "UPDATE requests SET state = 'pending'": "the answer to request R1 is gone",
    "UPDATE grants SET expires_at = '2030-01-01T00:00:00.000000Z' WHERE id = 'G1'": "grant G1 was changed",
    "UPDATE grants SET params_digest = NULL WHERE id = 'G1'": "grant G1 was changed",
    "DELETE FROM grants WHERE id = 'G2'": "grant G2 is gone",
    "UPDATE effects SET intent = CAST(intent || ' ' AS BLOB)": "effect C1:1:do:0 was changed",
    "UPDATE effects SET grant_id = 'G2'": "effect C1:1:do:0 was changed",
    "UPDATE effects SET key = 'C1:9:do:0'": "effect C1:9:do:0 stands",
    "UPDATE effects SET result = x'7b7d'": "the result of effect C1:1:do:0 was changed",
    "UPDATE effects SET state = 'dropped'": "the result of effect C1:1:do:0 is gone",
    "DELETE FROM effects": "effect C1:1:do:0 is gone",
}


@pytest.fixture
def carried_out(store: Store) -> Store:
    """A plan that was asked about, approved and carried out."""
    request = asked(store)
    approve(store, request)
    intent = intent_of(store, store.plans.get(request.case, 1))
    store.register.begin(intent, None)
    store.register.finish(intent, an_undo())
    return store


def test_tables_that_nobody_touched_are_whole(carried_out: Store) -> None:
    assert isinstance(carried_out.verify(), Verified)


@pytest.mark.parametrize("change", CHANGES)
def test_a_row_that_differs_from_its_entry_is_named(carried_out: Store, change: str) -> None:
    with carried_out.database.writing() as tx:
        tx.execute(text(change))

    found = carried_out.verify()

    assert not isinstance(found, Verified)
    assert any(tampering.what.startswith(CHANGES[change]) for tampering in found), found


def test_a_change_is_told_with_the_entry_it_contradicts(carried_out: Store) -> None:
    with carried_out.database.writing() as tx:
        tx.execute(text("UPDATE requests SET decided_by = 'user:9'"))

    entry = next(entry for entry in carried_out.journal.entries() if entry.kind == "request.decided")
    what = f"the answer to request R1 was changed in the tables: it is not what entry {entry.seq} says"
    assert carried_out.verify() == (Tampering(entry.seq, what),)


def test_an_approval_and_grants_that_were_slipped_in_are_found(store: Store) -> None:
    request = asked(store)
    leave = Leave(policy_digest=POLICY, request=request.id, issued_at=NOON, expires_at=NOON)
    with store.database.writing() as tx:
        issue(tx, store.plans.get(request.case, 1), leave)
        tx.execute(text("UPDATE requests SET state = 'approved', decided_by = 'user:4'"))

    found = store.verify()

    assert not isinstance(found, Verified)
    assert [tampering.what.split(" stands")[0] for tampering in found] == [
        "the answer to request R1",
        "grant G1",
        "grant G2",
    ]


def test_a_second_entry_does_not_make_a_changed_row_true(carried_out: Store) -> None:
    other = carried_out.plans.get("C1", 1).but(title="Move everything")
    with carried_out.database.writing() as tx:
        swap = text("UPDATE plans SET body = :body, digest = :digest")
        tx.execute(swap, {"body": canonical(other.plain()), "digest": other.digest})
        carried_out.journal.append(tx, "plan.proposed", {"version": 1, "digest": other.digest}, case="C1")

    found = carried_out.verify()

    assert not isinstance(found, Verified)
    assert found[0].what.startswith("plan 1 of case C1 was changed")
