"""Two workers never hold one case."""

from datetime import timedelta

from domain.clock import SetClock
from memory.store import Store
from tests.memory.builders import a_case


def test_a_held_case_is_not_given_to_another(store: Store) -> None:
    case = a_case(store).id

    assert store.cases.lease(case, "one", 30)
    assert not store.cases.lease(case, "two", 30)
    assert not store.cases.lease(case, "one", 30)


def test_a_lease_that_ran_out_is_free(store: Store, clock: SetClock) -> None:
    case = a_case(store).id
    store.cases.lease(case, "one", 30)

    clock.move(timedelta(seconds=31))

    assert store.cases.lease(case, "two", 30)
    assert not store.cases.renew(case, "one", 30)
    assert not store.cases.release(case, "one")


def test_a_lease_that_ran_out_still_stands_while_its_holder_lives(store: Store, clock: SetClock) -> None:
    case = a_case(store).id
    store.cases.lease(case, "one", 30)
    clock.move(timedelta(seconds=31))

    assert not store.cases.lease(case, "two", 30, alive=lambda holder: holder == "one")
    assert store.cases.lease(case, "two", 30, alive=lambda holder: holder != "one")


def test_whoever_let_go_does_not_keep_a_case_by_living(store: Store) -> None:
    case = a_case(store).id
    store.cases.lease(case, "one", 30)
    store.cases.release(case, "one")

    assert store.cases.lease(case, "two", 30, alive=bool)


def test_a_renewed_lease_lasts_longer(store: Store, clock: SetClock) -> None:
    case = a_case(store).id
    store.cases.lease(case, "one", 30)
    clock.move(timedelta(seconds=20))

    assert store.cases.renew(case, "one", 30)
    clock.move(timedelta(seconds=20))

    assert not store.cases.lease(case, "two", 30)


def test_a_released_case_is_free_at_once(store: Store) -> None:
    case = a_case(store).id
    store.cases.lease(case, "one", 30)

    assert store.cases.release(case, "one")
    assert store.cases.lease(case, "two", 30)


def test_a_case_that_does_not_exist_cannot_be_held(store: Store) -> None:
    assert not store.cases.lease("C9", "one", 30)


def test_a_lease_ends_at_once_when_its_holder_is_dead(store: Store) -> None:
    case = a_case(store).id
    store.cases.lease(case, "one", 30)

    assert not store.cases.end_lease(case, lambda holder: holder != "one")
    assert not store.cases.lease(case, "two", 30)
    assert store.cases.end_lease(case, lambda holder: holder == "one")
    assert not store.cases.end_lease(case, lambda holder: bool(holder))
    assert store.cases.lease(case, "two", 30)
