"""The remedies of a stockout, one file each, in the order in which a person reads them."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from agents.stockout.remedies.buying import purchases, turned_purchase
from agents.stockout.remedies.carrying import carryings
from agents.stockout.remedies.confirming import confirmations
from agents.stockout.remedies.expediting import expeditions
from agents.stockout.remedies.holding import holds
from agents.stockout.remedies.minimum import minimums, turned_minimum
from agents.stockout.remedies.promising import promised, promises
from agents.stockout.remedies.reallocating import reallocations
from agents.stockout.remedies.redating import redated, redatings
from agents.stockout.remedies.splitting import splits
from agents.stockout.remedies.substituting import substitutes
from agents.stockout.remedies.transferring import transfers, turned_transfer
from agents.stockout.situation import Situation
from domain.plans import Option

Knobs = Mapping[str, Decimal]


def as_offered(now: Situation, option: Option, knobs: Knobs) -> Option:  # noqa: ARG001
    """What is asked of somebody, or done whole or not at all, has nothing to turn."""
    return option


class Remedy(NamedTuple):
    """One way to deal with a stockout."""

    offered: Callable[[Situation], Iterable[Option]]
    """Its options, those that cannot be done included, each with why not."""
    turned: Callable[[Situation, Option, Knobs], Option] = as_offered
    """An option it offered, worked out again with other knobs (admitted ones); it may turn out infeasible."""


REMEDIES: Mapping[str, Remedy] = MappingProxyType(
    {
        "transfer": Remedy(transfers, turned_transfer),
        "confirm": Remedy(confirmations),
        "rfq": Remedy(purchases, turned_purchase),
        "expedite": Remedy(expeditions),
        "redate": Remedy(redatings, redated),
        "carry": Remedy(carryings),
        "reallocate": Remedy(reallocations),
        "substitute": Remedy(substitutes),
        "promise": Remedy(promises, promised),
        "split": Remedy(splits),
        "hold": Remedy(holds),
        "minimum": Remedy(minimums, turned_minimum),
    }
)
"""By the word before the colon in the names of its options."""

__all__ = ["REMEDIES", "Knobs", "Remedy"]
