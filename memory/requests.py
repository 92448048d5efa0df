"""A request asks one role about its part of a plan; one answer counts, the first, and only for what was shown."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, insert, select
from sqlmodel import col

from domain.clock import Clock
from domain.errors import Misuse, NotFound
from domain.money import Money
from domain.people import Person
from domain.plans import Plan
from domain.refusals import Refusal
from domain.verdicts import Ask, Verdict
from memory.answers import Answer, Answers, Decided, Given, MayDecide
from memory.database import Database
from memory.journal import Journal
from memory.parts import forged, titled
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

    def last_asked(self, case: str) -> list[Request]:
        """Every request about the plan that was asked about last; raises NotFound where none was ever made."""
        asked = self.of_case(case)
        if not asked:
            raise NotFound(f"nothing was ever asked about case {case}")
        return [request for request in asked if request.plan_version == asked[-1].plan_version]

    def forged(self, request: Request) -> str | None:
        """Why the approvals of a request's plan are not to be believed; None where the journal has each of them."""
        with self._database.reading() as tx:
            return forged(tx, request)

    def decide(
        self,
        id: str,  # noqa: A002
        person: Person,
        answer: Answer,
        reason: str,
        *,
        digest: str,
        policy_digest: str,
        may: MayDecide,
    ) -> Decided | Refusal:
        """Answer a request, bound to exactly the question and policy the person saw; a refusal is journalled too."""
        given = Given(person, answer, reason, digest, policy_digest)
        with self._database.writing() as tx:
            return self._answers.take(tx, find_request(tx, id), given, may)

    def make(self, tx: Connection, plan: Plan, verdict: Verdict) -> None:
        """Ask everybody whose word is needed, within the caller's transaction."""
        if not verdict.asks:
            raise Misuse(f"the gate asks about plan {plan.version} of case {plan.case} and names no role to ask")
        for ask in verdict.asks:
            self._ask(tx, plan, verdict, ask)

    def _ask(self, tx: Connection, plan: Plan, verdict: Verdict, ask: Ask) -> None:
        now = self._clock.now()
        number = next_number(tx, RequestRow)
        row = {
            "id": f"R{number}",
            "number": number,
            "case_id": plan.case,
            "plan_version": plan.version,
            "plan_digest": plan.digest,
            "policy_digest": verdict.policy_digest,
            "role": ask.role,
            "steps": " ".join(str(index) for index in ask.steps),
            "four_eyes": verdict.four_eyes,
            "amount": str(ask.amount.amount),
            "currency": ask.amount.currency,
            "title": titled(plan, ask.steps),
            "requested_by": plan.requested_by,
            "edited_by": plan.edited_by,
            "state": "pending",
            "made_at": now,
            "expires_at": now + timedelta(seconds=verdict.expires_in_s),
        }
        tx.execute(insert(RequestRow).values(**row))
        self._journal.append(tx, "request.made", told(find_request(tx, f"R{number}")), case=plan.case)

    def expire(self, now: datetime) -> list[Request]:
        """End every request whose time is over: no answer never means yes."""
        with self._database.writing() as tx:
            return self._answers.expire(tx, now)

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
