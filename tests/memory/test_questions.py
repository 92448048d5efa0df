"""A question is put about a case, answered once, and forgotten with whoever put it."""

import pytest
from sqlalchemy import text

from domain.errors import NotFound
from domain.people import DESK
from domain.refusals import Refusal
from memory.questions import Colleague, Question
from memory.store import Store
from tests.memory.builders import BUYER, LEAD, a_case

LEE = Colleague(uid=LEAD.uid, login=LEAD.login)


def put(store: Store, words: str = "why not Leeds?", of: Colleague | None = LEE) -> Question:
    return store.questions.ask(a_case(store).id, BUYER, words, of)


def test_a_question_waits_for_whoever_was_asked(store: Store) -> None:
    question = put(store)

    assert (question.id, question.state, question.asked_of, question.asked_login) == (
        "Q1",
        "open",
        "user:8",
        LEAD.login,
    )
    assert store.questions.open() == [question] == store.questions.of_case(question.case)


def test_the_first_answer_counts(store: Store) -> None:
    question = put(store)

    first = store.questions.answer(question.id, "Leeds is being counted", LEAD)
    second = store.questions.answer(question.id, "no idea", BUYER)

    assert isinstance(first, Question)
    assert (first.answered_by, first.answer) == (LEAD.actor, "Leeds is being counted")
    assert isinstance(second, Refusal)
    assert store.questions.get("Q1") == first
    assert store.questions.open() == []


def test_the_desk_answers_in_its_own_name(store: Store) -> None:
    answered = store.questions.answer(put(store, of=None).id, "Leeds has none", None)

    assert isinstance(answered, Question)
    assert (answered.asked_of, answered.answered_by) == (DESK, DESK)
    assert store.journal.entries()[-1].facts["words"] == "Leeds has none"


def test_a_persons_words_are_locked_in_the_journal_and_forgotten_with_them(store: Store) -> None:
    question = put(store, "is Smith ill again?")
    store.questions.answer(question.id, "he is", LEAD)
    with store.database.reading() as tx:
        bodies = tx.execute(text("SELECT body FROM journal")).scalars().all()
    assert not any(b"Smith" in body or b"he is" in body or b"example.org" in body for body in bodies)

    store.journal.erase(BUYER.actor, actor=LEAD.actor)
    store.journal.erase(LEAD.actor, actor=BUYER.actor)

    found = store.questions.get(question.id)
    assert (found.question, found.answer, found.asked_login) == ("(erased)", "(erased)", None)


def test_what_does_not_exist_is_said_so(store: Store) -> None:
    with pytest.raises(NotFound, match="no question Q9"):
        store.questions.get("Q9")
    with pytest.raises(NotFound, match="no case C9"):
        store.questions.ask("C9", BUYER, "why?", None)
