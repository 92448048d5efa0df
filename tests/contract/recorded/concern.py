"""Which recorded lines concern the desk: those of models that its reads and actions use."""

from enum import Enum
from functools import cache

from domain.calls import READ_METHODS
from domain.scopes import Permit
from scenarios.sandbox.fields import definitions
from tests.contract.recorded.captures import Captured
from tools.allowlist import FIELDS
from tools.catalogue import ACTIONS


class Concern(Enum):
    """How near a recorded line is to what the desk does."""

    USED = "model and method are used by a read or an action"
    NEAR = "another method of a model that the desk uses"
    BESIDE = "of another model that the sandbox has"
    BEYOND = "of a model that neither the desk nor the sandbox knows"
    CLIENT = "holds an outcome only"


ASKED_OF_PEOPLE = {"res.users": frozenset({"has_group", "context_get", "search_count"})}
"""What is asked when somebody logs in, and by the doctor."""

PLAYED = frozenset(definitions(18))


def concern(call: Captured) -> Concern:
    """What a line is to the desk, by the model and method it names."""
    if not call.model:
        return Concern.CLIENT
    if (call.model, call.method) in used():
        return Concern.USED
    if call.model in {model for model, _ in used()}:
        return Concern.NEAR
    return Concern.BESIDE if call.model in PLAYED else Concern.BEYOND


@cache
def used() -> frozenset[tuple[str, str]]:
    """Each model and method that the reads, the actions and their compensations, and the doctor use."""
    read = {(model, method) for model in FIELDS for method in READ_METHODS | {"check_access_rights", "has_access"}}
    asked = {(model, method) for model, methods in ASKED_OF_PEOPLE.items() for method in methods}
    written = {(permit.model, method) for permit in permits() for method in permit.methods}
    return frozenset(read | asked | written)


def permits() -> list[Permit]:
    """What all actions may do, forth and back."""
    return [permit for action in ACTIONS for scope in (action.scope, action.undo_scope) for permit in scope.permits]
