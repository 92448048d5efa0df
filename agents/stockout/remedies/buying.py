"""Asking a vendor for more: how much its minimum, packs and price breaks make of the shortfall, and what that costs."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from agents.stockout.remedies.costing import beyond_worth
from agents.stockout.remedies.impossible import impossible
from agents.stockout.remedies.offer import MOST, Offer, flaw, offer
from agents.stockout.situation import Situation
from agents.stockout.soundness import UNFIT, Odd, because
from agents.units import decimal, round_down
from domain.money import Money
from domain.plans import Draft, Knob, Option
from tools.reads.names import quoted
from tools.reads.vendors import VendorPrice
from tools.rfq import CreateRfq
from tools.rfq_line import RfqParams

ROOM = 2
"""A person may raise the quantity up to so many times what is proposed; beyond that it is another decision."""


def purchases(now: Situation) -> tuple[Option, ...]:
    """One option for each vendor of the product, the best first."""
    vendors = dict.fromkeys(price.vendor for price in now.known.prices_of(now.product))
    return tuple(sorted((purchase(now, vendor) for vendor in vendors), key=_preference))


def turned_purchase(now: Situation, option: Option, knobs: Mapping[str, Decimal]) -> Option:
    """The same purchase with the quantity a person wants."""
    return purchase(now, int(option.name.partition(":")[2]), knobs["quantity"])


def purchase(now: Situation, vendor: int, quantity: Decimal | None = None) -> Option:
    """A request for quotation to one vendor: for the shortfall, or for the quantity a person wants."""
    prices = [price for price in now.known.prices_of(now.product) if price.vendor == vendor]
    try:
        why_not = _why_not(now, prices)
        return _possible(now, offer(now, prices), quantity) if why_not is None else _impossible(now, prices[0], why_not)
    except UNFIT as trouble:
        return _impossible(now, prices[0], because(trouble))


def _possible(now: Situation, offered: Offer, quantity: Decimal | None) -> Option:
    vendor, unit = offered.vendor, now.known.unit(now.product.purchase_unit).name
    amount = offered.quantity(now.seen.to_order) if quantity is None else Fraction(quantity)
    if amount > MOST:
        goods = f"{decimal(amount):,f} {unit} at once"
        raise Odd(f"{quoted(vendor.vendor_name)} would be asked for {goods}; correct the pack or the minimum in Odoo")
    return Option(
        name=f"rfq:{vendor.vendor}",
        title=f"Ask {quoted(vendor.vendor_name)} for {decimal(amount):f} {unit} of {quoted(now.product.title)}",
        drafts=(_draft(now, offered, amount),),
        cost=_cost(now, offered, amount),
        risk_removed=now.saved(now.arrival(now.known.lead(vendor)), decimal(amount * offered.per)),
        reversible=True,
        feasible=True,
        knobs=(_knob(now, offered, amount, unit),),
        confidence=now.confidence(vendor.vendor not in now.known.takes),
    )


def _preference(option: Option) -> tuple[bool, Decimal, bool, Decimal]:
    """Feasible, saving most after cost, cost known, cost low."""
    cost = option.cost.amount if option.cost else Decimal(0)
    return not option.feasible, cost - option.risk_removed.amount, option.cost is None, cost


def _why_not(now: Situation, prices: Sequence[VendorPrice]) -> str | None:
    name = quoted(prices[0].vendor_name)
    if not now.product.active:
        return f"{quoted(now.product.title)} is archived in Odoo: nothing more is bought of it"
    if now.seen.to_order <= 0:
        return f"nothing is missing once what is on its way has come: {_under_way(now)}"
    if found := next(filter(None, map(flaw, prices)), None):
        return found
    if now.known.rates.own(Decimal(1), prices[0].currency) is None:
        return f"the currency of {name} has no exchange rate in Odoo"
    if now.warehouse.receipt_type is None:
        return f"{quoted(now.warehouse.name)} has no operation type for receipts"
    return None


def _under_way(now: Situation) -> str:
    supplies = [
        f"{supply.quantity:g} on {now.known.today + timedelta(days=supply.day)} ({supply.document})"
        for supply in now.held.coming
    ]
    return ", ".join(supplies) or "stock lasts to the end of the horizon"


def _impossible(now: Situation, price: VendorPrice, why_not: str) -> Option:
    return impossible(
        now,
        name=f"rfq:{price.vendor}",
        title=f"Ask {quoted(price.vendor_name)} for {quoted(now.product.title)}",
        why_not=why_not,
        missing=price.vendor not in now.known.takes,
    )


def _draft(now: Situation, offered: Offer, amount: Fraction) -> Draft:
    tier = offered.tier(amount)
    params = RfqParams(
        vendor=tier.vendor,
        product=now.product.id,
        quantity=decimal(amount),
        uom=now.product.purchase_unit,
        price=tier.price,
        discount=tier.discount,
        currency=now.known.rates.code(tier.currency) or "",
        warehouse=now.warehouse.id,
        picking_type=now.warehouse.receipt_type or 0,
        planned=now.known.today + timedelta(days=now.arrival(now.known.lead(tier))),
    )
    return Draft(action=CreateRfq.name, params=params.plain())


def _cost(now: Situation, offered: Offer, amount: Fraction) -> Money | None:
    paid = now.known.rates.own(offered.amount(amount), offered.tier(amount).currency)
    return beyond_worth(now, decimal(amount * offered.per), paid, now.seen.to_order)


def _knob(now: Situation, offered: Offer, amount: Fraction, unit: str) -> Knob:
    return Knob(
        name="quantity",
        label="Quantity to ask for",
        unit=unit,
        minimum=decimal(offered.least),
        maximum=_most(now, offered),
        step=decimal(offered.step),
        value=decimal(amount),
    )


def _most(now: Situation, offered: Offer) -> Decimal:
    """In whole packs, within the room that a person has and within what may be asked for at all."""
    return decimal(round_down(min(offered.quantity(now.seen.to_order) * ROOM, Fraction(MOST)), offered.step))
