"""Where a scenario plays: a small world in the sandbox engine, a desk over it in process, and a clock that is moved."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from desk.desk import Desk, Parts, assemble, open_store
from domain.clock import SetClock
from domain.faults import WrongLogin
from domain.people import Person
from domain.ports import Transport
from graphs import KINDS
from memory.checkpoints import open_checkpoints
from scenarios.house import USUAL, House
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.transport import EngineTransport
from scenarios.worlds import small
from scenarios.worlds.small import Small
from tools.dialects.dialect import speaking
from tools.dialects.versions import NATIVE

DATABASE = "scenario"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A world, a desk and a clock."""

    clock: SetClock
    engine: Engine
    world: Small
    parts: Parts
    desk: Desk

    def person(self, login: str) -> Person:
        """Somebody of the world, proven by their key."""
        return self.desk.identify(login, SecretStr(self.world.users[login].api_key))

    def service_user(self) -> int:
        """The desk's own user in Odoo."""
        return self.world.users["desk"].uid


@contextmanager
def stage(at: datetime, *, house: House = USUAL, version: int = NATIVE) -> Iterator[Stage]:
    """Build everything in a folder of its own, and clear it away afterwards."""
    clock = SetClock(at)
    engine = Engine(clock, version=version, database=DATABASE)
    world = small.build(engine, today=at.date())
    with TemporaryDirectory(prefix="desk-") as folder:
        home = Path(folder)
        policy, terms = house.opened(home, world.ids())
        store = open_store(home, clock, policy)
        saver = open_checkpoints(home)
        try:
            parts = Parts(
                transport=transport(engine, world.users["desk"].uid),
                connect=lambda login, secret: connect(engine, login, secret),
                store=store,
                saver=saver,
                clock=clock,
                policy=policy,
                kinds=KINDS,
                terms=terms,
            )
            yield Stage(clock=clock, engine=engine, world=world, parts=parts, desk=assemble(parts))
        finally:
            saver.conn.close()
            store.close()


def connect(engine: Engine, login: str, secret: SecretStr) -> Transport:
    """Log somebody in to the engine; raises WrongLogin."""
    uid = engine.login(DATABASE, login, secret.get_secret_value())
    if not uid:
        raise WrongLogin(f"Odoo does not accept the password or API key of {login}")
    return transport(engine, uid)


def transport(engine: Engine, uid: int) -> Transport:
    """A logged-in way to the engine in Odoo 18's words, whatever version it plays."""
    return speaking(EngineTransport(engine, uid), engine.version)
