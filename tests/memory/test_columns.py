"""Moments sort as text, amounts are counted exactly and never too low."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.columns import millionths, spell, whole
from memory.errors import OutOfRange

MOMENTS = st.datetimes(timezones=st.timezones()).filter(lambda at: 1000 < at.year < 9999)


def test_a_moment_is_written_in_utc_with_fixed_width() -> None:
    paris = timezone(timedelta(hours=1))

    assert spell(datetime(2026, 3, 2, 13, 0, tzinfo=paris)) == "2026-03-02T12:00:00.000000Z"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        spell(datetime(2026, 3, 2, 13, 0))  # noqa: DTZ001


@given(MOMENTS, MOMENTS)
def test_text_order_is_time_order(one: datetime, other: datetime) -> None:
    assert (spell(one) < spell(other)) == (one < other)


@given(st.decimals(min_value=0, max_value=10**9, allow_nan=False, allow_infinity=False))
def test_a_counted_amount_is_never_lower_than_the_amount(amount: Decimal) -> None:
    assert amount <= whole(millionths(amount)) <= amount + Decimal("0.000001")


def test_an_amount_beyond_counting_is_refused() -> None:
    with pytest.raises(OutOfRange):
        millionths(Decimal(10) ** 13)
