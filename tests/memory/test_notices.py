"""The store knows which requests nobody was told of, and finds the notices about each."""

from domain.cases import NOTICE, Case
from memory.notices import about, parted
from memory.requests import Request
from memory.store import Store
from tests.memory.builders import a_finding, an_undo, approve, asked, asked_of_two, intent_of, judging, saved_plan

ROLES = ("buyer", "warehouse-lead")


def test_a_subject_names_a_request_and_whom_it_is_told_to() -> None:
    assert parted(about("R12", "user:7")) == ("R12", "user:7")


def test_requests_to_roles_that_want_it_are_untold_until_there_is_a_notice(store: Store) -> None:
    lead, buyer = asked_of_two(store)

    assert store.notices.untold(ROLES) == [lead, buyer]
    assert store.notices.untold(("buyer",)) == [buyer]
    assert store.notices.untold(()) == []

    a_notice(store, buyer)
    assert store.notices.untold(ROLES) == [lead]


def test_a_notice_about_one_request_is_none_about_another_that_begins_so(store: Store) -> None:
    request = asked(store)
    a_notice(store, request.but(id=f"{request.id}1"))

    assert store.notices.untold(ROLES) == [request]
    assert store.notices.of_request(request.id) == []


def test_nobody_is_told_of_what_is_answered(store: Store) -> None:
    approve(store, asked(store))

    assert store.notices.untold(ROLES) == []


def test_a_notice_whose_only_effect_stands_still_asks_somebody(store: Store) -> None:
    notice = a_notice(store, asked(store))
    told(store, notice, version=1)

    assert [case.id for case in store.notices.standing()] == [notice.id]

    store.cases.move(notice.id, "open", "decided")
    told(store, notice, version=2)
    assert store.notices.standing() == []


def a_notice(store: Store, request: Request) -> Case:
    subject = about(request.id, "user:7")
    return store.cases.record([a_finding(subject, kind=NOTICE)], graph="graph-1").opened[0]


def told(store: Store, notice: Case, version: int) -> None:
    """Carry out a plan of a notice and close it."""
    plan = saved_plan(store, notice.id, version=version, kind=NOTICE)
    store.plans.reserve(plan, judging("allow"), expected="open")
    intent = intent_of(store, plan)
    store.register.begin(intent, None)
    store.register.finish(intent, an_undo())
    store.cases.move(notice.id, "closed", "told")
