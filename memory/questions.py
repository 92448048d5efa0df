"""Questions about a case, to the desk or to a colleague, and their answers; the first answer counts."""

from typing import Literal

from sqlalchemy import RowMapping, Select, insert, select, update
from sqlmodel import col

from domain.clock import Clock
from domain.errors import NotFound
from domain.people import DESK, Person
from domain.refusals import Refusal
from domain.values import Instant, Row, Value
from memory.case_rows import find
from memory.database import Database
from memory.journal import Journal
from memory.tables import QuestionRow
from memory.upserts import next_number


class Colleague(Value):
    """A user of Odoo who is asked, known by their login."""

    uid: int
    login: str

    @property
    def actor(self) -> str:
        return f"user:{self.uid}"


class Question(Value):
    """A question somebody put, and its answer as soon as there is one."""

    id: str
    case: str
    asked_by: str
    asked_at: Instant
    asked_of: str
    """``desk``, or ``user:9``."""
    asked_login: str | None
    """The login of a colleague who is asked."""
    question: str
    answered_by: str | None
    answered_at: Instant | None
    answer: str | None

    @property
    def state(self) -> Literal["open", "answered"]:
        return "answered" if self.answered_by else "open"


class Questions:
    """Every question that was put about a case."""

    def __init__(self, database: Database, journal: Journal, clock: Clock) -> None:
        self._database = database
        self._journal = journal
        self._clock = clock

    def get(self, id: str) -> Question:  # noqa: A002
        """One question; raises NotFound."""
        found = self._all(select(QuestionRow).where(col(QuestionRow.id) == id))
        if not found:
            raise NotFound(f"there is no question {id}; the inbox lists those that are open: python app.py inbox")
        return found[0]

    def of_case(self, case: str) -> list[Question]:
        """Every question about a case, oldest first."""
        return self._all(select(QuestionRow).where(col(QuestionRow.case_id) == case))

    def open(self) -> list[Question]:
        """Questions without an answer, oldest first."""
        return self._all(select(QuestionRow).where(col(QuestionRow.answered_by).is_(None)))

    def ask(self, case: str, person: Person, words: str, of: Colleague | None) -> Question:
        """Put a question to a colleague, or to the desk where none is named; raises NotFound for no case."""
        with self._database.writing() as tx:
            find(tx, case)
            number = next_number(tx, QuestionRow)
            asked = {"asked_by": person.actor, "asked_at": self._clock.now(), "question": words}
            whom = {"asked_of": of.actor if of else DESK, "asked_login": of.login if of else None}
            tx.execute(insert(QuestionRow).values(id=f"Q{number}", number=number, case_id=case, **asked, **whom))
            facts: Row = {"question": f"Q{number}", "of": whom["asked_of"]}
            personal = {"login": person.login, "name": person.name, "words": words}
            self._journal.append(tx, "question.asked", facts, case=case, actor=person.actor, personal=personal)
        return self.get(f"Q{number}")

    def answer(self, id: str, words: str, person: Person | None) -> Question | Refusal:  # noqa: A002
        """Answer a question, the desk itself where no person is named; refused when it has its answer already."""
        asked, by = self.get(id), person.actor if person else DESK
        unanswered = update(QuestionRow).where(col(QuestionRow.id) == id, col(QuestionRow.answered_by).is_(None))
        with self._database.writing() as tx:
            told = {"answered_by": by, "answered_at": self._clock.now(), "answer": words}
            if tx.execute(unanswered.values(**told)).rowcount != 1:
                return Refusal(guard="answered", reason=f"{id} has its answer already; see it: case {asked.case}")
            if person is None:
                said: Row = {"question": id, "words": words}
                self._journal.append(tx, "question.answered", said, case=asked.case)
            else:
                personal = {"login": person.login, "name": person.name, "words": words}
                self._journal.append(
                    tx, "question.answered", {"question": id}, case=asked.case, actor=by, personal=personal
                )
        return self.get(id)

    def _all(self, query: Select[QuestionRow]) -> list[Question]:
        with self._database.reading() as tx:
            return [_to_question(row) for row in tx.execute(query.order_by(col(QuestionRow.number))).mappings()]


def _to_question(row: RowMapping) -> Question:
    fields = {name: value for name, value in row.items() if name not in {"number", "case_id"}}
    return Question.model_validate({**fields, "case": row["case_id"]})
