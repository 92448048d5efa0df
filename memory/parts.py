"""The requests about one plan belong together: it goes on when all are approved, never when one is rejected."""

from collections.abc import Sequence

from sqlalchemy import Connection, select
from sqlmodel import col

from domain.money import Money
from domain.people import Person
from domain.values import digest
from memory import journalled
from memory.request_rows import Request, RequestState, to_request, told
from memory.stored import stored_plan
from memory.tables import RequestRow

SPEAKS: tuple[RequestState, ...] = ("rejected", "expired", "superseded", "pending", "approved")
"""Whose state is the state of all of them, the strongest first."""


def decisive(requests: Sequence[Request]) -> Request:
    """The request on which the plan hangs: approved only where all are, pending where any other answer is missing."""
    return min(requests, key=lambda request: SPEAKS.index(request.state))


def of_plan(tx: Connection, case: str, version: int) -> list[Request]:
    """Every request about one plan version, oldest first."""
    about = select(RequestRow).where(col(RequestRow.case_id) == case, col(RequestRow.plan_version) == version)
    return [to_request(row) for row in tx.execute(about.order_by(col(RequestRow.number))).mappings()]


def waiting_beside(tx: Connection, request: Request) -> list[Request]:
    """The other requests about the same plan that have no answer yet."""
    together = of_plan(tx, request.case, request.plan_version)
    return [other for other in together if other.state == "pending" and other.id != request.id]


def forged(tx: Connection, request: Request) -> str | None:
    """How the requests about a plan, and the approvals among them, differ from what was journalled; None when whole.

    The last approval lets the whole plan go, so it rests on every other row too.
    """
    together = of_plan(tx, request.case, request.plan_version)
    asked = journalled.asked(tx, request.case, request.plan_version)
    if {one.id: digest(told(one)) for one in together} != asked:
        return f"what is asked about plan {request.plan_version} of {request.case} is not what was journalled"
    answers = journalled.answers(tx, request.case)
    for one in together:
        if one.state == "approved" and answers.get(one.id) != ("approve", one.decided_by):
            return f"the approval of {one.id} is not one that was journalled"
    return None


def borne_by(tx: Connection, person: Person, request: Request) -> Money:
    """What a person would have approved of a plan with this request, each step counted once: parts add up."""
    plan = stored_plan(tx, request.case, request.plan_version)
    together = of_plan(tx, request.case, request.plan_version)
    own = [one for one in together if one.state == "approved" and one.decided_by == person.actor]
    steps = {index for one in (request, *own) for index in one.steps or range(len(plan.steps))}
    return sum((plan.steps[index].exposure.amount for index in steps), request.amount * 0)
