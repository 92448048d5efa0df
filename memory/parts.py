"""The requests about one plan belong together: it goes on when all are approved, never when one is rejected."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, select
from sqlmodel import col

from domain.money import Money
from domain.people import Person
from domain.plans import Plan
from domain.values import Json, digest
from memory import journalled
from memory.request_rows import Request, RequestState, to_request, told
from memory.stored import stored_digest, stored_plan
from memory.tables import RequestRow

SPEAKS: tuple[RequestState, ...] = ("rejected", "expired", "superseded", "pending", "approved")
"""Whose state is the state of all of them, the strongest first."""

OF_PLAN = (
    select(RequestRow)
    .where(col(RequestRow.case_id) == bindparam("case"), col(RequestRow.plan_version) == bindparam("version"))
    .order_by(col(RequestRow.number))
)


def decisive(requests: Sequence[Request]) -> Request:
    """The request on which the plan hangs: approved only where all are, pending where any other answer is missing."""
    return min(requests, key=lambda request: SPEAKS.index(request.state))


def of_plan(tx: Connection, case: str, version: int) -> list[Request]:
    """Every request about one plan version, oldest first."""
    return [to_request(row) for row in tx.execute(OF_PLAN, {"case": case, "version": version}).mappings()]


def waiting_beside(tx: Connection, request: Request) -> list[Request]:
    """The other requests about the same plan that have no answer yet."""
    together = of_plan(tx, request.case, request.plan_version)
    return [other for other in together if other.state == "pending" and other.id != request.id]


def forged(tx: Connection, request: Request) -> str | None:
    """How a plan, the requests about it and the answers to them differ from what was journalled; None when whole.

    The last approval lets the whole plan go, so it rests on every other row too: each must be approved, or wait still.
    """
    case, version = request.case, request.plan_version
    together = of_plan(tx, case, version)
    if {one.id: digest(told(one)) for one in together} != journalled.asked(tx, case, version):
        return f"what is asked about plan {version} of {case} is not what was journalled"
    if not journalled.proposed(tx, case, version) == request.plan_digest == stored_digest(tx, case, version):
        return f"the plan behind {request.id} is not the one that was journalled"
    answers = journalled.answers(tx, case)
    return next((wrong for one in together if (wrong := _unanswered(one, answers))), None)


def misquoted(tx: Connection, request: Request) -> str | None:
    """How any request about a plan differs from the plan itself; a yes rests on that, a no to a damaged plan does not.

    Raises Corrupt where the plan cannot be read.
    """
    plan = stored_plan(tx, request.case, request.plan_version)
    together = of_plan(tx, request.case, request.plan_version)
    return next((wrong for one in together if (wrong := misquoting(one, plan))), None)


def misquoting(request: Request, plan: Plan) -> str | None:
    """Whether a request names another requester or editor than its plan, or asks in other words."""
    said = (plan.requested_by, plan.edited_by, titled(plan, request.steps))
    if (request.requested_by, request.edited_by, request.title) == said:
        return None
    return f"{request.id} does not say who asked for plan {plan.version} of {plan.case}, who edited it and what it does"


def titled(plan: Plan, steps: Sequence[int]) -> str:
    """What is asked, in words: the plan's own where it is asked about whole, else those of the part's steps."""
    if not steps or len(steps) == len(plan.steps):
        return plan.title
    return " ".join(step.words for index, step in enumerate(plan.steps) if index in steps)


def _unanswered(request: Request, answers: Mapping[str, tuple[Json, Json]]) -> str | None:
    if request.state == "approved" and answers.get(request.id) != ("approve", request.decided_by):
        return f"the approval of {request.id} is not one that was journalled"
    if request.state not in ("approved", "pending"):
        return f"{request.id} is {request.state}, and what was asked with it is not over"
    return None


def borne_by(tx: Connection, person: Person, request: Request) -> Money:
    """What a person would have approved of a plan with this request, each step counted once: parts add up."""
    plan = stored_plan(tx, request.case, request.plan_version)
    together = of_plan(tx, request.case, request.plan_version)
    own = [one for one in together if one.state == "approved" and one.decided_by == person.actor]
    steps = {index for one in (request, *own) for index in one.steps or range(len(plan.steps))}
    return sum((plan.steps[index].exposure.amount for index in steps), request.amount * 0)
