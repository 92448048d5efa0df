"""Amounts are a number and a currency, and nothing that cannot be compared is within them."""

from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.money import Money
from guardrails.amounts import Amounts, amount_in, within
from tests.guardrails.builders import gbp

AMOUNTS: TypeAdapter[tuple[Money, ...]] = TypeAdapter(Amounts)


def test_one_amount_stands_for_a_list_of_one() -> None:
    assert AMOUNTS.validate_python("500 GBP") == AMOUNTS.validate_python(["500 GBP"]) == (gbp(500),)


@pytest.mark.parametrize(
    "given", [500, True, "500", "GBP 500", "500 gbp", "NaN GBP", "1e3 GBP", ["5 GBP", 6], {"a": 1}]
)
def test_anything_but_a_number_and_a_currency_is_refused(given: object) -> None:
    with pytest.raises(ValidationError, match='expected an amount such as "500 GBP"'):
        AMOUNTS.validate_python(given)


def test_a_negative_amount_is_refused() -> None:
    with pytest.raises(ValidationError, match="cannot be negative"):
        AMOUNTS.validate_python("-5 GBP")


def test_a_currency_named_twice_is_refused() -> None:
    with pytest.raises(ValidationError, match="GBP is named twice"):
        AMOUNTS.validate_python(["5 GBP", "6 GBP"])


def test_an_amount_is_within_up_to_and_with_the_limit() -> None:
    limits = (gbp(500),)

    assert within(limits, gbp(500))
    assert not within(limits, gbp("500.01"))
    assert amount_in(limits, "EUR") is None


def test_nothing_but_no_money_is_within_a_currency_without_an_amount() -> None:
    assert not within((gbp(500),), Money(amount=Decimal("0.01"), currency="EUR"))
    assert within((gbp(500),), Money.zero("EUR"))


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "-Infinity", "-1"])
def test_what_is_not_a_finite_amount_is_never_within(amount: str) -> None:
    assert not within((gbp(500),), Money.model_construct(amount=Decimal(amount), currency="GBP"))
