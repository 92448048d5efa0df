"""Options weighed in money, and the plan that was chosen: exactly what a person sees when asked to approve."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from domain.exposures import Exposure
from domain.money import Money
from domain.values import Digest, Instant, Row, Value, digest

Direction = Literal["do", "undo"]


class Source(Value):
    """Where a fact came from."""

    model: str
    ids: tuple[int, ...]
    fields: tuple[str, ...]
    read_at: Instant


class Evidence(Value):
    """What is known of a case, each fact with its source; every kind has its own subclass."""

    kind: str
    company: int
    subject: str
    taken_at: Instant
    sources: tuple[Source, ...]


class Knob(Value):
    """A number of an option that a person or a model may turn, within bounds and in whole steps above the minimum."""

    name: str
    label: str
    unit: str
    minimum: Decimal
    maximum: Decimal
    step: Decimal = Field(gt=0)
    value: Decimal

    def admits(self, wanted: Decimal) -> bool:
        return self.minimum <= wanted <= self.maximum and (wanted - self.minimum) % self.step == 0


class Draft(Value):
    """A step before it is priced: an action and its parameters."""

    action: str
    params: Row


class Option(Value):
    """One way to deal with the case, with what it costs and what it saves."""

    name: str
    """Stable within the case: ``transfer:3``, ``rfq:41``, ``nothing``."""
    title: str
    drafts: tuple[Draft, ...]
    cost: Money | None
    """None is unknown, never zero."""
    risk_removed: Money
    """How much of the money at risk this takes away."""
    reversible: bool
    feasible: bool
    for_people: bool = False
    """Feasible, but only a person can know that it is right: rules and models never choose it."""
    why_not: str | None = None
    """Why it cannot or should not be done; set on every option that was not chosen."""
    knobs: tuple[Knob, ...] = ()
    confidence: Decimal = Field(ge=0, le=1)
    """How sure the numbers are, from data, between 0 and 1."""

    @property
    def net(self) -> Money | None:
        """Money at risk removed less cost."""
        return None if self.cost is None else self.risk_removed - self.cost


class Choice(Value):
    """Which option, and why; what a planner answers."""

    option: str
    reason: str
    planner: str
    """``rules``, a model's name, or ``user:7`` for an edit."""
    confidence: Decimal = Field(ge=0, le=1)


class RecordRef(Value):
    """A record a step relies on, with the values it had when the plan was made."""

    model: str
    id: int
    context: Row = Field(default_factory=dict)
    seen: Row
    """Field to raw value; a different value just before the write makes the plan stale."""


class RollbackPlan(Value):
    """How a step would be taken back, in words and calls; journalled with the intent, shown to the approver."""

    words: str
    calls: tuple[str, ...]
    """``model.method`` in the order they would run; empty where nothing can be taken back."""
    remains: str | None = None
    """What stays behind even so."""


class Step(Value):
    """One action, priced: what it touches, what it could cost, how it is taken back."""

    action: str
    direction: Direction = "do"
    params: Row
    """The action's parameters; for ``undo`` the stored undo of the effect to take back."""
    words: str
    """What will happen, for a person."""
    exposure: Exposure
    touches: tuple[RecordRef, ...]
    rollback: RollbackPlan

    @property
    def params_digest(self) -> str:
        return digest(self.params)


class Plan(Value):
    """The chosen option as steps; its digest is what an approval is bound to."""

    case: str
    version: int = Field(ge=1)
    kind: str
    company: int
    purpose: Literal["remedy", "rollback"] = "remedy"
    undoes: int | None = None
    """For a rollback, the version whose effects it takes back."""
    option: str
    title: str
    reason: str
    planner: str
    confidence: Decimal = Field(ge=0, le=1)
    requested_by: str
    """The actor who asked for it: ``desk``, or ``user:7`` for a rollback."""
    edited_by: str | None = None
    money_at_risk: Money
    cost: Money | None
    risk_removed: Money
    knobs: tuple[Knob, ...] = ()
    rejected: tuple[Option, ...]
    """Every other option, each with why it was not chosen."""
    evidence_digest: Digest
    evidence_at: Instant
    steps: tuple[Step, ...]
