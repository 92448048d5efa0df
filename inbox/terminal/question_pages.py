"""Questions and answers about a case, as people read them."""

from collections.abc import Mapping, Sequence

from domain.people import DESK
from domain.words import called
from inbox.terminal.showing import clean, console, emit, moment, say, table
from memory.questions import Question


def show_put(question: Question, people: Mapping[str, str], as_json: bool) -> None:
    """A question just put or answered, and what comes next."""
    if as_json:
        emit(question.plain())
        return
    say(*lines(question, people))
    if question.state == "open":
        login = question.asked_login or "LOGIN"
        say(f'{asked_of(question, people)} answers with:  python app.py answer {question.id} --as {login} "…"')


def show_questions(questions: Sequence[Question], people: Mapping[str, str]) -> None:
    """Every question of a case with its answer."""
    say("Questions")
    for one in questions:
        say(*(f"  {line}" for line in lines(one, people)))


def lines(question: Question, people: Mapping[str, str]) -> list[str]:
    """A question and its answer, a line each."""
    asker, asked = called(question.asked_by, people), asked_of(question, people)
    head = f"{question.id}, {asker} asks {asked} about {question.case}, {moment(question.asked_at)}:"
    told = [f"{head} {clean(question.question)}"]
    if question.answered_by is None:
        return [*told, "  not answered yet"]
    first, *rest = (question.answer or "").splitlines() or [""]
    instead = "" if question.answered_by == question.asked_of else f", not {asked}"
    by = f"{called(question.answered_by, people)}{instead}"
    return [*told, f"  {by}, {moment(question.answered_at)}: {first}", *(f"  {line}" for line in rest)]


def asked_of(question: Question, people: Mapping[str, str]) -> str:
    """Whoever is asked, by login where it is known."""
    if question.asked_of == DESK:
        return "the desk"
    return (
        called(question.asked_of, people) if question.asked_of in people else question.asked_login or question.asked_of
    )


def show_open_questions(questions: Sequence[Question], people: Mapping[str, str]) -> None:
    """One line a question that waits for an answer."""
    page = table("Questions", "question", "asked of", "by", "what", rigid=("question",))
    for one in questions:
        asker = called(one.asked_by, people)
        page.add_row(f"{one.id}\ncase {one.case}", clean(asked_of(one, people)), clean(asker), clean(one.question))
    console().print(page)
    say(f'Answer:        python app.py answer {questions[0].id} --as LOGIN "…"')
