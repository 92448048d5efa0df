"""The desk's diary: every step in order, each entry chained to the one before, never changed and never removed."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, insert, select
from sqlmodel import col

from domain.clock import Clock
from domain.people import DESK
from domain.values import Digest, Instant, Json, Row, Value, canonical
from memory import subjects
from memory.columns import spell
from memory.database import Database
from memory.tables import JournalRow

FIRST = "0" * 64
"""What the first entry follows."""

LAST = select(col(JournalRow.seq), col(JournalRow.hash)).order_by(col(JournalRow.seq).desc()).limit(1)
APPENDED = insert(JournalRow)


class Entry(Value):
    """One entry as people read it: words whose key was erased show as ``(erased)``."""

    seq: int
    at: Instant
    kind: str
    case: str | None
    actor: str
    facts: Row
    hash: Digest


@dataclass(frozen=True, kw_only=True)
class Note:
    """Something to be journalled."""

    kind: str
    facts: Mapping[str, Json]
    case: str | None = None
    actor: str = DESK
    personal: Mapping[str, str] = field(default_factory=dict)
    """Names, logins and words typed by the actor: journalled as ciphertext under the actor's own key."""


class Journal:
    """Appends within the caller's transaction, so that nothing happens without its entry and no entry without it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def append(
        self,
        tx: Connection,
        kind: str,
        facts: Mapping[str, Json],
        *,
        case: str | None = None,
        actor: str = DESK,
        personal: Mapping[str, str] | None = None,
    ) -> int:
        """Append one entry; its number."""
        return self.append_all(tx, [Note(kind=kind, facts=facts, case=case, actor=actor, personal=personal or {})])

    def append_all(self, tx: Connection, notes: Sequence[Note]) -> int:
        """Append entries in order, in one statement; the number of the last entry in the journal."""
        seq, prev = head(tx)
        at = self._clock.now()
        rows = []
        for note in notes:
            seq += 1
            body = _body(tx, note, seq, at)
            hashed = chained(prev, body)
            rows.append(
                {"seq": seq, "at": at, "kind": note.kind, "case_id": note.case, "body": body}
                | {"prev": prev, "hash": hashed}
            )
            prev = hashed
        if rows:
            tx.execute(APPENDED, rows)
        return seq

    def note(
        self,
        kind: str,
        facts: Mapping[str, Json],
        *,
        case: str | None = None,
        actor: str = DESK,
        personal: Mapping[str, str] | None = None,
    ) -> int:
        """Append one entry in a transaction of its own, for what changes no other row."""
        with self._database.writing() as tx:
            return self.append(tx, kind, facts, case=case, actor=actor, personal=personal)

    def entries(self, case: str | None = None, since: datetime | None = None, limit: int | None = None) -> list[Entry]:
        """Entries in order, of one case or since a moment; with a limit, the newest so many."""
        query = select(JournalRow).order_by(col(JournalRow.seq).desc()).limit(limit)
        if case is not None:
            query = query.where(col(JournalRow.case_id) == case)
        if since is not None:
            query = query.where(col(JournalRow.at) >= since)
        with self._database.reading() as tx:
            keys = subjects.keys(tx)
            found = [_entry(row.body, row.hash, keys) for row in tx.execute(query)]
        return found[::-1]

    def erase(self, subject: str, *, actor: str) -> bool:
        """Forget a person's words for good; the chain stays valid. False when there was nothing to forget."""
        with self._database.writing() as tx:
            had = subjects.forget(tx, subject, self._clock.now())
            if had:
                self.append(tx, "subject.erased", {"subject": subject}, actor=actor)
        self._database.forget()
        return had


def head(tx: Connection) -> tuple[int, str]:
    """Number and hash of the last entry."""
    row = tx.execute(LAST).first()
    return (0, FIRST) if row is None else (row.seq, row.hash)


def chained(prev: str, body: bytes) -> str:
    """The hash of an entry: SHA-256 over the hash before it and its own bytes."""
    return hashlib.sha256(bytes.fromhex(prev) + body).hexdigest()


def _body(tx: Connection, note: Note, seq: int, at: datetime) -> bytes:
    locked: Row = {
        name: subjects.lock(tx, note.actor, words, f"{seq}/{name}", at) for name, words in note.personal.items()
    }
    return canonical(
        {
            "seq": seq,
            "at": spell(at),
            "kind": note.kind,
            "case": note.case,
            "actor": note.actor,
            "facts": {**note.facts, **locked},
        }
    )


def _entry(body: bytes, hashed: str, keys: Mapping[str, bytes]) -> Entry:
    told: Row = json.loads(body)
    facts = told["facts"]
    if isinstance(facts, dict):
        told["facts"] = {name: _open(fact, f"{told['seq']}/{name}", keys) for name, fact in facts.items()}
    return Entry.model_validate({**told, "hash": hashed})


def _open(fact: Json, place: str, keys: Mapping[str, bytes]) -> Json:
    match fact:
        case {"subject": str(subject), "sealed": str(sealed), **rest} if not rest:
            return subjects.unlock(keys.get(subject), sealed, place)
        case _:
            return fact
