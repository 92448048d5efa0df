"""Gather evidence, weigh the options, and turn the chosen one into a priced plan."""

from collections.abc import Iterator, Sequence

from langgraph.runtime import Runtime

from agents.entrusting import TICKED_OFF
from domain.cases import Case, CaseState
from domain.exposures import Exposure
from domain.people import DESK, RULES
from domain.plans import Choice, Evidence, Option, Plan, RecordRef, Step
from domain.refusals import Refusal
from domain.values import digest
from graphs.acting import standing
from graphs.entrusting import not_again, offered, within_rights
from graphs.state import Services, State
from tools.catalogue import price

PLANNED_FROM: frozenset[CaseState] = frozenset({"open"})
"""Where a case must stand for the desk to plan it: whoever closed it meanwhile is not overruled."""

MOST_TRIES = 5
"""After so many stale plans in one run a case goes to a person: the facts change faster than the desk can act."""


def gather(state: State, runtime: Runtime[Services]) -> State:
    """Read the facts afresh; a case whose exception is gone closes."""
    services = runtime.context
    case = services.store.cases.get(state["case"])
    reader = services.gateway.reader(case.company)
    evidence = services.kinds[case.kind].gather(reader, case.subject, services.clock.now(), services.terms)
    if evidence is None:
        return {"phase": "close", "why": "the exception is gone: nothing left to do"}
    return {"phase": "propose", "evidence": services.store.evidence.save(case.id, evidence)}


def propose(state: State, runtime: Runtime[Services]) -> State:
    """Choose an option and save it as the next version of the plan."""
    services = runtime.context
    case = services.store.cases.get(state["case"])
    if state.get("tries", 0) >= MOST_TRIES:
        return {"phase": "queue", "why": f"{MOST_TRIES} plans in a row went stale before they could be carried out"}
    kind = services.kinds[case.kind]
    evidence = kind.evidence(services.store.evidence.get(state["evidence"]))
    same = same_again(services, case, evidence) if state.get("again") else None
    plan = same or afresh(services, case, evidence)
    if isinstance(plan, Refusal):
        return at_its_end(services, case, plan)
    services.store.plans.save(plan, expected=PLANNED_FROM)
    return {"phase": "gate", "tries": state.get("tries", 0) + 1, "again": False}


def afresh(services: Services, case: Case, evidence: Evidence) -> Plan | Refusal:
    """The rules' choice among all that the desk can do or have done."""
    every = offered(services, case, evidence)
    options = not_again(services, case, every)
    choice = services.kinds[case.kind].choose(options, evidence)
    plan = draw_up(services, case, evidence, options, choice)
    if isinstance(plan, Refusal) and options != every:
        return Refusal(guard="rights", reason=f"{plan.reason}; {TICKED_OFF}: a person has to look")
    return plan


def same_again(services: Services, case: Case, evidence: Evidence) -> Plan | None:
    """The newest plan's option with its numbers, now for somebody else to carry out; None where that cannot be."""
    kind, was = services.kinds[case.kind], services.store.plans.get(case.id, case.plan_version)
    options = offered(services, case, evidence)
    option = next((option for option in options if option.name == was.option and option.feasible), None)
    turned = option and kind.adjust(evidence, option, {knob.name: knob.value for knob in was.knobs})
    if turned is None or isinstance(turned, Refusal):
        return None
    turned = within_rights(services, case, evidence, turned)
    every = tuple(turned if option.name == turned.name else option for option in options)
    choice = Choice(option=turned.name, reason=was.reason, planner=was.planner, confidence=turned.confidence)
    plan = draw_up(services, case, evidence, every, choice, edited_by=was.edited_by)
    return None if isinstance(plan, Refusal) else plan


def at_its_end(services: Services, case: Case, refusal: Refusal) -> State:
    """Where no step is left: a person has to look, unless what could be done stands in Odoo already."""
    done = [undo.words for _, undo in standing(services.store, case.id)]
    if refusal.guard != "options" or not done:
        return {"phase": "queue", "why": refusal.reason}
    why = f"what could be done is done: {'; '.join(done)}; {case.money_at_risk} stays at risk until it comes"
    return {"phase": "close", "why": why, "actor": RULES}


def draw_up(
    services: Services,
    case: Case,
    evidence: Evidence,
    options: Sequence[Option],
    choice: Choice,
    *,
    edited_by: str | None = None,
) -> Plan | Refusal:
    """The chosen option as a plan with every step priced; a Refusal where there is nothing the desk could carry out."""
    chosen = next(option for option in options if option.name == choice.option)
    if not chosen.drafts:
        return Refusal(guard="options", reason=f"{choice.reason}; no step the desk could carry out")
    steps = priced(services, case, chosen)
    if isinstance(steps, Refusal):
        return steps
    return Plan(
        case=case.id,
        version=case.plan_version + 1,
        kind=case.kind,
        company=case.company,
        option=chosen.name,
        title=chosen.title,
        reason=choice.reason,
        planner=choice.planner,
        confidence=min(choice.confidence, chosen.confidence),
        requested_by=DESK,
        edited_by=edited_by,
        money_at_risk=case.money_at_risk,
        cost=chosen.cost,
        risk_removed=chosen.risk_removed,
        knobs=chosen.knobs,
        rejected=services.kinds[case.kind].rejected(options, choice),
        evidence_digest=evidence.digest,
        evidence_at=evidence.taken_at,
        steps=steps,
    )


def priced(services: Services, case: Case, option: Option) -> tuple[Step, ...] | Refusal:
    """Every draft of an option priced by its action, or the first refusal."""
    reader, place = services.gateway.reader(case.company), services.kinds[case.kind].place(case.subject)
    steps: list[Step] = []
    for draft in option.drafts:
        step = price(draft, reader)
        if isinstance(step, Refusal):
            return step
        steps.append(step.but(touches=tuple(_left_to(step, steps)), exposure=_placed(step.exposure, place)))
    return tuple(steps)


def _placed(exposure: Exposure, place: int | None) -> Exposure:
    """Words on a document happen where the case is: whatever a warehouse holds tighter speaks of them too."""
    return exposure if exposure.warehouse is not None else exposure.but(warehouse=place)


def _left_to(step: Step, before: Sequence[Step]) -> Iterator[RecordRef]:
    """What a step relies on beyond the steps before it: theirs is compared before the first, and then theirs to change.

    A transfer changes what is on its way to the warehouse that the next step buys for: that makes no plan stale.
    """
    for ref in step.touches:
        same = [seen for one in before for seen in one.touches if _record(seen) == _record(ref)]
        told = {field for one in same for field in one.seen}
        left = {field: value for field, value in ref.seen.items() if field not in told}
        if left or not same:
            yield ref.but(seen=left)


def _record(ref: RecordRef) -> tuple[str, int, str]:
    return ref.model, ref.id, digest(ref.context)
