"""One case per fact, legal moves only, one worker at a time."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, text

from domain.clock import SetClock
from domain.errors import IllegalMove, NotFound
from domain.intents import Fresh
from memory.errors import Conflict, StoreError
from memory.store import Store
from memory.tables import CaseRow
from tests.memory.builders import (
    BUYER,
    NOON,
    a_case,
    a_finding,
    a_step,
    allowed_plan,
    an_undo,
    asked,
    intent_of,
    pounds,
)


def test_a_finding_opens_one_case_however_often_it_is_found(store: Store) -> None:
    first = store.cases.record([a_finding(), a_finding()], graph="g")
    again = store.cases.record([a_finding()], graph="g")

    assert [case.id for case in first.opened] == ["C1"]
    assert (again.opened, again.updated, again.relapsed) == ((), (), ())
    assert [entry.kind for entry in store.journal.entries(case="C1")] == ["case.opened"]


def test_the_database_itself_admits_one_open_case_per_fact(store: Store) -> None:
    a_case(store)

    with store.database.reading() as tx:
        twin = {**tx.execute(select(CaseRow)).mappings().one(), "id": "C2", "number": 2}
    with pytest.raises(StoreError, match="UNIQUE"), store.database.writing() as tx:
        tx.execute(insert(CaseRow).values(**twin))


def test_a_rescan_brings_the_case_up_to_date(store: Store) -> None:
    a_case(store)

    later = NOON + timedelta(days=1)
    worse = a_finding(money_at_risk=pounds(900), deadline=later, title="Worse", facts_digest="facts-2")
    updated = store.cases.record([worse], graph="g").updated

    assert (updated[0].money_at_risk, updated[0].deadline, updated[0].title) == (pounds(900), later, "Worse")
    assert store.journal.entries()[-1].kind == "case.updated"


def test_a_relapse_reopens_the_case_on_a_fresh_thread(store: Store, clock: SetClock) -> None:
    case = a_case(store)
    store.cases.move(case.id, "closed", "done")
    clock.move(timedelta(days=7))

    relapsed = store.cases.record([a_finding()], graph="g2").relapsed

    assert [(found.id, found.state, found.relapses) for found in relapsed] == [(case.id, "open", 1)]
    assert relapsed[0].thread != case.thread
    assert store.cases.get(case.id).graph == "g2"


def test_the_same_fact_long_after_is_a_new_case(store: Store, clock: SetClock) -> None:
    case = a_case(store)
    store.cases.move(case.id, "closed", "done")
    clock.move(timedelta(days=7, seconds=1))

    recorded = store.cases.record([a_finding()], graph="g")

    assert [found.id for found in recorded.opened] == ["C2"]


def test_an_old_case_does_not_come_back_beside_a_newer_one_about_the_same_fact(store: Store, clock: SetClock) -> None:
    old = a_case(store)
    store.cases.move(old.id, "closed", "done")
    clock.move(timedelta(days=8))
    a_case(store)

    with pytest.raises(Conflict, match="while case C2 is about the same"):
        store.cases.move(old.id, "acting", "taking it back")


def test_a_rescan_finds_the_open_case_even_if_it_is_not_the_newest(store: Store, clock: SetClock) -> None:
    old = a_case(store)
    store.cases.move(old.id, "closed", "done")
    clock.move(timedelta(days=8))
    store.cases.move(a_case(store).id, "closed", "done")
    store.cases.move(old.id, "acting", "taking it back")

    recorded = store.cases.record([a_finding(title="Again")], graph="g")

    assert [case.id for case in recorded.updated] == [old.id]
    assert recorded.relapsed == ()


def test_a_case_that_a_person_closed_stays_closed_until_its_facts_change(store: Store) -> None:
    case = a_case(store)
    store.cases.move(case.id, "closed", "we sell this out on purpose", actor=BUYER.actor)

    same = store.cases.record([a_finding()], graph="g")
    changed = store.cases.record([a_finding(facts_digest="facts-2")], graph="g")

    assert (same.opened, same.updated, same.relapsed) == ((), (), ())
    assert [found.id for found in changed.relapsed] == [case.id]


def test_hundreds_of_findings_are_recorded_at_once(store: Store) -> None:
    findings = [a_finding(f"product:{number}") for number in range(1200)]

    assert len(store.cases.record(findings, graph="g").opened) == 1200
    assert store.cases.record(findings, graph="g").opened == ()


def test_cases_are_listed_by_money_at_risk_and_then_by_deadline(store: Store) -> None:
    findings = [
        a_finding("small", money_at_risk=pounds(10)),
        a_finding("never", deadline=None),
        a_finding("late", deadline=NOON + timedelta(days=9)),
        a_finding("soon", deadline=NOON + timedelta(days=1)),
    ]
    store.cases.record(findings, graph="g")

    assert [case.subject for case in store.cases.list()] == ["soon", "late", "never", "small"]


def test_cases_are_listed_by_state_kind_and_company(store: Store) -> None:
    store.cases.record([a_finding("one"), a_finding("two", company=2)], graph="g")
    store.cases.move("C1", "queued", "a person must look")

    assert [case.id for case in store.cases.list(state="queued")] == ["C1"]
    assert [case.id for case in store.cases.list(company=2)] == ["C2"]
    assert store.cases.list(kind="returns") == []


def test_a_move_is_journalled_with_its_reason(store: Store) -> None:
    case = store.cases.move(a_case(store).id, "waiting", "asked the buyer", expected="open")

    entry = store.journal.entries()[-1]
    assert (case.state, case.why) == ("waiting", "asked the buyer")
    assert (entry.kind, entry.facts) == ("case.moved", {"from": "open", "to": "waiting", "why": "asked the buyer"})


def test_an_illegal_move_is_refused(store: Store) -> None:
    case = a_case(store)

    with pytest.raises(IllegalMove, match="cannot become undoing"):
        store.cases.move(case.id, "undoing", "no")

    assert store.cases.get(case.id).state == "open"


def test_a_case_that_is_not_where_it_was_expected_is_not_moved(store: Store) -> None:
    case = a_case(store)

    with pytest.raises(Conflict, match="expected to be waiting and is open"):
        store.cases.move(case.id, "closed", "no", expected="waiting")


def test_closing_ends_what_waited_and_gives_back_what_was_reserved(store: Store) -> None:
    request = asked(store)

    store.cases.move(request.case, "closed", "over")

    assert store.requests.get(request.id).state == "superseded"
    with store.database.reading() as tx:
        assert tx.execute(text("SELECT state FROM reservations")).scalars().all() == ["released"]


def test_a_case_may_be_expected_in_several_places(store: Store) -> None:
    case = a_case(store)

    with pytest.raises(Conflict, match="expected to be queued or waiting and is open"):
        store.cases.move(case.id, "closed", "no", expected=("waiting", "queued"))

    assert store.cases.move(case.id, "closed", "yes", expected=("open", "waiting")).state == "closed"


def test_cases_are_listed_by_several_states(store: Store) -> None:
    store.cases.record([a_finding(name) for name in ("one", "two", "three")], graph="g")
    store.cases.move("C1", "queued", "a person must look")
    store.cases.move("C2", "closed", "over")

    assert [case.id for case in store.cases.list(state=("queued", "closed"))] == ["C1", "C2"]
    assert store.cases.list(state=()) == []


def test_handing_a_case_to_a_person_lets_go_of_what_was_not_carried_out(store: Store) -> None:
    plan = allowed_plan(store, steps=(a_step(), a_step(5)))
    intent = intent_of(store, plan)
    store.register.begin(intent, None)
    store.register.finish(intent, an_undo())

    store.cases.move(plan.case, "queued", "a person must look")

    with store.database.reading() as tx:
        holds = tx.execute(text("SELECT state FROM reservations ORDER BY step")).scalars().all()
    assert holds == ["spent", "released"]
    assert "taken back" in str(store.register.begin(intent_of(store, plan, 1), None))
    assert store.register.begin(intent.taken_back(an_undo()), None) == Fresh()


def test_a_question_does_not_outlive_the_wait_for_it(store: Store) -> None:
    request = asked(store)

    store.cases.move(request.case, "queued", "a person must look")

    assert store.requests.get(request.id).state == "superseded"


def test_closing_takes_unused_grants_back(store: Store) -> None:
    plan = allowed_plan(store)

    store.cases.move(plan.case, "closed", "over")

    refusal = store.register.begin(intent_of(store, plan), None)
    assert "taken back" in str(refusal)


def test_a_case_that_does_not_exist_is_said_so(store: Store) -> None:
    with pytest.raises(NotFound, match="no case C9"):
        store.cases.get("C9")


def test_its_thread_is_kept_and_journalled(store: Store) -> None:
    case = a_case(store)

    store.cases.set_thread(case.id, "C1.x", "graph-2")

    found = store.cases.get(case.id)
    assert (found.thread, found.graph) == ("C1.x", "graph-2")
    assert [entry.kind for entry in store.journal.entries(limit=2)] == ["case.opened", "case.threaded"]
