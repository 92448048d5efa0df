"""What the gate says of a plan: allow, ask a person, or refuse, with the rule that decided."""

from typing import Literal

from domain.values import Digest, Value

Outcome = Literal["allow", "ask", "refuse"]


class Ruling(Value):
    """What one rule said of one step, or of the whole plan, and what would have changed it."""

    step: int | None
    """The step's index, None for the whole plan."""
    rule: str
    """The rule's name and place: ``transfer-small (default.toml:31)``."""
    outcome: Outcome
    reason: str
    otherwise: str | None = None
    """What would have changed the answer."""


class Verdict(Value):
    """The strictest ruling decides: refuse over ask over allow."""

    outcome: Outcome
    reason: str
    rulings: tuple[Ruling, ...]
    role: str | None = None
    """For ``ask``: the role that may decide."""
    four_eyes: bool = False
    """For ``ask``: whoever edits the plan may not approve it."""
    expires_in_s: int = 86_400
    """For ``ask``: how long the request stands."""
    policy_digest: Digest
