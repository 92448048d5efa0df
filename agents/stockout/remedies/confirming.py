"""Confirming a request for quotation that somebody drafted: only then the vendor sends the goods."""

from collections.abc import Sequence
from decimal import Decimal

from agents.stockout.remedies.costing import beyond_worth
from agents.stockout.remedies.ordered import goods, on
from agents.stockout.situation import Situation
from domain.money import Money
from domain.plans import Draft, Option
from tools.confirm import ConfirmOrder, ConfirmParams
from tools.reads.names import quoted
from tools.reads.purchases import PurchaseLine


def confirmations(now: Situation) -> tuple[Option, ...]:
    """One option for each request that holds the product for this warehouse, in order of what it would save."""
    lines = now.known.drafted.get((now.product.id, now.warehouse.id), ())
    orders = dict.fromkeys(line.order for line in lines)
    offered = (confirmation(now, [line for line in lines if line.order == order]) for order in orders)
    return tuple(sorted(offered, key=lambda option: -option.risk_removed.amount))


def confirmation(now: Situation, lines: Sequence[PurchaseLine]) -> Option:
    """One request, confirmed whole: its other products are ordered with it.

    It saves what its goods save by coming as if ordered today and not at the next review, which is when the desk counts
    on them while nobody has confirmed them.
    """
    order, quantity = lines[0], sum((line.quantity for line in lines), Decimal(0))
    why_not = _why_not(lines, quantity)
    days = {line.id: _comes(now, line) for line in lines}
    return Option(
        name=f"confirm:{order.order}",
        title=f"Confirm {quoted(order.order_name)} with {quoted(order.vendor_name)}, {_whole(now, order)} in all, "
        f"for {goods(now, quantity)} on {on(now, max(days.values()))}",
        drafts=() if why_not else (_draft(now, order),),
        cost=None if why_not else _cost(now, lines, quantity),
        risk_removed=_none(now) if why_not else now.saved_by(now.held.with_lines_on(days)),
        reversible=True,
        feasible=why_not is None,
        why_not=why_not,
        confidence=now.confidence(order.vendor not in now.known.takes),
    )


def _why_not(lines: Sequence[PurchaseLine], quantity: Decimal) -> str | None:
    order = lines[0]
    if quantity <= 0:
        return f"{quoted(order.order_name)} asks for none of it"
    if order.state == "to approve":
        return f"{quoted(order.order_name)} waits for a manager's approval in Odoo"
    if any(line.net <= 0 for line in lines):
        return f"{quoted(order.order_name)} has no price for it yet; enter what {quoted(order.vendor_name)} quotes"
    return None


def _comes(now: Situation, line: PurchaseLine) -> int:
    """As planned, and no sooner than goods that are ordered today."""
    planned = now.known.ahead(line.planned) if line.planned else 0
    return now.arrival(max(planned, now.held.lead))


def _draft(now: Situation, order: PurchaseLine) -> Draft:
    params = ConfirmParams(order=order.order, warehouse=now.warehouse.id)
    return Draft(action=ConfirmOrder.name, params=params.plain())


def _cost(now: Situation, lines: Sequence[PurchaseLine], quantity: Decimal) -> Money | None:
    """Of this product's lines; whether the others are worth their price is not judged here."""
    paid = now.known.rates.own(sum((line.net for line in lines), Decimal(0)), lines[0].currency)
    needed = now.after(now.held.without_lines([line.id for line in lines])).seen.to_order
    return beyond_worth(now, quantity, paid, needed)


def _whole(now: Situation, order: PurchaseLine) -> str:
    return f"{order.order_net:,.2f} {now.known.rates.code(order.currency) or ''}".rstrip()


def _none(now: Situation) -> Money:
    return Money.zero(now.known.rates.currency)
