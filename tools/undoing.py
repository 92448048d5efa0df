"""Takes one step back in Odoo, unless somebody changed or progressed it since."""

from domain.errors import DeskError
from domain.faults import OdooFault, OutcomeUnknown, Refused, Serialization
from domain.intents import Compensated, Undo, Unknown
from domain.refusals import Refusal
from tools.action import AnyAction
from tools.errors import OutOfScope
from tools.session import Session
from tools.writer import Writer


class Undoing:
    """One intent to undo, begun in the ledger; compensations look before they write, so a second run is safe."""

    def __init__(self, session: Session, action: AnyAction, undo: Undo) -> None:
        self._on = session
        self._action = action
        self._undo = undo

    def run(self, *, again: bool) -> Compensated | Refusal | Unknown:
        """Take it back, or say why not."""
        odoo = self._on.writer(self._action.undo_scope)
        try:
            result = self._action.compensate(odoo, self._on.reads, self._undo)
        except (OdooFault, OutOfScope) as fault:
            return self._failed(fault, odoo, again=again)
        if isinstance(result, Compensated):
            return self._on.taken_back(result)
        return self._on.dropped(result) if odoo.untouched else self._on.unknown(result.reason)

    def _failed(self, fault: DeskError, odoo: Writer, *, again: bool) -> Compensated | Refusal | Unknown:
        if odoo.untouched and not again and _final(fault):
            return self._on.dropped(Refusal(guard="odoo", reason=str(fault)))
        if isinstance(fault, OutcomeUnknown):
            for wait in (0.0, *self._on.settle):
                self._on.sleep(wait)
                if (result := self._look()) is not None:
                    return self._on.taken_back(result)
        return self._on.unknown(f"{fault}; whether the step was taken back cannot be told yet")

    def _look(self) -> Compensated | None:
        """Whether it is taken back already: a writer without a single call cannot do it now."""
        try:
            result = self._action.compensate(
                self._on.writer(self._action.undo_scope, budget=0), self._on.reads, self._undo
            )
        except (OdooFault, OutOfScope):
            return None
        return result if isinstance(result, Compensated) else None


def _final(fault: DeskError) -> bool:
    """Whether asking again is of no use; an effect that stands is not given up because Odoo was down for a while."""
    return isinstance(fault, Refused | OutOfScope) and not isinstance(fault, Serialization)
