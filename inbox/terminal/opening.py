"""Opens the desk for one command: settings, database, policy and Odoo; closes and seals it at the end."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from langgraph.checkpoint.sqlite import SqliteSaver
from pydantic import SecretStr

from desk.desk import Desk, Parts, assemble, open_store, read_policy, read_terms
from desk.settings import Settings
from domain.calls import Call
from domain.clock import Clock, SystemClock
from domain.errors import DeskError
from domain.ports import Transport
from domain.values import Json
from graphs import KINDS
from inbox.terminal.demo_home import Demo, read_demo
from inbox.terminal.logs import kept_in
from memory.checkpoints import open_checkpoints
from memory.errors import StoreError
from scenarios.sandbox import process
from tools.dialects.versions import Way
from tools.transports.connection import Patient, connect
from tools.transports.wire import OdooAddress

APP = Path(__file__).resolve().parents[2] / "app.py"

SANDBOX_IN_FLIGHT_S = 2.0
"""The sandbox answers within milliseconds; a real Odoo may be at a request for minutes."""

NO_ODOO = (
    "no Odoo is configured: set DESK_ODOO_URL, DESK_ODOO_DATABASE, DESK_ODOO_USER and DESK_ODOO_SECRET, "
    "or run `python app.py demo` first"
)


@dataclass(frozen=True, kw_only=True)
class Service:
    """The Odoo that the desk works on, and its own user there; nothing is connected yet."""

    address: Callable[[], OdooAddress]
    login: str
    secret: SecretStr
    way: Way = "auto"

    def logged_in(self) -> Patient:
        """As the desk's own user; raises WrongLogin, Unreachable or UnspokenVersion."""
        return self.connect(self.login, self.secret)

    def connect(self, login: str, secret: SecretStr) -> Patient:
        """As somebody, by the way that is set."""
        return connect(self.address(), login, secret, transport=self.way)


class Lazy:
    """A transport that logs in at its first call, so that whatever only reads the desk's rows works with Odoo down."""

    def __init__(self, log_in: Callable[[], Transport]) -> None:
        self._log_in = log_in
        self._open: Transport | None = None

    @property
    def uid(self) -> int:
        return self._there().uid

    def execute(self, call: Call) -> Json:
        """Carry out one call; raises OdooFault."""
        return self._there().execute(call)

    def _there(self) -> Transport:
        if self._open is None:
            self._open = self._log_in()
        return self._open


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A desk for the time of one command."""

    desk: Desk
    settings: Settings
    transport: Transport


@contextmanager
def open_desk(settings: Settings, clock: Clock | None = None) -> Iterator[Opened]:
    """The wired desk, refused where it could not be sealed; what it journalled is sealed at the end, error or not."""
    service, policy, now = served_by(settings), read_policy(settings.policy), clock or SystemClock()
    terms = read_terms(settings.terms_in_force, policy=settings.policy)
    transport = Lazy(service.logged_in)
    with (
        closing(open_store(settings.home, now, policy, keys=settings.seal_keys)) as store,
        closed_at_end(settings.home) as saver,
        kept_in(settings.home),
    ):
        store.seals.ready()
        parts = Parts(
            transport=transport,
            connect=service.connect,
            store=store,
            saver=saver,
            clock=now,
            policy=policy,
            kinds=KINDS,
            terms=terms,
            url=settings.url,
            in_flight_s=settings.odoo_in_flight_s if settings.odoo_url else SANDBOX_IN_FLIGHT_S,
        )
        try:
            yield Opened(desk=assemble(parts), settings=settings, transport=transport)
        except BaseException:
            with suppress(StoreError):  # what went wrong first is what has to be told
                store.seals.seal_now()
            raise
        store.seals.seal_now()


@contextmanager
def closed_at_end(home: Path) -> Iterator[SqliteSaver]:
    """The checkpoints of the home."""
    saver = open_checkpoints(home)
    with closing(saver.conn):
        yield saver


def served_by(settings: Settings) -> Service:
    """The Odoo of the settings, else the demo's sandbox in the home; raises DeskError where there is neither."""
    if settings.odoo_url and settings.odoo_database and settings.odoo_user and settings.odoo_secret:
        address = OdooAddress.of(settings.odoo_url, settings.odoo_database, timeout_s=settings.odoo_timeout_s)
        return Service(
            address=lambda: address, login=settings.odoo_user, secret=settings.odoo_secret, way=settings.odoo_transport
        )
    demo = read_demo(settings.home)
    if demo is None:
        raise DeskError(NO_ODOO)
    return Service(
        address=partial(sandbox, settings.home, demo),
        login=demo.login,
        secret=SecretStr(demo.api_key),
        way=settings.odoo_transport,
    )


def sandbox(home: Path, demo: Demo) -> OdooAddress:
    """Where the home's sandbox answers; started when it does not run."""
    found = process.ensure(home, sandbox_command(home))
    return OdooAddress(host=found.host, port=found.port, database=demo.database)


def sandbox_command(home: Path) -> list[str]:
    """What starts the home's sandbox Odoo; it ends by itself when nobody has asked it anything for a while."""
    return [sys.executable, str(APP), "sandbox", "--home", str(home.resolve()), "--idle", "900", "--quiet"]


def companies_of(opened: Opened) -> tuple[int, ...]:
    """The companies to scan: those of the settings, else all that the desk's own user is in."""
    if opened.settings.companies:
        return opened.settings.companies
    mine = Call(model="res.users", method="read", args=([opened.transport.uid], ["company_ids"]))
    match opened.transport.execute(mine):
        case [{"company_ids": list(found)}]:
            return tuple(sorted(int(str(company)) for company in found))
        case _:
            raise DeskError("Odoo shows the desk's user no company; name them: DESK_COMPANIES=1,2")
