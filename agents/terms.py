"""What the business decides and Odoo does not know: how much risk is an exception, what moving and keeping costs."""

from decimal import Decimal

from pydantic import Field

from domain.money import Money
from domain.values import Value


class Terms(Value):
    """The terms that exceptions are judged by; a cost that nobody named is None: shown as unknown, never zero."""

    chance: Decimal = Field(default=Decimal("0.30"), gt=0, le=1)
    """The probability of running out before goods arrive from which on it is an exception."""
    service: Decimal = Field(default=Decimal("0.95"), gt=Decimal("0.5"), lt=1)
    """The share of cycles without a stockout that safety stock aims at, where no reordering rule says a minimum."""
    review_days: int = Field(default=7, ge=1)
    """How often somebody orders: what can wait for the next time is no exception today."""
    lead_days: int = Field(default=14, ge=1)
    """The lead time assumed of a product without a vendor."""
    longest_horizon: int = Field(default=90, ge=1)
    """How many days ahead are looked at, at most."""
    transfer_days: int = Field(default=1, ge=0)
    """Days from one warehouse to another."""
    patience_days: int = Field(default=30, ge=1)
    """Days of delay after which a customer's order counts as lost; a shorter delay counts by its share of them."""
    transfer_cost: Money | None = None
    """Handling and freight of one transfer."""
    holding_rate: Decimal | None = Field(default=None, ge=0)
    """What keeping goods for a year costs, as a share of their value."""


class TermsBook(Value):
    """The terms of every company and warehouse."""

    usual: Terms = Terms()
    """What holds where nothing else is said."""

    def of(self, company: int, warehouse: int | None = None) -> Terms:  # noqa: ARG002
        """The terms that hold in a warehouse, or in a company as a whole."""
        return self.usual
