"""What a person is told after a decision: where the case went, and what to type next."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from desk.deciding import GOES_ON, UNDER_WAY, Answered, Decided, Seen, as_seen
from desk.editing import Edited
from desk.proposing import Proposed
from domain.cases import Case
from domain.errors import DeskError, Misuse
from domain.plans import Plan
from domain.refusals import Refusal
from domain.values import SHORT, Row
from domain.words import with_logins
from inbox.terminal.answering import DONE, FAILED, complain
from inbox.terminal.dossier_page import show_plan
from inbox.terminal.showing import emit, moment, money, say, tell
from memory.requests import Request, Requests

NOBODY: Mapping[str, str] = {}


def knobs(edits: Sequence[str]) -> dict[str, Decimal]:
    """``quantity=24`` as a name and a number; raises Misuse for anything else."""
    wanted: dict[str, Decimal] = {}
    for edit in edits:
        name, given, value = edit.partition("=")
        try:
            number = Decimal(value.strip() if value.isascii() else "NaN")
        except InvalidOperation:
            number = Decimal("NaN")
        if not given or not name.strip() or not number.is_finite():
            raise Misuse(f"--set expects KNOB=NUMBER such as quantity=24, found {edit!r}")
        if name.strip() in wanted:
            raise Misuse(f"--set names {name.strip()} twice; give it once")
        wanted[name.strip()] = number
    return wanted


def what_was_seen(requests: Sequence[str], digests: Sequence[str]) -> list[Seen]:
    """Each request with the digest that the person saw of it: in order, or as ``R12=PREFIX``.

    Raises Misuse where one is named twice, or where some have a digest and others have none.
    """
    for request in requests:
        if list(requests).count(request) > 1:
            raise Misuse(f"{request} is named twice; name it once")
    if not digests:
        return [Seen(request) for request in requests]
    named = {one.upper(): digest for one, given, digest in (each.partition("=") for each in digests) if given}
    digest_of = named or dict(zip(requests, digests, strict=False))
    if len(digests) != len(requests) or set(digest_of) != set(requests):
        found, wanted = ", ".join(digests), ", ".join(requests)
        raise Misuse(f"give one --digest for each of {wanted}, in order or as {requests[0]}=PREFIX; found {found}")
    return [Seen(request, digest_of[request]) for request in requests]


def seen_alone(requests: Requests, seen: Sequence[Seen]) -> Refusal | None:
    """Refuse an edit of a request that is not as it was seen; raises Misuse where several are named."""
    if len(seen) > 1:
        raise Misuse(f"--set changes one plan, and {len(seen)} requests are named; name one")
    return as_seen(requests.get(seen[0].request), seen[0].digest)


def show_answers(answered: Sequence[Answered], as_json: bool, people: Mapping[str, str]) -> int:
    """Every answer with what became of it; the exit code tells whether all of them count."""
    for one in answered:
        match one.outcome:
            case Decided() if not as_json:
                show_decided(one.outcome, people)
            case Refusal() | DeskError():
                complain(*fault_of(one.outcome), FAILED, as_json=False)
    if as_json:
        emit({"outcomes": [as_data(one) for one in answered]})
    return DONE if all(isinstance(one.outcome, Decided) for one in answered) else FAILED


def as_data(one: Answered) -> Row:
    """One answer for a program: the request and its case, or the error."""
    if isinstance(one.outcome, Decided):
        return one.outcome.plain()
    kind, message = fault_of(one.outcome)
    guard: Row = {"guard": one.outcome.guard} if isinstance(one.outcome, Refusal) else {}
    return {"request": {"id": one.request}, "error": {"type": kind, "message": message, **guard}}


def fault_of(outcome: Refusal | DeskError) -> tuple[str, str]:
    """What sort of no it is, and its words."""
    return type(outcome).__name__, str(outcome)


def show_decided(decided: Decided, people: Mapping[str, str]) -> None:
    """The answer, and the case as far as it went, or whoever it waits for."""
    request = decided.request
    if decided.waits_for:
        others = " and ".join(f"{one.role}, {one.id}" for one in decided.waits_for)
        say(f"{request.id} is {request.state}; {decided.case.id} waits for {others}.")
        show_asked(decided.waits_for)
        return
    ended = f": {request.reason}" if request.state == "superseded" else "."
    say(f"{request.id} is {request.state}{ended}")
    show_case(decided.case, as_json=False, people=people)


def show_edited(edited: Edited, as_json: bool) -> None:
    """The new plan's requests, and how to decide them."""
    if as_json:
        emit(edited.plain())
        return
    say(f"{edited.superseded.id} is over: the plan was edited and judged anew.")
    show_case(edited.case, as_json=False, asked=edited.requests)


def show_proposed(proposed: Proposed, people: Mapping[str, str], as_json: bool) -> None:
    """The plan that a person put forward, and what became of it."""
    if as_json:
        emit(proposed.plain())
        return
    show_plan(proposed.plan, people)
    show_case(proposed.case, as_json=False, asked=proposed.requests, people=people)


def show_case(case: Case, as_json: bool, asked: Sequence[Request] = (), people: Mapping[str, str] = NOBODY) -> None:
    """Where the case stands now, and whoever is asked next."""
    if as_json:
        emit({"case": case.plain(), "requests": [one.plain() for one in asked]})
        return
    say(f"{case.id} is {case.state}: {with_logins(case.why, people)}")
    if case.state in UNDER_WAY:
        say(f"It is not over: {GOES_ON}; what is paused goes on when it is resumed (python app.py resume SCOPE).")
    show_asked(asked)


def show_asked(asked: Sequence[Request]) -> None:
    """Whose word is needed next, and how it is given."""
    for one in asked:
        say(
            f"{one.id} asks {one.role} about {money(one.amount)} until {moment(one.expires_at)}:",
            f"  python app.py approve {one.id} --as LOGIN --digest {one.digest[:SHORT]}",
        )


def show_preview(plan: Plan, people: Mapping[str, str], as_json: bool, dry_run: bool) -> None:
    """What a rollback will do; a program that asked for the rollback itself is told the outcome only."""
    if not as_json:
        show_plan(plan, people)
    if dry_run:
        tell(as_json, {"plan": plan.plain()}, "Nothing was changed.")
