"""Run one case as far as it goes: under a lease, on a thread that can be thrown away."""

import logging
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command, Durability

from agents.terms import TermsBook
from domain.cases import Case
from domain.clock import Clock
from domain.errors import DeskError, IllegalMove
from domain.faults import OdooFault, Refused
from graphs import leases, lifecycle
from graphs.ending import unsettled
from graphs.kinds import Kind
from graphs.state import Services, State
from guardrails.policy import Policy
from memory.errors import Conflict, Corrupt, StoreError
from memory.store import Store
from tools.gateway import Gateway

log = logging.getLogger("desk.cases")

LEASE_S = 300.0
"""How long a worker on another machine may be silent before its case is taken up; one on this machine while it runs."""

LEASE = timedelta(seconds=LEASE_S)

AT_REST: Durability = "exit"
"""A checkpoint is written where a run stops, an interrupt included: one of the way there would never be read."""

MOST_NODES = 50
"""LangGraph's recursion limit: five plans of ten nodes."""

Graph = CompiledStateGraph[State, Services, State, State]


class LeaseLost(DeskError):
    """Another worker has taken this case up."""


@dataclass(frozen=True, kw_only=True)
class Runner:
    """Carries cases through the lifecycle; every collaborator is handed in."""

    store: Store
    gateway: Gateway
    policy: Policy
    clock: Clock
    kinds: Mapping[str, Kind]
    terms: TermsBook
    saver: BaseCheckpointSaver[str]
    graph: Graph = field(init=False)
    shape: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "graph", lifecycle.build().compile(checkpointer=self.saver))
        object.__setattr__(self, "shape", lifecycle.fingerprint())

    def run(self, case_id: str) -> Case:
        """Take a case up where its row says, on a fresh thread; a case that another worker holds is left alone."""
        with self._leased(case_id) as services:
            if services:
                self._afresh(self.store.cases.get(case_id), services)
        return self._tidied(case_id)

    def resume(self, case_id: str) -> Case:
        """Go on after a decision: answer the interrupt that waits, or take the case up afresh where none does."""
        with self._leased(case_id) as services:
            if services:
                case = self.store.cases.get(case_id)
                waiting = self._interrupt(case)
                if waiting is None:
                    self._afresh(case, services)
                else:
                    self._invoke(case.id, case.thread, Command(resume={waiting: "decided"}), services)
        return self._tidied(case_id)

    def forget(self, case: Case) -> None:
        """Delete the thread of a case that rests: its row says all."""
        self.saver.delete_thread(case.thread)

    def services(self, heartbeat: Callable[[], None] = lambda: None) -> Services:
        """The collaborators of the nodes."""
        return Services(
            store=self.store,
            gateway=self.gateway,
            policy=self.policy,
            clock=self.clock,
            kinds=self.kinds,
            terms=self.terms,
            heartbeat=heartbeat,
        )

    @contextmanager
    def _leased(self, case_id: str) -> Iterator[Services | None]:
        holder = leases.name()
        self.store.cases.end_lease(case_id, leases.is_dead)
        if not self.store.cases.lease(case_id, holder, LEASE_S, alive=leases.is_alive):
            yield None
            return

        fresh = self.clock.now() + LEASE / 2

        def heartbeat() -> None:
            nonlocal fresh
            if self.clock.now() < fresh:
                return
            if not self.store.cases.renew(case_id, holder, LEASE_S):
                raise LeaseLost(f"another worker has taken up case {case_id}; this one stops before its next step")
            fresh = self.clock.now() + LEASE / 2

        try:
            with suppress(LeaseLost):
                yield self.services(heartbeat)
        finally:
            self.store.cases.release(case_id, holder)

    def _afresh(self, case: Case, services: Services) -> None:
        thread = f"{case.id}.{uuid.uuid4().hex[:12]}"
        self.saver.delete_thread(case.thread)
        self.store.cases.set_thread(case.id, thread, self.shape)
        self._invoke(case.id, thread, {"case": case.id}, services)

    def _invoke(self, case_id: str, thread: str, given: State | Command[str], services: Services) -> None:
        config: RunnableConfig = {"configurable": {"thread_id": thread}, "recursion_limit": MOST_NODES}
        try:
            self.graph.invoke(given, config, context=services, durability=AT_REST)
        except Refused as fault:
            self.store.cases.move(case_id, "queued", f"Odoo refused what the desk has to read: {fault}")
        except OdooFault as fault:
            self.store.cases.remark(case_id, f"{fault}; taken up again later")
            raise
        except (Conflict, IllegalMove) as overtaken:
            log.info("case %s moved meanwhile: %s", case_id, overtaken, extra={"action": "case_overtaken"})
        except LeaseLost:
            raise
        except StoreError as fault:
            if not isinstance(fault, Corrupt):
                raise
            self._give_up(case_id, str(fault))
        except Exception as defect:  # one case that trips over a defect must not keep the others from their turn
            log.exception("case %s cannot be carried on", case_id, extra={"action": "case_failed"})
            self._give_up(case_id, f"the desk failed on it, see the log: {type(defect).__name__}: {defect}")

    def _give_up(self, case_id: str, why: str) -> None:
        """Hand a case to a person: frozen where an effect of it was begun and never settled."""
        self.store.cases.move(case_id, "unknown" if unsettled(self.store, case_id) else "queued", why)

    def _interrupt(self, case: Case) -> str | None:
        """The id of the interrupt that waits on the case's thread, if its graph is still the one it was built by."""
        if case.graph != self.shape:
            return None
        snapshot = self.graph.get_state({"configurable": {"thread_id": case.thread}})
        return snapshot.interrupts[0].id if snapshot.interrupts else None

    def _tidied(self, case_id: str) -> Case:
        """The case as it stands; the thread of a case that rests is deleted, its row says all."""
        case = self.store.cases.get(case_id)
        if case.state in ("closed", "queued", "unknown"):
            self.forget(case)
        return case
