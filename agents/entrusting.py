"""What the desk's own user may not do in Odoo becomes a to-do for somebody who may, and keeps what it is worth."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.plans import Draft, Option
from domain.values import Value
from tools.activity import LONGEST_SUMMARY, ActivityParams, ScheduleActivity
from tools.document import DocumentModel
from tools.reads.names import quoted, tidy
from tools.rights import GRANTED_BY, Need

LONGEST_WORDS = 1500
"""Signs of what is to be done that a to-do carries."""

TICKED_OFF = "somebody was asked within a day and closed the activity"


class Somebody(Value):
    """Who is asked to do what the desk may not."""

    user: int
    name: str
    able: bool
    """Whether Odoo says that they may."""


class Entrusted(Value):
    """A step of an option that somebody else has to carry out, and where they are asked to."""

    action: str
    words: str
    """What there is to do."""
    lacks: tuple[Need, ...]
    """None where Odoo gives the rights and refused it even so."""
    somebody: Somebody | None
    document: tuple[DocumentModel, int] | None
    asked: bool = False
    """Whether a to-do that begins so is open there already."""


def about(case: str, option: str) -> str:
    """How the to-do's summary begins: while such a one is open on the document, nobody is asked again."""
    return f"{case} {option}"


def entrusted(option: Option, case: str, parts: Mapping[int, Entrusted], due: date) -> Option:
    """The option with a to-do in place of each step that the desk may not carry out; its money stays what it is.

    Parts are known by the place of their step among the option's drafts.
    Whoever is asked is trusted by the policy with such a step and would be asked to approve it otherwise: that is why
    no more is taken off what it saves than where it waits for approval.
    """
    trouble = next(filter(None, map(_trouble, parts.values())), None)
    if trouble:
        return _undone(option, trouble)
    drafts = (_todo(option, case, parts[at], due) if at in parts else draft for at, draft in enumerate(option.drafts))
    return option.but(title=_title(option, parts), drafts=tuple(drafts))


def ticked_off(option: Option) -> Option:
    """The option once somebody was asked and closed the activity: they know why it is not done, or that it is."""
    return _undone(option, TICKED_OFF)


def may_not(lacks: Sequence[Need]) -> str:
    """Which group of Odoo the desk's user would have to be in, where that is what it lacks."""
    groups = dict.fromkeys(GRANTED_BY[need].name for need in lacks if need in GRANTED_BY)
    if not groups:
        return "Odoo does not let the desk's user do it"
    return f"the desk's user may not do it in Odoo without {' and '.join(groups)}"


def _undone(option: Option, why: str) -> Option:
    return option.but(feasible=False, drafts=(), risk_removed=option.risk_removed * 0, why_not=why)


def _trouble(part: Entrusted) -> str | None:
    """Why nobody can be asked, None where somebody can."""
    if part.action.startswith("mail."):
        return may_not(part.lacks)
    if part.somebody is None:
        return f"{may_not(part.lacks)}, and the policy names nobody who could be asked"
    if part.document is None:
        return f"{may_not(part.lacks)}, and there is no order or delivery on which somebody could be asked"
    return "somebody was asked already, and the activity is still open" if part.asked else None


def _title(option: Option, parts: Mapping[int, Entrusted]) -> str:
    who = next(part.somebody for part in parts.values() if part.somebody)
    what = option.title[0].lower() + option.title[1:]
    if len(parts) < len(option.drafts):
        return f"{option.title}; {quoted(who.name)} is asked for what the desk may not do in Odoo"
    if who.able:
        return f"Ask {quoted(who.name)}, who may do it in Odoo, to {what}"
    return f"Ask {quoted(who.name)} to find somebody who may do it in Odoo: {what}"


def _todo(option: Option, case: str, part: Entrusted, due: date) -> Draft:
    model, record = part.document or ("purchase.order", 1)
    params = ActivityParams(
        model=model,
        record=record,
        user=part.somebody.user if part.somebody else 1,
        summary=tidy(f"{about(case, option.name)}: {part.words}", LONGEST_SUMMARY),
        note=f"Please {tidy(part.words, LONGEST_WORDS)}. The desk found this for case {case} and leaves it to you: "
        f"{may_not(part.lacks)}.",
        due=due,
    )
    return Draft(action=ScheduleActivity.name, params=params.plain())
