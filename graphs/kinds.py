"""What a kind of exception must offer so that the shared lifecycle can carry its cases."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from agents.terms import TermsBook
from domain.cases import Finding
from domain.plans import Choice, Evidence, Option
from domain.ports import Reads
from domain.refusals import Refusal
from domain.values import Row
from tools.document import DocumentModel


class Kind(Protocol):
    """The plain functions of one agent package; each kind has its own picture and its own evidence."""

    KIND: str

    def read(self, reads: Reads, now: datetime, terms: TermsBook) -> Any:
        """Everything a scan of one company needs by these terms, in a number of calls that grows with pages only."""
        ...

    def detect(self, picture: Any, now: datetime, terms: TermsBook) -> Sequence[Finding]:
        """The exceptions in a picture; pure."""
        ...

    def gather(self, reads: Reads, subject: str, now: datetime, terms: TermsBook) -> Evidence | None:
        """Fresh evidence on one subject, None when the exception is gone."""
        ...

    def place(self, subject: str) -> int | None:
        """The warehouse that it is in, None where it is in none; raises Misuse for a subject of another kind."""
        ...

    def evidence(self, stored: Row) -> Evidence:
        """Evidence as it was stored."""
        ...

    def facts(self, evidence: Any) -> Sequence[tuple[str, str]]:
        """What a person asks for first, label and value with its unit."""
        ...

    def documents(self, evidence: Any) -> Sequence[tuple[DocumentModel, int]]:
        """The documents in Odoo that it is about, the one that tells most first: there people are told of requests."""
        ...

    def options(self, evidence: Any) -> Sequence[Option]:
        """Every way to deal with it, *do nothing* included."""
        ...

    def choose(self, options: Sequence[Option], evidence: Any) -> Choice:
        """The rules' choice."""
        ...

    def rejected(self, options: Sequence[Option], choice: Choice) -> tuple[Option, ...]:
        """Every other option, each with why it was not chosen."""
        ...

    def adjust(self, evidence: Any, option: Option, knobs: Mapping[str, Decimal]) -> Option | Refusal:
        """The option with its knobs turned, its numbers worked out again."""
        ...
