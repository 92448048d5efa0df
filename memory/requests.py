"""A request asks a person about one plan version; one answer counts, the first, and only for what was shown."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, insert, select
from sqlmodel import col

from domain.clock import Clock
from domain.errors import Misuse, NotFound
from domain.money import Money
from domain.people import Person
from domain.plans import Plan
from domain.refusals import Refusal
from domain.verdicts import Verdict
from memory.answers import Answer, Answers, Decided, Given
from memory.database import Database
from memory.journal import Journal
from memory.request_rows import Request, find_request, still_pending, to_request, told
from memory.tables import RequestRow
from memory.upserts import next_number

__all__ = ["Answer", "Decided", "Request", "Requests", "total"]


class Requests:
    """Every question the desk asked, and the one choke point of their answers."""

    def __init__(self, database: Database, journal: Journal, clock: Clock, *, grant_life: timedelta) -> None:
        self._database = database
        self._journal = journal
        self._clock = clock
        self._answers = Answers(journal, clock, grant_life=grant_life)

    def get(self, id: str) -> Request:  # noqa: A002
        """One request; raises NotFound."""
        with self._database.reading() as tx:
            return find_request(tx, id)

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
        given = Given(person, answer, reason, plan_digest, policy_digest)
        with self._database.writing() as tx:
            return self._answers.take(tx, find_request(tx, id), given, may)

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
        request = find_request(tx, f"R{number}")
        self._journal.append(tx, "request.made", told(request), case=plan.case)
        return request

    def of_plan(self, tx: Connection, case: str, version: int) -> Request | None:
        """The request about one plan version, within the caller's transaction."""
        about = select(RequestRow).where(col(RequestRow.case_id) == case, col(RequestRow.plan_version) == version)
        row = tx.execute(about).mappings().first()
        return None if row is None else to_request(row)

    def expire(self, now: datetime) -> list[Request]:
        """End every request whose time is over: no answer never means yes."""
        with self._database.writing() as tx:
            over = still_pending(tx, select(RequestRow).where(col(RequestRow.expires_at) <= now))
            return [self._answers.end(tx, request, "expired", "nobody answered in time") for request in over]

    def supersede(self, case: str, why: str) -> list[Request]:
        """End the pending requests of a case because something else came in their place."""
        with self._database.writing() as tx:
            return self.withdraw(tx, case, why)

    def withdraw(self, tx: Connection, case: str, why: str) -> list[Request]:
        """Supersede within the caller's transaction."""
        waiting = still_pending(tx, select(RequestRow).where(col(RequestRow.case_id) == case))
        return [self._answers.end(tx, request, "superseded", why) for request in waiting]

    def _all(self, query: Select[RequestRow]) -> list[Request]:
        with self._database.reading() as tx:
            return [to_request(row) for row in tx.execute(query.order_by(col(RequestRow.number))).mappings()]


def total(plan: Plan) -> Money:
    """What the steps of a plan commit or move together."""
    amounts = [step.exposure.amount for step in plan.steps]
    nothing = Money.zero(amounts[0].currency if amounts else plan.money_at_risk.currency)
    return sum(amounts, nothing)
