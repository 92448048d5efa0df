"""What one step could cost if it were wrong: the thing that policy judges."""

from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from domain.money import Money
from domain.values import Value


class Risk(StrEnum):
    """What undoing an effect takes."""

    NOTE = "note"
    """Words or an activity inside Odoo."""
    REVERSIBLE = "reversible"
    """A compensation brings the former state back."""
    IRREVERSIBLE = "irreversible"
    """Nothing brings it back: mail that leaves, posted credit notes, validated pickings."""


class Exposure(Value):
    """Money, quantity and parties that one step touches, in the company's currency and the product's stock unit."""

    action: str
    company: int
    warehouse: int | None = None
    """Where it happens; for a transfer, the warehouse that gives, and for words on a document where their case is."""
    receiver: int | None = None
    """For a transfer, the warehouse that receives."""
    amount: Money
    """What the step commits or moves, never negative."""
    quantity: Decimal = Field(default=Decimal(0), ge=0)
    product: int | None = None
    """None where the step is for several products, or for none."""
    vendor: int | None = None
    customer: int | None = None
    days: int | None = None
    """By how many days a date moves, or how far ahead a commitment reaches."""
    risk: Risk

    @property
    def several(self) -> bool:
        """Whether it is goods of more than one product: how much is known, of what is not."""
        return self.product is None and self.quantity > 0

    @property
    def warehouses(self) -> tuple[int, ...]:
        """Every warehouse that the step concerns."""
        return tuple(one for one in (self.warehouse, self.receiver) if one is not None)


class Dimension(StrEnum):
    """What a cumulative limit is counted by, always within one company."""

    VENDOR = "vendor"
    CUSTOMER = "customer"
    PRODUCT = "product"
    ACTION = "action"
    COMPANY = "company"

    def of(self, exposure: Exposure) -> str | None:
        """The exposure's key in this dimension, None where it has none."""
        found: object = getattr(exposure, self.value)
        return None if found is None else str(found)
