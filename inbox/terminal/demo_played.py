"""What the demo does as people of its sandbox, each time in somebody's name: ask, answer, look before taking back."""

from collections.abc import Mapping, Sequence

from desk.asking import answer, ask
from desk.concern import concerned
from desk.desk import Desk
from desk.rolling_back import preview
from domain.cases import Case
from domain.errors import DeskError
from domain.people import Person
from domain.plans import Option, Plan
from domain.refusals import Refusal
from domain.values import Value
from memory.effects import Effect
from memory.questions import Question
from memory.requests import Request

ASKER, COLLEAGUE = "buyer", "warehouse"
"""Logins of the sandbox in whose names the demo asks and answers."""


class Previewed(Value):
    """What taking a case back would do, looked at in somebody's name."""

    login: str
    plan: Plan


class Proposable(Value):
    """An option that only people pick, and somebody whose role knows what it does."""

    case: str
    option: str
    login: str


def shared(requests: Sequence[Request]) -> tuple[Request, ...]:
    """The requests of the first plan that waits for more than one person."""
    of_case = {one.case: tuple(other for other in requests if other.case == one.case) for one in requests}
    return next((several for several in of_case.values() if len(several) > 1), ())


def talked(desk: Desk, people: Mapping[str, Person], case: str) -> tuple[Question, ...]:
    """The buyer asks the desk and a colleague about the case, and the colleague answers."""
    asker, colleague = people[ASKER], people[COLLEAGUE]
    why = _settled(ask(desk, case, asker, why_not(second_best(desk, case))))
    asked = _settled(ask(desk, case, asker, "can the goods leave today?", COLLEAGUE))
    return why, _settled(answer(desk, asked.id, colleague, "they can: nobody else has asked for them"))


def second_best(desk: Desk, case: str) -> Option | None:
    """The option that would save most of those that were not chosen."""
    plan = desk.store.plans.newest(case)
    able = [option for option in plan.rejected if option.feasible and option.drafts] if plan else []
    return max(able, key=lambda option: option.risk_removed.amount, default=None)


def why_not(option: Option | None) -> str:
    """The question about it, by the name it is proposed by and whoever its title names first."""
    return f"why not {option.title.partition('“')[2].partition('”')[0]} alone ({option.name})?" if option else "why?"


def previewed(desk: Desk, people: Mapping[str, Person], done: Sequence[Effect]) -> Previewed | None:
    """How the first deed that somebody here may take back would be taken back; nothing is changed by looking."""
    for effect in done:
        for login, person in people.items():
            if isinstance(plan := preview(desk, effect.intent.case, person), Plan):
                return Previewed(login=login, plan=plan)
    return None


def agreed(desk: Desk, people: Mapping[str, Person], cases: Sequence[Case]) -> Proposable | None:
    """The new date for an order whose vendor the desk had somebody hurry: only people know that a vendor agreed."""
    for case in cases:
        plan = desk.store.plans.newest(case.id)
        hurried = plan.rejected if plan and plan.option.startswith("expedite:") else ()
        for option in hurried:
            able = [login for login, person in people.items() if _knows(desk, person, case, option)]
            if option.feasible and option.name.startswith("redate:") and able:
                return Proposable(case=case.id, option=option.name, login=able[0])
    return None


def _knows(desk: Desk, person: Person, case: Case, option: Option) -> bool:
    return concerned(desk, person, case.company, {draft.action for draft in option.drafts}) is None


def _settled(found: Question | Refusal) -> Question:
    """The question; raises DeskError where the sandbox's people may not put it."""
    if isinstance(found, Refusal):
        raise DeskError(f"the demo could not ask: {found}")
    return found
