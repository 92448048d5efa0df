"""A person takes a case in hand: the desk does nothing more about it by itself until it is given back or closed."""

from desk.desk import Desk
from desk.holding import hold, involved
from desk.notifying import notifying
from desk.recovering import recover
from domain.cases import Case
from domain.holds import Hold
from domain.people import Person
from domain.refusals import Refusal
from domain.words import typed, typed_if_any
from memory.errors import Conflict


def take(desk: Desk, case_id: str, person: Person, reason: str) -> Case | Refusal:
    """Take a case in hand, or over from whoever has it; both stand in the journal."""
    held = desk.store.holds.of_case(case_id)
    if held is not None and held.kind == "taken" and held.by == person.actor:
        back = f"give it back with: python app.py take {case_id} --give-back --as {person.login}"
        return Refusal(guard="state", reason=f"case {case_id} is in your hands already; {back}")
    return hold(desk, case_id, person, "taken", reason)


@notifying
def give_back(desk: Desk, case_id: str, person: Person, reason: str = "") -> Case | Refusal:
    """Let the desk have a case again: it is planned afresh. Whoever does so in its owner's place says why."""
    typed_if_any(reason)
    recover(desk)
    case, held = desk.store.cases.get(case_id), desk.store.holds.of_case(case_id)
    if held is None or held.kind != "taken":
        return Refusal(guard="state", reason=f"nobody has case {case.id} in hand; it is {case.state}: {case.why}")
    refusal = involved(desk, case, person)
    if refusal:
        return refusal
    try:
        desk.store.holds.end(held, why_back(desk, held, person, reason), actor=person.actor)
    except Conflict as overtaken:
        return Refusal(guard="state", reason=f"case {case.id} moved meanwhile: {overtaken}")
    return desk.runner.run(case.id)


def why_back(desk: Desk, held: Hold, person: Person, reason: str) -> str:
    """Why a case is given back; its owner need not say, raises Misuse for anybody else who does not."""
    if held.by == person.actor and not reason.strip():
        return "given back to the desk"
    who = desk.store.people.logins().get(held.by, held.by)
    missing = f"{who} has case {held.case} in hand; whoever else gives it back says why: give a reason with --reason"
    return f"given back: {typed(reason, missing)}"
