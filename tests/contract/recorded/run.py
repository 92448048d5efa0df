"""One recorded call made again in the sandbox, and whether its answer and its effect are Odoo's."""

import json
from typing import Any

from scenarios.sandbox.faults import SandboxFault
from tests.contract.recorded.agreement import difference, plain
from tests.contract.recorded.captures import Captured
from tests.contract.recorded.effects import standing, wrong_effect
from tests.contract.recorded.lab import Lab
from tests.contract.recorded.names import asked
from tests.contract.recorded.states import State


def disagreement(lab: Lab, call: Captured, state: State) -> str | None:
    """How the sandbox, in that state, differs from what was recorded; None where it agrees."""
    state(lab, call)
    args, kwargs = asked(lab, call)
    before = standing(lab)
    found, fault = _answer(lab, call, args, kwargs)
    if fault is not None or call.error is not None:
        return _other_refusal(call, found, fault)
    return difference(call.result, found) or wrong_effect(lab, call, state, args, before)


def _answer(lab: Lab, call: Captured, args: list[Any], kwargs: dict[str, Any]) -> tuple[Any, SandboxFault | None]:
    try:
        user = lab.users[call.user]
        found = lab.engine.execute_kw(user, None, call.model, call.method, args, kwargs)
    except SandboxFault as fault:
        return None, fault
    return json.loads(json.dumps(found)), None


def _other_refusal(call: Captured, found: Any, fault: SandboxFault | None) -> str | None:
    if fault is None:
        return f"{found!r} instead of {call.error}: {call.message}"
    if call.error is None:
        return f"{fault.name}: {fault.message} instead of {call.result!r}"
    if fault.name != call.error or plain(fault.message) != plain(call.message):
        return f"{fault.name}: {fault.message} instead of {call.error}: {call.message}"
    return None
