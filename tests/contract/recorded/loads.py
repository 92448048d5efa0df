"""States in which something like the call has been done before: a table loaded, the same call made, much business."""

from contextlib import suppress

from scenarios.sandbox.faults import SandboxFault
from tests.contract.recorded import states
from tests.contract.recorded.captures import Captured
from tests.contract.recorded.lab import ADMIN, Lab
from tests.contract.recorded.names import asked


def loaded_before(lab: Lab, call: Captured) -> None:
    """The same table was loaded before."""
    load(lab, call)


def loaded_and_confirmed(lab: Lab, call: Captured) -> None:
    lab.call(call.model, "button_confirm", load(lab, call))


def made_before(lab: Lab, call: Captured) -> None:
    """The same call was made once already, whatever came of it."""
    args, kwargs = asked(lab, call)
    with suppress(SandboxFault):
        lab.engine.execute_kw(lab.users.get(call.user, ADMIN), None, call.model, call.method, args, kwargs)


def much_business(lab: Lab, call: Captured) -> None:
    """Orders, deliveries, receipts, rules, lots and messages of every kind stand there, for whoever searches."""
    for state in (
        states.lots,
        states.outgoing,
        states.delivery,
        states.receipt,
        states.part_received,
        states.short_rule,
    ):
        state(lab, call)
    states.first_bought_here(lab, call)
    lab.call(states.PO, "message_post", [states.ordered(lab)])
    lab.call(states.PICKING, "button_validate", [states.transfer(lab, origin="EXC/0001")])
    states.filled_return(lab, call)


def load(lab: Lab, call: Captured) -> list[int]:
    """The ids of the records that the call's own table names, loaded by the one who will load it again."""
    args, kwargs = asked(lab, call)
    answer = lab.engine.execute_kw(lab.users[call.user], None, call.model, "load", args, kwargs)
    return list(answer["ids"])
