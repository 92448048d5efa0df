"""What a person is told after a decision: where the case went, and what to type next."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from desk.deciding import Decided
from desk.editing import Edited
from domain.cases import Case
from domain.errors import Misuse
from domain.plans import Plan
from domain.refusals import Refusal
from inbox.terminal.dossier_page import show_plan
from inbox.terminal.inbox_page import SHORT
from inbox.terminal.showing import emit, moment, money, say, tell
from memory.requests import Request


def knobs(edits: Sequence[str]) -> dict[str, Decimal]:
    """``quantity=24`` as a name and a number; raises Misuse for anything else."""
    wanted: dict[str, Decimal] = {}
    for edit in edits:
        name, given, value = edit.partition("=")
        try:
            number = Decimal(value.strip())
        except InvalidOperation:
            number = Decimal("NaN")
        if not given or not name.strip() or not number.is_finite():
            raise Misuse(f"--set expects KNOB=NUMBER such as quantity=24, found {edit!r}")
        if name.strip() in wanted:
            raise Misuse(f"--set names {name.strip()} twice; give it once")
        wanted[name.strip()] = number
    return wanted


def as_shown(request: Request, digest: str | None) -> Refusal | None:
    """Refuse where the request is not about the plan whose digest the person saw; raises Misuse for an empty one."""
    if digest == "":
        raise Misuse("--digest is empty: give the first signs of the plan's digest, as the inbox shows it")
    if digest is None or request.plan_digest.startswith(digest.lower()):
        return None
    found = request.plan_digest[:SHORT]
    return Refusal(
        guard="changed", reason=f"{request.id} is about plan {found}, not {digest}; look again: case {request.case}"
    )


def show_decided(decided: Decided, as_json: bool) -> None:
    """The answer, and the case as far as it went."""
    if as_json:
        emit(decided.plain())
        return
    say(f"{decided.request.id} is {decided.request.state}.")
    show_case(decided.case, as_json=False)


def show_edited(edited: Edited, as_json: bool) -> None:
    """The new plan's request, and how to decide it."""
    if as_json:
        emit(edited.plain())
        return
    say(f"{edited.superseded.id} is over: the plan was edited and judged anew.")
    show_case(edited.case, as_json=False, asked=[edited.request] if edited.request else [])


def show_case(case: Case, as_json: bool, asked: Sequence[Request] = ()) -> None:
    """Where the case stands now, and whoever is asked next."""
    if as_json:
        emit({"case": case.plain(), "requests": [one.plain() for one in asked]})
        return
    say(f"{case.id} is {case.state}: {case.why}")
    for one in asked:
        say(
            f"{one.id} asks {one.role} about {money(one.amount)} until {moment(one.expires_at)}:",
            f"  python app.py approve {one.id} --as LOGIN --digest {one.plan_digest[:SHORT]}",
        )


def show_preview(plan: Plan, as_json: bool, dry_run: bool) -> None:
    """What a rollback will do; a program that asked for the rollback itself is told the outcome only."""
    if not as_json:
        show_plan(plan)
    if dry_run:
        tell(as_json, {"plan": plan.plain()}, "Nothing was changed.")
