"""The rules planner: which option is taken when no model is asked, and why the others are not."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from agents.stockout.gathering import Gathered, Puzzle
from agents.stockout.weighing import NOTHING
from domain.plans import Choice, Option

RULES = "rules"


def choose(options: Sequence[Option], evidence: Gathered) -> Choice:
    """The feasible option with the largest net money; doing nothing where none gains anything.

    Equal gains: a reversible one before one that is not, a known cost before an unknown one, the cheaper, the fewer
    steps, the sooner, and last by name, so that the order in which options come never decides. An unknown cost cannot
    be taken off: such an option is ranked by what it saves, loses every tie to one whose cost is known, and its reason
    says that the cost is unknown. What only a person can know to be right is never chosen
    (docs/decisions/0009-choosing-a-remedy.md).
    """
    nothing = next(option for option in options if option.name == NOTHING)
    gaining = [option for option in options if option.feasible and not option.for_people and _gain(option) > 0]
    best = min(gaining, key=_rank, default=nothing)
    return Choice(option=best.name, reason=_reason(best, evidence), planner=RULES, confidence=best.confidence)


def rejected(options: Iterable[Option], choice: Choice) -> tuple[Option, ...]:
    """Every option that was not chosen, each with why."""
    offered = tuple(options)
    best = next(option for option in offered if option.name == choice.option)
    return tuple(_with_reason(option, best) for option in offered if option is not best)


def _gain(option: Option) -> Decimal:
    """Net money; where the cost is unknown, what is saved before it."""
    return option.risk_removed.amount - (option.cost.amount if option.cost else 0)


def _rank(option: Option) -> tuple[Decimal, bool, bool, Decimal, int, str, str]:
    cost = option.cost.amount if option.cost else Decimal(0)
    how = (not option.reversible, option.cost is None, cost)
    return (-_gain(option), *how, len(option.drafts), _arrives(option), option.name)


def _arrives(option: Option) -> str:
    """When its goods are here, as an ISO date that sorts; options without goods have none."""
    dates = (draft.params.get("scheduled") or draft.params.get("planned") for draft in option.drafts)
    return max((str(date)[:10] for date in dates if date), default="")


def _reason(best: Option, evidence: Gathered) -> str:
    if isinstance(evidence, Puzzle):
        return f"its data in Odoo cannot be understood: {evidence.trouble}"
    at_risk = evidence.finding.money_at_risk
    if best.name == NOTHING:
        return f"no option that can be carried out saves more of {at_risk} at risk than it costs"
    cost = "a cost that is not set" if best.cost is None else f"a cost of {best.cost}"
    return f"it saves {best.risk_removed} of {at_risk} at risk at {cost}; no other option is worth more"


def _with_reason(option: Option, best: Option) -> Option:
    if option.why_not is not None:
        return option
    cost = "unknown cost" if option.cost is None else f"cost {option.cost}"
    return option.but(why_not=f"it saves {option.risk_removed} at {cost}; {best.title} is the better one")
