"""Amounts in the company's own currency."""

from decimal import Decimal

import pytest

from agents.rates import Rates
from domain.errors import DeskError
from domain.money import Money
from tools.reads.measures import Currency

GBP = Currency(id=1, code="GBP", rate=Decimal("0.8"))
USD = Currency(id=2, code="USD", rate=Decimal("1.0"))
DEAD = Currency(id=3, code="XXX", rate=Decimal(0))


def test_an_amount_is_converted_over_both_rates() -> None:
    rates = Rates([GBP, USD], own=1)

    assert rates.own(Decimal(100), 2) == Money.model_validate("80.0 GBP")
    assert rates.own(Decimal(100), 1) == Money.model_validate("100 GBP")


def test_an_unknown_rate_is_never_one_to_one() -> None:
    rates = Rates([GBP, DEAD], own=1)

    assert rates.own(Decimal(100), 2) is None
    assert rates.own(Decimal(100), 3) is None
    assert rates.code(2) is None


def test_a_company_whose_own_currency_is_archived_is_told_what_to_do() -> None:
    with pytest.raises(DeskError, match="activate it"):
        Rates([], 1)
