"""One answer counts: the first, by somebody who may, for exactly what was shown, in time."""

import hashlib
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from sqlalchemy import text

from domain.clock import SetClock
from domain.errors import NotFound
from domain.intents import Fresh
from domain.money import Money
from domain.people import Person
from domain.refusals import Refusal
from domain.values import canonical
from memory.errors import Corrupt
from memory.requests import Answer, Decided, Request
from memory.store import Store
from memory.verifying import Verified
from tests.memory.builders import (
    ANYWHERE,
    BUYER,
    LEAD,
    NOON,
    OTHER,
    a_finding,
    anybody,
    approve,
    asked,
    intent_of,
    judging,
    saved_plan,
)

ROUNDS = 20


def test_an_approval_issues_the_grants_of_exactly_this_plan(store: Store) -> None:
    request = asked(store)

    decided = approve(store, request)

    assert isinstance(decided, Decided)
    assert (decided.request.state, decided.request.decided_by, decided.request.decided_at) == (
        "approved",
        "user:7",
        NOON,
    )
    plan = store.plans.get(request.case, 1)
    assert store.register.begin(intent_of(store, plan), None) == Fresh()


def test_the_answer_is_journalled_with_the_person_as_actor(store: Store) -> None:
    approve(store, asked(store))

    entry = next(entry for entry in store.journal.entries() if entry.kind == "request.decided")

    assert (entry.actor, entry.case, entry.facts["answer"]) == ("user:7", "C1", "approve")
    assert (entry.facts["name"], entry.facts["reason"]) == ("Bea Buyer", "go ahead")


def test_a_rejection_gives_back_what_was_reserved_and_grants_nothing(store: Store) -> None:
    request = asked(store)

    decided = _decide(store, request, "reject")

    assert isinstance(decided, Decided)
    assert decided.request.state == "rejected"
    assert _holds(store) == ["released"]
    refusal = store.register.begin(intent_of(store, store.plans.get(request.case, 1)), None)
    assert "no grant was given" in str(refusal)


def test_the_second_is_told_who_decided_and_when(store: Store) -> None:
    request = asked(store)
    approve(store, request)

    refusal = _decide(store, request, "reject", LEAD)

    assert isinstance(refusal, Refusal)
    assert refusal.guard == "decided"
    assert "approved by user:7 on 2026-03-02 12:00 UTC" in refusal.reason
    assert store.requests.get(request.id).state == "approved"


def test_an_answer_to_another_plan_than_the_one_seen_is_refused(store: Store) -> None:
    request = asked(store)

    refusal = approve(store, request, digest=OTHER)

    assert isinstance(refusal, Refusal)
    assert refusal.guard == "changed"
    assert store.requests.get(request.id).state == "pending"


def test_an_answer_under_another_policy_is_refused(store: Store) -> None:
    refusal = approve(store, asked(store), policy_digest=OTHER)

    assert isinstance(refusal, Refusal)
    assert "policy changed" in refusal.reason


def test_an_answer_to_an_older_plan_is_refused_even_if_its_question_still_stands(store: Store) -> None:
    request = asked(store)
    with store.database.writing() as tx:
        tx.execute(text("INSERT INTO plans SELECT case_id, 2, digest, body, saved_at, NULL FROM plans"))

    refusal = approve(store, request)

    assert isinstance(refusal, Refusal)
    assert refusal.guard == "changed"


def test_a_plan_swapped_in_the_database_is_not_granted(store: Store) -> None:
    request = asked(store)
    other = store.plans.get(request.case, 1).but(title="Move everything")
    with store.database.writing() as tx:
        swap = text("UPDATE plans SET body = :body, digest = :digest")
        tx.execute(swap, {"body": other.model_dump_json().encode(), "digest": _sha(other.model_dump_json())})

    refusal = approve(store, request)

    assert isinstance(refusal, Refusal)
    assert (refusal.guard, store.requests.get(request.id).state) == ("changed", "pending")


def test_a_plan_swapped_together_with_its_question_is_not_granted(store: Store) -> None:
    request = asked(store)
    other = store.plans.get(request.case, 1).but(title="Move everything")
    with store.database.writing() as tx:
        swap = text("UPDATE plans SET body = :body, digest = :digest")
        tx.execute(swap, {"body": canonical(other.plain()), "digest": other.digest})
        tx.execute(text("UPDATE requests SET plan_digest = :digest"), {"digest": other.digest})

    refusal = approve(store, store.requests.get(request.id))

    assert isinstance(refusal, Refusal)
    assert "not what was journalled" in refusal.reason
    assert store.requests.get(request.id).state == "pending"


def test_a_plan_whose_bytes_were_changed_is_not_granted(store: Store) -> None:
    request = asked(store)
    with store.database.writing() as tx:
        tx.execute(text("UPDATE plans SET body = CAST(body || ' ' AS BLOB)"))

    with pytest.raises(Corrupt, match="was changed"):
        approve(store, request)

    assert store.requests.get(request.id).state == "pending"


