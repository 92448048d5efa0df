"""What people are told in Odoo about a request of the desk, and with which word that is closed again."""

from collections.abc import Mapping, Sequence
from datetime import UTC
from decimal import Decimal

from domain.cases import NOTICE
from domain.money import Money
from domain.plans import Choice, Draft, Evidence, Option
from domain.refusals import Refusal
from domain.values import Instant, Row
from domain.words import minute
from tools.activity import LONGEST_SUMMARY, ActivityParams, ScheduleActivity
from tools.activity_done import CloseActivity, CloseActivityParams
from tools.document import DocumentModel
from tools.reads.names import tidy

SURE = Decimal(1)
LONGEST_TITLE = 600
"""Signs of what is asked that a note carries."""
LONGEST_WORD = 500
"""Signs of why a request ended."""


class NoticeEvidence(Evidence):
    """A request, and as much as has to be known to tell somebody of it, or that it is over."""

    request: str
    case: str
    """The case that the request is about."""
    asked: str
    """What is asked, in words."""
    role: str
    amount: Money
    until: Instant
    user: int | None
    """Whom to tell; None where Odoo does not know them."""
    document: tuple[DocumentModel, int] | None
    """Where to tell it; None where nothing in Odoo is about it."""
    link: str | None
    """Where the request is found by a click."""
    activity: int | None = None
    """What was made to tell it; None where it was not told."""
    outcome: str = ""
    """What became of the request; empty while it waits."""
    trouble: str = ""
    """Why it cannot be told."""


def evidence(stored: Row) -> NoticeEvidence:
    """Evidence as it was stored."""
    return NoticeEvidence.model_validate(stored)


def facts(known: NoticeEvidence) -> Sequence[tuple[str, str]]:
    """What a person asks for first."""
    where = f"{known.document[0]} {known.document[1]}" if known.document else "nowhere"
    return (
        ("Request", f"{known.request} about case {known.case}, of {known.role}"),
        ("Document", where),
        ("Activity", str(known.activity) if known.activity else "none"),
    )


def options(known: NoticeEvidence) -> Sequence[Option]:
    """Tell it, or close what was told; and do nothing."""
    if known.outcome:
        return (closing(known), nothing(known))
    return (telling(known), nothing(known))


def choose(given: Sequence[Option], known: NoticeEvidence) -> Choice:  # noqa: ARG001
    """Whatever can be done."""
    first = given[0]
    chosen = first if first.feasible else given[-1]
    reason = first.why_not or f"{first.title[0].lower()}{first.title[1:]}"
    return Choice(option=chosen.name, reason=reason, planner="rules", confidence=SURE)


def rejected(given: Sequence[Option], choice: Choice) -> tuple[Option, ...]:
    """Every other option, each with why it was not chosen."""
    return tuple(
        one.but(why_not=one.why_not or "whoever is asked should know") for one in given if one.name != choice.option
    )


def adjust(known: NoticeEvidence, option: Option, knobs: Mapping[str, Decimal]) -> Option | Refusal:  # noqa: ARG001
    """A notice offers nothing to turn."""
    if knobs:
        return Refusal(guard="knob", reason=f"{option.title} offers no {', '.join(sorted(knobs))}")
    return option


def telling(known: NoticeEvidence) -> Option:
    """An activity for the person on the document."""
    if known.document is None or known.user is None:
        return option(known, "tell", f"Tell {known.role} of {known.request}", (), why_not=known.trouble)
    model, record = known.document
    todo = ActivityParams(
        model=model,
        record=record,
        user=known.user,
        summary=tidy(f"{known.request}: {known.amount} until {minute(known.until)}, {known.asked}", LONGEST_SUMMARY),
        note=words(known),
        link=known.link,
        due=known.until.astimezone(UTC).date(),
    )
    drafts = (Draft(action=ScheduleActivity.name, params=todo.plain()),)
    return option(known, "tell", f"Tell {known.role} of {known.request}", drafts)


def words(known: NoticeEvidence) -> str:
    """What is asked, for how much, until when, and how it is answered."""
    return (
        f"{known.request} asks {known.role}: {tidy(known.asked, LONGEST_TITLE)}. {known.amount}, until "
        f"{minute(known.until)}; nobody's silence approves it. "
        f"To look: python app.py case {known.case}. "
        f"To decide: python app.py approve {known.request} --as LOGIN, or reject with --reason."
    )


def closing(known: NoticeEvidence) -> Option:
    """The activity done, with the word on what became of the request."""
    title = f"Close what {known.role} was told of {known.request}"
    feedback = tidy(f"{known.request}, asked of {known.role}, {known.outcome}", LONGEST_WORD)
    done = CloseActivityParams(activity=known.activity or 1, feedback=feedback)
    return option(known, "close", title, (Draft(action=CloseActivity.name, params=done.plain()),))


def nothing(known: NoticeEvidence) -> Option:
    """Nobody is told."""
    return option(known, "nothing", "Tell nobody", ())


def option(
    known: NoticeEvidence, name: str, title: str, drafts: tuple[Draft, ...], *, why_not: str | None = None
) -> Option:
    """Words cost nothing and take no risk away."""
    free = known.amount * 0
    return Option(
        name=name,
        title=title,
        drafts=drafts,
        cost=free,
        risk_removed=free,
        reversible=True,
        feasible=why_not is None,
        why_not=why_not,
        confidence=SURE,
    )


KIND = NOTICE
