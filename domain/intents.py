"""An intent is one step about to be carried out, and what became of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from pydantic import Field

from domain.exposures import Exposure
from domain.plans import Direction, Plan, RecordRef, RollbackPlan, Step
from domain.values import Digest, Row, Value, digest


class Intent(Value):
    """One step of one plan version, journalled before its first call; its key names the effect in the ledger."""

    desk: str
    """The desk's own id: two desks on one Odoo never mistake each other's effects."""
    case: str
    kind: str
    plan_version: int
    plan_digest: Digest
    policy_digest: Digest
    step: int
    direction: Direction
    action: str
    params: Row
    company: int
    exposure: Exposure
    touches: tuple[RecordRef, ...]
    rollback: RollbackPlan

    @classmethod
    def of(cls, plan: Plan, index: int, *, desk: str, policy_digest: str) -> "Intent":
        """The intent to carry out one step of a plan."""
        step: Step = plan.steps[index]
        return cls(
            desk=desk,
            case=plan.case,
            kind=plan.kind,
            plan_version=plan.version,
            plan_digest=plan.digest,
            policy_digest=policy_digest,
            step=index,
            direction=step.direction,
            action=step.action,
            params=step.params,
            company=plan.company,
            exposure=step.exposure,
            touches=step.touches,
            rollback=step.rollback,
        )

    def taken_back(self, undo: "Undo") -> "Intent":
        """The intent to compensate this one."""
        return self.but(direction="undo", params=undo.plain(), touches=())

    @property
    def key(self) -> str:
        """``case:plan_version:do|undo:step``; unique in the effects ledger."""
        return f"{self.case}:{self.plan_version}:{self.direction}:{self.step}"

    @property
    def marker(self) -> str:
        """What is written into Odoo so that the effect can be found again: ``DESK-`` and 16 hex digits."""
        return "DESK-" + hashlib.sha256(f"{self.desk}/{self.key}/{self.plan_digest}".encode()).hexdigest()[:16]

    @property
    def params_digest(self) -> str:
        return digest(self.params)


class Undo(Value):
    """What an executed step left behind, enough to take it back and to tell whether somebody changed it since."""

    action: str
    records: tuple[RecordRef, ...]
    """The records made or changed, with the values we left."""
    before: Row = Field(default_factory=dict)
    """Former values of what was changed, by ``model:id``."""
    words: str
    """What was done, for a person: ``transfer WH2/INT/00007 reserved``."""


class Compensated(Value):
    """An effect was taken back."""

    words: str
    remains: str | None = None
    """What stays behind even so, and why."""


@dataclass(frozen=True)
class Fresh:
    """Nothing is known of this intent: the grant is spent and the intent journalled; go ahead."""


@dataclass(frozen=True)
class Settled:
    """This intent was carried out before; here is its result."""

    result: Undo | Compensated


@dataclass(frozen=True)
class Unsettled:
    """This intent was begun before and its outcome was never recorded: look in Odoo before anything else."""

    since: datetime
    """When it was last begun, sent or its answer lost: Odoo may be at work on it from then on."""
    may_send: bool
    """Whether it may be sent once more where nothing of it stands: its grant lasts and no standing limit refuses it."""


class Unknown(Value):
    """Nobody can tell whether the call had its effect: the case is frozen for a person."""

    reason: str


class Later(Value):
    """Odoo could not be reached: the intent stands, and is taken up again when it can be."""

    reason: str


class Stale(Value):
    """A record the plan relies on changed: plan again."""

    reason: str
