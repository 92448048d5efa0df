"""What one vendor's price list makes of a need: minimum, packs and price breaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from agents.stockout.reading.index import LONGEST
from agents.stockout.situation import Situation
from agents.units import common_multiple, decimal, holds, round_up
from tools.reads.names import quoted
from tools.reads.vendors import VendorPrice

MOST = 10_000_000
"""More than this of anything, or for one of anything, is taken for a typing error; the action refuses it as well."""


@dataclass(frozen=True)
class Offer:
    """One vendor's price list for the product, and how its purchase units relate to stock units."""

    tiers: Sequence[VendorPrice]
    """In Odoo's own order of preference: larger quantities first."""
    per: Fraction
    """Stock units in one purchase unit."""
    step: Fraction
    """Purchase units it is sold in."""

    @property
    def vendor(self) -> VendorPrice:
        return self.tiers[0]

    @property
    def least(self) -> Fraction:
        """The minimum order, in purchase units and whole packs."""
        return round_up(max(min(tier.from_quantity for tier in self.tiers), Decimal(0)), self.step) or self.step

    def tier(self, quantity: Fraction) -> VendorPrice:
        """The price that holds for a quantity of at least the minimum order: as in Odoo, the cheapest it reaches."""
        return min((tier for tier in self.tiers if Fraction(tier.from_quantity) <= quantity), key=lambda tier: tier.net)

    def amount(self, quantity: Fraction) -> Decimal:
        """What the vendor asks for the quantity, in its currency."""
        return self.tier(quantity).net * decimal(quantity)

    def quantity(self, needed: Decimal) -> Fraction:
        """Purchase units for a need in stock units: the cheapest of the least that will do and each price break."""
        enough = max(round_up(Fraction(needed) / self.per, self.step), self.least)
        breaks = (round_up(tier.from_quantity, self.step) for tier in self.tiers)
        return min({enough, *(q for q in breaks if q > enough)}, key=lambda q: (self.amount(q), q))


def offer(now: Situation, prices: Sequence[VendorPrice]) -> Offer:
    """Packs come from the warehouse's reordering rule, which counts them in stock units."""
    per = holds(now.known.unit(now.product.purchase_unit), now.unit)
    pack = Fraction(now.held.orderpoint.multiple) if now.held.orderpoint else Fraction(0)
    tiers = [price for price in prices if price.currency == prices[0].currency]
    return Offer(tiers, per, common_multiple(pack, per) / per if pack > 0 else Fraction(1))


def flaw(price: VendorPrice) -> str | None:
    """What to correct in Odoo before anybody can buy at this line of a price list; None where it can be meant."""
    name = quoted(price.vendor_name)
    if price.price <= 0 or price.net <= 0:
        return f"{name} has no price for it; enter one in Odoo"
    if price.discount < 0:
        return f"{name} has a discount of {price.discount:,f} %; correct it in Odoo"
    if price.price > MOST:
        return f"{name} asks {price.price:,f} for one; correct the price in Odoo"
    if not 0 <= price.from_quantity <= MOST:
        return f"{name} sells it from {price.from_quantity:,f} on; correct the minimum quantity in Odoo"
    if not 0 <= price.delay <= LONGEST:
        return f"{name} promises it after {price.delay:,} days; correct the lead time in Odoo"
    return None
