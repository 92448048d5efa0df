"""Carries one step out in Odoo: looks, checks, writes, verifies; whatever fails half-way is found or taken back."""

from domain.errors import DeskError
from domain.faults import OdooFault, OutcomeUnknown, Refused
from domain.intents import Compensated, Stale, Undo, Unknown
from domain.refusals import Refusal
from tools.action import Absent, AnyAction, Found, Mismatch, Params
from tools.comparing import first_difference
from tools.errors import OutOfScope
from tools.session import Session
from tools.writer import Writer

Done = Undo | Refusal | Stale | Unknown


class Doing:
    """One intent to do, begun in the ledger."""

    def __init__(self, session: Session, action: AnyAction, params: Params) -> None:
        self._on = session
        self._action = action
        self._params = params

    def run(self, *, again: bool) -> Done:
        """Do it; begun before and never settled, look for it first."""
        if again:
            looked = self._look()
            if isinstance(looked, Unknown):
                return self._on.unknown(looked.reason)
            if isinstance(looked, Found):
                return self._carry_out(looked)
        return self._checked() or self._carry_out(None)

    def _checked(self) -> Refusal | Stale | None:
        """What forbids the first call: nothing was sent yet, so the intent can be dropped."""
        try:
            if changed := first_difference(self._on.reads, self._on.intent.touches):
                return self._on.stale(changed)
            refusal = self._action.precondition(self._on.reads, self._params)
        except OdooFault as fault:
            refusal = Refusal(guard="odoo", reason=str(fault))
        return self._on.dropped(refusal) if refusal else None

    def _carry_out(self, found: Found | None, *, settled: bool = False) -> Done:
        odoo = self._on.writer(self._action.scope)
        try:
            undo = self._action.execute(odoo, self._on.reads, self._params, found)
            checked = self._action.verify(self._on.reads, self._params, undo)
        except (OdooFault, OutOfScope) as fault:
            return self._failed(fault, odoo, found, settled=settled)
        if isinstance(checked, Mismatch):
            return self._retreat(undo, Refusal(guard="verify", reason=checked.reason))
        return self._on.done(undo)

    def _failed(self, fault: DeskError, odoo: Writer, found: Found | None, *, settled: bool) -> Done:
        """Nothing happened: drop. A lost answer: look. Refused half-way: take back. Else nobody can tell yet."""
        refusal = Refusal(guard="scope" if isinstance(fault, OutOfScope) else "odoo", reason=str(fault))
        if odoo.untouched and found is None:
            return self._on.dropped(refusal)
        if settled or not isinstance(fault, OutcomeUnknown | Refused | OutOfScope):
            return self._on.unknown(str(fault))
        looked = self._look_patiently() if isinstance(fault, OutcomeUnknown) else self._look()
        if not isinstance(looked, Found):
            return self._on.unknown(f"{fault}; no effect can be found in Odoo, and none can be ruled out yet")
        if isinstance(fault, OutcomeUnknown):
            return self._carry_out(looked, settled=True)
        return self._retreat_from(looked, refusal)

    def _look(self) -> Found | Absent | Unknown:
        try:
            found = self._action.probe(self._on.reads, self._params, self._on.intent.marker)
        except OdooFault as fault:
            return Unknown(reason=f"Odoo cannot be asked whether the step had its effect: {fault}")
        return found if isinstance(found, Found | Absent) else Unknown(reason=found.reason)

    def _look_patiently(self) -> Found | Absent | Unknown:
        """Odoo may commit after the answer was lost: absent at once is not absent for good."""
        looked = self._look()
        for wait in self._on.settle:
            if isinstance(looked, Found):
                break
            self._on.sleep(wait)
            looked = self._look()
        return looked

    def _retreat_from(self, found: Found, why: Refusal) -> Refusal | Unknown:
        try:
            undo = self._action.left(self._on.reads, found.record)
        except OdooFault as fault:
            return self._on.unknown(f"{why.reason}; what stands in Odoo cannot be read: {fault}")
        return self._retreat(undo, why)

    def _retreat(self, undo: Undo, why: Refusal) -> Refusal | Unknown:
        """Take back a step that went wrong half-way, so that a refusal means that nothing stands."""
        odoo = self._on.writer(self._action.undo_scope)
        try:
            result = self._action.compensate(odoo, self._on.reads, undo)
        except (OdooFault, OutOfScope) as fault:
            return self._on.unknown(f"{why.reason}; it could not be taken back: {fault}")
        if not isinstance(result, Compensated):
            return self._on.unknown(f"{why.reason}; it could not be taken back: {result.reason}")
        return self._on.dropped(why.but(reason=f"{why.reason}; {result.words}"))
