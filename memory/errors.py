"""What can go wrong at the desk's own database; in every case nothing was half written.

StoreError
├── Locked           another process is writing and did not let go in time
├── DiskFull         no room left to write
├── ReadOnly         the home cannot be written
├── Unreadable       the file cannot be opened at all
├── NotADatabase     the file is something else
├── Corrupt          the file is damaged, or a stored value is not what its digest says
├── CheckpointsDamaged  the file of where graphs stand is damaged; no case is lost by it
├── JournalMissing   its seals are there and the journal is not
├── NewerSchema      the file was written by a newer desk
├── Conflict         somebody else was first; read again
├── OutOfRange       an amount that cannot be counted
└── SealKeyMissing   the journal was sealed before and the signing key is gone
"""

import errno
import os
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
    """The desk's home is read-only, and even reading the database needs to write there: make it writable."""


class Unreadable(StoreError):
    """The database cannot be opened: check that the desk's home exists and may be read and written."""


class NotADatabase(StoreError):
    """The file is not a database of the desk: point the desk's home elsewhere, or restore a backup."""


class Corrupt(StoreError):
    """The database is damaged: stop the desk and restore a backup; the seals tell how far it reached."""


class CheckpointsDamaged(StoreError):
    """The file of where graphs stand is damaged: delete it, every case restarts from its rows."""


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


IO_ERROR = "disk i/o error"
"""SQLite says so of a failing disk, and of a full one too where it maps the file of its locks into memory."""

SIGNS: tuple[tuple[str, type[StoreError]], ...] = (
    ("database is locked", Locked),
    ("database table is locked", Locked),
    ("disk is full", DiskFull),
    ("readonly database", ReadOnly),
    ("unable to open", Unreadable),
    (IO_ERROR, Unreadable),
    ("not a database", NotADatabase),
    ("malformed", Corrupt),
)
"""What SQLite says, and what that means to the desk."""

LEAST_BYTES = 1024 * 1024
"""Less free room than this is a full disk: the log ahead of the database alone may need as much."""

DISK = "The disk failed: nothing was half written; check the disk of the desk's home and its mount, then try again"


def file_trouble(path: Path, fault: OSError) -> StoreError:
    """The StoreError for a file of the desk that cannot be read or written."""
    kinds: dict[int | None, type[StoreError]] = {errno.ENOSPC: DiskFull, errno.EROFS: ReadOnly, errno.EACCES: ReadOnly}
    kind = kinds.get(fault.errno, Unreadable)
    return kind(f"{(kind.__doc__ or '').strip()} ({path}: {fault.strerror})")


@contextmanager
def plainly(home: Path) -> Iterator[None]:
    """Turn what the database driver raises into a StoreError that says what to do."""
    try:
        yield
    except DBAPIError as fault:
        raise told(fault.orig or fault, home) from fault


def told(fault: BaseException, home: Path) -> StoreError:
    """The StoreError for one fault of the driver, with the driver's own words at the end."""
    said = str(fault)
    kind = next((kind for sign, kind in SIGNS if sign in said.lower()), StoreError)
    if kind is Unreadable and full(home):
        kind = DiskFull
    advice = DISK if kind is Unreadable and IO_ERROR in said.lower() else kind.__doc__ or ""
    return kind(f"{advice.strip()} (in {home}; SQLite: {said})")


def full(home: Path) -> bool:
    """Whether the volume of a folder has so little room left that SQLite cannot work there."""
    try:
        volume = os.statvfs(home)
    except OSError:
        return False
    return volume.f_bavail * volume.f_frsize < LEAST_BYTES
