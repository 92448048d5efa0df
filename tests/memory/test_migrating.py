"""A database of an older desk is brought up with all that it holds, and its journal still verifies against it."""

import json
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from domain.clock import SetClock
from domain.money import Money
from domain.refusals import Refusal
from domain.values import Row, canonical
from memory.columns import spell
from memory.database import Database
from memory.grants import Leave, issue
from memory.journal import Journal
from memory.requests import Decided, Request
from memory.schema import MIGRATIONS
from memory.store import FILE, Store
from memory.verifying import Verified
from tests.memory.builders import BUYER, NOON, POLICY, a_finding, a_plan, a_step, pounds

ASKED: Row = {
    "id": "R1",
    "plan_version": 1,
    "plan_digest": a_plan("C1", steps=(a_step(), a_step())).digest,
    "policy_digest": POLICY,
    "role": "buyer",
    "four_eyes": False,
    "amount": {"amount": "200", "currency": "GBP"},
    "expires_at": "2026-03-02T13:00:00Z",
}


@pytest.fixture
def older(tmp_path: Path, clock: SetClock) -> Path:
    """The home of a desk of the first schema, where one plan of two steps was asked about as a whole and approved."""
    database = Database(tmp_path / FILE)
    with database.writing() as tx:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = tx
        command.upgrade(config, "0001")
    with database.writing() as tx:
        remember(tx, Journal(database, clock))
    database.close()
    return tmp_path


def remember(tx: Connection, journal: Journal) -> None:
    """What the first schema kept of a case."""
    plan, at = a_plan("C1", steps=(a_step(), a_step())), spell(NOON)
    verdict = {"outcome": "ask", "reason": "because", "rulings": [], "role": "buyer", "four_eyes": False}
    case = a_finding()
    tx.execute(
        text(
            "INSERT INTO cases VALUES ('C1', 1, :mark, 'stockout', 1, :subject, 'a', 'waiting', '400', 'GBP', NULL, "
            "'f', 1, 'C1', 'g', 'rules', :at, :at, NULL, 'because', 'desk', 0, NULL, NULL)"
        ),
        {"at": at, "mark": case.fingerprint, "subject": case.subject},
    )
    tx.execute(
        text("INSERT INTO plans VALUES ('C1', 1, :digest, :body, :at, :verdict)"),
        {
            "digest": plan.digest,
            "body": canonical(plan.plain()),
            "at": at,
            "verdict": json.dumps({**verdict, "expires_in_s": 3600, "policy_digest": POLICY}).encode(),
        },
    )
    tx.execute(
        text(
            "INSERT INTO requests VALUES ('R1', 1, 'C1', 1, :digest, :policy, 'buyer', 0, '200', 'GBP', :title, "
            "'desk', NULL, 'approved', :at, '2026-03-02T13:00:00.000000Z', 'user:7', :at, 'go ahead')"
        ),
        {"digest": plan.digest, "policy": POLICY, "title": plan.title, "at": at},
    )
    issued = issue(tx, plan, Leave(policy_digest=POLICY, request="R1", issued_at=NOON, expires_at=NOON))
    journal.append(tx, "plan.proposed", {"version": 1, "digest": plan.digest}, case="C1")
    journal.append(tx, "request.made", ASKED, case="C1")
    journal.append(tx, "request.decided", {**ASKED, "answer": "approve"}, case="C1", actor="user:7")
    journal.append(tx, "grant.issued", {"plan": 1, "digests": issued, "request": "R1"}, case="C1")


def test_what_was_asked_as_a_whole_stays_so_and_its_grants_stay_with_it(older: Path, clock: SetClock) -> None:
    store = Store.open(older, clock)

    assert store.requests.get("R1").steps == ()
    with store.database.reading() as tx:
        assert set(tx.execute(text("SELECT request_id FROM grants")).scalars()) == {"R1"}
        assert tx.execute(text("PRAGMA foreign_key_check")).all() == []
    store.close()


def test_an_older_verdict_names_whom_it_asked_about_every_step(older: Path, clock: SetClock) -> None:
    store = Store.open(older, clock)

    verdict = store.plans.verdict("C1", 1)

    assert verdict is not None
    assert [(ask.role, ask.steps, str(ask.amount)) for ask in verdict.asks] == [("buyer", (0, 1), "200.00 GBP")]
    store.close()


def test_what_the_journal_says_of_an_older_request_is_what_its_row_says(older: Path, clock: SetClock) -> None:
    store = Store.open(older, clock)

    assert isinstance(store.verify(), Verified)
    store.close()


def test_an_older_request_that_still_waits_is_answered_for_the_whole_plan(older: Path, clock: SetClock) -> None:
    store = Store.open(older, clock)
    with store.database.writing() as tx:
        tx.execute(text("DELETE FROM grants"))
        tx.execute(text("UPDATE requests SET state = 'pending', decided_by = NULL, decided_at = NULL"))
    weighed: list[Money] = []

    def may(request: Request, in_all: Money) -> Refusal | None:
        weighed.append(in_all)
        return None

    request = store.requests.get("R1")
    digests = {"digest": request.digest, "policy_digest": request.policy_digest}
    decided = store.requests.decide("R1", BUYER, "approve", "go ahead", may=may, **digests)

    assert isinstance(decided, Decided)
    assert weighed == [pounds(200)]
    with store.database.reading() as tx:
        assert len(tx.execute(text("SELECT id FROM grants")).all()) == 4
    store.close()
