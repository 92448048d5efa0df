"""Take up what a kill, an expiry or an unreachable Odoo left half-way; every verb that decides begins with it."""

import logging

from desk.desk import Desk
from desk.notifying import notifying
from desk.waking import wake
from domain.cases import NOTICE, Case, CaseState
from domain.errors import NotFound
from domain.faults import OdooFault, OutcomeUnknown
from domain.values import Value
from memory.errors import Corrupt
from memory.parts import decisive

log = logging.getLogger("desk.recovering")


RESTLESS: tuple[CaseState, ...] = ("open", "waiting", "acting", "undoing")
"""Where a case may stand and yet have to move."""


class Recovered(Value):
    """What was taken up, and what could not be."""

    expired: tuple[str, ...]
    """Requests whose time ran out; a timeout never approves."""
    taken_up: tuple[str, ...]
    """Cases that moved on."""
    hindered: str | None
    """Why some of them wait still: Odoo cannot be reached, or does not answer."""


@notifying
def recover(desk: Desk) -> Recovered:
    """Expire what is too old, then carry on every case that nobody holds and that waits for nobody."""
    expired = desk.store.requests.expire(desk.clock.now())
    wake(desk)
    taken_up: list[str] = []
    hindered = None
    cases = desk.store.cases
    for case in (*cases.list(state=RESTLESS), *cases.list(state=RESTLESS, kind=NOTICE)):
        try:
            if orphaned(desk, case) and desk.runner.run(case.id).state != case.state:
                taken_up.append(case.id)
        except OutcomeUnknown as fault:
            hindered = str(fault)
        except OdooFault as fault:
            hindered = str(fault)
            break
        except (Corrupt, NotFound) as defect:
            log.warning("case %s cannot be taken up: %s", case.id, defect, extra={"action": "case_failed"})
    return Recovered(expired=tuple(r.id for r in expired), taken_up=tuple(taken_up), hindered=hindered)


def orphaned(desk: Desk, case: Case) -> bool:
    """Whether a case should be moving and is not."""
    if case.state == "waiting":
        return decisive(desk.store.requests.last_asked(case.id)).state != "pending"
    return not paused(desk, case)


def paused(desk: Desk, case: Case) -> bool:
    """Whether a pause holds the case, or an action of its plan, where it is."""
    newest = desk.store.plans.newest(case.id)
    actions = {f"action:{step.action}" for step in newest.steps} if newest else set()
    held = {"all", f"kind:{case.kind}", f"company:{case.company}", *actions}
    return any(pause.scope in held for pause in desk.store.pauses.active())
