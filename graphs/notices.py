"""Telling people of requests as a kind of its own: what is known of one comes from the desk's rows, not from Odoo."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from agents import notice
from agents.notice import NoticeEvidence
from agents.terms import TermsBook
from domain.cases import NOTICE, Finding
from domain.intents import Undo
from domain.plans import Choice, Evidence, Option, Step
from domain.ports import Reads
from domain.refusals import Refusal
from domain.values import Row
from domain.words import minute
from graphs.acting import standing
from graphs.kinds import Kind
from memory.notices import parted
from memory.parts import decisive
from memory.request_rows import Request
from memory.store import Store
from tools.activity import ScheduleActivity
from tools.activity_done import CloseActivity
from tools.document import DOCUMENTS, DocumentModel, in_sight

Place = tuple[DocumentModel, int]

ANSWERED = {"approved": "was approved", "rejected": "was rejected"}


@dataclass(frozen=True, kw_only=True)
class Notices:
    """A kind whose exceptions are requests that somebody does not know of yet, or need not know of any more."""

    KIND = NOTICE

    store: Store
    kinds: Mapping[str, Kind]
    """Those that the requests are about."""
    url: str | None
    """Where people find the desk."""

    def read(self, reads: Reads, now: datetime, terms: TermsBook) -> Any:  # noqa: ARG002
        """Nothing in Odoo tells of a request."""
        return None

    def detect(self, picture: Any, now: datetime, terms: TermsBook) -> Sequence[Finding]:  # noqa: ARG002
        """Requests are found where they are made."""
        return ()

    def gather(self, reads: Reads, subject: str, now: datetime, terms: TermsBook) -> NoticeEvidence | None:  # noqa: ARG002
        """What is to be told or closed, None where neither is."""
        request_id, whom = parted(subject)
        request = self.store.requests.get(request_id)
        activity = self._told(request_id, subject)
        if (request.state == "pending") == (activity is not None):
            return None
        place = None if activity else self._place(reads, request)
        user = int(whom.removeprefix("user:")) if whom.startswith("user:") else None
        return NoticeEvidence(
            kind=NOTICE,
            company=reads.company,
            subject=subject,
            taken_at=now,
            sources=(),
            request=request.id,
            case=request.case,
            asked=request.title,
            role=request.role,
            amount=request.amount,
            until=request.expires_at,
            user=user,
            document=place,
            link=f"{self.url.rstrip('/')}/requests/{request.id}" if self.url else None,
            activity=activity,
            outcome=ended(request, self._beside(request)),
            trouble=unknown(reads.company, whom) if user is None else NOWHERE,
        )

    def place(self, subject: str) -> int | None:  # noqa: ARG002
        """A request is in no warehouse."""
        return None

    def evidence(self, stored: Row) -> Evidence:
        return notice.evidence(stored)

    def facts(self, evidence: Any) -> Sequence[tuple[str, str]]:
        return notice.facts(evidence)

    def documents(self, evidence: Any) -> Sequence[Place]:
        return (evidence.document,) if evidence.document else ()

    def options(self, evidence: Any) -> Sequence[Option]:
        return notice.options(evidence)

    def choose(self, options: Sequence[Option], evidence: Any) -> Choice:
        return notice.choose(options, evidence)

    def rejected(self, options: Sequence[Option], choice: Choice) -> tuple[Option, ...]:
        return notice.rejected(options, choice)

    def adjust(self, evidence: Any, option: Option, knobs: Mapping[str, Decimal]) -> Option | Refusal:
        return notice.adjust(evidence, option, knobs)

    def _told(self, request: str, subject: str) -> int | None:
        """The activity that tells of the request and that nobody closed yet."""
        mine = [case.id for case in self.store.notices.of_request(request) if case.subject == subject]
        left = [(intent.action, undo) for case in mine for intent, undo in standing(self.store, case)]
        closed = {action for action, _ in left} & {CloseActivity.name}
        made = [undo.records[0].id for action, undo in left if action == ScheduleActivity.name]
        return made[-1] if made and not closed else None

    def _beside(self, request: Request) -> list[Request]:
        """What else was asked about the same plan."""
        asked = self.store.requests.of_case(request.case)
        return [one for one in asked if one.plan_version == request.plan_version and one.id != request.id]

    def _place(self, reads: Reads, request: Request) -> Place | None:
        """The first document in sight of those that the request is about."""
        plan = self.store.plans.get(request.case, request.plan_version)
        asked = [plan.steps[index] for index in request.steps or range(len(plan.steps))]
        kind = self.kinds.get(plan.kind)
        evidence = self.store.evidence.get(plan.evidence_digest)
        behind = kind.documents(kind.evidence(evidence)) if kind else ()
        undone = self.store.plans.get(plan.case, plan.undoes).steps if plan.undoes else ()
        places = (*(place for step in (*asked, *undone) for place in concerned(step)), *behind)
        return next((place for place in places if not isinstance(in_sight(reads, *place), Refusal)), None)


NOWHERE = "no order or delivery in Odoo is about it, on which somebody could be told"


def unknown(company: int, whom: str) -> str:
    """That Odoo knows nobody by the login that the policy names."""
    login = whom.removeprefix("login:")
    return f"no active user of company {company} has the login {login!r}; see notify in the policy"


def ended(request: Request, beside: Sequence[Request]) -> str:
    """What became of a request and its plan, in words without a person's name; nothing while it waits."""
    if request.state == "pending":
        return ""
    when = f" on {minute(request.decided_at)}" if request.decided_at else ""
    if request.state in ANSWERED:
        return f"{ANSWERED[request.state]}{when}{for_the_plan(request, beside)}"
    return f"is {request.state}{when}: {request.reason}"


def for_the_plan(request: Request, beside: Sequence[Request]) -> str:
    """What an answer means for a plan about which others are asked too; nothing where it was the last yes."""
    approved = " and ".join(one.id for one in beside if one.state == "approved")
    if request.state == "rejected":
        return f": nothing of the plan is done, though {approved} was approved" if approved else ""
    missing = decisive((request, *beside))
    if missing.state == "approved":
        return ""
    if missing.state == "pending":
        return f": nothing of the plan is done unless {missing.id} is approved too"
    return f", and nothing of the plan is done: {missing.id} is {missing.state}"


def concerned(step: Step) -> Iterator[Place]:
    """The documents that a step changes: an order, or the delivery that gives something up."""
    if isinstance(giver := step.params.get("from_picking"), int):
        yield "stock.picking", giver
    touched = step.touches if step.direction == "do" else Undo.model_validate(step.params).records
    for ref in touched:
        for model in DOCUMENTS:
            if ref.model == model:
                yield model, ref.id
