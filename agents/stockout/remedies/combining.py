"""Two remedies at once: bring over what another warehouse can spare, and buy, hurry or bring over the rest."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, islice

from agents.stockout.remedies import REMEDIES, Knobs
from agents.stockout.remedies.transferring import arriving
from agents.stockout.situation import Situation
from domain.money import Money
from domain.plans import Knob, Option

BOTH = "both"
"""How the names of combinations begin: ``both:transfer:3+rfq:41``."""
REST = ("transfer", "rfq", "confirm", "expedite")
"""What may follow a transfer, for what it leaves."""
FIRSTS = 2
"""So many of the transfers are taken on from, those that save most."""
SECONDS = 2
"""So many options of each kind are tried after each."""
MOST = 4
"""Combinations that a person is shown, those that gain most."""
WORTHWHILE = Decimal("0.05")
"""A second step must save this share of the money at risk beyond what either does alone."""


def combinations(now: Situation, single: Sequence[Option]) -> tuple[Option, ...]:
    """A transfer and one thing more, only where each of them alone leaves part of the need."""
    able = [option for option in single if option.feasible and not option.for_people]
    givers = [option for option in able if _kind(option) == "transfer"]
    pairs = chain.from_iterable(_followed(now, first, able) for first in givers[:FIRSTS])
    found = [both for both in pairs if both.feasible]
    return tuple(sorted(found, key=_most_gain)[:MOST])


def turned_both(now: Situation, option: Option, knobs: Knobs) -> Option:
    """The same two with other knobs, the second worked out on what the first leaves."""
    names = option.name.removeprefix(f"{BOTH}:").split("+")
    first = _turned(now, names[0], _of(names[0], knobs))
    if first is None or not first.feasible:
        return _impossible(option, first)
    left = now.after(arriving(now, first))
    second = _turned(left, names[1], _of(names[1], knobs))
    return _impossible(option, second) if second is None or not second.feasible else _joined(first, second)


def _followed(now: Situation, first: Option, able: Sequence[Option]) -> Iterator[Option]:
    """The transfer with each that may follow it; two transfers once, not once in either order."""
    risk = now.seen.at_risk.money
    if first.risk_removed + risk * WORTHWHILE > risk:
        return
    left = now.after(arriving(now, first))
    alone = {option.name: option for option in able}
    order = list(alone)
    for kind in REST:
        offered = (option for option in REMEDIES[kind].offered(left) if option.feasible and option.name in alone)
        later = (
            option for option in offered if kind != "transfer" or order.index(option.name) > order.index(first.name)
        )
        for second in islice(later, SECONDS):
            both = _joined(first, second)
            if both.risk_removed - max(first.risk_removed, alone[second.name].risk_removed) >= risk * WORTHWHILE:
                yield both


def _joined(first: Option, second: Option) -> Option:
    """Both as one option: what the second saves is counted on what the first leaves."""
    return Option(
        name=f"{BOTH}:{first.name}+{second.name}",
        title=f"{first.title}; and {second.title[0].lower()}{second.title[1:]}",
        drafts=(*first.drafts, *second.drafts),
        cost=None if first.cost is None or second.cost is None else first.cost + second.cost,
        risk_removed=first.risk_removed + second.risk_removed,
        reversible=first.reversible and second.reversible,
        feasible=True,
        knobs=(*_named(first), *_named(second)),
        confidence=min(first.confidence, second.confidence),
    )


def _impossible(both: Option, part: Option | None) -> Option:
    why_not = f"{part.title}: {part.why_not}" if part else "one of the two is no longer possible"
    return both.but(drafts=(), feasible=False, risk_removed=Money.zero(both.risk_removed.currency), why_not=why_not)


def _turned(now: Situation, name: str, knobs: Knobs) -> Option | None:
    """A single remedy in this situation, its knobs as given."""
    remedy = REMEDIES[name.partition(":")[0]]
    offered = next((option for option in remedy.offered(now) if option.name == name), None)
    return remedy.turned(now, offered, knobs) if offered and offered.feasible and knobs else offered


def _named(part: Option) -> tuple[Knob, ...]:
    """Its knobs under names of their own: ``transfer:3.quantity``."""
    return tuple(knob.but(name=f"{part.name}.{knob.name}", label=f"{knob.label}, {part.name}") for knob in part.knobs)


def _of(part: str, knobs: Knobs) -> Mapping[str, Decimal]:
    """The knobs of one part, under the names it knows them by."""
    return {name.removeprefix(f"{part}."): value for name, value in knobs.items() if name.startswith(f"{part}.")}


def _kind(option: Option) -> str:
    return option.name.partition(":")[0]


def _most_gain(option: Option) -> tuple[Decimal, str]:
    cost = option.cost.amount if option.cost else Decimal(0)
    return cost - option.risk_removed.amount, option.name
