"""Sentences about a case, each from the desk's own rows and with where it stands there."""

from collections.abc import Collection, Iterator

from desk.dossiers import Dossier, Weighed
from domain.money import Money
from domain.verdicts import Ruling
from domain.words import minute

NO_PLAN = "No plan of it was made yet, so there is nothing to say of options, money or policy."


def tell_option(option: Weighed) -> Iterator[str]:
    """One option with its money, and why it was or was not chosen."""
    yield f"{option.title} (option {option.name}): {in_money(option)}."
    if option.chosen:
        yield f"It was chosen: {option.why}."
    elif option.feasible:
        yield f"It was not chosen: {option.why}."
    else:
        yield f"It cannot be done: {option.why}."


def in_money(option: Weighed) -> str:
    """What it costs, saves and leaves."""
    cost, net = known(option.cost), known(option.net)
    return f"it costs {cost}, takes {option.risk_removed} of the money at risk away, net {net}"


def known(amount: Money | None) -> str:
    """An amount, or that nobody knows it."""
    return "an unknown amount" if amount is None else str(amount)


def tell_options(sheet: Dossier) -> Iterator[str]:
    """Every option in short."""
    if not sheet.options:
        yield NO_PLAN
    for one in sheet.options:
        mark = "chosen" if one.chosen else "not chosen" if one.feasible else "cannot be done"
        yield f"{one.name}, {mark}: {one.title}; {in_money(one)}."


def tell_choice(sheet: Dossier) -> Iterator[str]:
    """Why the plan is what it is."""
    if sheet.plan is None:
        yield NO_PLAN
        return
    plan = sheet.plan
    yield f"Plan {plan.version} is {plan.title} (option {plan.option}), chosen by {plan.planner}: {plan.reason}."
    for one in sheet.options[1:3]:
        yield f"Next to it: {one.title} (option {one.name}): {one.why}."


def tell_money(sheet: Dossier) -> Iterator[str]:
    """What is at risk, and what the plan costs and saves."""
    yield f"{sheet.case.money_at_risk} is at risk."
    for one in sheet.options[:1]:
        yield f"The plan, {one.title}: {in_money(one)}."


def tell_confidence(sheet: Dossier) -> Iterator[str]:
    """How sure the plan's numbers are."""
    if sheet.plan is None:
        yield NO_PLAN
        return
    sure = f"{sheet.plan.confidence:.0%} confidence"
    yield f"Plan {sheet.plan.version} has {sure} in its numbers and days; a forecast or a missing fact lowers it."


def tell_time(sheet: Dossier) -> Iterator[str]:
    """When the harm begins, and until when an answer counts."""
    deadline = sheet.case.deadline
    yield f"The harm begins on {deadline:%Y-%m-%d}." if deadline else "On which day the harm begins is not known."
    for one in sheet.requests:
        if one.state == "pending":
            yield f"{one.id} waits until {minute(one.expires_at)}; nobody's silence approves it."


def tell_requests(sheet: Dossier) -> Iterator[str]:
    """Who is asked, and who answered what."""
    if not sheet.requests:
        yield "Nobody was asked about it."
    for one in sheet.requests:
        asks = f"{one.id} asks {one.role} about {one.amount} for plan {one.plan_version}"
        by = f" by {one.decided_by}" if one.decided_by else ""
        yield f"{asks}: {one.state}{by}."


def tell_policy(sheet: Dossier) -> Iterator[str]:
    """What policy said, by rule and line, and what would have changed it."""
    if sheet.verdict is None:
        yield NO_PLAN
        return
    yield f"Policy says {sheet.verdict.outcome}: {sheet.verdict.reason}."
    for ruling in sheet.verdict.rulings:
        yield from told_ruling(ruling)


def told_ruling(ruling: Ruling) -> Iterator[str]:
    where = "The plan" if ruling.step is None else f"Step {ruling.step + 1}"
    yield f"{where}: {ruling.outcome} by {ruling.rule}: {ruling.reason}."
    if ruling.otherwise:
        yield f"Otherwise: {ruling.otherwise}."


def tell_rollback(sheet: Dossier) -> Iterator[str]:
    """How each step of the plan would be taken back, and what would stay."""
    if sheet.plan is None:
        yield NO_PLAN
        return
    for index, step in enumerate(sheet.plan.steps):
        stays = f"; what stays: {step.rollback.remains}" if step.rollback.remains else ""
        yield f"Step {index + 1}, {step.action}: {step.rollback.words}{stays}."


def tell_deeds(sheet: Dossier) -> Iterator[str]:
    """Where the case stands, what was done in Odoo, and the last entry of its journal."""
    yield f"{sheet.case.id} is {sheet.case.state} since {minute(sheet.case.updated_at)}."
    if not sheet.effects:
        yield "Nothing was done in Odoo."
    for one in sheet.effects:
        words = f": {one.result.words}" if one.result else ""
        yield f"{one.key} is {one.state}{words}."
    for entry in sheet.journal[-1:]:
        yield f"The last entry of its journal, {entry.seq}: {entry.kind} by {entry.actor} at {minute(entry.at)}."


def tell_facts(sheet: Dossier, names: Collection[str] = ()) -> Iterator[str]:
    """The facts of these names, all of them where none is named, and when they were read."""
    told = [fact for fact in sheet.facts if not names or fact.name in names]
    if not told or sheet.plan is None:
        yield NO_PLAN
        return
    for fact in told:
        yield f"{fact.name}: {fact.value}."
    yield f"Read from Odoo at {minute(sheet.plan.evidence_at)}; case {sheet.case.id} --all tells from where."
