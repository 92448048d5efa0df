"""Marks a to-do that the desk itself gave to somebody as done, with a word on what became of it."""

import re

from pydantic import Field

from domain.exposures import Exposure, Risk
from domain.intents import Compensated, Undo
from domain.money import Money
from domain.plans import RecordRef, RollbackPlan
from domain.ports import Reads
from domain.refusals import Refusal
from domain.scopes import Permit, Scope
from domain.values import Json, Row, Value
from tools.action import Absent, Action, Found, Mismatch, Params, RecordId, Verified
from tools.activity import ACTIVITY, KEPT, LONGEST_SUMMARY, SCHEDULE
from tools.comparing import seen
from tools.document import DOCUMENTS
from tools.finding import by_marker
from tools.note import MESSAGE
from tools.reads.names import quoted
from tools.reads.parsing import key, label, link, name, text
from tools.trace import Trace, former, formerly
from tools.valuing import company_currency
from tools.writer import Writer

GIVEN = (*KEPT, "create_uid", "note")
"""What an activity is made of, enough to give it again."""
MARK = re.compile(r"\[ref DESK-([0-9a-f]{16})\]")
"""Ends the note of whatever the desk asks for; a name from Odoo before it may look the same."""


class CloseActivityParams(Params):
    """The activity, and what is said about it in plain text."""

    activity: RecordId
    feedback: str = Field(min_length=1, max_length=1000)


class CloseActivityFacts(Value):
    """The activity as it is now; None when its user did it already and it is gone."""

    company: int
    activity: RecordRef | None
    user: str = ""
    document: str = ""
    currency: str


class CloseActivity(Action[CloseActivityParams, CloseActivityFacts]):
    """Close a to-do of the desk's own: nobody is asked any more; one that is done already needs no call."""

    name = "mail.activity_done"
    risk = Risk.NOTE
    Params = CloseActivityParams
    scope = Scope(
        permits=(
            Permit(
                model=ACTIVITY,
                methods=frozenset({"action_feedback"}),
                keywords=frozenset({"feedback"}),
                marker="feedback",
            ),
        ),
        calls=1,
    )
    undo_scope = Scope(permits=tuple(permit.but(marker=None) for permit in SCHEDULE), calls=1)

    def facts(self, reads: Reads, params: CloseActivityParams) -> CloseActivityFacts | Refusal:
        activity = _open(reads, params.activity)
        if activity is None:
            return CloseActivityFacts(company=reads.company, activity=None, currency=company_currency(reads))
        if refusal := _not_ours(reads, activity, "facts"):
            return refusal
        document = reads.read(text(activity.seen, "res_model"), [key(activity.seen, "res_id")], ["display_name"])
        return CloseActivityFacts(
            company=reads.company,
            activity=activity,
            user=label(activity.seen, "user_id"),
            document=name(document[0], "display_name") if document else "",
            currency=company_currency(reads),
        )

    def exposure(self, params: CloseActivityParams, facts: CloseActivityFacts) -> Exposure:  # noqa: ARG002
        """Words only; what counts is how many."""
        amount = Money.zero(facts.currency)
        return Exposure(action=self.name, company=facts.company, amount=amount, risk=self.risk)

    def touches(self, facts: CloseActivityFacts) -> tuple[RecordRef, ...]:
        return (facts.activity,) if facts.activity else ()

    def rollback(self, facts: CloseActivityFacts) -> RollbackPlan:
        if facts.activity is None:
            return RollbackPlan(words="none is needed: the activity was done before", calls=())
        return RollbackPlan(
            words=f"ask {quoted(facts.user)} on {quoted(facts.document)} again",
            calls=(f"{facts.activity.seen['res_model']}.activity_schedule",),
            remains="the word that it was done stays readable",
        )

    def words(self, params: CloseActivityParams, facts: CloseActivityFacts) -> str:
        said = quoted(params.feedback, LONGEST_SUMMARY)
        if facts.activity is None:
            return f"nothing: activity {params.activity} is done already or gone"
        whom = f"{quoted(facts.user)} on {quoted(facts.document)}"
        return f"close what {whom} was asked, {quoted(text(facts.activity.seen, 'summary'), LONGEST_SUMMARY)}: {said}"

    def precondition(self, reads: Reads, params: CloseActivityParams) -> Refusal | None:
        activity = _open(reads, params.activity)
        return _not_ours(reads, activity, "precondition") if activity else None

    def moot(self, reads: Reads, params: CloseActivityParams) -> bool:
        """Its user did it first: nothing before it in the plan is to be taken back for that."""
        return _open(reads, params.activity) is None

    def probe(self, reads: Reads, params: CloseActivityParams, trace: Trace) -> Found | Absent:  # noqa: ARG002
        """Gone is done: whoever did it, nobody is asked any more."""
        return Found(params.activity) if _open(reads, params.activity) is None else Absent()

    def execute(self, odoo: Writer, reads: Reads, params: CloseActivityParams, found: Found | None) -> Undo:
        if found is None and _open(reads, params.activity):
            feedback = f"{params.feedback} [ref {odoo.marker}]"
            odoo.call(ACTIVITY, "action_feedback", [params.activity], feedback=feedback)
        return self.left(reads, params.activity, odoo.trace)

    def left(self, reads: Reads, record: int, trace: Trace) -> Undo:
        """What its user did is no doing of the desk's: there is nothing to take back then."""
        said = by_marker(reads, MESSAGE, [["body", "like", f"[ref {trace.marker}]"]])
        before = former(trace.seen) if isinstance(said, Found) else {}
        return Undo(action=self.name, records=(), before=before, words=f"activity {record} is done")

    def verify(self, reads: Reads, params: CloseActivityParams, undo: Undo) -> Verified | Mismatch:  # noqa: ARG002
        return Mismatch("the activity is still open") if _open(reads, params.activity) else Verified()

    def undo_words(self, undo: Undo) -> str:
        given = list(formerly(undo.before, ACTIVITY).values())
        whom = f" {quoted(label(given[0], 'user_id'))}" if given else ""
        return f"ask{whom} again: {undo.words}"

    def compensate(self, odoo: Writer, reads: Reads, undo: Undo) -> Compensated | Refusal:
        for record, given in formerly(undo.before, ACTIVITY).items():
            if not _asked(reads, given):
                _ask_again(odoo, given)
            if not _asked(reads, given):
                return Refusal(guard="compensation", reason=f"Odoo did not ask again what activity {record} asked")
            asked = f"what activity {record} asked is asked again"
            return Compensated(words=asked, remains="the word that it was done stays")
        return Compensated(words=f"nothing to take back: {undo.words}")


