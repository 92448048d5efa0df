"""A plan that several people are asked about is carried out when all have said yes, and by one yes never."""

from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from sqlalchemy import text

from domain.clock import SetClock
from domain.intents import Fresh
from domain.money import Money
from domain.people import Person
from domain.refusals import Refusal
from memory.answers import MayDecide
from memory.parts import decisive
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
    a_plan,
    a_step,
    an_ask,
    anybody,
    approve,
    asked_of_two,
    intent_of,
    judging,
    pounds,
    saved_plan,
)

ROUNDS = 20


def test_each_role_is_asked_about_its_own_steps_and_sum(store: Store) -> None:
    first, second = asked_of_two(store)

    assert [(one.role, one.steps, one.amount) for one in (first, second)] == [
        ("warehouse-lead", (0,), pounds(100)),
        ("buyer", (1,), pounds(300)),
    ]
    assert first.digest != second.digest
    assert first.plan_digest == second.plan_digest
    assert first.title == store.plans.get("C1", 1).steps[0].words


@pytest.mark.parametrize(
    "change",
    [{"role": "finance"}, {"steps": (0, 1)}, {"amount": pounds(101)}, {"plan_digest": OTHER}, {"policy_digest": OTHER}],
)
def test_whatever_is_asked_is_part_of_its_digest(store: Store, change: dict[str, object]) -> None:
    first, _ = asked_of_two(store)

    assert first.model_copy(update=change).digest != first.digest
    assert first.model_copy(update={"state": "approved", "title": "other words"}).digest == first.digest


def test_every_question_is_journalled_with_its_steps_and_digest(store: Store) -> None:
    asked = asked_of_two(store)

    made = [entry.facts for entry in store.journal.entries() if entry.kind == "request.made"]

    assert [(facts["steps"], facts["digest"]) for facts in made] == [([one.steps[0]], one.digest) for one in asked]


def test_the_first_yes_is_told_who_is_still_waited_for_and_grants_nothing(store: Store) -> None:
    first, second = asked_of_two(store)

    decided = approve(store, first, LEAD)

    assert isinstance(decided, Decided)
    assert decided.waits_for == (second,)
    assert (_grants(store), _holds(store)) == ([], ["pending", "pending"])
    assert isinstance(store.register.begin(intent_of(store, store.plans.get("C1", 1)), None), Refusal)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_last_yes_lets_the_whole_plan_go(store: Store, order: tuple[int, int]) -> None:
    asked = asked_of_two(store)

    decided = [approve(store, asked[index], (LEAD, BUYER)[index]) for index in order]

    assert isinstance(decided[-1], Decided)
    assert decided[-1].waits_for == ()
    assert (len(_grants(store)), _holds(store)) == (4, ["reserved", "reserved"])
    issued = next(entry for entry in store.journal.entries() if entry.kind == "grant.issued")
    assert issued.facts["requests"] == ["R1", "R2"]
    plan = store.plans.get("C1", 1)
    assert [store.register.begin(intent_of(store, plan, step), None) for step in (0, 1)] == [Fresh(), Fresh()]
    assert isinstance(store.verify(), Verified)


def test_a_rejection_ends_the_other_question_and_says_so(store: Store) -> None:
    first, second = asked_of_two(store)

    _decide(store, second, "reject", BUYER)

    assert _states(store) == {"R1": "superseded", "R2": "rejected"}
    assert store.requests.get(first.id).reason == "R2 was rejected by user:7"
    assert _holds(store) == ["released", "released"]
    assert isinstance(store.verify(), Verified)


def test_a_rejection_counts_though_the_other_said_yes(store: Store) -> None:
    first, second = asked_of_two(store)
    approve(store, first, LEAD)

    _decide(store, second, "reject", BUYER)

    assert decisive(store.requests.last_asked("C1")).id == second.id
    assert (_grants(store), _holds(store)) == ([], ["released", "released"])


def test_whoever_comes_after_the_rejection_is_told_that_the_question_is_over(store: Store) -> None:
    first, second = asked_of_two(store)
    _decide(store, second, "reject", BUYER)

    refusal = approve(store, first, LEAD)

    assert isinstance(refusal, Refusal)
    assert refusal.guard == "superseded"


