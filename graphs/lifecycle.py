"""One lifecycle for every kind of case: gather, propose, gate, approve, act, verify, close, undo, human queue."""

import hashlib
from typing import Protocol

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from graphs.acting import act, take_back, verify
from graphs.ending import close, queue
from graphs.gating import approve, gate, settle
from graphs.planning import gather, propose
from graphs.state import Phase, Services, State
from memory.parts import decisive


class Node(Protocol):
    """Takes the state and the services, gives back what changed."""

    def __call__(self, state: State, *, runtime: Runtime[Services]) -> State: ...


NODES: dict[Phase, tuple[Node, tuple[Phase, ...]]] = {
    "gather": (gather, ("propose", "close")),
    "propose": (propose, ("gate", "queue", "close")),
    "gate": (gate, ("act", "approve", "rest")),
    "approve": (approve, ("settle",)),
    "settle": (settle, ("act", "approve", "gather", "rest")),
    "act": (act, ("verify", "undo", "gather", "queue", "rest")),
    "verify": (verify, ("close", "undo")),
    "undo": (take_back, ("queue", "rest")),
    "queue": (queue, ("rest",)),
    "close": (close, ("rest",)),
}
"""Every node with the phases it may lead to."""

Lifecycle = StateGraph[State, Services, State, State]


def build() -> Lifecycle:
    """The graph, not yet compiled; which node comes first is read from the case's row."""
    graph: Lifecycle = StateGraph(State, Services, input_schema=State, output_schema=State)
    for phase, (node, leads_to) in NODES.items():
        graph.add_node(phase, node)
        graph.add_conditional_edges(phase, next_phase, {then: END if then == "rest" else then for then in leads_to})
    graph.add_conditional_edges(START, first_phase, {**{phase: phase for phase in NODES}, "rest": END})
    return graph


def next_phase(state: State) -> Phase:
    """The phase the last node chose."""
    return state["phase"]


def first_phase(state: State, runtime: Runtime[Services]) -> Phase:
    """Where a fresh thread takes a case up: its row is the truth, a checkpoint is disposable."""
    store = runtime.context.store
    case = store.cases.get(state["case"])
    match case.state:
        case "open":
            return "gather"
        case "waiting":
            return "approve" if decisive(store.requests.last_asked(case.id)).state == "pending" else "settle"
        case "acting":
            return "act"
        case "undoing":
            return "undo"
        case _:
            return "rest"


def fingerprint() -> str:
    """Changes when a node or an edge does; a case that waits in another graph starts on a fresh thread."""
    shape = repr([(phase, leads_to) for phase, (_, leads_to) in NODES.items()])
    return hashlib.sha256(shape.encode()).hexdigest()[:12]
