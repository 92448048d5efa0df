"""Money is exact, finite and never mixed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.errors import Misuse
from domain.money import Money

GBP = Money(amount=Decimal("10.50"), currency="GBP")


def test_money_reads_as_words() -> None:
    assert Money.model_validate("1250.00 GBP") == Money(amount=Decimal(1250), currency="GBP")
    assert str(Money.model_validate("1250 GBP")) == "1,250.00 GBP"


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity", "1e400x", ""])
def test_money_that_is_no_number_is_refused(amount: str) -> None:
    with pytest.raises(ValidationError):
        Money.model_validate(f"{amount} GBP")


@pytest.mark.parametrize("currency", ["gbp", "GB", "POUND", ""])
def test_money_needs_a_currency_code(currency: str) -> None:
    with pytest.raises(ValidationError):
        Money.model_validate(f"1 {currency}")


def test_currencies_do_not_meet_by_accident() -> None:
    euro = Money(amount=Decimal(1), currency="EUR")

    for meet in (GBP.__add__, GBP.__sub__, GBP.__lt__, GBP.__le__, GBP.__gt__, GBP.__ge__):
        with pytest.raises(Misuse, match="different currencies"):
            meet(euro)


def test_sums_and_products_keep_the_currency() -> None:
    assert GBP + GBP == Money.model_validate("21.00 GBP")
    assert GBP - GBP == Money.zero("GBP")
    assert GBP * 3 == Money.model_validate("31.50 GBP")
    assert GBP > Money.zero("GBP")
    assert GBP >= GBP
    assert Money.zero("GBP") < GBP
    assert GBP <= GBP


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_rounding_moves_by_half_a_cent_at_most(amount: Decimal) -> None:
    money = Money(amount=amount, currency="EUR")

    assert abs((money.rounded() - money).amount) <= Decimal("0.005")
    assert money.rounded().amount == money.rounded().rounded().amount
