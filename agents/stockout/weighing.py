"""All ways to deal with a stockout, weighed in money; and what becomes of one when a person turns its knob."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import chain

from agents.stockout.gathering import Gathered, Puzzle
from agents.stockout.remedies import REMEDIES, Knobs
from agents.stockout.remedies.combining import BOTH, combinations, turned_both
from agents.stockout.situation import Situation, situation
from domain.money import Money
from domain.plans import Option
from domain.refusals import Refusal
from tools.reads.names import quoted

NOTHING = "nothing"


def options(evidence: Gathered) -> tuple[Option, ...]:
    """Every remedy, two at once where one is not enough, and doing nothing; what cannot be done says why."""
    if isinstance(evidence, Puzzle):
        return (_only_nothing(evidence),)
    now = situation(evidence)
    single = tuple(chain.from_iterable(remedy.offered(now) for remedy in REMEDIES.values()))
    return (*single, *combinations(now, single), _nothing(now))


def adjust(evidence: Gathered, option: Option, knobs: Mapping[str, Decimal]) -> Option | Refusal:
    """The option with a person's numbers, everything worked out again; refused outside the bounds it offers."""
    offered = next((each for each in options(evidence) if each.name == option.name), None)
    if isinstance(evidence, Puzzle):
        return _no(f"{option.title} cannot be done now: {evidence.trouble}")
    if offered is None or not offered.feasible:
        return _no(f"{option.title} cannot be done now" + (f": {offered.why_not}" if offered else ""))
    for name, wanted in knobs.items():
        knob = next((knob for knob in offered.knobs if knob.name == name), None)
        if knob is None:
            return _no(f"{offered.title} has no {name} to change; it has {_names(offered)}")
        if not wanted.is_finite() or not knob.admits(wanted):
            bounds = f"from {knob.minimum:f} to {knob.maximum:f} {knob.unit} in steps of {knob.step:f}"
            return _no(f"{knob.label} must be {bounds}, found {wanted}")
    if not knobs:
        return offered
    turned = _turned(situation(evidence), offered, {**_as_offered(offered), **knobs})
    return turned if turned.feasible else _no(f"{turned.title} cannot be done: {turned.why_not}")


def _turned(now: Situation, option: Option, knobs: Knobs) -> Option:
    word = option.name.partition(":")[0]
    return turned_both(now, option, knobs) if word == BOTH else REMEDIES[word].turned(now, option, knobs)


def _as_offered(option: Option) -> Mapping[str, Decimal]:
    """Every knob as it stands, so that a remedy is told all of them."""
    return {knob.name: knob.value for knob in option.knobs}


def _nothing(now: Situation) -> Option:
    return Option(
        name=NOTHING,
        title=f"Do nothing about {quoted(now.product.title)} in {quoted(now.warehouse.name)}",
        drafts=(),
        cost=Money.zero(now.known.rates.currency),
        risk_removed=Money.zero(now.known.rates.currency),
        reversible=True,
        feasible=True,
        why_not=f"{now.evidence.finding.money_at_risk} would stay at risk",
        confidence=now.confidence(),
    )


def _only_nothing(puzzle: Puzzle) -> Option:
    return Option(
        name=NOTHING,
        title=f"Do nothing until somebody looks at it in Odoo: {puzzle.trouble}",
        drafts=(),
        cost=puzzle.finding.money_at_risk,
        risk_removed=puzzle.finding.money_at_risk,
        reversible=True,
        feasible=True,
        confidence=Decimal(0),
    )


def _names(option: Option) -> str:
    return ", ".join(knob.name for knob in option.knobs) or "nothing to change"


def _no(reason: str) -> Refusal:
    return Refusal(guard="knob", reason=reason)
