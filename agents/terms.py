"""What the business decides and Odoo does not know: how much risk is an exception, what moving and keeping costs."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field

from domain.money import Money
from domain.values import Value
from guardrails.amounts import written
from tools.reads.partners import TierField

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _numbered(day: object) -> object:
    if isinstance(day, str) and day.lower() not in WEEKDAYS:
        raise ValueError(f"no day of the week is called {day!r}; they are {', '.join(WEEKDAYS)}")
    return WEEKDAYS.index(day.lower()) if isinstance(day, str) else day


def _cost(given: object) -> object:
    return given if isinstance(given, Money | dict | None) else Money.model_validate(written(given))


Cost = Annotated[Money | None, BeforeValidator(_cost)]
"""An amount in the company's currency, ``"12 GBP"``; None is unknown."""

Weekday = Annotated[int, BeforeValidator(_numbered), Field(ge=0, le=6)]
"""A day's English name, or its number; 0 is Monday."""


class Tier(Value):
    """How much a customer's orders matter; a penalty that nobody named is None: unknown, never zero."""

    name: str = Field(min_length=1)
    rank: int = Field(ge=1)
    """1 is the highest: its orders go before all others."""
    tags: tuple[str, ...] = Field(min_length=1)
    """What the customer's field says when it is of this tier: names of its tags, say."""
    late_per_day: Decimal | None = Field(default=None, ge=0)
    """Penalty for each day that an order is late, as a share of its net value."""
    lost: Decimal | None = Field(default=None, ge=0)
    """Penalty for an order that is lost, as a share of its net value."""


class LocalTerms(Value):
    """What may be said for a company or a warehouse of its own; a cost that nobody named is None: unknown."""

    chance: Decimal = Field(default=Decimal("0.30"), gt=0, le=1)
    """The probability of running out before goods arrive from which on it is an exception."""
    service: Decimal = Field(default=Decimal("0.95"), gt=Decimal("0.5"), lt=1)
    """The share of cycles without a stockout that safety stock aims at, where no reordering rule says a minimum."""
    review_days: int = Field(default=7, ge=1, le=365)
    """How often somebody orders: what can wait for the next time is no exception today."""
    lead_days: int = Field(default=14, ge=1, le=730)
    """The lead time assumed of a product without a vendor."""
    longest_horizon: int = Field(default=90, ge=1, le=730)
    """How many days ahead are looked at, at most."""
    transfer_days: int = Field(default=1, ge=0, le=365)
    """Days from one warehouse to another."""
    patience_days: int = Field(default=30, ge=1, le=365)
    """Days of delay after which a customer's order counts as lost; a shorter delay counts by its share of them."""
    transfer_cost: Cost = None
    """Handling and freight of one transfer."""
    holding_rate: Decimal | None = Field(default=None, ge=0)
    """What keeping goods for a year costs, as a share of their value."""
    expedite_cost: Cost = None
    """What it costs to have a vendor hurry one order line: calls, express freight."""
    closed_dates: tuple[date, ...] = ()
    """Days on which nothing leaves or reaches the warehouse."""
    closed_weekdays: tuple[Weekday, ...] = Field(default=(), max_length=6)
    """The same for every week: ``(5, 6)`` is closed at weekends."""

    def closed(self, day: date) -> bool:
        """Whether the warehouse is closed on that day."""
        return day in self.closed_dates or day.weekday() in self.closed_weekdays

    def open_from(self, day: date) -> date:
        """That day, or the first one after it on which the warehouse is open."""
        while self.closed(day):
            day += timedelta(days=1)
        return day


class Terms(LocalTerms):
    """The terms that exceptions of one warehouse are judged by."""

    tiers_from: TierField = "category_id"
    """Which field of a customer says its tier."""
    tiers: tuple[Tier, ...] = ()
    substitutes: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """What may be sold instead, by internal reference (``default_code``), the best first."""

    def tier(self, tags: Iterable[str]) -> Tier | None:
        """The highest tier that any of a customer's tags means; None is unknown."""
        found = set(tags)
        return min((tier for tier in self.tiers if found & set(tier.tags)), key=lambda tier: tier.rank, default=None)

    def within(self, currency: str) -> "Terms":
        """The same terms for a company of this currency: a cost in another one is unknown, never taken one to one."""
        foreign = {
            name: None
            for name, cost in (("transfer_cost", self.transfer_cost), ("expedite_cost", self.expedite_cost))
            if cost is not None and cost.currency != currency
        }
        return self.but(**foreign) if foreign else self


class CompanyTerms(Value):
    """The terms of one company, and of those of its warehouses that differ."""

    usual: Terms
    warehouses: dict[int, Terms] = Field(default_factory=dict)


class TermsBook(Value):
    """The terms of every company and warehouse."""

    usual: Terms = Terms()
    """What holds where nothing else is said."""
    companies: dict[int, CompanyTerms] = Field(default_factory=dict)

    def of(self, company: int, warehouse: int | None = None) -> Terms:
        """The terms that hold in a warehouse, or in a company as a whole."""
        told = self.companies.get(company)
        if told is None:
            return self.usual
        return told.usual if warehouse is None else told.warehouses.get(warehouse, told.usual)
