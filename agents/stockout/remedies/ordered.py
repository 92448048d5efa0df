"""What vendors owe us of the product: its purchase lines for the warehouse that runs short."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from agents.stockout.orders import exact
from agents.stockout.situation import Situation
from tools.reads.names import quoted
from tools.reads.purchases import PurchaseLine


@dataclass(frozen=True)
class Ordered:
    """One confirmed purchase line whose goods have not all come."""

    line: PurchaseLine
    quantity: Decimal
    """Still to come, in the stock unit."""
    comes: int
    """In how many days the last of it is expected."""
    promised: int
    """In how many days it was promised first; negative for the past."""

    @property
    def best(self) -> int:
        """The day a hurried vendor may make: the one it promised first, or half of the time left; tomorrow at best."""
        return max(1, self.promised if self.promised < self.comes else -(-self.comes // 2))


def ordered(now: Situation) -> tuple[Ordered, ...]:
    """Every line that is on its way, the first to come first."""
    lines = {each.line for each in now.held.coming if each.line is not None}
    found = (_ordered(now, now.known.purchase_lines[each]) for each in lines if each in now.known.purchase_lines)
    return tuple(sorted((each for each in found if each), key=lambda each: (each.comes, each.line.id)))


def on(now: Situation, day: int) -> date:
    """The date of a day from today."""
    return now.known.today + timedelta(days=day)


def goods(now: Situation, quantity: Decimal) -> str:
    """So much of the product, in words."""
    return f"{quantity.normalize():,f} {now.unit.name} of {quoted(now.product.title)}"


def _ordered(now: Situation, line: PurchaseLine) -> Ordered | None:
    if line.unconfirmed:
        return None
    coming = [each for each in now.held.coming if each.line == line.id]
    moves = now.known.incoming.get((now.product.id, now.warehouse.id), ())
    promises = [now.known.ahead(each.promised) for each in moves if each.purchase_line == line.id and each.promised]
    comes = max(each.day for each in coming)
    return Ordered(line, exact(sum(each.quantity for each in coming)), comes, max(promises, default=comes))
