"""Each person's words are locked with a key of their own: they can be forgotten without breaking the journal."""

import base64
import os
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, or_, select, update
from sqlmodel import col

from domain.values import Row
from memory.tables import CaseRow, HoldRow, PauseRow, QuestionRow, RequestRow, SubjectRow
from memory.upserts import put

ERASED = "(erased)"
"""What is shown where the key is gone."""

NONCE_BYTES = 12


def lock(tx: Connection, subject: str, words: str, place: str, now: datetime) -> Row:
    """The words as ciphertext that opens only with the subject's key and only in this place."""
    nonce = os.urandom(NONCE_BYTES)
    locked = AESGCM(_key(tx, subject, now)).encrypt(nonce, words.encode(), place.encode())
    return {"subject": subject, "sealed": base64.b64encode(nonce + locked).decode()}


def unlock(key: bytes | None, sealed: str, place: str) -> str:
    """The words, or ``(erased)`` when the key is gone or was made after the words were written."""
    if key is None:
        return ERASED
    try:
        locked = base64.b64decode(sealed)
        return AESGCM(key).decrypt(locked[:NONCE_BYTES], locked[NONCE_BYTES:], place.encode()).decode()
    except (InvalidTag, ValueError):
        return ERASED


def keys(tx: Connection) -> dict[str, bytes]:
    """Every key that still stands, by subject."""
    rows = tx.execute(select(col(SubjectRow.subject), col(SubjectRow.key)).where(col(SubjectRow.key).is_not(None)))
    return {row.subject: row.key for row in rows}


def forget(tx: Connection, subject: str, now: datetime) -> bool:
    """Throw the key away and blank the subject's words outside the journal; False when there was no key."""
    known = or_(col(SubjectRow.key).is_not(None), col(SubjectRow.login).is_not(None))
    gone = update(SubjectRow).where(col(SubjectRow.subject) == subject, known)
    had = tx.execute(gone.values(key=None, login=None, erased_at=now)).rowcount == 1
    tx.execute(update(RequestRow).where(col(RequestRow.decided_by) == subject).values(reason=ERASED))
    tx.execute(update(CaseRow).where(col(CaseRow.why_by) == subject).values(why=ERASED))
    tx.execute(update(PauseRow).where(col(PauseRow.actor) == subject).values(reason=ERASED))
    tx.execute(update(HoldRow).where(col(HoldRow.by) == subject).values(reason=ERASED))
    tx.execute(update(QuestionRow).where(col(QuestionRow.asked_by) == subject).values(question=ERASED))
    tx.execute(update(QuestionRow).where(col(QuestionRow.asked_of) == subject).values(asked_login=None))
    tx.execute(update(QuestionRow).where(col(QuestionRow.answered_by) == subject).values(answer=ERASED))
    return had


def _key(tx: Connection, subject: str, now: datetime) -> bytes:
    stored = tx.execute(select(col(SubjectRow.key)).where(col(SubjectRow.subject) == subject)).scalar_one_or_none()
    if stored is not None:
        return bytes(stored)
    key = AESGCM.generate_key(bit_length=256)
    put(tx, SubjectRow, {"subject": subject}, {"key": key, "made_at": now, "erased_at": None})
    return key
