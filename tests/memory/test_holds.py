"""A person holds a case back, once, and every move of the case ends that."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from domain.clock import SetClock
from domain.holds import HoldKind
from memory.errors import Conflict
from memory.store import Store
from tests.memory.builders import BUYER, LEAD, NOON, a_case, a_finding, asked, pounds


def held(store: Store, case: str, kind: HoldKind = "taken", days: int | None = None) -> None:
    until = None if days is None else NOON + timedelta(days=days)
    store.holds.make(case, kind, BUYER, "mine", until=until, expected=("open", "waiting"), instead_of=None)


def test_a_case_in_hand_waits_for_a_person_and_asks_nobody(store: Store) -> None:
    request = asked(store)

    held(store, request.case)

    case, hold = store.cases.get(request.case), store.holds.of_case(request.case)
    assert (case.state, case.why) == ("queued", "taken: mine")
    assert hold is not None
    assert (hold.by, hold.kind, hold.since, hold.money_at_risk) == (BUYER.actor, "taken", NOON, pounds(400))
    assert store.requests.get(request.id).state == "superseded"


@pytest.mark.parametrize("then", ["open", "closed", "acting", "waiting"])
def test_a_hold_ends_with_the_next_move_of_its_case(store: Store, then: str) -> None:
    case = a_case(store)
    held(store, case.id)

    store.cases.move(case.id, then, "on it goes")  # type: ignore[arg-type]

    assert store.holds.of_case(case.id) is None


def test_a_case_that_stays_where_it_is_stays_in_hand(store: Store) -> None:
    case = a_case(store)
    held(store, case.id)

    store.cases.move(case.id, "queued", "policy refused what its owner proposed")

    assert store.holds.of_case(case.id) is not None


def test_nobody_takes_what_somebody_else_took_meanwhile(store: Store) -> None:
    case = a_case(store)
    held(store, case.id)

    with pytest.raises(Conflict, match=r"is taken by user:7"):
        store.holds.make(case.id, "taken", LEAD, "no, mine", until=None, expected="queued", instead_of=None)


def test_a_case_that_moved_meanwhile_is_not_held(store: Store) -> None:
    case = a_case(store)
    store.cases.move(case.id, "acting", "allowed")

    with pytest.raises(Conflict, match="expected to be open or waiting and is acting"):
        held(store, case.id)


def test_a_case_is_given_back_once(store: Store) -> None:
    case = a_case(store)
    held(store, case.id)
    (hold,) = store.holds.all("taken")

    assert store.holds.end(hold, "given back").state == "open"
    with pytest.raises(Conflict, match="not held any more"):
        store.holds.end(hold, "given back")


def test_holds_are_listed_by_kind(store: Store) -> None:
    store.cases.record([a_finding("one"), a_finding("two")], graph="g")
    held(store, "C1")
    held(store, "C2", "snoozed", 3)

    assert [hold.case for hold in store.holds.all()] == ["C1", "C2"]
    assert [hold.case for hold in store.holds.all("snoozed")] == ["C2"]


def test_who_took_over_from_whom_is_journalled_and_why_is_their_own(store: Store) -> None:
    case = a_case(store)
    held(store, case.id)
    hold = store.holds.of_case(case.id)

    store.holds.make(case.id, "taken", LEAD, "Bea is away", until=None, expected="queued", instead_of=hold)

    entry = store.journal.entries()[-1]
    assert (entry.kind, entry.actor) == ("case.taken", LEAD.actor)
    assert (entry.facts["from"], entry.facts["reason"]) == (BUYER.actor, "Bea is away")
    with store.database.reading() as tx:
        bodies = tx.execute(text("SELECT body FROM journal")).scalars().all()
    assert not any(b"Bea is away" in body for body in bodies)


def test_erasing_a_person_blanks_why_they_held_a_case(store: Store) -> None:
    case = a_case(store)
    held(store, case.id)

    store.journal.erase(BUYER.actor, actor=LEAD.actor)

    hold = store.holds.of_case(case.id)
    assert hold is not None
    assert hold.reason == "(erased)"
    assert store.cases.get(case.id).why == "(erased)"


def test_a_dismissed_case_stays_closed_while_its_facts_do_not_worsen(store: Store, clock: SetClock) -> None:
    case = a_case(store)
    held(store, case.id, "dismissed", 90)
    clock.move(timedelta(days=20))

    same = store.cases.record([a_finding(facts_digest="facts-2", money_at_risk=pounds(440))], graph="g")

    assert (same.opened, same.relapsed, same.updated) == ((), (), ())


def test_a_dismissed_case_comes_back_when_its_facts_worsen(store: Store, clock: SetClock) -> None:
    case = a_case(store)
    held(store, case.id, "dismissed", 90)

    worse = store.cases.record([a_finding(money_at_risk=pounds(441))], graph="g")

    assert [(one.id, one.state) for one in worse.relapsed] == [(case.id, "open")]
    assert "441.00 GBP is at risk now" in worse.relapsed[0].why
    assert store.holds.of_case(case.id) is None


def test_a_dismissed_case_that_worsens_long_after_is_a_new_case(store: Store, clock: SetClock) -> None:
    held(store, a_case(store).id, "dismissed", 90)
    clock.move(timedelta(days=8))

    assert [one.id for one in store.cases.record([a_finding(money_at_risk=pounds(900))], graph="g").opened] == ["C2"]


def test_a_dismissal_is_believed_for_its_time_only(store: Store, clock: SetClock) -> None:
    held(store, a_case(store).id, "dismissed", 90)
    clock.move(timedelta(days=90))

    assert [one.id for one in store.cases.record([a_finding()], graph="g").opened] == ["C2"]
