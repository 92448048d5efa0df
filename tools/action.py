"""What every action says of itself: what it may write, what it could cost, how it is found again and taken back."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Generic, TypeAlias, TypeVar

from pydantic import ConfigDict, Field, ValidationError

from domain.exposures import Exposure, Risk
from domain.intents import Compensated, Undo
from domain.plans import RecordRef, RollbackPlan
from domain.ports import Reads
from domain.refusals import Refusal
from domain.scopes import Scope
from domain.values import Row, Value, canonical
from tools.trace import Trace
from tools.writer import Writer

RecordId = Annotated[int, Field(gt=0, le=2_147_483_647)]
Quantity = Annotated[Decimal, Field(gt=0, le=10_000_000, allow_inf_nan=False)]
"""A quantity that is really something, in the unit its neighbour names."""


class Params(Value):
    """An action's parameters: strict, bounded, no field unknown."""

    model_config = ConfigDict(strict=True)


P = TypeVar("P", bound=Params)
F = TypeVar("F", bound=Value)


@dataclass(frozen=True)
class Found:
    """The effect stands in Odoo once, whole or half: it is this record."""

    record: int


@dataclass(frozen=True)
class Absent:
    """Nothing of the effect stands in Odoo."""


@dataclass(frozen=True)
class Ambiguous:
    """Odoo cannot tell: the effect may stand there more than once, or out of place."""

    reason: str


@dataclass(frozen=True)
class Verified:
    """Odoo's state is what the step promised."""


@dataclass(frozen=True)
class Mismatch:
    """Odoo said yes and its state says no."""

    reason: str


class Action(ABC, Generic[P, F]):
    """One bounded effect on Odoo; an instance holds nothing, so one serves everybody."""

    name: ClassVar[str]
    risk: ClassVar[Risk]
    scope: ClassVar[Scope]
    undo_scope: ClassVar[Scope]
    Params: type[P]

    def parse(self, params: Row) -> P:
        """The parameters as a value; raises pydantic's ValidationError, a ValueError."""
        return self.Params.model_validate_json(canonical(params))

    @abstractmethod
    def facts(self, reads: Reads, params: P) -> F | Refusal:
        """What Odoo says now of everything the step relies on."""

    @abstractmethod
    def exposure(self, params: P, facts: F) -> Exposure:
        """What policy judges: money, quantity and parties."""

    @abstractmethod
    def touches(self, facts: F) -> tuple[RecordRef, ...]:
        """The records whose change makes the plan stale, as they are now."""

    @abstractmethod
    def rollback(self, facts: F) -> RollbackPlan:
        """How the step would be taken back; journalled with the intent and shown to the approver."""

    @abstractmethod
    def words(self, params: P, facts: F) -> str:
        """What will happen, for a person."""

    @abstractmethod
    def precondition(self, reads: Reads, params: P) -> Refusal | None:
        """Why the step may not run now, asked just before its first call."""

    def moot(self, reads: Reads, params: P) -> bool:  # noqa: ARG002
        """Whether what the step is for came about without it: then no change of what it relies on matters."""
        return False

    @abstractmethod
    def probe(self, reads: Reads, params: P, trace: Trace) -> Found | Absent | Ambiguous:
        """Whether the effect stands in Odoo already: by its marker, else by the state it leads to and what was seen."""

    @abstractmethod
    def execute(self, odoo: Writer, reads: Reads, params: P, found: Found | None) -> Undo:
        """Carry the step out, going on from what the probe found; what is done is never done again."""

    @abstractmethod
    def left(self, reads: Reads, record: int, trace: Trace) -> Undo:
        """What stands in Odoo now of this effect, enough to take it back."""

    @abstractmethod
    def verify(self, reads: Reads, params: P, undo: Undo) -> Verified | Mismatch:
        """Whether Odoo's state is what was promised: many of its calls answer True and do nothing."""

    @abstractmethod
    def undo_words(self, undo: Undo) -> str:
        """What taking it back will do, for a person."""

    @abstractmethod
    def compensate(self, odoo: Writer, reads: Reads, undo: Undo) -> Compensated | Refusal:
        """Take the effect back, unless somebody changed or progressed it since; taken back already is success."""


AnyAction: TypeAlias = Action[Any, Any]
"""An action whose own parameters do not matter to the holder; the action itself keeps them together."""


def complaint(error: ValueError) -> str:
    """What is wrong with some parameters, in a line: ``quantity: Input should be greater than 0``."""
    if not isinstance(error, ValidationError):
        return str(error)
    return "; ".join(f"{'.'.join(map(str, flaw['loc'])) or 'all'}: {flaw['msg']}" for flaw in error.errors())
