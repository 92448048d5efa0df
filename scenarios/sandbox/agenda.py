"""What is still to do about a document, said done or taken off its list by the kind of work."""

from collections.abc import Sequence

from scenarios.sandbox import activities
from scenarios.sandbox.env import Env
from scenarios.sandbox.faults import WrongValue
from scenarios.sandbox.registry import method

MODEL = "mail.activity"


@method("*", "activity_feedback")
def activity_feedback(
    env: Env,
    model: str,
    ids: list[int],
    act_type_xmlids: Sequence[str],
    user_id: int | None = None,
    feedback: str | bool = False,
) -> bool:
    """Activities of these kinds are done; True although there was none."""
    found = _of(env, model, ids, act_type_xmlids, user_id)
    if found:
        activities.action_feedback(env, found, feedback)
    return True


@method("*", "activity_unlink")
def activity_unlink(
    env: Env, model: str, ids: list[int], act_type_xmlids: Sequence[str], user_id: int | None = None
) -> bool:
    """Activities of these kinds are no longer asked for."""
    env.unlink(MODEL, _of(env, model, ids, act_type_xmlids, user_id))
    return True


def _of(env: Env, model: str, ids: list[int], kinds: Sequence[str], user: int | None) -> list[int]:
    """Activities of the documents of these kinds, whoever they are for unless somebody is named."""
    known = [kind for kind in (_kind(env, each) for each in kinds) if kind]
    whose = [("user_id", "=", user)] if user else []
    domain = [("res_model", "=", model), ("res_id", "in", ids), ("activity_type_id", "in", known), *whose]
    return env.search(MODEL, domain)


def _kind(env: Env, xmlid: str) -> int | None:
    """A kind that is not known has no activities."""
    try:
        return env.ref(xmlid)
    except WrongValue:
        return None
