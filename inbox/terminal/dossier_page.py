"""One case on one page, from the facts down to the journal."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from desk.dossiers import Dossier, Weighed
from desk.explaining import asked_before
from domain.exposures import Exposure
from domain.plans import Plan
from domain.values import SHORT
from domain.verdicts import Ruling, Verdict
from domain.words import called, counted, with_logins
from guardrails.policy import Policy
from inbox.terminal.case_pages import shortened
from inbox.terminal.held_pages import held_words
from inbox.terminal.inbox_page import Waiting, deciders_of, show_requests, show_warning
from inbox.terminal.question_pages import show_questions
from inbox.terminal.showing import clean, console, moment, money, number, say, say_whole, table
from memory.effects import Effect
from memory.journal import Entry
from memory.requests import Request


def show_dossier(sheet: Dossier, policy: Policy | None, *, whole: bool) -> None:
    """The page, with who may decide by this policy; the Odoo records it was read from and the journal if whole."""
    show_head(sheet)
    show_facts(sheet)
    if whole:
        show_sources(sheet)
    if sheet.outdated:
        say("What follows is of an earlier round: the case came back since and was not planned again yet.")
    if sheet.options:
        show_options(sheet.options)
    if sheet.plan:
        show_plan(sheet.plan, sheet.people)
    if sheet.verdict:
        show_verdict(sheet.verdict)
    if sheet.questions:
        show_questions(sheet.questions, sheet.people)
    if sheet.requests:
        show_decisions(sheet, policy)
    if sheet.effects:
        show_effects(sheet.effects)
    if whole:
        show_journal(sheet.journal, sheet.people)
    else:
        entries = counted(len(sheet.journal), "entry", "entries")
        say(f"What it was read from, and its journal of {entries}:")
        say_whole(f"  python app.py case {sheet.case.id} --all")


def show_head(sheet: Dossier) -> None:
    """What the case is about and where it stands."""
    case = sheet.case
    again = f", relapsed {counted(case.relapses, 'time')}" if case.relapses else ""
    say(
        f"{case.id}  {case.title}",
        *stands(sheet),
        f"  {case.kind} in company {case.company}; {money(case.money_at_risk)} at risk, from {moment(case.deadline)}",
        f"  opened {moment(case.opened_at)}, last change {moment(case.updated_at)}{again}; works by {case.rung}",
    )


def stands(sheet: Dossier) -> list[str]:
    """Where the case stands and why; who holds it back, and why, if somebody does."""
    why = f"  {sheet.case.state}: {with_logins(sheet.case.why, sheet.people)}"
    if sheet.hold is None:
        return [why]
    held = held_words(sheet.hold, sheet.people)
    return [f"  {sheet.case.state}, {held}"] if sheet.case.why == sheet.hold.words else [why, f"  {held}"]


def show_facts(sheet: Dossier) -> None:
    """What was known."""
    if not sheet.facts:
        return
    known = table("Facts", "fact", "value")
    for fact in sheet.facts:
        known.add_row(clean(fact.name), clean(fact.value))
    console().print(known)


def show_sources(sheet: Dossier) -> None:
    """Which Odoo records the facts were read from."""
    origin = table("Read from Odoo", "model", "records", "fields", "at", rigid=("at",))
    for source in sheet.sources:
        origin.add_row(source.model, ids(source.ids), ", ".join(source.fields), moment(source.read_at))
    console().print(origin)


def ids(of: Sequence[int]) -> str:
    """A few ids, and how many more there are."""
    few = ", ".join(str(one) for one in of[:6])
    return few if len(of) <= 6 else f"{few} and {len(of) - 6} more"


def show_options(options: Sequence[Weighed]) -> None:
    """What could be done, in money, and why the others were not chosen."""
    page = table("Options", "", "option", "cost", "risk removed", "net", "why", right=("cost", "risk removed", "net"))
    for one in options:
        page.add_row(
            "*" if one.chosen else "",
            f"{clean(one.title)}\n{clean(offered(one))}",
            money(one.cost),
            money(one.risk_removed),
            money(one.net),
            clean(one.why),
        )
    console().print(page)


def offered(option: Weighed) -> str:
    """An option by the name it is proposed by, with the knobs it offers; some are for people only."""
    knobs = "; ".join(f"{knob.name} {number(knob.minimum)} to {number(knob.maximum)}" for knob in option.knobs)
    only = ", only people pick it" if option.for_people else ""
    return f"{option.name}{only}" + (f" ({knobs})" if knobs else "")


def show_plan(plan: Plan, people: Mapping[str, str]) -> None:
    """Every step with what it could cost and how it is taken back."""
    chosen_by = f"chosen by {called(plan.planner, people)}, confidence {share(plan.confidence)}"
    say(f"Plan {plan.version}, {chosen_by}: {plan.title}")
    for index, step in enumerate(plan.steps):
        say(
            f"  {index + 1}. {step.action}: {step.words}",
            f"     exposed: {exposed(step.exposure)}",
            f"     rollback: {step.rollback.words}",
            *([f"     remains: {step.rollback.remains}"] if step.rollback.remains else []),
        )
    for knob in plan.knobs:
        say(
            f"  may be edited: {knob.name} = {number(knob.value)} {knob.unit}, "
            f"{number(knob.minimum)} to {number(knob.maximum)} in steps of {number(knob.step)}"
        )
    say(f"  digest {plan.digest[:SHORT]}")


def share(of: Decimal) -> str:
    """A number between 0 and 1 as a percentage."""
    return f"{of * 100:.0f} %"


def exposed(exposure: Exposure) -> str:
    """What a step could cost: ``120.00 GBP, quantity 24, reversible``."""
    return f"{money(exposure.amount)}, quantity {number(exposure.quantity)}, {exposure.risk.value}"


def show_verdict(verdict: Verdict) -> None:
    """What policy said, rule by rule."""
    say(f"Policy says {verdict.outcome}: {verdict.reason}")
    for ruling in verdict.rulings:
        say(*ruled(ruling))


def ruled(ruling: Ruling) -> list[str]:
    """One rule's answer, and what would have changed it."""
    where = "plan" if ruling.step is None else f"step {ruling.step + 1}"
    told = f"  {where}: {ruling.outcome} by {ruling.rule}: {ruling.reason}"
    return [told, f"    otherwise: {ruling.otherwise}"] if ruling.otherwise else [told]


