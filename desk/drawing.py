"""A person's own plan: an option of the case with its knobs turned, worked out on fresh evidence and judged anew."""

from collections.abc import Mapping, Sequence, Set
from decimal import Decimal
from typing import NamedTuple

from desk.desk import Desk
from domain.cases import Case, CaseState
from domain.people import Person
from domain.plans import Choice, Evidence, Option, Plan
from domain.refusals import Refusal
from graphs.entrusting import offered, within_rights
from graphs.gating import submit
from graphs.planning import draw_up
from memory.journal import Note


class Drawn(NamedTuple):
    """A plan in a person's name, and what it rests on; nothing is stored yet."""

    plan: Plan
    evidence: Evidence


class Gone(NamedTuple):
    """There is nothing left to plan, or not this way."""

    why: str


def drawn(
    desk: Desk, case: Case, name: str, knobs: Mapping[str, Decimal], person: Person, verb: str
) -> Drawn | Gone | Refusal:
    """The option of this name as the next version of the case's plan; ``verb`` says how it came to be."""
    agent, reader = desk.kinds[case.kind], desk.gateway.reader(case.company)
    evidence = agent.gather(reader, case.subject, desk.clock.now(), desk.terms)
    if evidence is None:
        return Gone("the exception is gone")
    services = desk.runner.services()
    options = offered(services, case, evidence)
    option = next((option for option in options if option.name == name), None)
    if option is None:
        return Gone(f"there is no option {name}; there is {', '.join(one.name for one in options)}")
    turned = agent.adjust(evidence, option, knobs)
    if isinstance(turned, Refusal):
        return turned
    turned = within_rights(services, case, evidence, turned)
    if not turned.feasible:
        return Refusal(guard="rights", reason=f"{turned.title} cannot be done now: {turned.why_not}")
    how = f"{verb}: {said(knobs, option)}" if knobs else verb
    choice = Choice(option=turned.name, reason=how, planner=person.actor, confidence=turned.confidence)
    plan = draw_up(services, case, evidence, exchanged(options, turned), choice, edited_by=person.actor)
    return plan if isinstance(plan, Refusal) else Drawn(plan, evidence)


def put_forward(
    desk: Desk, made: Drawn, *, expected: Set[CaseState], replaces: str | None = None, with_note: Note | None = None
) -> Case:
    """Store the plan, have it judged, and carry the case as far as it goes; ``with_note`` is journalled with it.

    Raises Conflict when the case has left the states it is ``expected`` in, or the request that the plan ``replaces``
    was answered meanwhile.
    """
    desk.store.evidence.save(made.plan.case, made.evidence)
    desk.store.plans.save(made.plan, expected=expected, replaces=replaces, with_note=with_note)
    submit(desk.runner.services(), made.plan, expected=expected)
    return desk.runner.run(made.plan.case)


def exchanged(options: Sequence[Option], turned: Option) -> tuple[Option, ...]:
    """The options with one of them replaced by its edited self."""
    return tuple(turned if option.name == turned.name else option for option in options)


def said(knobs: Mapping[str, Decimal], option: Option) -> str:
    """Knobs in words, and what the option offers: ``quantity = 24 in place of 852``."""
    offered = {knob.name: knob.value for knob in option.knobs}
    return ", ".join(f"{name} = {value:f} in place of {offered[name]:f}" for name, value in sorted(knobs.items()))
