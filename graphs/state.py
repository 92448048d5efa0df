"""What a graph carries from node to node: names and outcomes only; facts, plans and decisions live in rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypedDict

from agents.terms import TermsBook
from domain.clock import Clock
from graphs.kinds import Kind
from guardrails.policy import Policy
from memory.store import Store
from tools.gateway import Gateway

Phase = Literal["gather", "propose", "gate", "approve", "settle", "act", "verify", "undo", "queue", "close", "rest"]
"""A node of the lifecycle; ``rest`` ends the run and leaves the case as its row says."""


class State(TypedDict, total=False):
    """Plain JSON: it must survive a strict checkpoint serializer."""

    case: str
    evidence: str
    """Digest of the newest evidence."""
    tries: int
    """How many plans this run has proposed."""
    again: bool
    """Whether the same option is planned once more, for somebody who may do in Odoo what the desk's user may not."""
    why: str
    """Why the next phase was chosen, for the case row and the journal."""
    actor: str
    """In whose name a case is closed; the desk's unless said otherwise."""
    phase: Phase
    """Where to go next."""


@dataclass(frozen=True, kw_only=True)
class Services:
    """The collaborators of every node, handed in on each invocation and never checkpointed."""

    store: Store
    gateway: Gateway
    policy: Policy
    clock: Clock
    kinds: Mapping[str, Kind]
    terms: TermsBook
    heartbeat: Callable[[], None]
    """Renews the lease on the case; raises LeaseLost when another worker holds it."""
