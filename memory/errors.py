"""What can go wrong at the desk's own database; in every case nothing was half written.

StoreError
├── Locked           another process is writing and did not let go in time
├── DiskFull         no room left to write
├── ReadOnly         the files cannot be written
├── Unreadable       the file cannot be opened at all
├── NotADatabase     the file is something else
├── Corrupt          the file is damaged, or a stored value is not what its digest says
├── JournalMissing   its seals are there and the journal is not
├── NewerSchema      the file was written by a newer desk
├── Conflict         somebody else was first; read again
├── OutOfRange       an amount that cannot be counted
└── SealKeyMissing   the journal was sealed before and the signing key is gone
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from domain.errors import DeskError


class StoreError(DeskError):
    """The desk's database could not do what was asked."""


class Locked(StoreError):
    """The database is locked: another process is writing and did not let go in time; try again."""


class DiskFull(StoreError):
    """There is no room left for the database: nothing was written; free some space and try again."""


class ReadOnly(StoreError):
    """The database cannot be written: check who owns the desk's home and its permissions."""


class Unreadable(StoreError):
    """The database cannot be opened: check that the desk's home exists and may be read and written."""


class NotADatabase(StoreError):
    """The file is not a database of the desk: point the desk's home elsewhere, or restore a backup."""


class Corrupt(StoreError):
    """The database is damaged: stop the desk and restore a backup; the seals tell how far it reached."""


class JournalMissing(StoreError):
    """There are seals of a journal and not the journal itself: restore a backup of the database."""


class NewerSchema(StoreError):
    """The database was written by a newer desk: use that version, or restore a backup."""


class Conflict(StoreError):
    """Somebody else was first: read the case again."""


class OutOfRange(StoreError):
    """The amount is too large to be counted."""


class SealKeyMissing(StoreError):
    """The journal was sealed before and the signing key is gone: put the key back."""


SIGNS: tuple[tuple[str, type[StoreError]], ...] = (
    ("database is locked", Locked),
    ("database table is locked", Locked),
    ("disk is full", DiskFull),
    ("readonly database", ReadOnly),
    ("unable to open", Unreadable),
    ("not a database", NotADatabase),
    ("malformed", Corrupt),
)
"""What SQLite says, and what that means to the desk."""


def file_trouble(path: Path, fault: OSError) -> StoreError:
    """The StoreError for a file of the desk that cannot be read or written."""
    kinds: dict[int | None, type[StoreError]] = {errno.ENOSPC: DiskFull, errno.EROFS: ReadOnly, errno.EACCES: ReadOnly}
    kind = kinds.get(fault.errno, Unreadable)
    return kind(f"{(kind.__doc__ or '').strip()} ({path}: {fault.strerror})")


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what the database driver raises into a StoreError that says what to do."""
    try:
        yield
    except DBAPIError as fault:
        raise told(fault.orig or fault) from fault


def told(fault: BaseException) -> StoreError:
    """The StoreError for one fault of the driver, with the driver's own words at the end."""
    said = str(fault)
    kind = next((kind for sign, kind in SIGNS if sign in said.lower()), StoreError)
    return kind(f"{(kind.__doc__ or '').strip()} (SQLite: {said})")
