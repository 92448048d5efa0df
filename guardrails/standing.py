"""The limits that are checked again when a step is carried out, however it was approved: those of the place too."""

from itertools import chain

from domain.exposures import Exposure
from domain.ports import Usage
from domain.refusals import Refusal
from guardrails.guards import over_cap
from guardrails.patterns import names
from guardrails.policy import Layer, Policy
from guardrails.sections import Pause


class PolicyLimits:
    """Pause switches, caps and the cumulative limits that refuse; implements the StandingLimits port.

    Limits that ask were answered by a person. Kinds are paused where the case is known.
    """

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def breach(self, exposure: Exposure, usage: Usage) -> Refusal | None:
        """Why this step may not be carried out now, None where it may."""
        layers = self._policy.layers([exposure])
        pauses = (_paused(layer, exposure) for layer in layers)
        caps = (_over_cap(layer, exposure) for layer in layers)
        limits = (_over_limit(layer, exposure, usage) for layer in layers)
        return next((refusal for refusal in chain(pauses, caps, limits) if refusal), None)


def _paused(layer: Layer, exposure: Exposure) -> Refusal | None:
    pause = layer.pause
    company = isinstance(pause, Pause) and exposure.company in pause.companies
    if pause.all or company or names(pause.actions, exposure.action):
        reason = f"{exposure.action} in company {exposure.company} is paused by {layer.place('pause')}"
        return Refusal(guard="pause", reason=reason)
    return None


def _over_cap(layer: Layer, exposure: Exposure) -> Refusal | None:
    if layer.caps is None or (exposure.quantity.is_finite() and layer.caps.admits(exposure.amount)):
        return None
    return Refusal(guard="limit", reason=f"{over_cap(layer.caps, exposure)} ({layer.place('caps')})")


def _over_limit(layer: Layer, exposure: Exposure, usage: Usage) -> Refusal | None:
    for position, limit in enumerate(layer.limits):
        if limit.then != "refuse" or not limit.concerns(exposure):
            continue
        excess = limit.excess([exposure], usage)
        if excess:
            return Refusal(guard="limit", reason=f"{excess} ({layer.cite(limit.name, 'limit', position)})")
    return None
