"""All ways to deal with a stockout, weighed in money; and what becomes of one when a person turns its knob."""

from collections.abc import Mapping
from decimal import Decimal

from agents.stockout.buying import purchase, purchases
from agents.stockout.gathering import StockoutEvidence
from agents.stockout.situation import Situation, situation
from agents.stockout.transferring import transfer, transfers
from domain.money import Money
from domain.plans import Option
from domain.refusals import Refusal

NOTHING = "nothing"


def options(evidence: StockoutEvidence) -> tuple[Option, ...]:
    """Transfers, purchases and doing nothing; what cannot be done stays in the list and says why."""
    now = situation(evidence)
    return (*transfers(now), *purchases(now), _nothing(now))


def adjust(evidence: StockoutEvidence, option: Option, knobs: Mapping[str, Decimal]) -> Option | Refusal:
    """The option with a person's quantity, everything worked out again; refused outside the bounds it offers."""
    offered = next((each for each in options(evidence) if each.name == option.name), None)
    if offered is None or not offered.feasible:
        return _no(f"{option.title} cannot be done now" + (f": {offered.why_not}" if offered else ""))
    for name, wanted in knobs.items():
        knob = next((knob for knob in offered.knobs if knob.name == name), None)
        if knob is None:
            return _no(f"{offered.title} has no {name} to change; it has {_names(offered)}")
        if not wanted.is_finite() or not knob.admits(wanted):
            bounds = f"from {knob.minimum:f} to {knob.maximum:f} {knob.unit} in steps of {knob.step:f}"
            return _no(f"{knob.label} must be {bounds}, found {wanted}")
    return _again(situation(evidence), offered, knobs["quantity"]) if knobs else offered


def _again(now: Situation, offered: Option, quantity: Decimal) -> Option:
    kind, _, other = offered.name.partition(":")
    rebuild = {"transfer": transfer, "rfq": purchase}[kind]
    return rebuild(now, int(other), quantity)


def _nothing(now: Situation) -> Option:
    return Option(
        name=NOTHING,
        title=f"Do nothing about {now.product.title} in {now.warehouse.name}",
        drafts=(),
        cost=Money.zero(now.known.rates.currency),
        risk_removed=Money.zero(now.known.rates.currency),
        reversible=True,
        feasible=True,
        confidence=now.confidence(),
    )


def _names(option: Option) -> str:
    return ", ".join(knob.name for knob in option.knobs) or "nothing to change"


def _no(reason: str) -> Refusal:
    return Refusal(guard="knob", reason=reason)
