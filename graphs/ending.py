"""Where a run ends: the case closed, or handed to a person."""

from langgraph.runtime import Runtime

from domain.people import DESK
from graphs.state import Services, State
from memory.store import Store


def close(state: State, runtime: Runtime[Services]) -> State:
    """The case is over; after a rollback in the name of whoever wanted it, so that a scan does not do it all again."""
    store = runtime.context.store
    newest = store.plans.newest(state["case"])
    by_default = newest.requested_by if newest and newest.purpose == "rollback" else DESK
    actor = state.get("actor", by_default)
    store.cases.move(state["case"], "closed", state["why"], actor=actor)
    return {"phase": "rest"}


def queue(state: State, runtime: Runtime[Services]) -> State:
    """A person has to look: the case goes to the human queue, or is frozen while an effect of it is unsettled."""
    store = runtime.context.store
    store.cases.move(state["case"], "unknown" if unsettled(store, state["case"]) else "queued", state["why"])
    return {"phase": "rest"}


def unsettled(store: Store, case: str) -> bool:
    """Whether a step of the case was begun and nobody knows how it ended."""
    return any(effect.state in ("intended", "unknown") for effect in store.register.effects(case))
