"""A request asks a person about one plan version; one answer counts, the first, and only for what was shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, RowMapping, Select, insert, select, update
from sqlmodel import col

from domain.clock import Clock
from domain.errors import Misuse, NotFound
from domain.money import Money
from domain.people import Person
from domain.plans import Plan
from domain.refusals import Refusal
from domain.values import Digest, Instant, Row, Value
from domain.verdicts import Verdict
from memory import grants, usage
from memory.columns import spell
from memory.database import Database
from memory.errors import Corrupt
from memory.journal import Journal
from memory.stored import newest_version, stored_plan
from memory.tables import RequestRow
from memory.upserts import next_number

RequestState = Literal["pending", "approved", "rejected", "expired", "superseded"]
Answer = Literal["approve", "reject"]
DECIDES: dict[Answer, RequestState] = {"approve": "approved", "reject": "rejected"}


class Request(Value):
    """A question to whoever holds the role: may this plan version be carried out?"""

    id: str
    case: str
    plan_version: int
    plan_digest: Digest
    policy_digest: Digest
    role: str
    four_eyes: bool
    amount: Money
    title: str
    requested_by: str
    edited_by: str | None
    state: RequestState
    made_at: Instant
    expires_at: Instant
    decided_by: str | None
    decided_at: Instant | None
    reason: str | None


@dataclass(frozen=True)
class Decided:
    """The request as it was decided just now."""

    request: Request


class Requests:
    """Every question the desk asked, and the one choke point of their answers."""

    def __init__(self, database: Database, journal: Journal, clock: Clock, *, grant_life: timedelta) -> None:
        self._database = database
        self._journal = journal
        self._clock = clock
        self._grant_life = grant_life

    def get(self, id: str) -> Request:  # noqa: A002
        """One request; raises NotFound."""
        with self._database.reading() as tx:
            return _get(tx, id)

    def pending(self, case: str | None = None) -> list[Request]:
        """Requests that wait for an answer, oldest first."""
        waiting = select(RequestRow).where(col(RequestRow.state) == "pending")
        return self._all(waiting if case is None else waiting.where(col(RequestRow.case_id) == case))

    def of_case(self, case: str) -> list[Request]:
        """Every request of a case, oldest first."""
        return self._all(select(RequestRow).where(col(RequestRow.case_id) == case))

    def newest(self, case: str) -> Request:
        """The last request of a case; raises NotFound where none was ever made."""
        asked = self.of_case(case)
        if not asked:
            raise NotFound(f"nothing was ever asked about case {case}")
        return asked[-1]

    def decide(
        self,
        id: str,  # noqa: A002
        person: Person,
        answer: Answer,
        reason: str,
        *,
        plan_digest: str,
        policy_digest: str,
        may: Callable[[Request], Refusal | None],
    ) -> Decided | Refusal:
        """Answer a request, bound to exactly the plan and policy the person saw; a refusal is journalled too."""
        with self._database.writing() as tx:
            request = _get(tx, id)
            refusal = (
                self._too_late(tx, request)
                or _changed(tx, request, plan_digest, policy_digest)
                or may(request)
                or self._claim(tx, request, person, answer, reason)
            )
            if refusal is not None:
                self._journal_refusal(tx, request, person, answer, refusal)
                return refusal
            self._carry(tx, request, answer)
            self._journal_answer(tx, request, person, answer, reason)
            return Decided(_get(tx, id))

    def make(self, tx: Connection, plan: Plan, verdict: Verdict) -> Request:
        """Ask, within the caller's transaction."""
        if verdict.role is None:
            raise Misuse(f"the gate asks about plan {plan.version} of case {plan.case} and names no role to ask")
        now = self._clock.now()
        number = next_number(tx, RequestRow)
        amount = total(plan)
        row = {
            "id": f"R{number}",
            "number": number,
            "case_id": plan.case,
            "plan_version": plan.version,
            "plan_digest": plan.digest,
            "policy_digest": verdict.policy_digest,
            "role": verdict.role,
            "four_eyes": verdict.four_eyes,
            "amount": str(amount.amount),
            "currency": amount.currency,
            "title": plan.title,
            "requested_by": plan.requested_by,
            "edited_by": plan.edited_by,
            "state": "pending",
            "made_at": now,
            "expires_at": now + timedelta(seconds=verdict.expires_in_s),
        }
        tx.execute(insert(RequestRow).values(**row))
        request = _get(tx, f"R{number}")
        self._journal.append(tx, "request.made", _told(request), case=plan.case)
        return request

    def of_plan(self, tx: Connection, case: str, version: int) -> Request | None:
        """The request about one plan version, within the caller's transaction."""
        about = select(RequestRow).where(col(RequestRow.case_id) == case, col(RequestRow.plan_version) == version)
        row = tx.execute(about).mappings().first()
        return None if row is None else _request(row)

    def expire(self, now: datetime) -> list[Request]:
        """End every request whose time is over: no answer never means yes."""
        with self._database.writing() as tx:
            over = _pending(tx, select(RequestRow).where(col(RequestRow.expires_at) <= now))
            return [self._end(tx, request, "expired", "nobody answered in time") for request in over]

    def supersede(self, case: str, why: str) -> list[Request]:
        """End the pending requests of a case because something else came in their place."""
        with self._database.writing() as tx:
            return self.withdraw(tx, case, why)

    def withdraw(self, tx: Connection, case: str, why: str) -> list[Request]:
        """Supersede within the caller's transaction."""
        waiting = _pending(tx, select(RequestRow).where(col(RequestRow.case_id) == case))
        return [self._end(tx, request, "superseded", why) for request in waiting]

    def _all(self, query: Select[RequestRow]) -> list[Request]:
        with self._database.reading() as tx:
            return [_request(row) for row in tx.execute(query.order_by(col(RequestRow.number))).mappings()]

    def _too_late(self, tx: Connection, request: Request) -> Refusal | None:
        if request.state == "pending" and request.expires_at <= self._clock.now():
            request = self._end(tx, request, "expired", "nobody answered in time")
        if request.state == "pending":
            return None
        if request.decided_by is not None and request.decided_at is not None:
            who = f"{request.id} was {request.state} by {request.decided_by} at {spell(request.decided_at)}"
            return Refusal(guard="decided", reason=f"{who}; the first answer counts")
        ended = f"{request.id} is {request.state} since {spell(request.decided_at or request.expires_at)}"
        return Refusal(guard=request.state, reason=f"{ended}; the case will be planned and asked about again")

    def _claim(self, tx: Connection, request: Request, person: Person, answer: Answer, reason: str) -> Refusal | None:
        mine = update(RequestRow).where(col(RequestRow.id) == request.id, col(RequestRow.state) == "pending")
        told = mine.values(state=DECIDES[answer], decided_by=person.actor, decided_at=self._clock.now(), reason=reason)
        if tx.execute(told).rowcount == 1:
            return None
        return Refusal(guard="decided", reason=f"{request.id} was decided by somebody else just now")

    def _carry(self, tx: Connection, request: Request, answer: Answer) -> None:
        if answer == "reject":
            usage.release(tx, request.case, request.plan_version)
            return
        now = self._clock.now()
        usage.confirm(tx, request.case, request.plan_version)
        leave = grants.Leave(
            policy_digest=request.policy_digest,
            request=request.id,
            issued_at=now,
            expires_at=now + self._grant_life,
        )
        count = grants.issue(tx, _asked_about(tx, request), leave)
        facts: Row = {"plan": request.plan_version, "grants": count, "request": request.id}
        self._journal.append(tx, "grant.issued", {**facts, "expires_at": spell(leave.expires_at)}, case=request.case)

    def _journal_answer(self, tx: Connection, request: Request, person: Person, answer: Answer, reason: str) -> None:
        facts: Row = {**_told(request), "answer": answer, "roles": list(person.roles)}
        words = {"login": person.login, "name": person.name, "reason": reason}
        self._journal.append(tx, "request.decided", facts, case=request.case, actor=person.actor, personal=words)

    def _journal_refusal(
        self, tx: Connection, request: Request, person: Person, answer: Answer, refusal: Refusal
    ) -> None:
        facts: Row = {"request": request.id, "answer": answer, "guard": refusal.guard, "why": refusal.reason}
        words = {"login": person.login, "name": person.name}
        self._journal.append(tx, "request.refused", facts, case=request.case, actor=person.actor, personal=words)

    def _end(self, tx: Connection, request: Request, state: RequestState, why: str) -> Request:
        ended = update(RequestRow).where(col(RequestRow.id) == request.id, col(RequestRow.state) == "pending")
        tx.execute(ended.values(state=state, decided_at=self._clock.now(), reason=why))
        usage.release(tx, request.case, request.plan_version)
        facts: Row = {"request": request.id, "why": why}
        self._journal.append(tx, f"request.{state}", facts, case=request.case)
        return _get(tx, request.id)


