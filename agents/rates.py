"""Amounts in other currencies are converted into the company's own at the rates that Odoo holds."""

from collections.abc import Iterable
from decimal import Decimal

from domain.errors import DeskError
from domain.money import Money
from tools.reads.measures import Currency


class Rates:
    """Today's exchange rates of one company."""

    def __init__(self, currencies: Iterable[Currency], own: int) -> None:
        self._by_id = {currency.id: currency for currency in currencies}
        if own not in self._by_id:
            raise DeskError("the currency of the company is not active in Odoo: activate it there")
        self._own = self._by_id[own]

    @property
    def currency(self) -> str:
        """The code of the company's own currency."""
        return self._own.code

    def code(self, currency: int) -> str | None:
        """A currency's code, None for one that is not active."""
        found = self._by_id.get(currency)
        return found.code if found else None

    def own(self, amount: Decimal, currency: int) -> Money | None:
        """The amount in the company's currency, None where no rate is known: never one to one by default."""
        found = self._by_id.get(currency)
        if found is None or found.rate <= 0 or self._own.rate <= 0:
            return None
        if found.id == self._own.id:
            return self.money(amount)
        return None if found.dated is None else self.money(amount / found.rate * self._own.rate)

    def money(self, amount: Decimal) -> Money:
        """An amount that is in the company's currency already."""
        return Money(amount=amount, currency=self._own.code)
