"""Whatever goes wrong with a file of the desk is said in words that help."""

import errno
import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from memory import errors
from memory.errors import LEAST_BYTES, DiskFull, ReadOnly, StoreError, Unreadable, file_trouble, plainly


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, DiskFull), (errno.EROFS, ReadOnly), (errno.EACCES, ReadOnly), (errno.EISDIR, Unreadable)],
)
def test_what_the_system_says_becomes_what_the_reader_can_do(number: int, kind: type[StoreError]) -> None:
    trouble = file_trouble(Path("seals.jsonl"), OSError(number, "in its own words"))

    assert type(trouble) is kind
    assert "(seals.jsonl: in its own words)" in str(trouble)


@pytest.mark.parametrize("said", ["disk I/O error", "unable to open database file"])
def test_a_vague_error_on_a_full_volume_is_a_full_disk(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _leave_free(LEAST_BYTES - 1, monkeypatch)

    with pytest.raises(DiskFull, match="free some space and try again"):
        _fail(said, tmp_path)


def test_a_disk_error_on_a_volume_with_room_is_the_disk_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _leave_free(LEAST_BYTES, monkeypatch)

    with pytest.raises(Unreadable, match=r"check the disk .* then try again.*disk I/O error"):
        _fail("disk I/O error", tmp_path)


def test_a_volume_that_tells_nothing_is_not_taken_for_full(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="may be read and written"):
        _fail("unable to open database file", tmp_path / "missing")


def test_every_error_of_the_store_says_what_it_is() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, StoreError)]

    assert [kind for kind in kinds if len(str(kind())) < 20] == []


def test_every_error_is_in_the_tree_at_the_top_of_its_module() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, StoreError)]

    assert [kind.__name__ for kind in kinds if kind.__name__ not in (errors.__doc__ or "")] == []


def _fail(said: str, home: Path) -> None:
    with plainly(home):
        raise OperationalError("INSERT", None, sqlite3.OperationalError(said))


def _leave_free(free: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A volume of blocks of one byte, with this many free."""
    volume = os.statvfs_result((1, 1, 2 * free, free, free, 0, 0, 0, 0, 255))
    monkeypatch.setattr(os, "statvfs", lambda _: volume)
