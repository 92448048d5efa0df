"""A question about a case, to the desk itself or to a colleague, and its answer on the case."""

from desk.concern import concerned, outside
from desk.desk import Desk
from desk.dossiers import dossier
from desk.replying import reply
from domain.cases import Case
from domain.errors import Misuse
from domain.people import Person
from domain.refusals import Refusal
from domain.words import typed
from memory.questions import Colleague, Question

LONGEST_QUESTION = 500
"""Signs of a question."""


def ask(desk: Desk, case_id: str, person: Person, words: str, to: str | None = None) -> Question | Refusal:
    """Put a question; the desk answers its own at once, from its rows. The clock of a request goes on meanwhile."""
    question = typed(words, 'a question has words: ask C3 --as LOGIN "why not Leeds?"', LONGEST_QUESTION)
    case = desk.store.cases.get(case_id)
    refusal = concerned(desk, person, case.company, ())
    if refusal:
        return refusal
    if to is not None:
        return desk.store.questions.ask(case.id, person, question, colleague(desk, case, to, person))
    put = desk.store.questions.ask(case.id, person, question, None)
    return desk.store.questions.answer(put.id, reply(dossier(desk.store, case.id), question), None)


def answer(desk: Desk, question_id: str, person: Person, words: str) -> Question | Refusal:
    """Answer an open question: whoever was asked may, and whoever is concerned, while they are of its company.

    Nobody answers their own. Whoever was asked needs no role: they were asked as a colleague.
    """
    told = typed(words, 'an answer has words: answer Q1 --as LOGIN "Leeds is being counted"')
    question = desk.store.questions.get(question_id)
    case = desk.store.cases.get(question.case)
    if person.actor == question.asked_by:
        reason = f"{person.login} asked {question.id}; a colleague answers it, or ask the desk: ask {case.id}"
        return Refusal(guard="asker", reason=reason)
    asked = person.actor == question.asked_of
    refusal = outside(person, case.company) if asked else concerned(desk, person, case.company, ())
    return refusal or desk.store.questions.answer(question.id, told, person)


def colleague(desk: Desk, case: Case, login: str, asker: Person) -> Colleague:
    """The user of the case's company behind a login; raises Misuse where Odoo shows none there."""
    name = typed(login, "--to is empty: give a colleague's Odoo login, or leave it out to ask the desk")
    found = desk.gateway.reader(case.company).rows("res.users", ["login"], [["login", "=", name]])
    users = [row for row in found if row["id"] != desk.transport.uid]
    if found and not users:
        raise Misuse(f"{name} is the desk's own user; leave --to out to ask the desk")
    if not users:
        known = sorted(set(desk.store.people.logins().values()) - {asker.login})
        seen = f"; seen here so far: {', '.join(known)}" if known else ""
        wanted = f"no active user of company {case.company} with the login {name!r}"
        raise Misuse(f"Odoo shows {wanted}; give the login they type to come in{seen}")
    uid = int(str(users[0]["id"]))
    if f"user:{uid}" == asker.actor:
        raise Misuse(f"{name} is you; name a colleague, or leave --to out to ask the desk")
    return Colleague(uid=uid, login=name)