def _open(reads: Reads, activity: int) -> RecordRef | None:
    """The activity while its user is still asked; some kinds of activity stay in Odoo, archived, once they are done."""
    found = seen(reads, ACTIVITY, activity, GIVEN)
    return found if found and found.seen["active"] else None


def _not_ours(reads: Reads, activity: RecordRef, guard: str) -> Refusal | None:
    """Anybody can type a mark: the desk closes only what its own user made."""
    if link(activity.seen, "create_uid") != reads.uid or not _mark(activity.seen):
        return Refusal(guard=guard, reason=f"activity {activity.id} was not given by the desk: its user closes it")
    if activity.seen["res_model"] not in DOCUMENTS:
        return Refusal(guard=guard, reason=f"activity {activity.id} is on no document the desk works on")
    return None


def _asked(reads: Reads, given: Row) -> bool:
    """Whether the same is asked of the same user on the same document: the note carries the mark of the first time."""
    same: list[Json] = [[field, "=", given[field]] for field in ("res_model", "res_id", "summary", "date_deadline")]
    rows = reads.rows(ACTIVITY, ["note"], [*same, ["user_id", "=", key(given, "user_id")]])
    return any(_mark(row) == _mark(given) for row in rows)


def _mark(row: Row) -> str | None:
    """The last mark in a note, None where it holds none."""
    marks = MARK.findall(text(row, "note"))
    return str(marks[-1]) if marks else None


def _ask_again(odoo: Writer, given: Row) -> None:
    odoo.call(
        text(given, "res_model"),
        "activity_schedule",
        [key(given, "res_id")],
        act_type_xmlid="mail.mail_activity_data_todo",
        summary=given["summary"],
        note=given["note"],
        user_id=key(given, "user_id"),
        date_deadline=given["date_deadline"],
        context={"mail_activity_quick_update": True},
    )
