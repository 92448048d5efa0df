"""An actor is shown by their login, until they are forgotten."""

from memory.store import Store
from tests.memory.builders import BUYER, LEAD


def test_whoever_came_is_known_by_their_login(store: Store) -> None:
    store.people.know(BUYER)
    store.people.know(LEAD)
    store.people.know(BUYER.but(login="bea.new@example.org"))

    assert store.people.logins() == {BUYER.actor: "bea.new@example.org", LEAD.actor: LEAD.login}


def test_a_login_is_forgotten_with_the_person(store: Store) -> None:
    store.people.know(BUYER)

    assert store.journal.erase(BUYER.actor, actor=LEAD.actor)
    assert store.people.logins() == {}
    assert not store.journal.erase(BUYER.actor, actor=LEAD.actor)


def test_knowing_a_person_loses_none_of_their_words(store: Store) -> None:
    store.journal.note("said", {}, actor=BUYER.actor, personal={"words": "hello"})

    store.people.know(BUYER)

    assert store.journal.entries()[-1].facts == {"words": "hello"}
