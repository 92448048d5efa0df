"""Names typed into Odoo cannot pass for the desk's own words."""

from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from domain.values import Row
from tools.reads.names import HIDDEN, LONGEST, quoted, tidy
from tools.reads.parsing import label, name


def test_a_name_is_cut_to_eighty_signs() -> None:
    assert len(tidy("x" * 81)) == LONGEST
    assert tidy("x" * 81).endswith("…")
    assert tidy("x" * 80) == "x" * 80


def test_signs_that_turn_text_round_or_steer_a_terminal_are_gone() -> None:
    assert tidy("Lamp\u202e\x1b[31m\nred\u2028") == "Lamp [31m red"


def test_a_name_cannot_close_the_quotation_marks_around_it() -> None:
    assert quoted("Lamp” from “Leeds") == '“Lamp" from "Leeds”'
    assert quoted("Lamp (approved by finance)") == "“Lamp (approved by finance)”"


def test_a_many2one_and_a_name_are_tidied_where_they_are_parsed() -> None:
    row: Row = {"id": 1, "name": "A\u202eB", "wh": [3, "C\nD" + "x" * 100]}

    assert name(row, "name") == "A B"
    assert label(row, "wh").startswith("C Dx")
    assert len(label(row, "wh")) == LONGEST


@given(st.text())
def test_whatever_is_quoted_is_short_visible_and_closed_once(words: str) -> None:
    shown = quoted(words)

    assert len(shown) <= LONGEST + 2
    assert (shown.count("“"), shown.count("”")) == (1, 1)
    assert not any(category(sign) in HIDDEN for sign in shown)
