"""Whatever goes wrong with a file of the desk is said in words that help."""

import errno
from pathlib import Path

import pytest

from memory import errors
from memory.errors import DiskFull, ReadOnly, StoreError, Unreadable, file_trouble


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, DiskFull), (errno.EROFS, ReadOnly), (errno.EACCES, ReadOnly), (errno.EISDIR, Unreadable)],
)
def test_what_the_system_says_becomes_what_the_reader_can_do(number: int, kind: type[StoreError]) -> None:
    trouble = file_trouble(Path("seals.jsonl"), OSError(number, "in its own words"))

    assert type(trouble) is kind
    assert "(seals.jsonl: in its own words)" in str(trouble)


def test_every_error_of_the_store_says_what_it_is() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, StoreError)]

    assert [kind for kind in kinds if len(str(kind())) < 20] == []


def test_every_error_is_in_the_tree_at_the_top_of_its_module() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, StoreError)]

    assert [kind.__name__ for kind in kinds if kind.__name__ not in (errors.__doc__ or "")] == []