def show_decisions(sheet: Dossier, policy: Policy | None) -> None:
    """Who was asked, and what they answered."""
    pending = tuple(one for one in sheet.requests if one.state == "pending")
    if pending:
        waiting = waiting_on(sheet, pending, policy)
        show_requests(pending, waiting)
        show_warning(waiting)
    for one in sheet.requests:
        if one.state != "pending":
            by = f" by {called(one.decided_by, sheet.people)}" if one.decided_by else ""
            why = f": {one.reason}" if one.reason else ""
            say(f"{one.id}, {one.role} on plan {one.plan_version}: {one.state}{by} at {moment(one.decided_at)}{why}")
    for told in sheet.told:
        say(f"{told.request} was told in Odoo to {called(told.whom, sheet.people)} at {moment(told.at)}")


def waiting_on(sheet: Dossier, pending: tuple[Request, ...], policy: Policy | None) -> Waiting:
    """What waits for a person on this case alone."""
    return Waiting(
        requests=pending,
        may_decide=deciders_of(pending, policy),
        warning=asked_before(pending, policy),
        at_risk={sheet.case.id: sheet.case.money_at_risk},
        questions=tuple(one for one in sheet.questions if one.state == "open"),
        queue=(),
        taken=(),
        people=sheet.people,
    )


def show_effects(effects: Sequence[Effect]) -> None:
    """What was done in Odoo."""
    page = table("Done in Odoo", "effect", "state", "what", "at", rigid=("effect", "state", "at"))
    for one in effects:
        words = one.result.words if one.result else one.why or ""
        page.add_row(one.key, one.state, clean(words), moment(one.at))
    console().print(page)


def show_journal(entries: Sequence[Entry], people: Mapping[str, str]) -> None:
    """The journal's lines, oldest first."""
    page = table("Journal", "no", "at", "what", "who", "facts", right=("no",), rigid=("at", "what"))
    for one in entries:
        page.add_row(str(one.seq), moment(one.at), one.kind, clean(called(one.actor, people)), clean(brief(one)))
    console().print(page)


def brief(entry: Entry) -> str:
    """An entry's plain facts on one line, its digests left out; ``audit show --json`` has all of them."""
    plain = [
        (name, fact)
        for name, fact in entry.facts.items()
        if isinstance(fact, str | int) and fact != "" and "digest" not in name
    ]
    return shortened("; ".join(f"{name}: {fact}" for name, fact in plain), 160)
