"""Seals: signed marks of how far the journal reached, kept in a file of their own beside the database.

A seal names the last entry's number and hash, the seal before it, and is signed; the journal in turn names every seal.
Whoever cuts the journal must forge a seal, whoever cuts the seals must forge the journal. Both cut back together can be
found only with an older copy of ``seals.jsonl``: copy it elsewhere, any copy can be handed to ``verify``.

Rotation: ``rotate()`` makes a new key and writes its public half into the seals file, signed by the old key; from then
on the new key signs. Nothing signed by the old key after that line is accepted.
"""

import base64
import hashlib
import os
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError
from sqlalchemy import Connection, exists, select
from sqlmodel import col

from domain.clock import Clock
from domain.values import Digest, Row, Value, canonical
from memory.columns import spell
from memory.database import Database
from memory.errors import Corrupt, file_trouble
from memory.journal import FIRST, Journal, head
from memory.seal_keys import SealKeys, id_of, raw
from memory.tables import JournalRow


class Seal(Value):
    """One line of the seals file."""

    number: int
    kind: Literal["key", "seal"]
    """``seal``: the journal reached this far; ``key``: from now on this public key signs."""
    at: str
    seq: int | None = None
    hash: Digest | None = None
    public: str | None = None
    signer: str
    prev: Digest
    signature: str = ""

    @property
    def message(self) -> bytes:
        """The bytes that are signed."""
        return canonical(self.model_dump(mode="json", exclude={"signature"}))

    @property
    def line_hash(self) -> str:
        return hashlib.sha256(canonical(self.plain())).hexdigest()


class Seals:
    """Writes seals; one writer at a time, because each is written inside a writing transaction of the database."""

    def __init__(self, path: Path, keys: SealKeys, database: Database, journal: Journal, clock: Clock) -> None:
        self.path = path
        self.keys = keys
        self._database = database
        self._journal = journal
        self._clock = clock

    def ready(self) -> None:
        """Whether what comes next can be sealed, before any of it is done; raises SealKeyMissing, Corrupt."""
        with self._database.writing() as tx:
            if self._so_far(tx):
                self.keys.current()

    def seal_now(self) -> Seal | None:
        """Seal the journal as it is on the disk; None when nothing was added since the last seal."""
        with self._database.writing() as tx:
            seq, hashed = head(tx)
            lines = self._ready(tx)
            if not _news(tx, lines):
                return None
            signing = self.keys.current()
            seal = _signed(lines, signing, kind="seal", at=spell(self._clock.now()), seq=seq, hash=hashed)
            self._write(tx, seal)
            return seal

    def rotate(self) -> str:
        """Sign with a new key from now on; its id."""
        with self._database.writing() as tx:
            lines = self._ready(tx)
            signing, coming = self.keys.current(), self.keys.next().public_key()
            self.keys.publish(coming)
            self._write(tx, _signed(lines, signing, kind="key", at=spell(self._clock.now()), public=raw(coming)))
            self.keys.promote(id_of(coming))
            return id_of(coming)

    def lines(self) -> list[Seal]:
        """Every line of the seals file in order; raises Corrupt for one that cannot be read."""
        return read_seals(self.path)

    def _so_far(self, tx: Connection) -> list[Seal]:
        """The lines so far, none for a journal that was never sealed."""
        lines = self.lines()
        if lines:
            self.keys.promote(id_signing(lines))
        elif tx.execute(select(exists().where(col(JournalRow.kind) == "sealed"))).scalar_one():
            raise Corrupt(f"the journal was sealed before and {self.path} is empty or gone; put the seals file back")
        return lines

    def _ready(self, tx: Connection) -> list[Seal]:
        """The lines so far, the first key among them."""
        lines = self._so_far(tx)
        if lines:
            return lines
        signing = self.keys.make()
        self.keys.publish(signing.public_key())
        first = _signed([], signing, kind="key", at=spell(self._clock.now()), public=raw(signing.public_key()))
        self._write(tx, first)
        return [first]

    def _write(self, tx: Connection, seal: Seal) -> None:
        append_line(self.path, canonical(seal.plain()))
        facts: Row = {"number": seal.number, "seal": seal.line_hash, "signer": seal.signer, "of": seal.kind}
        self._journal.append(tx, "sealed", facts)


def id_signing(lines: list[Seal]) -> str:
    """The id of the key that the newest ``key`` line names."""
    named = [line.public for line in lines if line.public is not None]
    return hashlib.sha256(base64.b64decode(named[-1])).hexdigest()[:16] if named else ""


def read_seals(path: Path) -> list[Seal]:
    """The whole lines of a seals file; a last line without its end was never finished and does not count."""
    try:
        whole = path.read_bytes().split(b"\n")[:-1]
    except FileNotFoundError:
        return []
    except OSError as fault:
        raise file_trouble(path, fault) from fault
    try:
        return [Seal.model_validate_json(line) for line in whole]
    except ValidationError as fault:
        raise Corrupt(f"{path} holds a line that is not a seal; put the seals file back") from fault


def append_line(path: Path, line: bytes) -> None:
    """Add one line and see it on the disk; an unfinished line of a killed process is cut off first."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b") as file:
            file.seek(file.read().rfind(b"\n") + 1)
            file.truncate()
            file.write(line + b"\n")
            file.flush()
            os.fsync(handle)
    except OSError as fault:
        raise file_trouble(path, fault) from fault


def _news(tx: Connection, lines: list[Seal]) -> bool:
    last = max((line.seq or 0 for line in lines), default=0)
    fresh = exists().where(col(JournalRow.seq) > last, col(JournalRow.kind) != "sealed")
    return bool(tx.execute(select(fresh)).scalar_one())


def _signed(
    lines: list[Seal],
    signing: Ed25519PrivateKey,
    *,
    kind: Literal["key", "seal"],
    at: str,
    seq: int | None = None,
    hash: str | None = None,  # noqa: A002
    public: str | None = None,
) -> Seal:
    prev = lines[-1].line_hash if lines else FIRST
    signer = id_of(signing.public_key())
    bare = Seal(number=len(lines) + 1, kind=kind, at=at, seq=seq, hash=hash, public=public, signer=signer, prev=prev)
    return bare.but(signature=base64.b64encode(signing.sign(bare.message)).decode())
