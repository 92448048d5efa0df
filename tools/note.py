"""Writes an internal note on a document of Odoo: colleagues see it in the chatter, no mail leaves."""

from html import unescape

from pydantic import Field

from domain.exposures import Exposure, Risk
from domain.faults import ServerBug
from domain.intents import Compensated, Undo
from domain.money import Money
from domain.plans import RecordRef, RollbackPlan
from domain.ports import Reads
from domain.refusals import Refusal
from domain.scopes import Permit, Scope
from domain.values import Row
from tools.action import Absent, Action, Ambiguous, Found, Mismatch, Params, RecordId, Verified
from tools.document import DOCUMENTS, DocumentFacts, DocumentModel, in_sight
from tools.finding import by_marker
from tools.reads.names import quoted
from tools.reads.parsing import link, name, text
from tools.trace import Trace
from tools.valuing import company_currency
from tools.writer import Writer

MESSAGE = "mail.message"
KEPT = ("body", "model", "res_id")
LONGEST_BODY = 4_000
POST = frozenset({"message_post"})
WORDS = frozenset({"body", "subtype_xmlid"})
NOTE = "mail.mt_note"
"""The one kind of message that is not sent to followers."""
INTERNAL: Row = {"subtype_xmlid": NOTE}


class NoteParams(Params):
    """Plain text on one document."""

    model: DocumentModel
    record: RecordId
    body: str = Field(min_length=1, max_length=LONGEST_BODY)


class PostNote(Action[NoteParams, DocumentFacts]):
    """Leave an internal note on a document; it cannot be un-said, only corrected by another."""

    name = "mail.note"
    risk = Risk.NOTE
    Params = NoteParams
    scope = Scope(
        permits=tuple(
            Permit(model=model, methods=POST, keywords=WORDS, fixed=INTERNAL, marker="body") for model in DOCUMENTS
        ),
        calls=1,
    )
    undo_scope = Scope(
        permits=tuple(Permit(model=model, methods=POST, keywords=WORDS, fixed=INTERNAL) for model in DOCUMENTS),
        calls=1,
    )

    def facts(self, reads: Reads, params: NoteParams) -> DocumentFacts | Refusal:
        document = in_sight(reads, params.model, params.record)
        if isinstance(document, Refusal):
            return document
        known_as = name(document.seen, "display_name")
        return DocumentFacts(company=reads.company, document=document, name=known_as, currency=company_currency(reads))

    def exposure(self, params: NoteParams, facts: DocumentFacts) -> Exposure:  # noqa: ARG002
        """Words only; what counts is how many."""
        amount = Money.zero(facts.currency)
        return Exposure(action=self.name, company=facts.company, amount=amount, risk=self.risk)

    def touches(self, facts: DocumentFacts) -> tuple[RecordRef, ...]:
        return (facts.document,)

    def rollback(self, facts: DocumentFacts) -> RollbackPlan:
        return RollbackPlan(
            words=f"add a correcting note to {quoted(facts.name)}",
            calls=(f"{facts.document.model}.message_post",),
            remains="the first note stays readable",
        )

    def words(self, params: NoteParams, facts: DocumentFacts) -> str:
        return f"note on {quoted(facts.name)}: {quoted(params.body, LONGEST_BODY)}"

    def precondition(self, reads: Reads, params: NoteParams) -> Refusal | None:
        document = in_sight(reads, params.model, params.record)
        return document if isinstance(document, Refusal) else None

    def probe(self, reads: Reads, params: NoteParams, trace: Trace) -> Found | Absent | Ambiguous:
        return _said(reads, params.model, params.record, f"[ref {trace.marker}]")

    def execute(self, odoo: Writer, reads: Reads, params: NoteParams, found: Found | None) -> Undo:
        if found is None:
            _say(odoo, params.model, params.record, f"{params.body} [ref {odoo.marker}]")
        now = self.probe(reads, params, odoo.trace)
        if not isinstance(now, Found):
            raise ServerBug("Odoo said the note was posted and it is not to be found")
        return self.left(reads, now.record, odoo.trace)

    def left(self, reads: Reads, record: int, trace: Trace) -> Undo:  # noqa: ARG002
        row = reads.read(MESSAGE, [record], KEPT)[0]
        ref = RecordRef(model=MESSAGE, id=record, seen={field: row[field] for field in KEPT})
        return Undo(action=self.name, records=(ref,), words=f"note {record} on {row['model']} {row['res_id']}")

    def verify(self, reads: Reads, params: NoteParams, undo: Undo) -> Verified | Mismatch:
        rows = reads.read(MESSAGE, [undo.records[0].id], KEPT)
        if not rows or _plain(params.body) not in _plain(unescape(text(rows[0], "body"))):
            return Mismatch("the note does not say what it should")
        return Verified()

    def undo_words(self, undo: Undo) -> str:
        return f"correct {undo.words} by another note"

    def compensate(self, odoo: Writer, reads: Reads, undo: Undo) -> Compensated | Refusal:
        note = undo.records[0]
        model, record = text(note.seen, "model"), link(note.seen, "res_id") or 0
        sign = f"[takes back note {note.id}]"
        if not reads.read(MESSAGE, [note.id], ["model"]):
            return Compensated(words=f"gone: {undo.words}")
        if isinstance(_said(reads, model, record, sign), Absent):
            _say(odoo, model, record, f"The exception desk took back what it announced here before. {sign}")
        return Compensated(words=f"corrected: {undo.words}", remains="the first note stays readable")


def _said(reads: Reads, model: str, record: int, sign: str) -> Found | Absent | Ambiguous:
    return by_marker(reads, MESSAGE, [["model", "=", model], ["res_id", "=", record], ["body", "like", sign]])


def _say(odoo: Writer, model: str, record: int, words: str) -> None:
    odoo.call(model, "message_post", [record], body=words, subtype_xmlid=NOTE)


def _plain(words: str) -> str:
    """Without the white space that a page may fold."""
    return " ".join(words.split())
