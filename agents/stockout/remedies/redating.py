"""Moving an open order to the day the vendor agreed to: only a person can know that day."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from agents.stockout.remedies.ordered import Ordered, goods, on, ordered
from agents.stockout.situation import Situation
from domain.money import Money
from domain.plans import Draft, Knob, Option
from tools.activity_done import CloseActivity, CloseActivityParams
from tools.reads.names import quoted
from tools.redate import RedateLine, RedateParams

LATEST = Decimal(365)
"""Days from today that a vendor may agree to."""
MOST = 4
"""Lines of open orders that are offered, the first to come first."""
AGREED = "only once the vendor agreed: propose it with the day the vendor gave, as days from today"


def redatings(now: Situation) -> tuple[Option, ...]:
    """One option for each open order line, the first to come first; never chosen by rules."""
    return tuple(redating(now, line, _offered(line)) for line in ordered(now)[:MOST])


def redated(now: Situation, option: Option, knobs: Mapping[str, Decimal]) -> Option:
    """The same line on the day that a person names."""
    line = next(line for line in ordered(now) if option.name == _name(line))
    return redating(now, line, knobs["days"])


def redating(now: Situation, line: Ordered, days: Decimal) -> Option:
    """One line on another day, and what its goods save there; a later day saves nothing, and is the truth."""
    day = int(days)
    params = RedateParams(line=line.line.id, planned=on(now, day))
    return Option(
        name=_name(line),
        title=f"Re-date {goods(now, line.quantity)} on {quoted(line.line.order_name)} from {on(now, line.comes)} "
        f"to {on(now, day)}, as {quoted(line.line.vendor_name)} agreed",
        drafts=(Draft(action=RedateLine.name, params=params.plain()), *_settled(now, line, day)),
        cost=Money.zero(now.known.rates.currency),
        risk_removed=now.saved_by(now.held.with_lines_on({line.line.id: now.arrival(day)})),
        reversible=True,
        feasible=True,
        for_people=True,
        why_not=AGREED,
        knobs=(_knob(days),),
        confidence=now.confidence(),
    )


def _settled(now: Situation, line: Ordered, day: int) -> Iterator[Draft]:
    """Whoever was asked by the desk to hurry the vendor need not any more: the vendor gave its day."""
    if todo := now.evidence.hurried(line.line.order):
        words = f"{quoted(line.line.vendor_name)} agreed to {on(now, day)}"
        yield Draft(action=CloseActivity.name, params=CloseActivityParams(activity=todo, feedback=words).plain())


def _offered(line: Ordered) -> Decimal:
    """The day that hurrying would aim at, or a day later than expected where it cannot be sooner."""
    day = line.best if line.best < line.comes else line.comes + 1
    return min(max(Decimal(day), Decimal(1)), LATEST)


def _name(line: Ordered) -> str:
    return f"redate:{line.line.id}"


def _knob(days: Decimal) -> Knob:
    """Any day from tomorrow on."""
    return Knob(
        name="days",
        label="Days from today until it comes",
        unit="days",
        minimum=Decimal(1),
        maximum=LATEST,
        step=Decimal(1),
        value=days,
    )
