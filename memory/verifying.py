"""Checks the journal entry by entry, against its seals and the tables: what was edited, removed or moved is named."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, RowMapping, text

from memory.covering import Journalled, Tampering, differences
from memory.database import Database
from memory.errors import Corrupt
from memory.journal import FIRST, chained
from memory.seal_keys import SealKeys, id_of, public_of, signed_by
from memory.seals import Seal, read_seals
from memory.triggers import TRIGGERS

__all__ = ["Tampering", "Verified", "verify"]

ENTRIES = text("SELECT seq, at, kind, case_id, body, prev, hash FROM journal ORDER BY seq")
RAISED = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")


class Verified(NamedTuple):
    """The journal is whole."""

    rows: int
    seals: int
    head: str
    """Hash of the last entry."""


@dataclass
class _Walk:
    """What was learned of the journal on the way through it."""

    seq: int = 0
    hash: str = FIRST
    hashes: dict[int, str] = field(default_factory=dict)
    named: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Seal number to the entry that names it and the line's hash."""
    journalled: Journalled = field(default_factory=Journalled)


def verify(database: Database, seals: Path, keys: SealKeys) -> Verified | tuple[Tampering, ...]:
    """Walk the journal, its tables and the seals file, any copy of it; every finding, or what was found whole."""
    with database.reading() as tx:
        walk = _Walk()
        found = [*_triggers(tx), *_entries(tx, walk), *differences(tx, walk.journalled)]
    try:
        lines = read_seals(seals)
    except Corrupt as fault:
        return (*found, Tampering(0, str(fault)))
    found += [*_chain(lines, keys), *_reach(lines, walk)]
    if found:
        return tuple(found)
    return Verified(walk.seq, sum(line.kind == "seal" for line in lines), walk.hash)


def _triggers(tx: Connection) -> Iterator[Tampering]:
    raised = {row.name: row.sql for row in tx.execute(RAISED)}
    for name, sql in TRIGGERS.items():
        if raised.get(name) != sql:
            yield Tampering(0, f"the rule {name} is gone from the database or was changed")


def _entries(tx: Connection, walk: _Walk) -> Iterator[Tampering]:
    for row in tx.execute(ENTRIES).mappings():
        if row["seq"] != walk.seq + 1:
            yield Tampering(walk.seq + 1, f"entries {walk.seq + 1} to {row['seq'] - 1} are missing")
        if row["prev"] != walk.hash:
            yield Tampering(row["seq"], "it does not follow the entry before it: one was removed, inserted or moved")
        wrong = _altered(row)
        if wrong is not None:
            yield Tampering(row["seq"], wrong)
        else:
            _learn(row, walk)
        walk.seq, walk.hash = row["seq"], row["hash"]
        walk.hashes[walk.seq] = walk.hash


def _altered(row: RowMapping) -> str | None:
    try:
        true = chained(row["prev"], row["body"])
        body = json.loads(row["body"])
        inside = (body["seq"], body["at"], body["kind"], body["case"])
    except (TypeError, ValueError, KeyError):
        return "it cannot be read"
    if true != row["hash"]:
        return "it was edited: its bytes do not match its hash"
    if inside != (row["seq"], row["at"], row["kind"], row["case_id"]):
        return "its columns were edited: they do not say what its bytes say"
    return None


def _learn(row: RowMapping, walk: _Walk) -> None:
    entry = json.loads(row["body"])
    walk.journalled.learn(entry, row["seq"])
    if row["kind"] == "sealed":
        facts = entry["facts"]
        walk.named[facts["number"]] = (row["seq"], facts["seal"])


def _chain(lines: list[Seal], keys: SealKeys) -> Iterator[Tampering]:
    """Numbers, links and signatures of the seals file."""
    prev, signing = FIRST, _first_key(lines, keys)
    for number, line in enumerate(lines, start=1):
        if (line.number, line.prev) != (number, prev):
            yield Tampering(line.seq or 0, f"line {number} of the seals file does not follow the line before it")
        if signing is None or line.signer != id_of(signing):
            yield Tampering(line.seq or 0, f"seal {line.number} is signed by an unknown or retired key {line.signer}")
        elif not signed_by(signing, line.signature, line.message):
            yield Tampering(line.seq or 0, f"the signature of seal {line.number} does not match")
        elif line.public is not None:
            signing = public_of(line.public)
        prev = line.line_hash


def _first_key(lines: list[Seal], keys: SealKeys) -> Ed25519PublicKey | None:
    """The key that the first line brings, when it was published beside the private key."""
    public = public_of(lines[0].public or "") if lines else None
    return public if public is not None and keys.published(id_of(public)) else None


def _reach(lines: list[Seal], walk: _Walk) -> Iterator[Tampering]:
    """Whether journal and seals agree on how far both reached."""
    for line in lines:
        if line.seq is not None and line.seq > walk.seq:
            yield Tampering(line.seq, f"seal {line.number} saw entry {line.seq}, the journal ends at {walk.seq}")
        elif line.seq is not None and walk.hashes.get(line.seq) != line.hash:
            yield Tampering(line.seq, f"seal {line.number} saw another entry {line.seq}")
    written = {line.number: line.line_hash for line in lines}
    for number, (seq, hashed) in walk.named.items():
        if written.get(number) != hashed:
            yield Tampering(seq, f"the journal names seal {number}, and the seals file has none like it")
