"""Puts an activity on a document of Odoo for one of its users: a to-do with a link, and no mail leaves."""

from datetime import date
from html import escape

from pydantic import Field

from domain.exposures import Exposure, Risk
from domain.faults import ServerBug
from domain.intents import Compensated, Undo
from domain.money import Money
from domain.plans import RecordRef, RollbackPlan
from domain.ports import Reads
from domain.refusals import Refusal
from domain.scopes import Permit, Scope
from domain.values import Json, Row
from tools.action import Absent, Action, Ambiguous, Found, Mismatch, Params, RecordId, Verified
from tools.comparing import first_difference, same
from tools.document import DOCUMENTS, DocumentFacts, DocumentModel, in_sight
from tools.finding import by_marker
from tools.reads.names import quoted
from tools.reads.parsing import ident, link, name, text
from tools.trace import Trace
from tools.valuing import company_currency
from tools.writer import Writer

ACTIVITY = "mail.activity"
KEPT = ("active", "date_deadline", "res_id", "res_model", "summary", "user_id")
LONGEST_SUMMARY = 200
SCHEDULE = tuple(
    Permit(
        model=model,
        methods=frozenset({"activity_schedule"}),
        keywords=frozenset({"act_type_xmlid", "date_deadline", "note", "summary", "user_id"}),
        context=frozenset({"mail_activity_quick_update"}),
        fixed={"act_type_xmlid": "mail.mail_activity_data_todo", "mail_activity_quick_update": True},
        marker="note",
    )
    for model in DOCUMENTS
)
"""Asking a user by a to-do on a document, without a mail."""


class ActivityParams(Params):
    """A to-do for one user on one document, in plain text."""

    model: DocumentModel
    record: RecordId
    user: RecordId
    summary: str = Field(min_length=1, max_length=LONGEST_SUMMARY)
    note: str = Field(default="", max_length=4000)
    link: str | None = Field(default=None, pattern=r"^https?://[^\s\"<>]+$", max_length=500)
    """Where more is found by a click."""
    due: date


