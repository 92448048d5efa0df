"""Asking a vendor for more: how much its minimum, packs and price breaks make of the shortfall, and what that costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from agents.stockout.situation import Situation
from agents.units import Unconvertible, common_multiple, decimal, holds, round_up
from domain.money import Money
from domain.plans import Draft, Knob, Option
from tools.reads.vendors import VendorPrice
from tools.rfq import CreateRfq, RfqParams

ROOM = 2
"""A person may raise the quantity up to so many times what is proposed; beyond that it is another decision."""
YEAR = Decimal(52)
"""Weeks for which too large a purchase is counted as kept, at most."""


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


def purchases(now: Situation) -> tuple[Option, ...]:
    """One option for each vendor of the product, the best first."""
    vendors = dict.fromkeys(price.vendor for price in now.known.prices_of(now.product))
    return tuple(sorted((purchase(now, vendor) for vendor in vendors), key=_preference))


def purchase(now: Situation, vendor: int, quantity: Decimal | None = None) -> Option:
    """A request for quotation to one vendor: for the shortfall, or for the quantity a person wants."""
    prices = [price for price in now.known.prices_of(now.product) if price.vendor == vendor]
    why_not = _why_not(now, prices)
    if why_not is not None:
        return _impossible(now, prices[0], why_not)
    offer = _offer(now, prices)
    amount = offer.quantity(now.seen.to_order) if quantity is None else Fraction(quantity)
    unit = now.known.units[now.product.purchase_unit].name
    return Option(
        name=f"rfq:{vendor}",
        title=f"Ask {offer.vendor.vendor_name} for {decimal(amount):f} {unit} of {now.product.title}",
        drafts=(_draft(now, offer, amount),),
        cost=_cost(now, offer, amount),
        risk_removed=now.saved(now.known.lead(offer.vendor), decimal(amount * offer.per)),
        reversible=True,
        feasible=True,
        knobs=(_knob(now, offer, amount, unit),),
        confidence=now.confidence(vendor not in now.known.takes),
    )


def _preference(option: Option) -> tuple[bool, Decimal, bool, Decimal]:
    """Feasible, saving most after cost, cost known, cost low."""
    cost = option.cost.amount if option.cost else Decimal(0)
    return not option.feasible, cost - option.risk_removed.amount, option.cost is None, cost


def _why_not(now: Situation, prices: Sequence[VendorPrice]) -> str | None:
    name = prices[0].vendor_name
    if now.seen.to_order <= 0:
        return f"nothing is missing once what is on its way has come: {_under_way(now)}"
    if any(price.price <= 0 or price.net <= 0 for price in prices):
        return f"{name} has no price for it; enter one in Odoo"
    if now.known.rates.own(Decimal(1), prices[0].currency) is None:
        return f"the currency of {name} has no exchange rate in Odoo"
    if now.warehouse.receipt_type is None:
        return f"{now.warehouse.name} has no operation type for receipts"
    return _unit_trouble(now)


def _unit_trouble(now: Situation) -> str | None:
    try:
        holds(now.known.units[now.product.purchase_unit], now.unit)
    except Unconvertible as trouble:
        return str(trouble)
    return None


def _under_way(now: Situation) -> str:
    supplies = [
        f"{supply.quantity:g} on {now.known.today + timedelta(days=supply.day)} ({supply.document})"
        for supply in now.held.supplies
    ]
    return ", ".join(supplies) or "stock lasts to the end of the horizon"


def _offer(now: Situation, prices: Sequence[VendorPrice]) -> Offer:
    """Packs come from the warehouse's reordering rule, which counts them in stock units."""
    per = holds(now.known.units[now.product.purchase_unit], now.unit)
    pack = Fraction(now.held.orderpoint.multiple) if now.held.orderpoint else Fraction(0)
    tiers = [price for price in prices if price.currency == prices[0].currency]
    return Offer(tiers, per, common_multiple(pack, per) / per if pack > 0 else Fraction(1))


def _impossible(now: Situation, price: VendorPrice, why_not: str) -> Option:
    return Option(
        name=f"rfq:{price.vendor}",
        title=f"Ask {price.vendor_name} for {now.product.title}",
        drafts=(),
        cost=None,
        risk_removed=Money.zero(now.known.rates.currency),
        reversible=True,
        feasible=False,
        why_not=why_not,
        confidence=now.confidence(price.vendor not in now.known.takes),
    )


def _draft(now: Situation, offer: Offer, amount: Fraction) -> Draft:
    tier = offer.tier(amount)
    params = RfqParams(
        vendor=tier.vendor,
        product=now.product.id,
        quantity=decimal(amount),
        uom=now.product.purchase_unit,
        price=tier.price,
        currency=now.known.rates.code(tier.currency) or "",
        warehouse=now.warehouse.id,
        picking_type=now.warehouse.receipt_type or 0,
        planned=now.known.today + timedelta(days=now.known.lead(tier)),
    )
    return Draft(action=CreateRfq.name, params=params.plain())


def _cost(now: Situation, offer: Offer, amount: Fraction) -> Money | None:
    """What buying costs beyond the goods' usual cost: a higher price, and keeping what is more than needed.

    The price itself is exposure, not cost: goods are worth it. None where the usual cost, or what keeping costs, is
    unknown (docs/decisions/0005-money-of-options.md).
    """
    bought = decimal(amount * offer.per)
    paid = now.known.rates.own(offer.amount(amount), offer.tier(amount).currency)
    if paid is None or now.product.cost is None:
        return None
    dearer = max(paid.amount - bought * now.product.cost, Decimal(0))
    keeping = _keeping(now, bought - now.seen.to_order, paid.amount / bought)
    return None if keeping is None else paid.but(amount=dearer + keeping).rounded()


def _keeping(now: Situation, surplus: Decimal, price: Decimal) -> Decimal | None:
    """Holding what was bought beyond the need until it is sold, at most a year; half of it on average."""
    if surplus <= 0:
        return Decimal(0)
    if now.terms.holding_rate is None:
        return None
    weekly = now.seen.weekly_demand
    weeks = min(surplus / weekly / 2, YEAR) if weekly > 0 else YEAR
    return surplus * price * now.terms.holding_rate * weeks / YEAR


def _knob(now: Situation, offer: Offer, amount: Fraction, unit: str) -> Knob:
    return Knob(
        name="quantity",
        label="Quantity to ask for",
        unit=unit,
        minimum=decimal(offer.least),
        maximum=decimal(offer.quantity(now.seen.to_order) * ROOM),
        step=decimal(offer.step),
        value=decimal(amount),
    )
