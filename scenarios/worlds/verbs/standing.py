"""The small world as its verbs know it: who is there, what is traded and where, by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from scenarios.sandbox.engine import Engine
from scenarios.worlds.ground import Units, Warehouse
from scenarios.worlds.people import User

OPENS = time(8, tzinfo=UTC)
"""When a day's trade begins: promises fall on this hour."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Products and warehouses are called by name, and verbs that make new ones name them; quantities are units.

    Days count from the morning of the day the world was built for; a change is one transaction.
    """

    engine: Engine
    today: date
    company: int
    users: Mapping[str, User]
    units: Units
    warehouses: dict[str, Warehouse]
    products: dict[str, int]
    vendor: int
    customer: int

    def day(self, in_days: float) -> datetime:
        """The morning that many days from today; whole and part days before today are negative."""
        return datetime.combine(self.today, OPENS) + timedelta(days=in_days)

    def ids(self) -> Mapping[str, int]:
        """The id of whatever has a name here: products, warehouses, the vendor, the customer, the company."""
        sites = {code: warehouse.id for code, warehouse in self.warehouses.items()}
        own = {"vendor": self.vendor, "customer": self.customer, "company": self.company}
        return {**self.products, **sites, **own}
