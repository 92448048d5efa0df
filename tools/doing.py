"""Carries one step out in Odoo: looks, checks, writes, verifies; whatever fails half-way is found or taken back."""

from domain.errors import DeskError
from domain.faults import AccessRefused, OdooFault
from domain.intents import Compensated, Later, Stale, Undo, Unknown, Unsettled
from domain.refusals import Refusal
from tools.action import Absent, AnyAction, Found, Mismatch, Params
from tools.comparing import first_difference
from tools.errors import OutOfScope
from tools.rights import BEYOND
from tools.session import Session
from tools.transports.faults import passing
from tools.writer import Writer

Done = Undo | Refusal | Stale | Later | Unknown


class Doing:
    """One intent to do, begun in the ledger."""

    def __init__(self, session: Session, action: AnyAction, params: Params) -> None:
        self._on = session
        self._action = action
        self._params = params

    def run(self, begun: Unsettled | None) -> Done:
        """Do it; begun before and never settled, look for it first."""
        if begun is None:
            return self._checked() or self._carry_out(None)
        looked = self._look()
        match looked:
            case Found():
                return self._carry_out(looked)
            case Absent():
                return self._once_more(begun)
            case Unknown():
                return self._on.unknown(looked.reason)
        return looked

    def _once_more(self, begun: Unsettled) -> Done:
        """Nothing of it stands: sent again, once nothing of it can come any more and everything still speaks for it."""
        return self._on.awaited(begun) or self._checked() or self._on.sent_again(begun) or self._carry_out(None)

    def _checked(self) -> Refusal | Stale | Later | None:
        """What forbids the first call: nothing was sent yet, so the intent can be dropped, or wait."""
        try:
            changed = first_difference(self._on.reads, self._on.intent.touches)
            if changed and not self._action.moot(self._on.reads, self._params):
                return self._on.stale(changed)
            refusal = self._action.precondition(self._on.reads, self._params)
        except OdooFault as fault:
            if passing(fault):
                return Later(reason=str(fault))
            refusal = Refusal(guard="odoo", reason=str(fault))
        return self._on.dropped(refusal) if refusal else None

    def _carry_out(self, found: Found | None, *, settled: bool = False) -> Done:
        odoo = self._on.writer(self._action.scope)
        try:
            undo = self._action.execute(odoo, self._on.reads, self._params, found)
            checked = self._action.verify(self._on.reads, self._params, undo)
        except (OdooFault, OutOfScope) as fault:
            if odoo.unsure:
                return self._on.lost(str(fault)) if settled else self._settled(fault)
            return Later(reason=str(fault)) if passing(fault) else self._refused(fault, odoo, found)
        if isinstance(checked, Mismatch):
            return self._retreat(undo, Refusal(guard="verify", reason=checked.reason))
        return self._on.done(undo)

    def _settled(self, fault: DeskError) -> Done:
        """After a lost answer: what stands is completed, once; what cannot be found may still come."""
        looked = self._look_patiently()
        match looked:
            case Found():
                return self._carry_out(looked, settled=True)
            case Unknown():
                return self._on.unknown(f"{fault}; {looked.reason}")
            case Later():
                return self._on.lost(looked.reason)
        return self._on.lost(f"{fault}; no effect is found in Odoo yet")

    def _refused(self, fault: DeskError, odoo: Writer, found: Found | None) -> Done:
        """Refused at once nothing stands; refused half-way, what stands is taken back."""
        refusal = _refusal(fault)
        if odoo.untouched and found is None:
            return self._on.dropped(refusal)
        looked = self._look()
        match looked:
            case Found():
                return self._retreat_from(looked, refusal)
            case Later():
                return looked
        return self._on.unknown(f"{fault}; what was done before it cannot be found in Odoo")

    def _look(self) -> Found | Absent | Later | Unknown:
        try:
            found = self._action.probe(self._on.reads, self._params, self._on.trace)
        except OdooFault as fault:
            why = f"Odoo cannot be asked whether the step had its effect: {fault}"
            return Later(reason=why) if passing(fault) else Unknown(reason=why)
        return found if isinstance(found, Found | Absent) else Unknown(reason=found.reason)

    def _look_patiently(self) -> Found | Absent | Later | Unknown:
        """Odoo may commit after the answer was lost: absent at once is not absent for good."""
        looked = self._look()
        for wait in self._on.settle:
            if isinstance(looked, Found):
                break
            self._on.sleep(wait)
            looked = self._look()
        return looked

    def _retreat_from(self, found: Found, why: Refusal) -> Refusal | Later | Unknown:
        try:
            undo = self._action.left(self._on.reads, found.record, self._on.trace)
        except OdooFault as fault:
            return Later(reason=str(fault)) if passing(fault) else self._on.unknown(f"{why.reason}; {fault}")
        return self._retreat(undo, why)

    def _retreat(self, undo: Undo, why: Refusal) -> Refusal | Later | Unknown:
        """Take back a step that went wrong half-way, so that a refusal means that nothing stands."""
        odoo = self._on.writer(self._action.undo_scope)
        try:
            result = self._action.compensate(odoo, self._on.reads, undo)
        except (OdooFault, OutOfScope) as fault:
            if passing(fault) and not odoo.unsure:
                return Later(reason=str(fault))
            return self._on.unknown(f"{why.reason}; it could not be taken back: {fault}")
        if not isinstance(result, Compensated):
            return self._on.unknown(f"{why.reason}; it could not be taken back: {result.reason}")
        return self._on.dropped(why.but(reason=f"{why.reason}; {result.words}"))


def _refusal(fault: DeskError) -> Refusal:
    """Why it was refused; what only this user may not do is told apart."""
    if isinstance(fault, AccessRefused):
        return Refusal(guard="rights", reason=f"{BEYOND}{fault}")
    return Refusal(guard="scope" if isinstance(fault, OutOfScope) else "odoo", reason=str(fault))
