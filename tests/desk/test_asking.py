"""Whoever wants to know asks; the desk answers at once, a colleague when they can, and both on the case."""

import pytest

from desk.asking import LONGEST_QUESTION, answer, ask
from desk.deciding import decide
from desk.dossiers import dossier
from domain.errors import Misuse, NotFound
from domain.people import DESK, Person
from inbox.terminal.inbox_page import Waiting
from inbox.terminal.question_pages import lines
from memory.questions import Question
from scenarios.stage import Stage
from tests.desk.doing import asked, journal_kinds, only_case, scanned
from tests.desk.holding import refused
from tests.shortages import large_transfer

STRANGER = Person(uid=99, login="stranger", name="Stranger", companies=(999,), roles=("purchasing-manager",))


@pytest.fixture
def waiting(scene: Stage) -> Stage:
    """A transfer waits for the warehouse lead."""
    large_transfer(scene.world)
    scanned(scene)
    return scene


def put(scene: Stage, words: str, to: str | None = None) -> Question:
    outcome = ask(scene.desk, only_case(scene).id, scene.person("buyer"), words, to)
    assert isinstance(outcome, Question), outcome
    return outcome


def test_the_desk_answers_its_own_questions_at_once(waiting: Stage) -> None:
    question = put(waiting, "Who decides this?")

    assert question.answered_by == DESK
    assert question.answer is not None
    assert f"{asked(waiting).id} asks warehouse-lead about {asked(waiting).amount}" in question.answer
    assert waiting.desk.store.questions.open() == []
    assert journal_kinds(waiting)[-2:] == ["question.asked", "question.answered"]


def test_a_colleagues_question_waits_on_the_case_and_in_the_inbox(waiting: Stage) -> None:
    request = asked(waiting)

    question = put(waiting, "Can the south wait a week?", to="warehouse")

    assert (question.state, question.asked_login) == ("open", "warehouse")
    assert question.asked_of == waiting.person("warehouse").actor
    assert Waiting.of(waiting.desk.store, waiting.desk.policy).questions == (question,)
    assert dossier(waiting.desk.store, question.case).questions == (question,)
    assert asked(waiting) == request, "the clock of a request does not stop for a question"


def test_whoever_was_asked_answers(waiting: Stage) -> None:
    question = put(waiting, "Can the south wait a week?", to="warehouse")

    outcome = answer(waiting.desk, question.id, waiting.person("warehouse"), "Until Friday")

    assert isinstance(outcome, Question)
    assert (outcome.answer, outcome.answered_by) == ("Until Friday", question.asked_of)
    assert waiting.desk.store.questions.open() == []


def test_somebody_else_who_is_concerned_may_answer_and_an_outsider_may_not(waiting: Stage) -> None:
    question = put(waiting, "Can the south wait a week?", to="warehouse")

    assert refused(answer(waiting.desk, question.id, waiting.person("auditor"), "yes")).guard == "role"
    assert refused(answer(waiting.desk, question.id, STRANGER, "yes")).guard == "company"
    assert isinstance(answer(waiting.desk, question.id, waiting.person("buymgr"), "yes"), Question)


def test_the_page_says_who_answered_in_the_place_of_whoever_was_asked(waiting: Stage) -> None:
    first, second = put(waiting, "Can the south wait?", to="warehouse"), put(waiting, "A week?", to="warehouse")
    answer(waiting.desk, first.id, waiting.person("buymgr"), "yes")
    answer(waiting.desk, second.id, waiting.person("warehouse"), "no")

    people = waiting.desk.store.people.logins()
    pages = ["\n".join(lines(one, people)) for one in waiting.desk.store.questions.of_case(first.case)]

    assert f"buymgr ({waiting.person('buymgr').actor}), not warehouse ({first.asked_of}), " in pages[0]
    assert ", not " not in pages[1]


def test_a_colleague_without_a_role_answers_what_they_were_asked(waiting: Stage) -> None:
    question = put(waiting, "Is that an error in the books?", to="auditor")

    assert isinstance(answer(waiting.desk, question.id, waiting.person("auditor"), "No"), Question)


def test_whoever_was_asked_and_left_the_company_answers_no_more(waiting: Stage) -> None:
    question = put(waiting, "Can the south wait a week?", to="warehouse")
    gone = waiting.person("warehouse").but(companies=(999,))

    assert refused(answer(waiting.desk, question.id, gone, "yes")).guard == "company"
    assert [one.id for one in waiting.desk.store.questions.open()] == [question.id]


def test_nobody_answers_their_own_question(waiting: Stage) -> None:
    question = put(waiting, "Can the south wait a week?", to="warehouse")

    assert refused(answer(waiting.desk, question.id, waiting.person("buyer"), "yes")).guard == "asker"


def test_a_question_is_answered_once(waiting: Stage) -> None:
    question = put(waiting, "Who decides this?")

    assert refused(answer(waiting.desk, question.id, waiting.person("warehouse"), "me")).guard == "answered"


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("nobody", "no active user of company 1 with the login 'nobody'.*seen here so far: .*warehouse"),
        ("buyer", "is you"),
        ("desk", "the desk's own user"),
        (" ", "--to is empty"),
        ("' or 1=1", "no active user of company 1"),
    ],
)
def test_a_question_to_nobody_says_what_to_do(waiting: Stage, to: str, said: str) -> None:
    waiting.person("warehouse")

    with pytest.raises(Misuse, match=said):
        put(waiting, "Can the south wait a week?", to=to)

    assert waiting.desk.store.questions.of_case(only_case(waiting).id) == []


def test_a_colleague_of_another_company_is_not_asked(waiting: Stage) -> None:
    with waiting.engine.transaction() as env:
        abroad = env.create("res.company", {"name": "Abroad", "currency_id": 1})
        uid = env.create("res.users", {"login": "abroad", "name": "Ann Abroad"})
        env.write("res.users", [uid], {"company_ids": [[6, 0, [abroad]]], "company_id": abroad})

    with pytest.raises(Misuse, match="no active user of company 1 with the login 'abroad'"):
        put(waiting, "Can you help?", to="abroad")


@pytest.mark.parametrize("words", ["", "  ", "x" * (LONGEST_QUESTION + 1), "bell\x07"])
def test_words_that_cannot_be_kept_are_refused(waiting: Stage, words: str) -> None:
    with pytest.raises(Misuse):
        put(waiting, words)


def test_a_stranger_asks_nothing(waiting: Stage) -> None:
    assert refused(ask(waiting.desk, only_case(waiting).id, STRANGER, "why?")).guard == "company"
    assert refused(ask(waiting.desk, only_case(waiting).id, waiting.person("auditor"), "why?")).guard == "role"


def test_what_does_not_exist_is_said_so(scene: Stage) -> None:
    with pytest.raises(NotFound, match="no case C9"):
        ask(scene.desk, "C9", scene.person("buyer"), "why?")
    with pytest.raises(NotFound, match="no question Q9"):
        answer(scene.desk, "Q9", scene.person("buyer"), "so")


def test_a_case_that_is_over_can_still_be_asked_about(waiting: Stage) -> None:
    decide(waiting.desk, asked(waiting).id, waiting.person("warehouse"), "approve")

    assert "is done: transfer" in str(put(waiting, "What happened?").answer)
