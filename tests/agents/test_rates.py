"""Amounts in the company's own currency."""

from datetime import date
from decimal import Decimal

import pytest

from agents.rates import Rates
from domain.errors import DeskError
from domain.money import Money
from tools.reads.measures import Currency

TODAY = date(2026, 3, 2)
GBP = Currency(id=1, code="GBP", rate=Decimal("0.8"), dated=TODAY)
USD = Currency(id=2, code="USD", rate=Decimal("1.0"), dated=TODAY)
DEAD = Currency(id=3, code="XXX", rate=Decimal(0), dated=TODAY)
UNDATED = Currency(id=4, code="EUR", rate=Decimal(1), dated=None)
"""As Odoo tells a currency it holds no rate of."""


def test_an_amount_is_converted_over_both_rates() -> None:
    rates = Rates([GBP, USD], own=1)

    assert rates.own(Decimal(100), 2) == Money.model_validate("80.0 GBP")
    assert rates.own(Decimal(100), 1) == Money.model_validate("100 GBP")


def test_an_unknown_rate_is_never_one_to_one() -> None:
    rates = Rates([GBP, DEAD, UNDATED], own=1)

    assert rates.own(Decimal(100), 2) is None
    assert rates.own(Decimal(100), 3) is None
    assert rates.own(Decimal(100), 4) is None
    assert rates.code(2) is None


def test_a_companys_own_currency_needs_no_rate() -> None:
    rates = Rates([UNDATED, USD], own=4)

    assert rates.own(Decimal(100), 4) == Money.model_validate("100 EUR")
    assert rates.own(Decimal(100), 2) == Money.model_validate("100 EUR")


def test_a_company_whose_own_currency_is_archived_is_told_what_to_do() -> None:
    with pytest.raises(DeskError, match="activate it"):
        Rates([], 1)