def total(plan: Plan) -> Money:
    """What the steps of a plan commit or move together."""
    amounts = [step.exposure.amount for step in plan.steps]
    nothing = Money.zero(amounts[0].currency if amounts else plan.money_at_risk.currency)
    return sum(amounts, nothing)


def _changed(tx: Connection, request: Request, plan_digest: str, policy_digest: str) -> Refusal | None:
    if plan_digest != request.plan_digest or newest_version(tx, request.case) != request.plan_version:
        return Refusal(guard="changed", reason=f"the plan behind {request.id} is not the one you saw; look again")
    if policy_digest != request.policy_digest:
        return Refusal(guard="changed", reason=f"the policy changed since {request.id} was asked; plan again")
    return None


def _asked_about(tx: Connection, request: Request) -> Plan:
    plan = stored_plan(tx, request.case, request.plan_version)
    if plan.digest != request.plan_digest:
        raise Corrupt(f"the plan behind {request.id} was changed in the database; restore a backup")
    return plan


def _pending(tx: Connection, query: Select[RequestRow]) -> list[Request]:
    waiting = query.where(col(RequestRow.state) == "pending").order_by(col(RequestRow.number))
    return [_request(row) for row in tx.execute(waiting).mappings().all()]


def _get(tx: Connection, id: str) -> Request:  # noqa: A002
    row = tx.execute(select(RequestRow).where(col(RequestRow.id) == id)).mappings().first()
    if row is None:
        raise NotFound(f"there is no request {id}; the inbox lists those that wait")
    return _request(row)


def _request(row: RowMapping) -> Request:
    fields = {name: value for name, value in row.items() if name not in {"number", "case_id", "amount", "currency"}}
    amount = {"amount": row["amount"], "currency": row["currency"]}
    return Request.model_validate({**fields, "case": row["case_id"], "amount": amount})


def _told(request: Request) -> Row:
    shown = {"id", "plan_version", "plan_digest", "policy_digest", "role", "four_eyes", "amount", "expires_at"}
    return request.model_dump(mode="json", include=shown)