class ScheduleActivity(Action[ActivityParams, DocumentFacts]):
    """Ask a user of Odoo to do something about a document."""

    name = "mail.activity"
    risk = Risk.NOTE
    Params = ActivityParams
    scope = Scope(permits=SCHEDULE, calls=1)
    undo_scope = Scope(permits=(Permit(model=ACTIVITY, methods=frozenset({"unlink"})),), calls=1)

    def facts(self, reads: Reads, params: ActivityParams) -> DocumentFacts | Refusal:
        document = in_sight(reads, params.model, params.record)
        users = reads.read("res.users", [params.user], ["name"])
        if isinstance(document, Refusal):
            return document
        if not users:
            return Refusal(guard="facts", reason=f"user {params.user} is not in sight")
        return DocumentFacts(
            company=reads.company,
            document=document,
            name=name(document.seen, "display_name"),
            currency=company_currency(reads),
            reaches=name(users[0], "name"),
        )

    def exposure(self, params: ActivityParams, facts: DocumentFacts) -> Exposure:  # noqa: ARG002
        """Words only; what counts is how many."""
        amount = Money.zero(facts.currency)
        return Exposure(action=self.name, company=facts.company, amount=amount, risk=self.risk)

    def touches(self, facts: DocumentFacts) -> tuple[RecordRef, ...]:
        return (facts.document,)

    def rollback(self, facts: DocumentFacts) -> RollbackPlan:
        return RollbackPlan(words=f"remove the activity from {quoted(facts.name)}", calls=(f"{ACTIVITY}.unlink",))

    def words(self, params: ActivityParams, facts: DocumentFacts) -> str:
        whom = f"ask {quoted(facts.reaches)} on {quoted(facts.name)} by {params.due:%-d %b %Y}"
        return f"{whom}: {quoted(params.summary, LONGEST_SUMMARY)}"

    def precondition(self, reads: Reads, params: ActivityParams) -> Refusal | None:
        users = reads.read("res.users", [params.user], ["active"])
        if not users or not users[0]["active"]:
            return Refusal(guard="precondition", reason=f"user {params.user} is archived or gone")
        document = in_sight(reads, params.model, params.record)
        return document if isinstance(document, Refusal) else None

    def probe(self, reads: Reads, params: ActivityParams, trace: Trace) -> Found | Absent | Ambiguous:
        on_it: list[Json] = [["res_model", "=", params.model], ["res_id", "=", params.record]]
        return by_marker(reads, ACTIVITY, [*on_it, ["note", "like", trace.marker]])

    def execute(self, odoo: Writer, reads: Reads, params: ActivityParams, found: Found | None) -> Undo:
        if found is None:
            odoo.call(
                params.model,
                "activity_schedule",
                [params.record],
                act_type_xmlid="mail.mail_activity_data_todo",
                summary=params.summary,
                note=f"<p>{escape(params.note)}</p>{_linked(params.link)}<p>[ref {odoo.marker}]</p>",
                user_id=params.user,
                date_deadline=params.due.isoformat(),
                context={"mail_activity_quick_update": True},
            )
        return self.left(reads, _made(self.probe(reads, params, odoo.trace)), odoo.trace)

    def left(self, reads: Reads, record: int, trace: Trace) -> Undo:  # noqa: ARG002
        row = reads.read(ACTIVITY, [record], [*KEPT, "display_name"])[0]
        ref = RecordRef(model=ACTIVITY, id=record, seen={field: row[field] for field in KEPT})
        return Undo(action=self.name, records=(ref,), words=f"activity {record}: {quoted(text(row, 'summary'))}")

    def verify(self, reads: Reads, params: ActivityParams, undo: Undo) -> Verified | Mismatch:
        row = reads.read(ACTIVITY, [undo.records[0].id], KEPT, context={"active_test": False})
        if not row:
            return Mismatch("the activity is not there")
        if link(row[0], "user_id") != params.user or not same(row[0]["res_id"], params.record):
            return Mismatch("the activity is for another user or on another document")
        return Verified()

    def undo_words(self, undo: Undo) -> str:
        return f"remove {undo.words}"

    def compensate(self, odoo: Writer, reads: Reads, undo: Undo) -> Compensated | Refusal:
        activity = undo.records[0].id
        rows = reads.read(ACTIVITY, [activity], ["active"])
        closed = not rows or not rows[0]["active"]
        if closed and (again := _asked_again(reads, undo.records[0].seen)):
            odoo.call(ACTIVITY, "unlink", again)
            return Compensated(words=f"removed: {undo.words}")
        if not rows:
            return Compensated(words=f"gone: {undo.words}")
        if not rows[0]["active"]:
            return Refusal(guard="compensation", reason=f"{undo.words} is done already: its user acted on it")
        if changed := first_difference(reads, undo.records):
            return Refusal(guard="compensation", reason=f"somebody changed it since: {changed}")
        odoo.call(ACTIVITY, "unlink", [activity])
        return Compensated(words=f"removed: {undo.words}")


def _asked_again(reads: Reads, given: Row) -> list[Json]:
    """The same to-do under another id: the desk closed it, and asked again when the closing was taken back."""
    same_words: list[Json] = [
        [field, "=", given[field]] for field in ("date_deadline", "res_id", "res_model", "summary")
    ]
    ours: list[Json] = [["create_uid", "=", reads.uid], ["user_id", "=", link(given, "user_id")]]
    return [ident(row) for row in reads.rows(ACTIVITY, ["summary"], [*same_words, *ours])]


def _linked(link: str | None) -> str:
    if link is None:
        return ""
    return f'<p><a href="{escape(link)}">{escape(link)}</a></p>'


def _made(found: Found | Absent | Ambiguous) -> int:
    """Odoo 18 answers with text and 19 with ids, so the new activity is looked up by its marker."""
    if not isinstance(found, Found):
        raise ServerBug("Odoo said the activity was made and it is not to be found")
    return found.record
