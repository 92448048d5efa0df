"""What the gate says of a plan: allow, ask a person, or refuse, with the rule that decided."""

from typing import Literal

from pydantic import Field

from domain.money import Money
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
    local: bool = False
    """Whether a policy of the company or of a warehouse says it, beside the policy of everybody."""


class Ask(Value):
    """Whose word is needed on which steps of a plan, and what these come to."""

    role: str
    steps: tuple[int, ...] = Field(min_length=1)
    """The steps' indexes, ascending."""
    amount: Money
    """What these steps commit or move together."""


class Verdict(Value):
    """The strictest ruling decides: refuse over ask over allow."""

    outcome: Outcome
    reason: str
    """Of the strictest ruling; where several are asked, each role with the reason why it is."""
    rulings: tuple[Ruling, ...]
    asks: tuple[Ask, ...] = ()
    """For ``ask``: every one of these must say yes; a step that is in none of them waits with the plan."""
    four_eyes: bool = False
    """For ``ask``: whoever edits the plan may not approve any part of it."""
    expires_in_s: int = 86_400
    """For ``ask``: how long the request stands."""
    policy_digest: Digest
