"""Remedies that end with a person: an activity on the document, once, for whoever can do something about it."""

from decimal import Decimal

from agents.stockout.situation import Situation
from domain.money import Money
from domain.plans import Draft, Option
from tools.activity import LONGEST_SUMMARY, ActivityParams, ScheduleActivity
from tools.document import DocumentModel
from tools.reads.names import tidy

HEEDED = Decimal("0.5")
"""Every other request to a person is followed: nobody has agreed yet, so half of what it would save is counted."""


def asked(
    now: Situation,
    *,
    name: str,
    title: str,
    about: str,
    document: tuple[DocumentModel, int],
    user: int | None,
    words: str,
    saves: Money,
    cost: Money | None,
    why_not: str | None,
) -> Option:
    """The option to ask a user, on a document; half of what it would save is counted.

    ``about`` begins the activity's summary: while such an activity is open on the document, nobody is asked again.
    """
    model, record = document
    if why_not is None and now.evidence.was_asked(about, model, record):
        why_not = "somebody was asked already, and the activity is still open"
    if why_not is None and user is None:
        why_not = "nobody answers for it in Odoo who could be asked; enter somebody"
    if why_not is None and saves.amount <= 0:
        why_not = "nothing would be saved by it"
    summary = tidy(f"{about}: {words}", LONGEST_SUMMARY)
    todo = ActivityParams(model=model, record=record, user=user or 1, summary=summary, note=title, due=now.known.today)
    return Option(
        name=name,
        title=title,
        drafts=() if why_not else (Draft(action=ScheduleActivity.name, params=todo.plain()),),
        cost=cost,
        risk_removed=Money.zero(saves.currency) if why_not else (saves * HEEDED).rounded(),
        reversible=True,
        feasible=why_not is None,
        why_not=why_not,
        confidence=now.confidence(),
    )