def test_when_nobody_answers_one_in_time_the_yes_to_the_other_is_worth_nothing(store: Store, clock: SetClock) -> None:
    first, second = asked_of_two(store)
    approve(store, first, LEAD)
    clock.move(timedelta(hours=1))

    refusal = approve(store, second, BUYER)

    assert isinstance(refusal, Refusal)
    assert refusal.guard == "expired"
    assert decisive(store.requests.last_asked("C1")).state == "expired"
    assert (_grants(store), _holds(store)) == ([], ["released", "released"])


def test_a_question_that_expires_ends_those_beside_it(store: Store, clock: SetClock) -> None:
    asked_of_two(store)
    with store.database.writing() as tx:
        tx.execute(text("UPDATE requests SET expires_at = '2026-03-02T18:00:00.000000Z' WHERE id = 'R2'"))
    clock.move(timedelta(hours=1))

    ended = store.requests.expire(clock.now())

    assert [over.id for over in ended] == ["R1"]
    assert _states(store) == {"R1": "expired", "R2": "superseded"}
    assert store.requests.get("R2").reason == "nobody answered R1 in time"


def test_questions_of_one_age_expire_together(store: Store, clock: SetClock) -> None:
    asked_of_two(store)
    clock.move(timedelta(hours=1))

    store.requests.expire(clock.now())

    assert _states(store) == {"R1": "expired", "R2": "expired"}


def test_a_yes_to_an_older_plan_does_not_count_for_the_next(store: Store) -> None:
    first, _ = asked_of_two(store)
    approve(store, first, LEAD)
    newer = a_plan("C1", 2, steps=(a_step(50), a_step(300)))
    store.plans.save(newer, expected=ANYWHERE)
    asks = (an_ask("warehouse-lead", 0, amount=50), an_ask("buyer", 1, amount=300))

    anew = store.plans.reserve(newer, judging("ask", *asks), expected=ANYWHERE).requests

    assert [one.state for one in anew] == ["pending", "pending"]
    last = approve(store, anew[1], BUYER)
    assert isinstance(last, Decided)
    assert [one.id for one in last.waits_for] == [anew[0].id]
    assert _grants(store) == []


def test_an_answer_bound_to_the_question_beside_it_is_refused(store: Store) -> None:
    first, second = asked_of_two(store)

    refusal = approve(store, first, LEAD, digest=second.digest)

    assert isinstance(refusal, Refusal)
    assert (refusal.guard, _states(store)["R1"]) == ("changed", "pending")


def test_what_one_person_approves_of_a_plan_adds_up(store: Store) -> None:
    first, second = asked_of_two(store)
    weighed: list[Money] = []

    def may(request: Request, in_all: Money) -> Refusal | None:
        weighed.append(in_all)
        return None

    for request in (first, second):
        _decide(store, request, "approve", LEAD, may=may)

    assert weighed == [pounds(100), pounds(400)]


def test_what_others_approved_does_not_add_up(store: Store) -> None:
    first, second = asked_of_two(store)
    weighed: list[Money] = []

    def may(request: Request, in_all: Money) -> Refusal | None:
        weighed.append(in_all)
        return None

    approve(store, first, LEAD)
    _decide(store, second, "approve", BUYER, may=may)

    assert weighed == [pounds(300)]


FORGED = {
    "UPDATE requests SET state = 'approved', decided_by = 'user:8' WHERE id = 'R1'": "the approval of R1",
    "UPDATE requests SET role = 'everybody' WHERE id = 'R2'": "what is asked about plan 1",
    "UPDATE requests SET amount = '1' WHERE id = 'R2'": "what is asked about plan 1",
    "UPDATE requests SET steps = '' WHERE id = 'R2'": "what is asked about plan 1",
    "DELETE FROM requests WHERE id = 'R1'": "what is asked about plan 1",
    "UPDATE requests SET state = 'superseded' WHERE id = 'R1'": "R1 is superseded",
    "UPDATE requests SET state = 'rejected' WHERE id = 'R1'": "R1 is rejected",
    "UPDATE requests SET edited_by = 'user:9' WHERE id = 'R2'": "R2 does not say who asked",
    "UPDATE requests SET requested_by = 'user:9' WHERE id = 'R1'": "R1 does not say who asked",
    "UPDATE requests SET title = 'Nothing much' WHERE id = 'R2'": "R2 does not say who asked",
}


