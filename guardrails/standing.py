"""The limits that are checked again when a step is carried out, however it was approved."""

from domain.exposures import Exposure
from domain.ports import Usage
from domain.refusals import Refusal
from guardrails.guards import over_cap
from guardrails.patterns import names
from guardrails.policy import Policy


class PolicyLimits:
    """Pause switches, caps and the cumulative limits that refuse; implements the StandingLimits port.

    Limits that ask were answered by a person. Kinds are paused where the case is known.
    """

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def breach(self, exposure: Exposure, usage: Usage) -> Refusal | None:
        """Why this step may not be carried out now, None where it may."""
        return self._paused(exposure) or self._over_cap(exposure) or self._over_limit(exposure, usage)

    def _paused(self, exposure: Exposure) -> Refusal | None:
        pause = self._policy.pause
        if pause.all or exposure.company in pause.companies or names(pause.actions, exposure.action):
            reason = f"{exposure.action} in company {exposure.company} is paused by {self._policy.place('pause')}"
            return Refusal(guard="pause", reason=reason)
        return None

    def _over_cap(self, exposure: Exposure) -> Refusal | None:
        if exposure.quantity.is_finite() and self._policy.caps.admits(exposure.amount):
            return None
        return Refusal(guard="limit", reason=f"{over_cap(self._policy, exposure)} ({self._policy.place('caps')})")

    def _over_limit(self, exposure: Exposure, usage: Usage) -> Refusal | None:
        for position, limit in enumerate(self._policy.limits):
            if limit.then != "refuse" or not limit.concerns(exposure):
                continue
            excess = limit.excess([exposure], usage)
            if excess:
                return Refusal(guard="limit", reason=f"{excess} ({self._policy.cite(limit.name, 'limit', position)})")
        return None
