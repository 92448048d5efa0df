"""Every action the desk knows, and what a step of it would mean: its exposure, what it touches, how it is undone."""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import ValidationError

from domain.exposures import Exposure
from domain.faults import AccessRefused, RecordMissing
from domain.intents import Undo
from domain.plans import Draft, RollbackPlan, Step
from domain.ports import Reads
from domain.refusals import Refusal
from tools.action import AnyAction, complaint
from tools.activity import ScheduleActivity
from tools.activity_done import CloseActivity
from tools.commitment import PromiseDate
from tools.confirm import ConfirmOrder
from tools.hold import HoldOrder
from tools.minmax import ChangeMinMax
from tools.note import PostNote
from tools.reallocate import Reallocate
from tools.redate import RedateLine
from tools.rfq import CreateRfq
from tools.transfer import Transfer
from tools.valuing import MOST, beyond

ACTIONS: tuple[AnyAction, ...] = (
    Transfer(),
    Reallocate(),
    ChangeMinMax(),
    CreateRfq(),
    ConfirmOrder(),
    RedateLine(),
    PromiseDate(),
    HoldOrder(),
    ScheduleActivity(),
    CloseActivity(),
    PostNote(),
)
CATALOGUE: Mapping[str, AnyAction] = MappingProxyType({action.name: action for action in ACTIONS})
"""Actions by name."""


def price(draft: Draft, reads: Reads) -> Step | Refusal:
    """A draft with everything policy, approver and gateway need to know of it.

    Raises OdooFault, unless Odoo hides or misses a record of this draft: that is about the draft alone.
    """
    action = CATALOGUE.get(draft.action)
    if action is None:
        return Refusal(guard="catalogue", reason=f"there is no action {draft.action!r}")
    try:
        params = action.parse(draft.params)
    except ValueError as error:
        return Refusal(guard="params", reason=f"{draft.action} does not take this: {complaint(error)}")
    try:
        facts = action.facts(reads, params)
    except (AccessRefused, RecordMissing) as fault:
        return Refusal(guard="facts", reason=str(fault))
    except ValidationError as error:
        return Refusal(guard="facts", reason=_no_number(draft, error))
    if isinstance(facts, Refusal):
        return facts
    exposure = action.exposure(params, facts)
    if odd := next((found for found in (exposure.amount.amount, exposure.quantity) if not found <= MOST), None):
        return beyond(f"what it would take to {action.words(params, facts)}", odd)
    return Step(
        action=action.name,
        params=params.plain(),
        words=action.words(params, facts),
        exposure=exposure,
        touches=action.touches(facts),
        rollback=action.rollback(facts),
    )


def _no_number(draft: Draft, error: ValidationError) -> str:
    """PostgreSQL can hold NaN and infinity, which no plan can be compared with."""
    on = ", ".join(f"{field} {value}" for field, value in draft.params.items())
    odd = f"{draft.action} ({on}) meets what is no number in Odoo, which nobody means"
    return f"{odd}; correct it there: {complaint(error)}"


def price_undo(action: str, undo: Undo, exposure: Exposure) -> Step:
    """The step that takes an effect back, as exposed as the effect was."""
    return Step(
        action=action,
        direction="undo",
        params=undo.plain(),
        words=CATALOGUE[action].undo_words(undo),
        exposure=exposure,
        touches=(),
        rollback=RollbackPlan(words="none: what was taken back can only be planned anew", calls=()),
    )