@pytest.mark.parametrize("forgery", FORGED)
def test_the_last_yes_grants_nothing_when_another_row_is_forged(store: Store, forgery: str) -> None:
    asked_of_two(store)
    with store.database.writing() as tx:
        tx.execute(text(forgery))

    refusal = approve(store, store.requests.get("R2"), BUYER)

    assert isinstance(refusal, Refusal)
    assert refusal.reason.startswith(FORGED[forgery])
    assert refusal.reason.endswith("verify the journal")
    assert _grants(store) == []


def test_a_yes_in_somebody_elses_name_is_found(store: Store) -> None:
    first, second = asked_of_two(store)
    approve(store, first, LEAD)
    with store.database.writing() as tx:
        tx.execute(text("UPDATE requests SET decided_by = 'user:9' WHERE id = 'R1'"))

    assert isinstance(approve(store, second, BUYER), Refusal)
    assert _grants(store) == []


@pytest.mark.parametrize(("late", "states"), [("approve", {"approved"}), ("reject", {"approved", "rejected"})])
def test_of_two_processes_at_two_questions_exactly_one_lets_the_plan_go(
    tmp_path: Path, clock: SetClock, late: Answer, states: set[str]
) -> None:
    store = Store.open(tmp_path / "home", clock)
    store.cases.record([a_finding(f"product:{number}") for number in range(ROUNDS)], graph="g")
    asks = (an_ask("warehouse-lead", 0, amount=100), an_ask("buyer", 1, amount=300))
    for case in store.cases.list():
        plan = saved_plan(store, case.id, steps=(a_step(100), a_step(300)))
        store.plans.reserve(plan, judging("ask", *asks), expected=ANYWHERE)
    context = get_context("spawn")
    barrier = context.Barrier(2)
    jobs = [("warehouse-lead", "approve"), ("buyer", late)]
    people = [context.Process(target=_answer_all, args=(store.home, barrier, *job)) for job in jobs]

    for person in people:
        person.start()
    for person in people:
        person.join(60)

    assert [person.exitcode for person in people] == [0, 0]
    kinds = [entry.kind for entry in store.journal.entries()]
    issued = kinds.count("grant.issued")
    assert issued == (ROUNDS if late == "approve" else 0)
    assert len(_grants(store)) == 4 * issued
    assert {request.state for request in _buyers(store)} <= states
    assert isinstance(store.verify(), Verified)
    store.close()


def _answer_all(home: Path, barrier: Barrier, role: str, answer: Answer) -> None:
    store = Store.open(home, SetClock(NOON), patience_s=30)
    for request in [one for one in store.requests.pending() if one.role == role]:
        barrier.wait(30)
        _decide(store, request, answer, LEAD if role == "warehouse-lead" else BUYER)
    store.close()


def _decide(
    store: Store, request: Request, answer: Answer, person: Person, *, may: MayDecide = anybody
) -> Decided | Refusal:
    return store.requests.decide(
        request.id,
        person,
        answer,
        "because",
        digest=request.digest,
        policy_digest=request.policy_digest,
        may=may,
    )


def _buyers(store: Store) -> list[Request]:
    return [one for case in store.cases.list() for one in store.requests.of_case(case.id) if one.role == "buyer"]


def _states(store: Store) -> dict[str, str]:
    return {request.id: request.state for request in store.requests.of_case("C1")}


def _grants(store: Store) -> list[str]:
    with store.database.reading() as tx:
        return list(tx.execute(text("SELECT id FROM grants ORDER BY number")).scalars())


def _holds(store: Store) -> list[str]:
    with store.database.reading() as tx:
        return list(tx.execute(text("SELECT state FROM reservations ORDER BY step")).scalars())
