"""Values are frozen, and their digests depend on what they say alone."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.cases import MOVES, check_move
from domain.clock import SetClock, SystemClock
from domain.errors import DeskError, IllegalMove
from domain.faults import Unreachable
from domain.money import Money
from domain.plans import Knob
from domain.values import Json, canonical, digest


def test_canonical_bytes_sort_keys() -> None:
    assert canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_canonical_bytes_are_those_of_rfc_8785_whichever_encoder_writes_them(value: Json) -> None:
    try:
        expected = rfc8785.dumps(value)
    except ValueError:
        with pytest.raises(ValueError):
            canonical(value)
    else:
        assert canonical(value) == expected


def test_digest_ignores_the_order_of_keys() -> None:
    assert digest({"a": 1, "b": [2]}) == digest({"b": [2], "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})


def test_a_value_cannot_be_changed() -> None:
    money = Money.zero("GBP")

    with pytest.raises(ValidationError):
        money.amount = Decimal(1)
    assert money.but(amount=Decimal(2)).amount == 2
    with pytest.raises(ValidationError):
        money.but(amount=Decimal("NaN"))


def test_a_knob_admits_whole_steps_within_its_bounds() -> None:
    knob = Knob(name="quantity", label="Quantity", unit="Units", minimum=Decimal(24), maximum=Decimal(60),
                step=Decimal(12), value=Decimal(24))  # fmt: skip

    assert [wanted for wanted in range(100) if knob.admits(Decimal(wanted))] == [24, 36, 48, 60]


def test_every_state_can_be_left_and_closed_is_reachable() -> None:
    for state, then in MOVES.items():
        assert then, state
        assert state == "closed" or "closed" in then, state


def test_an_illegal_move_names_the_legal_ones() -> None:
    check_move("C1", "open", "acting")
    with pytest.raises(
        IllegalMove, match="C1 is undoing and cannot become open; it may become closed, queued, unknown"
    ):
        check_move("C1", "undoing", "open")


def test_an_error_says_its_docstring_unless_told_otherwise() -> None:
    assert str(Unreachable()) == "Odoo cannot be reached; nothing was sent."
    assert str(DeskError("so")) == "so"


def test_clocks_tell_aware_times() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    clock = SetClock(at)

    clock.move(datetime(2026, 3, 3, tzinfo=UTC) - at)

    assert clock.now() == datetime(2026, 3, 3, tzinfo=UTC)
    assert SystemClock().now().tzinfo is UTC
