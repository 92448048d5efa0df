"""Everything the desk knows of one case on one sheet: facts and their source, options, plan, decisions, deeds."""

from collections.abc import Iterator
from decimal import Decimal

from pydantic import TypeAdapter

from domain.cases import Case
from domain.money import Money
from domain.plans import Evidence, Plan, Source
from domain.values import Json, Row, Value
from domain.verdicts import Verdict
from memory.effects import Effect
from memory.journal import Entry
from memory.requests import Request
from memory.store import Store

SOURCES = TypeAdapter(tuple[Source, ...])
ABOUT = frozenset(Evidence.model_fields)
"""Fields of every kind's evidence that say what it is about; whatever else it holds is a fact."""

FEW = 2
"""So many records are told in full, more are counted."""


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
    why: str
    """Why it was chosen, or why not."""
    confidence: Decimal


class Dossier(Value):
    """One case with all that hangs on it; read from the desk's own rows, Odoo is not asked."""

    case: Case
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]
    options: tuple[Weighed, ...]
    plan: Plan | None
    verdict: Verdict | None
    requests: tuple[Request, ...]
    effects: tuple[Effect, ...]
    journal: tuple[Entry, ...]


def dossier(store: Store, case_id: str) -> Dossier:
    """The sheet of one case; raises NotFound."""
    case = store.cases.get(case_id)
    plan = store.plans.newest(case.id)
    evidence = store.evidence.get(plan.evidence_digest) if plan else {}
    return Dossier(
        case=case,
        facts=facts(evidence),
        sources=SOURCES.validate_python(evidence.get("sources", ())),
        options=weighed(plan) if plan else (),
        plan=plan,
        verdict=store.plans.verdict(case.id, plan.version) if plan else None,
        requests=tuple(store.requests.of_case(case.id)),
        effects=tuple(store.register.effects(case.id)),
        journal=tuple(store.journal.entries(case=case.id)),
    )


def facts(evidence: Row) -> tuple[Fact, ...]:
    """Evidence in words, one line a fact; the records it was worked out from come last."""
    found = sorted(flat(evidence), key=lambda fact: isinstance(fact[1], list))
    return tuple(Fact(name=name, value=said(value)) for name, value in found)


def flat(evidence: Row, within: str = "") -> Iterator[tuple[str, Json]]:
    """Every fact with its name; one inside another is named ``projection: gap``."""
    for name, value in evidence.items():
        words = f"{within}{name.replace('_', ' ')}"
        if name in ABOUT or name.endswith("digest"):
            continue
        if isinstance(value, dict) and not is_money(value):
            yield from flat(value, f"{words}: ")
        else:
            yield words, value


def said(value: Json) -> str:
    """A value in words: money as ``12.00 GBP``, a few records in full, many by their number."""
    if value is None or value is False or value in ([], ""):
        return "none"
    if value is True:
        return "yes"
    if isinstance(value, dict):
        if is_money(value):
            return str(Money.model_validate(value))
        return ", ".join(f"{name.replace('_', ' ')} {said(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return "; ".join(said(inner) for inner in value) if len(value) <= FEW else f"{len(value)} entries"
    return str(value)


def is_money(value: Row) -> bool:
    """Whether a row is an amount in a currency."""
    return value.keys() == {"amount", "currency"}


def weighed(plan: Plan) -> tuple[Weighed, ...]:
    """The chosen option first, then the others, most net money first and unknown last."""
    others = [
        Weighed(
            name=option.name,
            title=option.title,
            cost=option.cost,
            risk_removed=option.risk_removed,
            net=option.net,
            feasible=option.feasible,
            chosen=False,
            why=option.why_not or "another option is worth more",
            confidence=option.confidence,
        )
        for option in plan.rejected
    ]
    return (
        chosen(plan),
        *sorted(others, key=lambda one: one.net.amount if one.net else Decimal("-Infinity"), reverse=True),
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
        why=plan.reason,
        confidence=plan.confidence,
    )
