"""Raw field values of Odoo and what they mean."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from domain.values import Json, Row
from tools.reads.parsing import BEYOND, day, ident, instant, key, label, link, moment, number, only, ratio, stamp, text


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        (False, "0"),
        (None, "0"),
        (True, "0"),
        ("7", "0"),
        (24.0, "24"),
        (240, "240"),
        (0.1 + 0.2, "0.3"),
        (1e7, "10000000"),
        (-2.5, "-2.5"),
        (float("nan"), str(BEYOND)),
        (float("-inf"), str(BEYOND)),
    ],
)
def test_numbers_are_exact_and_nothing_is_zero(raw: Json, meant: str) -> None:
    assert str(number(raw)) == meant


def test_a_ratio_keeps_every_digit() -> None:
    assert ratio(1 / 12) == Decimal("0.08333333333333333")
    assert ratio(False) == 0
    assert ratio(float("nan")) == ratio(float("inf")) == 0


def test_a_many2one_is_an_id_with_a_name_or_nothing() -> None:
    row: Row = {"id": 3, "a": [7, "Leeds"], "b": False, "c": 9}

    assert [link(row, field) for field in "abc"] == [7, None, 9]
    assert [label(row, field) for field in "abc"] == ["Leeds", "", ""]
    assert key(row, "a") == 7
    assert ident(row) == 3


def test_an_empty_link_that_must_be_filled_is_a_surprise() -> None:
    with pytest.raises(ValueError, match="warehouse_id of record 3 is empty"):
        key({"id": 3, "warehouse_id": False}, "warehouse_id")
    with pytest.raises(TypeError, match="without an id"):
        ident({"id": False})


def test_a_time_that_must_be_there_is_a_surprise_when_missing() -> None:
    assert instant({"date": "2026-11-23 09:00:00"}, "date") == datetime(2026, 11, 23, 9, tzinfo=UTC)
    with pytest.raises(ValueError, match="date of record 3 is empty"):
        instant({"id": 3, "date": False}, "date")


def test_times_are_utc_and_nothing_is_none() -> None:
    assert moment("2026-11-23 09:00:00") == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert moment(False) is None
    assert day("2026-11-23") == date(2026, 11, 23)
    assert day(False) is None
    assert text({"note": False}, "note") == ""
    assert stamp(datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=1)))) == "2026-11-23 09:00:00"


def test_a_domain_asks_for_one_or_for_all() -> None:
    assert only("product_id", 7) == [["product_id", "=", 7]]
    assert only("product_id", None) == []
