"""How a request ends: by the first answer of somebody who may, by time, or because something came in its place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import Connection, select, update
from sqlmodel import col

from domain.clock import Clock
from domain.money import Money
from domain.people import Person
from domain.refusals import Refusal
from domain.values import Json, Row
from domain.words import minute
from memory import grants, usage
from memory.columns import spell
from memory.journal import Journal
from memory.parts import borne_by, decisive, forged, misquoted, of_plan, waiting_beside
from memory.request_rows import Request, RequestState, find_request, still_pending, told
from memory.stored import newest_version, stored_plan
from memory.tables import RequestRow

Answer = Literal["approve", "reject"]
DECIDES: dict[Answer, RequestState] = {"approve": "approved", "reject": "rejected"}


@dataclass(frozen=True)
class Decided:
    """The request as it was decided just now, and whoever else the plan still waits for."""

    request: Request
    waits_for: tuple[Request, ...]
    """Other requests about the plan without an answer: it is carried out by whoever leaves none."""


MayDecide = Callable[[Request, Money], Refusal | None]
"""Whether a person may decide a request, and up to how much in all: with what they approved of its plan before."""


class Given(NamedTuple):
    """An answer as a person gave it, with what they saw."""

    person: Person
    answer: Answer
    reason: str
    digest: str
    policy_digest: str


class Answers:
    """The one choke point: everything in the caller's immediate transaction."""

    def __init__(self, journal: Journal, clock: Clock, *, grant_life: timedelta) -> None:
        self._journal = journal
        self._clock = clock
        self._grant_life = grant_life

    def take(self, tx: Connection, request: Request, given: Given, may: MayDecide) -> Decided | Refusal:
        """Let the answer count, or say why it does not; either is journalled."""
        refusal = (
            self._too_late(tx, request)
            or _changed(tx, request, given)
            or may(request, _at_stake(tx, request, given))
            or self._claim(tx, request, given)
        )
        if refusal is not None:
            self._journal_refusal(tx, request, given, refusal)
            return refusal
        self._journal_answer(tx, request, given)
        self._carry(tx, request, given)
        return Decided(find_request(tx, request.id), tuple(waiting_beside(tx, request)))

    def end(self, tx: Connection, request: Request, state: RequestState, why: str) -> Request:
        """End a request without an answer, and give back what its plan had reserved."""
        ended = update(RequestRow).where(col(RequestRow.id) == request.id, col(RequestRow.state) == "pending")
        tx.execute(ended.values(state=state, decided_at=self._clock.now(), reason=why))
        usage.release(tx, request.case, request.plan_version)
        facts: Row = {"request": request.id, "why": why}
        self._journal.append(tx, f"request.{state}", facts, case=request.case)
        return find_request(tx, request.id)

    def expire(self, tx: Connection, now: datetime) -> list[Request]:
        """End every request whose time is over; whatever else was asked about their plans ends with them."""
        over = still_pending(tx, select(RequestRow).where(col(RequestRow.expires_at) <= now))
        expired = [self.end(tx, request, "expired", "nobody answered in time") for request in over]
        for request in expired:
            self._end_beside(tx, request, f"nobody answered {request.id} in time")
        return expired

    def _end_beside(self, tx: Connection, request: Request, why: str) -> None:
        for other in waiting_beside(tx, request):
            self.end(tx, other, "superseded", why)

    def _too_late(self, tx: Connection, request: Request) -> Refusal | None:
        if request.state == "pending" and request.expires_at <= self._clock.now():
            self.expire(tx, self._clock.now())
            request = find_request(tx, request.id)
        if request.state == "pending":
            return None
        if request.decided_by is not None and request.decided_at is not None:
            who = f"{request.id} was {request.state} by {request.decided_by} on {minute(request.decided_at)}"
            return Refusal(guard="decided", reason=f"{who}; the first answer counts")
        ended = f"{request.id} is {request.state} since {minute(request.decided_at or request.expires_at)}"
        return Refusal(guard=request.state, reason=f"{ended}: {request.reason}{_asked_anew(tx, request)}")

    def _claim(self, tx: Connection, request: Request, given: Given) -> Refusal | None:
        mine = update(RequestRow).where(col(RequestRow.id) == request.id, col(RequestRow.state) == "pending")
        answered = mine.values(
            state=DECIDES[given.answer],
            decided_by=given.person.actor,
            decided_at=self._clock.now(),
            reason=given.reason,
        )
        if tx.execute(answered).rowcount == 1:
            return None
        return Refusal(guard="decided", reason=f"{request.id} was decided by somebody else just now")

    def _carry(self, tx: Connection, request: Request, given: Given) -> None:
        """One rejection ends all; the last approval of all lets the whole plan go."""
        if given.answer == "reject":
            usage.release(tx, request.case, request.plan_version)
            self._end_beside(tx, request, f"{request.id} was rejected by {given.person.actor}")
        elif decisive(of_plan(tx, request.case, request.plan_version)).state == "approved":
            self._let_go(tx, request)

    def _let_go(self, tx: Connection, request: Request) -> None:
        now = self._clock.now()
        usage.confirm(tx, request.case, request.plan_version)
        leave = grants.Leave(
            policy_digest=request.policy_digest,
            request=request.id,
            issued_at=now,
            expires_at=now + self._grant_life,
        )
        issued = grants.issue(tx, stored_plan(tx, request.case, request.plan_version), leave)
        approved: list[Json] = [one.id for one in of_plan(tx, request.case, request.plan_version)]
        facts: Row = {"plan": request.plan_version, "grants": len(issued), "digests": issued, "requests": approved}
        self._journal.append(tx, "grant.issued", {**facts, "expires_at": spell(leave.expires_at)}, case=request.case)

    def _journal_answer(self, tx: Connection, request: Request, given: Given) -> None:
        facts: Row = {**told(request), "answer": given.answer, "roles": list(given.person.roles)}
        words = {"login": given.person.login, "name": given.person.name, "reason": given.reason}
        self._journal.append(tx, "request.decided", facts, case=request.case, actor=given.person.actor, personal=words)

    def _journal_refusal(self, tx: Connection, request: Request, given: Given, refusal: Refusal) -> None:
        facts: Row = {"request": request.id, "answer": given.answer, "guard": refusal.guard}
        words = {"login": given.person.login, "name": given.person.name, "why": refusal.reason}
        self._journal.append(tx, "request.refused", facts, case=request.case, actor=given.person.actor, personal=words)


def _asked_anew(tx: Connection, request: Request) -> str:
    """What came in the place of a request that ended without an answer."""
    waiting = still_pending(tx, select(RequestRow).where(col(RequestRow.case_id) == request.case))
    return f"; it is asked again as {' and '.join(one.id for one in waiting)}" if waiting else ""


def _at_stake(tx: Connection, request: Request, given: Given) -> Money:
    """What the answer would let go in the person's name; whoever says no lets nothing go."""
    return borne_by(tx, given.person, request) if given.answer == "approve" else request.amount


def _changed(tx: Connection, request: Request, given: Given) -> Refusal | None:
    if given.digest != request.digest or newest_version(tx, request.case) != request.plan_version:
        return Refusal(guard="changed", reason=f"the plan behind {request.id} is not the one you saw; look again")
    if wrong := forged(tx, request) or (given.answer == "approve" and misquoted(tx, request)):
        return Refusal(guard="changed", reason=f"{wrong}; verify the journal")
    if given.policy_digest != request.policy_digest:
        return Refusal(guard="changed", reason=f"the policy changed since {request.id} was asked; plan again")
    return None
