"""One process of the desk that kills itself at a chosen boundary, or runs through and tells how many there are."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import SecretStr

from agents.terms import TermsBook
from desk.deciding import decide
from desk.desk import Desk, Parts, assemble, open_store, read_policy
from desk.recovering import recover
from desk.rolling_back import rollback
from desk.scanning import scan
from domain.calls import Call
from domain.clock import SystemClock
from domain.people import Person
from domain.ports import Transport
from domain.values import Json
from graphs import KINDS
from memory.checkpoints import open_checkpoints
from tests.desk.combined import agent
from tools.transports.connection import connect
from tools.transports.wire import OdooAddress


class Job(NamedTuple):
    """What a process is to do, and where."""

    home: str
    port: int
    database: str
    service: tuple[str, str]
    """Login and key of the desk's own user."""
    person: tuple[str, str]
    """Login and key of whoever decides."""
    verb: str
    subject: str
    """The requests or the case it concerns."""
    company: int
    die_at: int
    """The boundary at which the process kills itself; 0 for never."""
    both: bool = False
    """Whether its agent wants two things at once, of two people."""


class Boundaries:
    """Counts the boundaries of a run and ends the process at one of them."""

    def __init__(self, die_at: int) -> None:
        self.die_at = die_at
        self.passed: list[str] = []

    def cross(self, what: str) -> None:
        self.passed.append(what)
        if len(self.passed) == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)


class Deadly:
    """A transport with a boundary before each write is sent and after its answer came."""

    def __init__(self, transport: Transport, boundaries: Boundaries) -> None:
        self._transport = transport
        self._boundaries = boundaries

    @property
    def uid(self) -> int:
        return self._transport.uid

    def execute(self, call: Call) -> Json:
        if call.reads_only:
            return self._transport.execute(call)
        self._boundaries.cross(f"before {call}")
        answer = self._transport.execute(call)
        self._boundaries.cross(f"after {call}")
        return answer


@contextmanager
def opened(job: Job, boundaries: Boundaries) -> Iterator[Desk]:
    """The real desk over HTTP, with a boundary after every commit and every checkpoint."""
    home, clock, policy = Path(job.home), SystemClock(), read_policy()
    store = open_store(home, clock, policy)
    saver = open_checkpoints(home)
    after(store.database, "writing", boundaries, "commit")
    after(saver, "put", boundaries, "checkpoint")
    parts = Parts(
        transport=Deadly(service_transport(job), boundaries),
        connect=lambda login, secret: connect(address(job), login, secret),
        store=store,
        saver=saver,
        clock=clock,
        policy=policy,
        kinds={"stockout": agent()} if job.both else KINDS,
        terms=TermsBook(),
        in_flight_s=0,
    )
    try:
        yield assemble(parts)
    finally:
        saver.conn.close()
        store.close()


def address(job: Job) -> OdooAddress:
    return OdooAddress(host="127.0.0.1", port=job.port, database=job.database)


def service_transport(job: Job) -> Transport:
    """Logged in over HTTP as the desk's own user."""
    return connect(address(job), job.service[0], SecretStr(job.service[1]))


def after(owner: Any, name: str, boundaries: Boundaries, what: str) -> None:
    """Cross a boundary whenever a method, or the context manager it returns, is through."""
    method: Callable[..., Any] = getattr(owner, name)

    @contextmanager
    def around(manager: Any) -> Iterator[Any]:
        with manager as entered:
            yield entered
        boundaries.cross(what)

    def crossing(*args: Any, **kwargs: Any) -> Any:
        result = method(*args, **kwargs)
        if hasattr(result, "__exit__"):
            return around(result)
        boundaries.cross(what)
        return result

    object.__setattr__(owner, name, crossing)


def run(job: Job, desk: Desk) -> None:
    """Do the verb as a person at a terminal would."""
    match job.verb:
        case "scan":
            scan(desk, "stockout", job.company)
        case "approve" | "reject":
            for request in job.subject.split():
                decide(desk, request, proven(job, desk), job.verb, "because" if job.verb == "reject" else "")
        case "rollback":
            rollback(desk, job.subject, proven(job, desk))
        case "recover":
            recover(desk)


def proven(job: Job, desk: Desk) -> Person:
    return desk.identify(job.person[0], SecretStr(job.person[1]))


def perform(job: Job) -> None:
    """The whole life of a process; leaves the boundaries it passed beside the database."""
    boundaries = Boundaries(job.die_at)
    with opened(job, boundaries) as desk:
        run(job, desk)
    Path(job.home, "boundaries.txt").write_text("\n".join(boundaries.passed))
