"""A hold ends when its time is over or the facts are worse, and worse means worth calling somebody back."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases import MOVES
from domain.holds import HELD, Hold
from domain.money import Money

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FRIDAY = NOON + timedelta(days=4)


def gbp(amount: str | Decimal) -> Money:
    return Money(amount=Decimal(amount), currency="GBP")


def a_hold(at_risk: str = "400", deadline: datetime | None = FRIDAY, until: datetime | None = None) -> Hold:
    return Hold(
        case="C1",
        kind="snoozed",
        by="user:7",
        reason="later",
        since=NOON,
        until=until,
        money_at_risk=gbp(at_risk),
        deadline=deadline,
    )


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [
        ("400", "400", False),
        ("400", "440", False),
        ("400", "440.01", True),
        ("50", "60", False),
        ("50", "60.01", True),
        ("0", "10", False),
        ("0", "10.01", True),
        ("400", "10", False),
    ],
)
def test_more_money_at_risk_counts_from_ten_percent_and_ten_pounds_on(before: str, now: str, worse: bool) -> None:
    assert (a_hold(before).worse(gbp(now), FRIDAY) is not None) == worse


def test_an_earlier_harm_is_worse_and_a_later_one_is_not() -> None:
    assert "it was 2026-03-06" in str(a_hold().worse(gbp("400"), FRIDAY - timedelta(days=1)))
    assert a_hold().worse(gbp("400"), FRIDAY + timedelta(days=1)) is None


def test_certain_is_worse_than_likely() -> None:
    assert "only likely" in str(a_hold(deadline=None).worse(gbp("400"), FRIDAY))
    assert a_hold().worse(gbp("400"), None) is None


def test_money_of_another_currency_is_a_changed_fact() -> None:
    assert a_hold().worse(Money(amount=Decimal(1), currency="EUR"), FRIDAY)


def test_a_hold_without_an_end_is_never_over() -> None:
    assert not a_hold().over(NOON + timedelta(days=9_999))
    assert a_hold(until=FRIDAY).over(FRIDAY)
    assert not a_hold(until=FRIDAY).over(FRIDAY - timedelta(microseconds=1))


@given(st.decimals(0, 10**9, places=2), st.decimals(0, 10**9, places=2), st.decimals(0, 10**9, places=2))
def test_what_is_worse_stays_worse_when_more_is_at_risk(before: Decimal, now: Decimal, more: Decimal) -> None:
    held = a_hold(str(before))

    if held.worse(gbp(now), FRIDAY):
        assert held.worse(gbp(now + more), FRIDAY)


def test_a_case_may_go_to_where_it_is_held_and_back_to_the_desk() -> None:
    for rests in set(HELD.values()):
        assert all(rests in MOVES[state] for state in ("open", "waiting", "queued"))
        assert "open" in MOVES[rests]
