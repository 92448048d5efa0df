"""Sets a world up behind HTTP, lets a process of the desk die somewhere, restarts it, and reads what stands."""

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from desk.desk import Desk
from desk.recovering import recover
from domain.cases import NOTICE, CaseState
from domain.clock import SystemClock
from domain.intents import Compensated, Fresh, Intent, Undo
from domain.ports import Transport
from memory.verifying import Verified
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.server import SandboxServer
from scenarios.worlds import small
from scenarios.worlds.small import Small
from tests.crash.worker import Boundaries, Job, opened, perform, run, service_transport
from tools.action import Absent
from tools.catalogue import CATALOGUE
from tools.gateway import Gateway

START = multiprocessing.get_context("forkserver")
START.set_forkserver_preload(["tests.crash.worker"])

Prepare = Callable[[Desk, Small], str]
"""Brings a fresh desk to where the deadly verb begins; the request or case it concerns."""


@dataclass(frozen=True, kw_only=True)
class Play:
    """One thing that is done, and what must have come of it whatever died on the way."""

    shortage: Callable[[Small], None]
    prepare: Prepare = lambda _desk, _world: ""
    verb: str
    login: str
    model: str
    """What is counted in Odoo: everything of this model that bears a mark of the desk and is not cancelled."""
    stands: int
    """How many of them must stand at the end."""
    both: bool = False
    """Whether the agent wants two things at once, of two people."""
    asks: int = 0
    """How many activities of the desk must stand open at the end."""
    ends: CaseState = "closed"
    """Where the case must stand at the end."""


class Stood(NamedTuple):
    """How everything stood after the restart."""

    marked: list[dict[str, object]]
    activities: int
    """How many of the desk's own stand open."""
    states: list[str]
    kinds: list[str]
    """The kinds of the journal's entries, in order."""
    verified: bool
    effects: list[tuple[str, str]]
    """Key and state of every effect."""


@contextmanager
def odoo() -> Iterator[tuple[Engine, Small, SandboxServer]]:
    """A small world served over HTTP by this process, which nothing kills."""
    engine = Engine(SystemClock(), database="crash")
    world = small.build(engine, today=datetime.now(UTC).date())
    server = SandboxServer(engine)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield engine, world, server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def job(play: Play, home: Path, world: Small, server: SandboxServer, subject: str, die_at: int) -> Job:
    service, person = world.users["desk"], world.users[play.login]
    return Job(
        home=str(home),
        port=server.port,
        database="crash",
        service=("desk", service.api_key),
        person=(play.login, person.api_key),
        verb=play.verb,
        subject=subject,
        company=world.company,
        die_at=die_at,
        both=play.both,
    )


def die(given: Job) -> int | None:
    """Run a process of the desk; how it ended."""
    process = START.Process(target=perform, args=(given,))
    process.start()
    process.join()
    return process.exitcode


def boundaries(play: Play, home: Path) -> list[str]:
    """What a process passes that nobody kills."""
    with odoo() as (_, world, server):
        subject = prepared(play, home, world, server)
        assert die(job(play, home, world, server, subject, 0)) == 0
    return Path(home, "boundaries.txt").read_text().splitlines()


def killed(play: Play, home: Path, die_at: int, *, guarded: bool = True) -> Stood:
    """Kill a process at one boundary, restart it (with its guards or without), and do again what was not finished."""
    with odoo() as (engine, world, server):
        subject = prepared(play, home, world, server)
        given = job(play, home, world, server, subject, die_at)
        assert die(given) == -signal.SIGKILL
        with opened(given, Boundaries(0)) as desk:
            after_restart(given, desk if guarded else guards_removed(desk, service_transport(given)))
            return stood(play, engine, desk)


def prepared(play: Play, home: Path, world: Small, server: SandboxServer) -> str:
    play.shortage(world)
    with opened(job(play, home, world, server, "", 0), Boundaries(0)) as desk:
        return play.prepare(desk, world)


def after_restart(given: Job, desk: Desk) -> None:
    """What ``serve`` does by itself, then the person types again what they did not see the end of."""
    recover(desk)
    asked = () if given.verb in ("scan", "rollback") else given.subject.split()
    if not asked or any(desk.store.requests.get(request).state == "pending" for request in asked):
        run(given, desk)


def stood(play: Play, engine: Engine, desk: Desk) -> Stood:
    with engine.transaction() as env:
        found = env.search(play.model, [["origin", "like", "DESK-"], ["state", "!=", "cancel"]])
        marked = [dict(row) for row in env.rows(play.model, found)]
        activities = len(env.search("mail.activity", [["note", "like", "[ref DESK-"]]))
    cases = desk.store.cases.list()
    notices = {case.id for case in desk.store.cases.list(kind=NOTICE)}
    entries = [entry for entry in desk.store.journal.entries() if entry.case not in notices]
    effects = [effect for case in cases for effect in desk.store.register.effects(case.id)]
    return Stood(
        marked=marked,
        activities=activities,
        states=[case.state for case in cases],
        kinds=[entry.kind for entry in entries],
        verified=isinstance(desk.store.verify(), Verified),
        effects=[(effect.key, effect.state) for effect in effects],
    )


class Forgetful:
    """A register whose ledger check is taken out: every intent is new to it, and nothing is kept."""

    def begin(self, _intent: Intent, _grant: str | None) -> Fresh:
        return Fresh()

    def finish(self, _intent: Intent, _result: Undo | Compensated) -> None:
        """Kept nowhere."""

    def drop(self, _intent: Intent, _why: str) -> None:
        """Kept nowhere."""

    def unknown(self, _intent: Intent, _why: str) -> None:
        """Kept nowhere."""

    def in_flight(self, _intent: Intent, _why: str) -> None:
        """Kept nowhere."""


def guards_removed(desk: Desk, transport: Transport) -> Desk:
    """The desk with ledger check and marker look-up taken out."""
    blind = {name: type("Blind", (type(action),), {"probe": absent})() for name, action in CATALOGUE.items()}
    gateway = Gateway(transport, Forgetful(), blind, clock=desk.clock)
    return replace(desk, gateway=gateway, runner=replace(desk.runner, gateway=gateway))


def absent(*_: object) -> Absent:
    """The marker look-up, taken out."""
    return Absent()
