"""The dozen facts a buyer asks for first, in plain words."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from agents.stockout.gathering import Gathered, Puzzle
from agents.stockout.goods.entries import Claim, Supply
from agents.stockout.remedies.ordered import on, ordered
from agents.stockout.remedies.transferring import donor
from agents.stockout.situation import Situation, situation
from agents.stockout.soundness import UNFIT, because
from agents.stockout.telling import Fact, free, ordering, penalties, standing, units
from tools.reads.names import quoted

SHOWN = 4
"""Deliveries that are told one by one."""


def facts(evidence: Gathered) -> tuple[Fact, ...]:
    """What is known of a stockout; of a product that cannot be understood, why not."""
    if isinstance(evidence, Puzzle):
        return (("Cannot be understood", evidence.trouble),)
    now = situation(evidence)
    return (*_stock(now), *_bought(now), *_course(now), *_money(now), *_donors(now))


def _stock(now: Situation) -> Iterator[Fact]:
    seen = now.seen
    yield "On hand", units(now, seen.on_hand)
    yield free(now)
    yield "Reserved", units(now, seen.reserved)
    yield from standing(now)
    yield "On its way", _listed(now, _confirmed(now))
    yield "Ordered by customers", _listed(now, [claim for claim in now.held.claims if claim.sale_line is not None])
    yield from ordering(now)


def _bought(now: Situation) -> Iterator[Fact]:
    """What could be confirmed and what could be hurried, each with its order."""
    for line in now.known.drafted.get((now.product.id, now.warehouse.id), ()):
        planned = f", planned for {now.known.on(line.planned)}" if line.planned else ""
        yield "Drafted, confirmed by nobody", f"{units(now, line.quantity)} with {quoted(line.order_name)}{planned}"
    for late in ordered(now)[:SHOWN]:
        first = "as promised" if late.promised == late.comes else f"promised first for {on(now, late.promised)}"
        words = f"{units(now, late.quantity)} on {on(now, late.comes)}, {first}"
        yield f"Expected with {quoted(late.line.order_name)}", words


def _course(now: Situation) -> Iterator[Fact]:
    seen = now.seen
    yield "Sold in a week", f"{units(now, seen.weekly_demand)}, in {seen.weeks_sold} of {seen.weeks_seen} weeks seen"
    yield "Lead time", "1 day" if seen.lead_days == 1 else f"{seen.lead_days} days"
    yield "Runs out on", seen.runs_out_on.isoformat() if seen.runs_out_on else "no day that is expected"
    yield "Chance to run out if nothing is done", f"{seen.chance:.0%}"
    yield "Short by", f"{units(now, seen.gap)} on the worst day, {units(now, seen.to_order)} when all has come"
    yield "Reorder level", f"{units(now, seen.reorder_level)}, {_level_from(now)}"


def _level_from(now: Situation) -> str:
    return (
        "the minimum of its reordering rule" if now.held.orderpoint else "safety stock, for there is no reordering rule"
    )


def _money(now: Situation) -> Iterator[Fact]:
    risk = now.seen.at_risk
    yield "Revenue at risk", str(risk.revenue)
    yield "Margin at risk", "unknown: the product has no cost in Odoo" if risk.margin is None else str(risk.margin)
    yield penalties(now)


def _donors(now: Situation) -> Iterator[Fact]:
    """What the other warehouses have free, and how much of it they can spare."""
    for warehouse in now.known.warehouses.values():
        if warehouse.id != now.warehouse.id:
            yield f"Free in {quoted(warehouse.name)}", _spare(now, warehouse.id)


def _spare(now: Situation, warehouse: int) -> str:
    try:
        giver = donor(now, warehouse)
    except UNFIT as trouble:
        return f"cannot be told: {because(trouble)}"
    return f"{units(now, giver.free)}, {units(now, giver.spare)} to spare"


def _confirmed(now: Situation) -> Sequence[Supply]:
    """What comes without anybody's doing: a draft is told by itself, as long as nobody confirmed it."""
    drafts = {line.id for line in now.known.drafted.get((now.product.id, now.warehouse.id), ())}
    return [supply for supply in now.held.supplies if supply.line not in drafts]


def _listed(now: Situation, moving: Sequence[Supply | Claim]) -> str:
    """How much comes or goes when, by which document, the first ones one by one."""
    told = [
        f"{units(now, Decimal(str(one.quantity)))} on {now.known.today + timedelta(days=one.day)}"
        + (f" with {quoted(one.document)}" if one.document else "")
        for one in moving[:SHOWN]
    ]
    more = len(moving) - len(told)
    return ", ".join(told + [f"and {more} more"] * (more > 0)) or "nothing"
