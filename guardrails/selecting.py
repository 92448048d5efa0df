"""Which steps a rule is about: by action, vendor, customer, product and risk."""

from collections.abc import Container

from pydantic import Field

from domain.exposures import Exposure, Risk
from domain.values import Value
from guardrails.known import Name, Pattern
from guardrails.patterns import names


class Selector(Value):
    """A named choice of steps; whatever is not listed is not looked at."""

    name: Name
    actions: tuple[Pattern, ...] = Field(min_length=1)
    vendors: tuple[int, ...] = ()
    """Odoo ids; empty means every vendor. Likewise below."""
    customers: tuple[int, ...] = ()
    products: tuple[int, ...] = ()
    risk: tuple[Risk, ...] = ()

    def concerns(self, exposure: Exposure) -> bool:
        """Whether it is about this step at all, whatever its size."""
        return (
            names(self.actions, exposure.action)
            and listed(self.vendors, exposure.vendor)
            and listed(self.customers, exposure.customer)
            and listed(self.products, exposure.product)
            and listed(self.risk, exposure.risk)
        )


def listed(wanted: Container[object], found: object) -> bool:
    """Nothing listed means everything; what has no such party is in no list."""
    return wanted == () or found in wanted
