"""Amounts of a policy: ``"500 GBP"``, or a list with one amount for each currency."""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from domain.money import Money

WRITTEN = re.compile(r"\d{1,15}(\.\d{1,6})? [A-Z]{3}")


def _as_list(given: object) -> object:
    """One amount stands for a list of one; each is written as a number and a currency."""
    amounts = list(given) if isinstance(given, (list, tuple)) else [given]
    return [amount if isinstance(amount, Money) else written(amount) for amount in amounts]


def written(amount: object) -> str:
    """An amount as a file spells it; raises ValueError for anything else."""
    if isinstance(amount, str) and amount.startswith("-"):
        raise ValueError(f"an amount cannot be negative, found {amount!r}")
    if not isinstance(amount, str) or not WRITTEN.fullmatch(amount):
        raise ValueError(f'expected an amount such as "500 GBP", found {amount!r}')
    return amount


def _one_each(amounts: tuple[Money, ...]) -> tuple[Money, ...]:
    currencies = [amount.currency for amount in amounts]
    for currency in currencies:
        if currencies.count(currency) > 1:
            raise ValueError(f"{currency} is named twice; name each currency once")
    return amounts


Amounts = Annotated[tuple[Money, ...], BeforeValidator(_as_list), AfterValidator(_one_each)]
"""At most one amount for each currency, none negative."""


def amount_in(amounts: tuple[Money, ...], currency: str) -> Money | None:
    """The amount in this currency, None where the policy names none."""
    return next((amount for amount in amounts if amount.currency == currency), None)


def within(amounts: tuple[Money, ...], asked: Money) -> bool:
    """Whether an amount is covered; nothing is covered in a currency without an amount, except no money at all."""
    if not asked.amount.is_finite() or asked.amount < 0:
        return False
    most = amount_in(amounts, asked.currency)
    return asked.amount == 0 if most is None else asked <= most
