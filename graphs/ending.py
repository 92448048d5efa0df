"""Where a run ends: the case closed, or handed to a person."""

from langgraph.runtime import Runtime

from graphs.state import Services, State


def close(state: State, runtime: Runtime[Services]) -> State:
    """The case is over."""
    runtime.context.store.cases.move(state["case"], "closed", state["why"])
    return {"phase": "rest"}


def queue(state: State, runtime: Runtime[Services]) -> State:
    """A person has to look: the case goes to the human queue with the reason."""
    store = runtime.context.store
    if store.cases.get(state["case"]).state != "queued":
        store.cases.move(state["case"], "queued", state["why"])
    return {"phase": "rest"}
