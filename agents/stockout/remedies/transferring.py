"""Bringing stock over from another warehouse that can spare it."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from agents.stockout.goods.course import course
from agents.stockout.goods.shelf import Shelf, shelf
from agents.stockout.orders import exact
from agents.stockout.projection import WHOLE, reorder_level
from agents.stockout.remedies.impossible import impossible
from agents.stockout.situation import Situation
from agents.stockout.soundness import UNFIT, because, check
from agents.units import decimal, round_down
from domain.plans import Draft, Knob, Option
from domain.values import Value
from tools.reads.names import quoted
from tools.reads.places import Warehouse
from tools.reads.products import Product
from tools.transfer import Transfer, TransferParams


class Donor(Value):
    """What another warehouse has and what it can give; quantities in the stock unit."""

    free: Decimal
    """Unreserved, as Odoo counts it."""
    reorder_level: Decimal
    lowest: Decimal
    """The least it will have on any day within its own horizon."""
    spare: Decimal
    """Whole units it can give and stay at its reorder level throughout."""


def transfers(now: Situation) -> tuple[Option, ...]:
    """One option for each other warehouse of the company, in order of what it would save."""
    others = [wh for wh in now.known.warehouses if wh != now.warehouse.id]
    return tuple(sorted((transfer(now, wh) for wh in others), key=lambda option: -option.risk_removed.amount))


def turned_transfer(now: Situation, option: Option, knobs: Mapping[str, Decimal]) -> Option:
    """The same transfer with the quantity a person wants."""
    return transfer(now, int(option.name.partition(":")[2]), knobs["quantity"])


def transfer(now: Situation, warehouse: int, quantity: Decimal | None = None) -> Option:
    """The transfer from one warehouse: what is missing, as far as it can be spared, or the quantity a person wants."""
    giver = now.known.warehouses[warehouse]
    try:
        spare = donor(now, warehouse)
        why_not = _why_not(now, giver, spare)
        return _possible(now, giver, spare, quantity) if why_not is None else _impossible(now, giver, why_not)
    except UNFIT as trouble:
        return _impossible(now, giver, f"in {quoted(giver.name)}, {because(trouble)}")


def arriving(now: Situation, option: Option) -> Shelf:
    """The shelf once the goods of a transfer are counted on."""
    giver = now.known.warehouses[int(option.name.partition(":")[2])]
    quantity = sum(float(str(draft.params["quantity"])) for draft in option.drafts)
    return now.held.with_supply(_days(now, giver), quantity)


def donor(now: Situation, warehouse: int) -> Donor:
    """What the warehouse can spare of the product."""
    return spare(now, now.product, warehouse)


def spare(now: Situation, product: Product, warehouse: int) -> Donor:
    """What a warehouse can do without after its own orders, forecast, expiring lots and reorder level."""
    terms = now.terms_of(warehouse)
    held = shelf(now.known, product, warehouse, terms)
    check(now.known, held)
    ahead, level = course(held), reorder_level(held, terms)
    standing = sum(batch.quantity for batch in held.free if batch.until is None or batch.until > 0)
    lowest = min(standing, *(day.available for day in ahead.days))
    return Donor(
        free=exact(held.on_hand - held.reserved),
        reorder_level=exact(level),
        lowest=exact(lowest),
        spare=max(decimal(round_down(exact(lowest - level), WHOLE)), Decimal(0)),
    )


def _possible(now: Situation, giver: Warehouse, spare: Donor, quantity: Decimal | None) -> Option:
    amount = min(now.seen.gap, spare.spare) if quantity is None else quantity
    return Option(
        name=f"transfer:{giver.id}",
        title=_title(now, giver, f"{amount:f} {now.unit.name} of {quoted(now.product.title)}"),
        drafts=(_draft(now, giver, spare, amount),),
        cost=now.terms.transfer_cost,
        risk_removed=now.saved(_days(now, giver), amount),
        reversible=True,
        feasible=True,
        knobs=(_knob(now, spare, amount),),
        confidence=now.confidence(),
    )


def _days(now: Situation, giver: Warehouse) -> int:
    """Until the goods are here: they leave on the giver's next open day and are taken in on one of ours."""
    leave = now.terms_of(giver.id).open_from(now.known.today)
    return now.arrival((leave - now.known.today).days + now.terms.transfer_days)


def _impossible(now: Situation, giver: Warehouse, why_not: str) -> Option:
    title = _title(now, giver, quoted(now.product.title))
    return impossible(now, name=f"transfer:{giver.id}", title=title, why_not=why_not, cost=now.terms.transfer_cost)


def _title(now: Situation, giver: Warehouse, goods: str) -> str:
    return f"Transfer {goods} from {quoted(giver.name)} to {quoted(now.warehouse.name)}"


def _why_not(now: Situation, giver: Warehouse, spare: Donor) -> str | None:
    if giver.internal_type is None:
        return f"{quoted(giver.name)} has no operation type for internal transfers"
    if spare.free <= 0:
        return f"{quoted(giver.name)} has none free"
    if spare.spare <= 0:
        return (
            f"{quoted(giver.name)} would fall below its own reorder point of {spare.reorder_level:f}: "
            f"it has {spare.free:f} free and goes down to {spare.lowest:f} by its own demand"
        )
    return None if now.seen.gap > 0 else "nothing is missing that a transfer could bring"


def _draft(now: Situation, giver: Warehouse, spare: Donor, amount: Decimal) -> Draft:
    params = TransferParams(
        product=now.product.id,
        quantity=amount,
        uom=now.product.unit,
        source_warehouse=giver.id,
        source_location=giver.stock,
        dest_warehouse=now.warehouse.id,
        dest_location=now.warehouse.stock,
        picking_type=giver.internal_type or 0,
        keep=max(spare.free - spare.spare, Decimal(0)),
        scheduled=(now.evidence.taken_at + timedelta(days=_days(now, giver))).replace(microsecond=0),
    )
    return Draft(action=Transfer.name, params=params.plain())


def _knob(now: Situation, spare: Donor, amount: Decimal) -> Knob:
    """Any whole quantity that the donor can spare."""
    return Knob(
        name="quantity",
        label="Quantity to transfer",
        unit=now.unit.name,
        minimum=Decimal(1),
        maximum=spare.spare,
        step=Decimal(1),
        value=amount,
    )
