"""What people type is kept as they typed it, or refused with what to do."""

import pytest

from domain.errors import Misuse
from domain.words import LONGEST, counted, typed, typed_if_any


@pytest.mark.parametrize("words", ["sold out", "  Grüße, 東京 🙂  ", "two\nlines", "a\ttab"])
def test_plain_words_are_kept_without_the_space_around_them(words: str) -> None:
    assert typed(words, "say why") == words.strip()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "say why"),
        (" \n ", "say why"),
        ("x" * (LONGEST + 1), "2,001"),
        ("bell\x07", "x07"),
        ("escape\x1b[2J", "x1b"),
        ("half a sign \udcff", "udcff"),
        ("nul\x00", "x00"),
    ],
)
def test_what_cannot_be_kept_is_refused(words: str, said: str) -> None:
    with pytest.raises(Misuse, match=said):
        typed(words, "say why")


def test_nothing_is_an_answer_where_words_are_not_needed() -> None:
    assert typed_if_any("  ") == ""
    assert typed_if_any(" yes ") == "yes"


def test_counts_agree_with_their_nouns() -> None:
    assert (counted(1, "seal"), counted(2, "seal"), counted(0, "entry", "entries")) == (
        "1 seal",
        "2 seals",
        "0 entries",
    )
