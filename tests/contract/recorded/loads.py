"""States of what was loaded from a table before."""

from tests.contract.recorded.captures import Captured
from tests.contract.recorded.lab import Lab
from tests.contract.recorded.names import asked


def loaded_before(lab: Lab, call: Captured) -> None:
    """The same table was loaded before."""
    load(lab, call)


def loaded_and_confirmed(lab: Lab, call: Captured) -> None:
    lab.call(call.model, "button_confirm", load(lab, call))


def load(lab: Lab, call: Captured) -> list[int]:
    """The ids of the records that the call's own table names, loaded by the one who will load it again."""
    args, kwargs = asked(lab, call)
    answer = lab.engine.execute_kw(lab.users[call.user], None, call.model, "load", args, kwargs)
    return list(answer["ids"])
