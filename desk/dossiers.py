"""Everything the desk knows of one case on one sheet: facts and their source, options, plan, decisions, deeds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from pydantic import TypeAdapter

from domain.cases import Case
from domain.holds import Hold
from domain.money import Money
from domain.plans import Knob, Option, Plan, Source
from domain.values import Instant, Row, Value
from domain.verdicts import Verdict
from graphs import KINDS
from memory.effects import Effect
from memory.journal import Entry
from memory.notices import parted
from memory.questions import Question
from memory.requests import Request
from memory.store import Store
from tools.activity import ScheduleActivity

SOURCES = TypeAdapter(tuple[Source, ...])


class Fact(Value):
    """One thing that was known when the newest plan was made."""

    name: str
    value: str


class Weighed(Value):
    """An option as it was weighed, the chosen one among the others."""

    name: str
    title: str
    cost: Money | None
    risk_removed: Money
    net: Money | None
    feasible: bool
    chosen: bool
    for_people: bool
    """Whether only a person picks it."""
    knobs: tuple[Knob, ...]
    why: str
    """Why it was chosen, or why not."""
    confidence: Decimal


class Told(Value):
    """That somebody was told of a request in Odoo."""

    request: str
    whom: str
    """The person as the journal names them."""
    at: Instant


class Dossier(Value):
    """One case with all that hangs on it; read from the desk's own rows, Odoo is not asked."""

    case: Case
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]
    options: tuple[Weighed, ...]
    plan: Plan | None
    outdated: bool
    """Whether the plan is of an earlier round: the case came back since, and was not planned again yet."""
    verdict: Verdict | None
    requests: tuple[Request, ...]
    told: tuple[Told, ...]
    """Who was told of which request, and when."""
    effects: tuple[Effect, ...]
    questions: tuple[Question, ...]
    hold: Hold | None
    """The person who holds the case back from the desk."""
    journal: tuple[Entry, ...]
    people: Mapping[str, str]
    """Actor to login, of whoever is known."""


def dossier(store: Store, case_id: str) -> Dossier:
    """The sheet of one case; raises NotFound."""
    case = store.cases.get(case_id)
    plan, journal = store.plans.newest(case.id), tuple(store.journal.entries(case=case.id))
    evidence = store.evidence.get(plan.evidence_digest) if plan else store.evidence.newest(case.id)
    requests = tuple(store.requests.of_case(case.id))
    return Dossier(
        case=case,
        facts=told(case.kind, evidence) if evidence else (),
        sources=SOURCES.validate_python((evidence or {}).get("sources", ())),
        options=weighed(plan) if plan else weighed_without_plan(case.kind, evidence),
        plan=plan,
        outdated=of_an_earlier_round(journal),
        verdict=store.plans.verdict(case.id, plan.version) if plan else None,
        requests=requests,
        told=tuple(told for request in requests for told in people_told(store, request.id)),
        effects=tuple(store.register.effects(case.id)),
        questions=tuple(store.questions.of_case(case.id)),
        hold=store.holds.of_case(case.id),
        journal=journal,
        people=store.people.logins(),
    )


def people_told(store: Store, request: str) -> Iterator[Told]:
    """Who was told of a request, oldest first."""
    for notice in store.notices.of_request(request):
        for effect in store.register.effects(notice.id):
            if effect.state == "done" and effect.intent.action == ScheduleActivity.name:
                yield Told(request=request, whom=parted(notice.subject)[1], at=effect.at)


def of_an_earlier_round(journal: Sequence[Entry]) -> bool:
    """Whether the case came back to be planned again after its newest plan was made."""
    turns = [entry.kind for entry in journal if entry.kind in ("plan.proposed", "case.relapsed") or reopened(entry)]
    return turns[-1:] not in ([], ["plan.proposed"])


def reopened(entry: Entry) -> bool:
    """Whether a case was brought back to be planned again."""
    return entry.kind == "case.moved" and entry.facts.get("to") == "open"


def told(kind: str, evidence: Row) -> tuple[Fact, ...]:
    """What the kind's agent says of its evidence; nothing of a kind that the desk no longer knows."""
    agent = KINDS.get(kind)
    facts = agent.facts(agent.evidence(evidence)) if agent else ()
    return tuple(Fact(name=name, value=value) for name, value in facts)


def weighed(plan: Plan) -> tuple[Weighed, ...]:
    """The chosen option first, then the others, most net money first and unknown last."""
    return (chosen(plan), *in_order(plan.rejected))


def weighed_without_plan(kind: str, evidence: Row | None) -> tuple[Weighed, ...]:
    """What a person may propose where the desk found nothing to do, as far as its kind and its facts are known."""
    agent = KINDS.get(kind)
    if agent is None or evidence is None:
        return ()
    known = agent.evidence(evidence)
    options = agent.options(known)
    choice = agent.choose(options, known)
    best = next(option for option in options if option.name == choice.option)
    return (weighed_as(best, choice.reason, chosen=True), *in_order(agent.rejected(options, choice)))


def in_order(others: Iterable[Option]) -> list[Weighed]:
    """Options that were not chosen, most net money first and unknown last."""
    found = (weighed_as(one, one.why_not or "another option is worth more", chosen=False) for one in others)
    return sorted(found, key=lambda one: one.net.amount if one.net else Decimal("-Infinity"), reverse=True)


def weighed_as(option: Option, why: str, *, chosen: bool) -> Weighed:
    """An option as it stands among the others."""
    return Weighed(
        name=option.name,
        title=option.title,
        cost=option.cost,
        risk_removed=option.risk_removed,
        net=option.net,
        feasible=option.feasible,
        chosen=chosen,
        for_people=option.for_people,
        knobs=option.knobs,
        why=why,
        confidence=option.confidence,
    )


def chosen(plan: Plan) -> Weighed:
    """The option that became the plan."""
    return Weighed(
        name=plan.option,
        title=plan.title,
        cost=plan.cost,
        risk_removed=plan.risk_removed,
        net=None if plan.cost is None else plan.risk_removed - plan.cost,
        feasible=True,
        chosen=True,
        for_people=False,
        knobs=plan.knobs,
        why=plan.reason,
        confidence=plan.confidence,
    )
