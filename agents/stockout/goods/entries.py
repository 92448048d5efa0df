"""What a shelf's account is made of: goods that come, orders that leave, lots that perish, goods for one order only."""

from typing import NamedTuple


class Supply(NamedTuple):
    """A quantity that comes on a day (days from today)."""

    day: int
    quantity: float
    document: str
    line: int | None = None
    """The purchase order line it was bought with."""


class Claim(NamedTuple):
    """A quantity that leaves on a day; ``reserved`` of it is taken off the shelf already."""

    day: int
    """Negative where it is overdue."""
    quantity: float
    reserved: float
    sale_line: int | None
    document: str
    picking: int | None = None
    picked: bool = False
    """Whether somebody has it in hand."""

    @property
    def open(self) -> float:
        """What is still to be found for it."""
        return max(self.quantity - self.reserved, 0.0)


class Batch(NamedTuple):
    """Free stock that may be used up to, not on, a day; None keeps."""

    until: int | None
    quantity: float


class Tied(NamedTuple):
    """An order and the goods that are brought for it alone: no other stock serves it, and they serve no other order."""

    claim: Claim
    supply: Supply

    @property
    def late(self) -> int:
        """By how many days from today on its goods miss it."""
        return max(self.supply.day - max(self.claim.day, 0), 0)


class Waiting(NamedTuple):
    """Goods that stand in the warehouse and not on the shelf: at its input, in quality control, at its output."""

    location: int
    quantity: float
    day: int | None
    """When they are carried on to the shelf, None where nobody planned it."""
    move: int | None
    """The move that carries them on."""
    picking: int | None
    document: str
    on_the_way: bool
    """Whether this is one of the warehouse's own steps: what stands there belongs on the shelf."""
