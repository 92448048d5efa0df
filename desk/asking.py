"""A question about a case, to the desk itself or to a colleague, and its answer on the case."""

from desk.concern import concerned
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
        asked = colleague(desk, case, to, person)
        return asked if isinstance(asked, Refusal) else desk.store.questions.ask(case.id, person, question, asked)
    put = desk.store.questions.ask(case.id, person, question, None)
    return desk.store.questions.answer(put.id, reply(dossier(desk.store, case.id), question), None)


def answer(desk: Desk, question_id: str, person: Person, words: str) -> Question | Refusal:
    """Answer an open question: whoever was asked may, and whoever is concerned; nobody answers their own."""
    told = typed(words, 'an answer has words: answer Q1 --as LOGIN "Leeds is being counted"')
    question = desk.store.questions.get(question_id)
    case = desk.store.cases.get(question.case)
    if person.actor == question.asked_by:
        reason = f"{person.login} asked {question.id}; a colleague answers it, or ask the desk: ask {case.id}"
        return Refusal(guard="asker", reason=reason)
    refusal = None if person.actor == question.asked_of else concerned(desk, person, case.company, ())
    return refusal or desk.store.questions.answer(question.id, told, person)


def colleague(desk: Desk, case: Case, login: str, asker: Person) -> Colleague | Refusal:
    """The user of Odoo behind a login, who must have a part in the case's company."""
    name = typed(login, "--to is empty: give a colleague's Odoo login, or leave it out to ask the desk")
    found = desk.gateway.reader(case.company).rows("res.users", ["login", "company_ids"], [["login", "=", name]])
    users = [row for row in found if row["id"] != desk.transport.uid]
    if found and not users:
        raise Misuse(f"{name} is the desk's own user; leave --to out to ask the desk")
    if not users:
        known = sorted(set(desk.store.people.logins().values()) - {asker.login})
        seen = f"; seen here so far: {', '.join(known)}" if known else ""
        raise Misuse(f"Odoo shows no active user with the login {name!r}; give the login they type to come in{seen}")
    uid, companies = int(str(users[0]["id"])), users[0]["company_ids"]
    if isinstance(companies, list) and case.company not in companies:
        return Refusal(guard="company", reason=f"{name} has no part in company {case.company} in Odoo; ask another")
    if f"user:{uid}" == asker.actor:
        raise Misuse(f"{name} is you; name a colleague, or leave --to out to ask the desk")
    return Colleague(uid=uid, login=name)
