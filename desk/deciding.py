"""The one choke point: whoever decides a request, from wherever, decides it here."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from desk.desk import Desk
from desk.notifying import notifying
from desk.recovering import recover
from domain.cases import Case, CaseState
from domain.errors import DeskError, Misuse
from domain.money import Money
from domain.people import Person
from domain.refusals import Refusal
from domain.values import SHORT, Value
from domain.words import typed, typed_if_any, with_logins
from guardrails.deciding import may_decide
from memory.errors import StoreError
from memory.requests import Request

Answer = Literal["approve", "reject"]

UNDER_WAY: frozenset[CaseState] = frozenset({"acting", "undoing"})
"""Where a case stands whose steps are not all done."""

LEAST = 8
"""Hex digits of a digest that a person must name: fewer are met by chance."""

SEEN = re.compile(rf"[0-9a-fA-F]{{{LEAST},}}")

GOES_ON = "the next scan, or serve, goes on with it"


class Decided(Value):
    """A request after its decision, and the case as far as it went."""

    request: Request
    case: Case
    waits_for: tuple[Request, ...]
    """Who else must still approve the same plan; nothing of it is done before."""


class Seen(NamedTuple):
    """A request as a person saw it."""

    request: str
    digest: str | None = None
    """The beginning of its digest, eight hex digits or more; None where they go by its id alone."""


class Answered(NamedTuple):
    """What became of one request among several."""

    request: str
    outcome: Decided | Refusal | DeskError


def decide_each(desk: Desk, asked: Sequence[Seen], person: Person, answer: Answer, reason: str = "") -> list[Answered]:
    """Answer several requests, each on its own and bound to its own digest; one that fails holds up no other.

    Raises NotFound or Misuse before any is answered.
    """
    check_reason(answer, reason)
    for one in asked:
        as_seen(desk.store.requests.get(one.request), one.digest)
    answered: list[Answered] = []
    for one in asked:
        try:
            outcome = ended_with(desk, one, answered) or decide(desk, one.request, person, answer, reason, one.digest)
            answered.append(Answered(one.request, outcome))
        except DeskError as fault:
            answered.append(Answered(one.request, fault))
    return answered


@notifying
def decide(
    desk: Desk, request_id: str, person: Person, answer: Answer, reason: str = "", seen: str | None = None
) -> Decided | Refusal:
    """Approve or reject what a request's digest names; the loser of a race is told who decided.

    ``seen`` is the beginning of the digest that the person saw, eight hex digits or more.
    """
    check_reason(answer, reason)
    recover(desk)
    request = desk.store.requests.get(request_id)
    unlike = as_seen(request, seen)
    if unlike:
        return unlike
    if request.state == "pending" and request.policy_digest != desk.policy.digest:
        return replanned(desk, request, "the policy changed since this was asked")
    outcome = desk.store.requests.decide(
        request.id,
        person,
        answer,
        reason,
        digest=request.digest,
        policy_digest=desk.policy.digest,
        may=lambda asked, in_all: entitled(desk, person, asked, in_all=in_all),
    )
    if isinstance(outcome, Refusal):
        return told_in_full(desk, request, outcome)
    case = desk.store.cases.get(request.case) if outcome.waits_for else carried_on(desk, outcome.request)
    return Decided(request=outcome.request, case=case, waits_for=outcome.waits_for)


def told_in_full(desk: Desk, request: Request, refusal: Refusal) -> Refusal:
    """A refusal with people by their logins; of a request that was decided and is not carried out yet, why not."""
    case = desk.store.cases.get(request.case)
    under_way = refusal.guard == "decided" and case.state in UNDER_WAY
    stands = f"; case {case.id} is {case.state}: {case.why}; {GOES_ON}" if under_way else ""
    return refusal.but(reason=with_logins(f"{refusal.reason}{stands}", desk.store.people.logins()))


def check_reason(answer: Answer, reason: str) -> None:
    """Raise Misuse for a rejection without a reason, and for words that cannot be kept."""
    if answer == "reject":
        typed(reason, "a rejection needs a reason; give one with --reason")
    else:
        typed_if_any(reason)


def as_seen(request: Request, digest: str | None) -> Refusal | None:
    """Refuse where the request is not the one whose digest the person saw; raises Misuse for one that names nothing."""
    if digest is None:
        return None
    if not SEEN.fullmatch(digest.strip()):
        at_least = f"the first {LEAST} hex digits of the request's digest or more, as the inbox shows them"
        raise Misuse(f"--digest expects {at_least}; found {digest!r}")
    if request.digest.startswith(digest.strip().lower()):
        return None
    found = request.digest[:SHORT]
    return Refusal(
        guard="changed", reason=f"{request.id} has the digest {found}, not {digest}; look again: case {request.case}"
    )


def ended_with(desk: Desk, one: Seen, before: Sequence[Answered]) -> Decided | None:
    """A request that ended because the same person just rejected another part of its plan: they wanted that."""
    request = desk.store.requests.get(one.request)
    rejected = [done.outcome for done in before if isinstance(done.outcome, Decided)]
    for other in rejected:
        same = (other.request.case, other.request.plan_version) == (request.case, request.plan_version)
        if same and request.state == "superseded" and other.request.state == "rejected":
            return Decided(request=request, case=other.case, waits_for=())
    return None


def carried_on(desk: Desk, request: Request) -> Case:
    """The case after its decision; a database that fails only now does not make the decision undone."""
    try:
        return desk.runner.resume(request.case)
    except StoreError as fault:
        stands = f"{request.id} is {request.state} and recorded; it was not carried out yet"
        raise type(fault)(f"{stands}: {fault}; {GOES_ON}") from fault


def entitled(
    desk: Desk, person: Person, request: Request, *, edits: bool = False, in_all: Money | None = None
) -> Refusal | None:
    """Whether this person may decide this request, or edit what it asks for.

    ``in_all`` is what they would have approved of its plan with it: their limit must reach all of that.
    """
    refusal = may_decide(
        person,
        role=request.role,
        amount=in_all or request.amount,
        company=desk.store.cases.get(request.case).company,
        requested_by=request.requested_by,
        edited_by=None if edits else request.edited_by,
        four_eyes=request.four_eyes,
        policy=desk.policy,
    )
    if refusal and refusal.guard == "amount" and in_all not in (None, request.amount):
        alone = f"with what {person.name} approved of this plan before, {refusal.reason}"
        return refusal.but(reason=f"{alone}; or another {request.role} decides {request.id}")
    return refusal


def replanned(desk: Desk, request: Request, why: str) -> Refusal:
    """End a request that no longer fits and plan its case again."""
    desk.store.requests.supersede(request.case, why)
    case = desk.runner.run(request.case)
    anew = " and ".join(one.id for one in desk.store.requests.pending(case.id))
    then = f"it is asked again as {anew}" if anew else f"case {case.id} is now {case.state}: {case.why}"
    return Refusal(guard="changed", reason=f"{request.id} no longer stands, {why}; {then}")
