"""Takes one step back in Odoo, unless somebody changed or progressed it since."""

from domain.errors import DeskError
from domain.faults import OdooFault
from domain.intents import Compensated, Later, Undo, Unknown, Unsettled
from domain.refusals import Refusal
from tools.action import AnyAction
from tools.errors import OutOfScope
from tools.session import Session
from tools.transports.faults import passing

Back = Compensated | Refusal | Later | Unknown


class Undoing:
    """One intent to undo, begun in the ledger; compensations look before they write, so a second run is safe."""

    def __init__(self, session: Session, action: AnyAction, undo: Undo) -> None:
        self._on = session
        self._action = action
        self._undo = undo

    def run(self, begun: Unsettled | None) -> Back:
        """Take it back, or say why not; begun before and never settled, look first whether it is back already."""
        return self._take_back() if begun is None else self._once_more(begun)

    def _once_more(self, begun: Unsettled) -> Back:
        """Sent again, once nothing of the first try can come any more and its grant lasts."""
        looked = self._look()
        if isinstance(looked, Compensated):
            return self._on.taken_back(looked)
        return looked or self._on.awaited(begun) or self._on.sent_again(begun) or self._take_back()

    def _take_back(self) -> Back:
        odoo = self._on.writer(self._action.undo_scope)
        try:
            result = self._action.compensate(odoo, self._on.reads, self._undo)
        except (OdooFault, OutOfScope) as fault:
            if odoo.unsure:
                return self._settled(fault)
            if passing(fault):
                return Later(reason=str(fault))
            result = Refusal(guard="odoo", reason=str(fault))
        if isinstance(result, Compensated):
            return self._on.taken_back(result)
        return self._on.dropped(result) if odoo.untouched else self._on.unknown(result.reason)

    def _settled(self, fault: DeskError) -> Compensated | Later:
        """After a lost answer: looked at again, and never sent again at once."""
        for wait in (0.0, *self._on.settle):
            self._on.sleep(wait)
            looked = self._look()
            if isinstance(looked, Compensated):
                return self._on.taken_back(looked)
        return self._on.lost(looked.reason if isinstance(looked, Later) else f"{fault}; it is not taken back yet")

    def _look(self) -> Compensated | Later | None:
        """Whether it is taken back already: a writer without a single call cannot do it now."""
        odoo = self._on.writer(self._action.undo_scope, budget=0)
        try:
            result = self._action.compensate(odoo, self._on.reads, self._undo)
        except (OdooFault, OutOfScope) as fault:
            return Later(reason=str(fault)) if passing(fault) else None
        return result if isinstance(result, Compensated) else None
