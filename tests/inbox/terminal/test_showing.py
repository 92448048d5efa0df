"""Pages are harmless, narrow and plain, whatever Odoo's texts hold."""

import io
import sys
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from domain.money import Money
from inbox.terminal.showing import clean, console, emit, moment, money, number, say, table, tell


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("plain £ 3", "plain £ 3"),
        ("two\nlines\tand more", "two lines and more"),
        ("\x1b[2Jgone", "\\x1b[2Jgone"),
        ("\x9b31m", "\\x9b31m"),
        ("bell\x07", "bell\\x07"),
        ("turned \u202eround", "turned \\u202eround"),
        ("hidden\u200bhere", "hidden\\u200bhere"),
    ],
)
def test_text_cannot_steer_a_terminal(words: str, shown: str) -> None:
    assert clean(words) == shown


def test_markup_in_a_name_stays_text(capsys: pytest.CaptureFixture[str]) -> None:
    page = table("Cases [red]", "what")
    page.add_row("[bold]Lantern[/bold] :smile:")

    console().print(page)

    shown = capsys.readouterr().out
    assert "[bold]Lantern[/bold] :smile:" in shown
    assert "Cases [red]" in shown
    assert "\x1b" not in shown


def test_a_page_is_at_most_100_columns_wide(capsys: pytest.CaptureFixture[str]) -> None:
    page = table("", "id", "what", rigid=("id",))
    page.add_row("C1", "a very long sentence " * 20)

    console().print(page)
    say("  and a line that goes on " * 20)

    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 100


def test_a_long_line_goes_on_further_in(capsys: pytest.CaptureFixture[str]) -> None:
    say("  " + "word " * 40)

    assert capsys.readouterr().out.splitlines()[1].startswith("      word")


def test_a_terminal_narrower_than_a_page_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm")

    assert console().width == 60


@pytest.mark.parametrize(("asked", "wide"), [("72", 72), ("240", 100), ("0", 100), ("wide", 100)])
def test_a_page_that_is_piped_is_as_wide_as_columns_says(
    monkeypatch: pytest.MonkeyPatch, asked: str, wide: int
) -> None:
    monkeypatch.setenv("COLUMNS", asked)

    assert console().width == wide


def test_a_table_whose_words_would_be_broken_is_told_as_blocks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = table("", "case", "action", "what", rigid=("case",))
    page.add_row("C1", "purchase.confirm " * 4, "a-word-that-takes-more-than-half-of-a-page " * 2)
    page.add_row("C2", "a-word-that-takes-more-than-half-of-a-page " * 2, "")
    monkeypatch.setenv("COLUMNS", "80")

    console().print(page)

    assert "case: C1" in capsys.readouterr().out.splitlines()[0]


def test_a_squeezed_table_is_told_as_blocks_instead(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = table("Cases", "case", "state", "why", rigid=("case",))
    page.add_row("C1", "waiting", "a reason that is long enough to be broken into many pieces in a narrow column")
    page.add_row("C2", "open", "")
    monkeypatch.setattr("inbox.terminal.showing.WIDEST", 60)

    console().print(page)

    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines[:3] == ["Cases", "case: C1", "state: waiting"]
    assert lines[3].startswith("why: a reason that is long enough to be broken into many")
    assert "case: C2" in lines
    assert "why:" not in lines


def test_a_small_table_stays_a_table_on_a_narrow_page(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = table("", "case", "state")
    page.add_row("C1", "waiting")
    monkeypatch.setattr("inbox.terminal.showing.WIDEST", 60)

    console().print(page)

    assert "──" in capsys.readouterr().out


def test_times_are_told_in_utc() -> None:
    early = datetime(2026, 3, 2, 1, 15, tzinfo=timezone(timedelta(hours=2)))

    assert moment(early) == "2026-03-01 23:15 UTC"
    assert moment(None) == "unknown"


def test_what_is_unknown_is_not_shown_as_nothing() -> None:
    assert money(None) == "unknown"
    assert money(Money(amount=Decimal("1250"), currency="GBP")) == "1,250.00 GBP"


@pytest.mark.parametrize(("of", "shown"), [("24.000", "24"), ("0.50", "0.5"), ("1000", "1000")])
def test_quantities_have_no_trailing_zeros(of: str, shown: str) -> None:
    assert number(Decimal(of)) == shown


def test_data_is_ascii(capsys: pytest.CaptureFixture[str]) -> None:
    emit({"name": "\x1b £ \u202e"})
    tell(True, {"n": 1}, "not shown")
    tell(False, {"n": 1}, datetime(2026, 3, 2, tzinfo=UTC).year)

    shown = capsys.readouterr().out
    assert shown.isascii()
    assert "\x1b" not in shown
    assert "not shown" not in shown
    assert shown.endswith("2026\n")
