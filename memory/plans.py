"""Every version of every plan, what the gate said of it, and what it reserved."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlmodel import col

from domain.cases import CaseState
from domain.clock import Clock
from domain.errors import NotFound
from domain.plans import Plan
from domain.ports import Usage
from domain.values import Json, Row, canonical
from domain.verdicts import Outcome, Verdict
from memory import grants, usage
from memory.case_rows import find
from memory.columns import spell
from memory.database import Database
from memory.errors import Conflict
from memory.evidence import KEPT
from memory.journal import Journal, Note
from memory.moves import Moves, States, check_expected
from memory.parts import of_plan
from memory.request_rows import find_request
from memory.requests import Request, Requests, total
from memory.stored import newest_version, stored_digest, stored_plan
from memory.tables import CaseRow, PlanRow

BECOMES: dict[Outcome, CaseState] = {"allow": "acting", "ask": "waiting", "refuse": "queued"}
"""Where a case goes by what the gate said of its plan."""

SAID = select(col(PlanRow.verdict)).where(
    col(PlanRow.case_id) == bindparam("case"), col(PlanRow.version) == bindparam("version")
)
JUDGED = (
    update(PlanRow)
    .where(col(PlanRow.case_id) == bindparam("of_case"), col(PlanRow.version) == bindparam("of_version"))
    .values(verdict=bindparam("said"))
)


@dataclass(frozen=True)
class Reserved:
    """What the gate said of a plan, and the questions that were asked where it said ask."""

    verdict: Verdict
    requests: tuple[Request, ...]


class Plans:
    """Plans by case and version; a new version ends whatever an older one still waited for."""

    def __init__(
        self,
        database: Database,
        journal: Journal,
        clock: Clock,
        requests: Requests,
        moves: Moves,
        *,
        grant_life: timedelta,
    ) -> None:
        self._database = database
        self._journal = journal
        self._clock = clock
        self._requests = requests
        self._moves = moves
        self._grant_life = grant_life

    def save(self, plan: Plan, *, expected: States, replaces: str | None = None, with_note: Note | None = None) -> Plan:
        """Keep the next version of a case's plan, and journal ``with_note`` beside it.

        Raises Conflict when it is not the next, when the case has left the states it is ``expected`` in, or when the
        request that it ``replaces`` has had its answer.
        """
        body = canonical(plan.plain())
        digest = hashlib.sha256(body).hexdigest()
        now = self._clock.now()
        with self._database.writing() as tx:
            check_expected(find(tx, plan.case), expected)
            _check_next(tx, plan)
            _check_replaced(tx, replaces)
            _check_evidence(tx, plan)
            row = {"case_id": plan.case, "version": plan.version, "digest": digest, "body": body, "saved_at": now}
            tx.execute(insert(PlanRow).values(**row))
            mine = update(CaseRow).where(col(CaseRow.id) == plan.case)
            tx.execute(mine.values(plan_version=plan.version, updated_at=now))
            self._requests.withdraw(tx, plan.case, f"plan {plan.version} came in its place")
            usage.release(tx, plan.case)
            grants.revoke(tx, plan.case, now, undo_too=False)
            actor = plan.edited_by or plan.requested_by
            self._journal.append(tx, "plan.proposed", _told(plan, digest), case=plan.case, actor=actor)
            if with_note:
                self._journal.append_all(tx, [with_note])
        return plan

    def get(self, case: str, version: int) -> Plan:
        """One version; raises NotFound."""
        with self._database.reading() as tx:
            return stored_plan(tx, case, version)

    def newest(self, case: str) -> Plan | None:
        """The newest version, None before the first."""
        with self._database.reading() as tx:
            version = newest_version(tx, case)
            return stored_plan(tx, case, version) if version else None

    def verdict(self, case: str, version: int) -> Verdict | None:
        """What the gate said of a version, None before it was asked."""
        with self._database.reading() as tx:
            return _verdict(tx, case, version)

    def reserve(self, plan: Plan, judge: Callable[[Usage], Verdict], *, expected: States) -> Reserved:
        """Judge a plan by what is committed already, commit it and move its case on, in one transaction.

        Asked again, the same answer, and nothing moves. Raises Conflict when a plan is judged for the first time and
        its case has left the states it is ``expected`` in.
        """
        with self._database.writing() as tx:
            digest = _check_newest(tx, plan)
            verdict = _verdict(tx, plan.case, plan.version)
            if verdict is None:
                case = find(tx, plan.case)
                check_expected(case, expected)
                verdict = judge(usage.CountedUsage(tx, self._clock.now(), usage.Own(plan.case, plan.version)))
                self._settle(tx, plan, digest, verdict)
                if case.state != "acting":
                    self._moves.move(tx, plan.case, BECOMES[verdict.outcome], verdict.reason)
            return Reserved(verdict, tuple(of_plan(tx, plan.case, plan.version)))

    def _settle(self, tx: Connection, plan: Plan, digest: str, verdict: Verdict) -> None:
        said = verdict.plain()
        tx.execute(JUDGED, {"of_case": plan.case, "of_version": plan.version, "said": canonical(said)})
        facts: Row = {"plan": plan.version, "plan_digest": digest, **said}
        self._journal.append(tx, "plan.judged", facts, case=plan.case)
        if verdict.outcome == "ask":
            usage.reserve(tx, plan, "pending", self._clock.now())
            self._requests.make(tx, plan, verdict)
        elif verdict.outcome == "allow":
            usage.reserve(tx, plan, "reserved", self._clock.now())
            self._grant(tx, plan, verdict)

    def _grant(self, tx: Connection, plan: Plan, verdict: Verdict) -> None:
        now = self._clock.now()
        leave = grants.Leave(
            policy_digest=verdict.policy_digest, request=None, issued_at=now, expires_at=now + self._grant_life
        )
        issued = grants.issue(tx, plan, leave)
        facts: Row = {"plan": plan.version, "grants": len(issued), "digests": issued}
        facts["expires_at"] = spell(leave.expires_at)
        self._journal.append(tx, "grant.issued", facts, case=plan.case)


def _check_next(tx: Connection, plan: Plan) -> None:
    due = newest_version(tx, plan.case) + 1
    if plan.version != due:
        raise Conflict(f"the next plan of case {plan.case} is version {due}, not {plan.version}; read the case again")


def _check_replaced(tx: Connection, request: str | None) -> None:
    """What a plan replaces must still wait: whoever answered first is not overruled."""
    found = None if request is None else find_request(tx, request)
    if found is not None and found.state != "pending":
        by = f" by {found.decided_by}" if found.decided_by else ""
        raise Conflict(f"{found.id} was expected to wait for an answer and is {found.state}{by}; read the case again")


def _check_evidence(tx: Connection, plan: Plan) -> None:
    known = {"case": plan.case, "digest": plan.evidence_digest}
    if plan.purpose == "remedy" and tx.execute(KEPT, known).first() is None:
        raise NotFound(f"plan {plan.version} of case {plan.case} names evidence that was never saved; save it first")


def _check_newest(tx: Connection, plan: Plan) -> str:
    """The plan's digest, where it is the newest as stored."""
    newest, digest = newest_version(tx, plan.case), plan.digest
    if plan.version != newest or stored_digest(tx, plan.case, newest) != digest:
        raise Conflict(f"plan {plan.version} of case {plan.case} is not the newest as stored; read the case again")
    return digest


def _verdict(tx: Connection, case: str, version: int) -> Verdict | None:
    body = tx.execute(SAID, {"case": case, "version": version}).scalar_one_or_none()
    return None if body is None else Verdict.model_validate_json(body)


def _told(plan: Plan, digest: str) -> Row:
    amount: Json = total(plan).plain()
    facts: Row = {"version": plan.version, "digest": digest, "evidence_digest": plan.evidence_digest}
    who: Row = {"planner": plan.planner, "requested_by": plan.requested_by, "edited_by": plan.edited_by}
    what: Row = {"option": plan.option, "title": plan.title, "purpose": plan.purpose, "undoes": plan.undoes}
    return {**facts, **who, **what, "steps": len(plan.steps), "amount": amount}