def test_an_answer_that_comes_too_late_is_refused_and_the_request_ends(store: Store, clock: SetClock) -> None:
    request = asked(store)
    clock.move(timedelta(hours=1))

    refusal = approve(store, request)

    assert isinstance(refusal, Refusal)
    assert refusal.guard == "expired"
    assert store.requests.get(request.id).state == "expired"
    assert _holds(store) == ["released"]


def test_a_person_who_may_not_decide_is_refused_and_it_is_journalled(store: Store) -> None:
    request = asked(store)
    no = Refusal(guard="role", reason="needs a buyer")

    def may(asked: Request, in_all: Money) -> Refusal | None:
        return no

    refusal = store.requests.decide(
        request.id,
        LEAD,
        "approve",
        "let me",
        digest=request.digest,
        policy_digest=request.policy_digest,
        may=may,
    )

    assert refusal == no
    assert store.requests.get(request.id).state == "pending"
    entry = store.journal.entries()[-1]
    assert (entry.kind, entry.actor, entry.facts["guard"]) == ("request.refused", "user:8", "role")
    assert entry.facts["why"] == "needs a buyer"


def test_a_request_that_does_not_exist_is_said_so(store: Store) -> None:
    with pytest.raises(NotFound, match="no request R9"):
        store.requests.get("R9")


def test_requests_end_when_their_time_is_over_and_not_before(store: Store, clock: SetClock) -> None:
    request = asked(store)

    assert store.requests.expire(clock.now() + timedelta(minutes=59)) == []
    ended = store.requests.expire(clock.now() + timedelta(minutes=60))

    assert [(over.id, over.state) for over in ended] == [(request.id, "expired")]
    assert store.journal.entries()[-1].kind == "request.expired"
    assert _holds(store) == ["released"]


def test_a_question_can_be_withdrawn(store: Store) -> None:
    request = asked(store)

    assert [over.id for over in store.requests.supersede(request.case, "stock arrived")] == [request.id]
    assert store.requests.pending() == []
    refusal = approve(store, request)
    assert isinstance(refusal, Refusal)
    assert "superseded" in refusal.reason


def test_what_waits_is_listed_with_the_oldest_first(store: Store) -> None:
    first = asked(store)
    store.cases.record([a_finding("product:99")], graph="g")
    store.plans.reserve(saved_plan(store, "C2"), judging("ask"), expected=ANYWHERE)

    assert [request.id for request in store.requests.pending()] == ["R1", "R2"]
    assert [request.id for request in store.requests.pending(case="C2")] == ["R2"]
    assert store.requests.of_case(first.case) == [first]
    assert store.requests.last_asked(first.case) == [first]


def test_a_case_that_nobody_was_asked_about_has_no_last_request(store: Store) -> None:
    with pytest.raises(NotFound, match="nothing was ever asked"):
        store.requests.last_asked("C1")


def test_of_two_processes_that_decide_at_once_one_wins_every_time(tmp_path: Path, clock: SetClock) -> None:
    store = Store.open(tmp_path / "home", clock)
    store.cases.record([a_finding(f"product:{number}") for number in range(ROUNDS)], graph="g")
    for case in store.cases.list():
        store.plans.reserve(saved_plan(store, case.id), judging("ask"), expected=ANYWHERE)
    context = get_context("spawn")
    barrier = context.Barrier(2)
    people = [
        context.Process(target=_answer_all, args=(store.home, barrier, answer)) for answer in ("approve", "reject")
    ]

    for person in people:
        person.start()
    for person in people:
        person.join(60)

    assert [person.exitcode for person in people] == [0, 0]
    kinds = [entry.kind for entry in store.journal.entries()]
    assert (kinds.count("request.decided"), kinds.count("request.refused")) == (ROUNDS, ROUNDS)
    assert store.requests.pending() == []
    approved = [case.id for case in store.cases.list() if store.requests.of_case(case.id)[0].state == "approved"]
    with store.database.reading() as tx:
        assert set(tx.execute(text("SELECT case_id FROM grants")).scalars()) == set(approved)
    assert isinstance(store.verify(), Verified)
    store.close()


def _answer_all(home: Path, barrier: Barrier, answer: Answer) -> None:
    store = Store.open(home, SetClock(NOON), patience_s=30)
    for request in store.requests.pending():
        barrier.wait(30)
        _decide(store, request, answer, BUYER if answer == "approve" else LEAD)
    store.close()


def _decide(store: Store, request: Request, answer: Answer, person: Person = BUYER) -> Decided | Refusal:
    return store.requests.decide(
        request.id,
        person,
        answer,
        "because",
        digest=request.digest,
        policy_digest=request.policy_digest,
        may=anybody,
    )


def _holds(store: Store) -> list[str]:
    with store.database.reading() as tx:
        return list(tx.execute(text("SELECT state FROM reservations ORDER BY step")).scalars())


def _sha(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()
