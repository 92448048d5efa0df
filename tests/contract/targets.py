"""The Odoos that the contract suite runs against: the sandbox in each version and way, a live one when named."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import token_hex
from typing import get_args

from pydantic import SecretStr

from domain.clock import SystemClock
from domain.errors import Misuse
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.server import SandboxServer
from tests.contract.keys import own_key
from tools.dialects.versions import Way
from tools.transports.connection import Patient, connect
from tools.transports.wire import OdooAddress

Keys = Callable[[int, str, SecretStr], SecretStr]
"""Makes an API key for a user, by its id, login and password."""

NEEDED = ("DESK_CONTRACT_URL", "DESK_CONTRACT_DB", "DESK_CONTRACT_USER", "DESK_CONTRACT_PASSWORD")
WAY = "DESK_CONTRACT_TRANSPORT"


@dataclass(frozen=True, kw_only=True)
class Target:
    """One Odoo, the way it is spoken to, and the administrator who prepares the ground there."""

    name: str
    address: OdooAddress
    login: str
    secret: SecretStr
    way: Way
    keys: Keys
    live: bool = False

    def log_in(self, login: str, secret: SecretStr) -> Patient:
        """By the way that is under test; raises OdooFault."""
        return connect(self.address, login, secret, transport=self.way)

    def furnish(self) -> Patient:
        """The administrator by JSON-RPC: what is prepared need not go by the way under test."""
        return connect(self.address, self.login, self.secret, transport="jsonrpc")


@dataclass(frozen=True, kw_only=True)
class Sandbox:
    """A sandbox to be opened."""

    version: int
    way: Way

    @contextmanager
    def opened(self) -> Iterator[Target]:
        """The sandbox behind HTTP on loopback, with an administrator who has a secret, until the block ends."""
        engine = Engine(SystemClock(), version=self.version)
        password, key = token_hex(8), token_hex(20)
        _let_in(engine, password, key)
        with serving(engine) as port:
            yield Target(
                name=f"sandbox {self.version}",
                address=OdooAddress(host="127.0.0.1", port=port, database=engine.database),
                login="admin",
                secret=SecretStr(key),
                way=self.way,
                keys=lambda uid, _login, _password: _given(engine, uid),
            )


SANDBOXES: Mapping[str, Sandbox] = {
    "sandbox-18-jsonrpc": Sandbox(version=18, way="jsonrpc"),
    "sandbox-19-jsonrpc": Sandbox(version=19, way="jsonrpc"),
    "sandbox-19-json2": Sandbox(version=19, way="json2"),
}


def wanted(environment: Mapping[str, str]) -> Target | None:
    """The live Odoo that the environment names, None where it names none; raises Misuse where it names half of one."""
    given = {name: environment.get(name, "") for name in NEEDED}
    if not any(given.values()):
        return None
    if missing := [name for name, value in given.items() if not value]:
        raise Misuse(f"a live Odoo needs {', '.join(NEEDED)}; not set: {', '.join(missing)}")
    url, database, login, secret = given.values()
    address = OdooAddress.of(url, database, timeout_s=120)
    return Target(
        name="live",
        address=address,
        login=login,
        secret=SecretStr(secret),
        way=_way(environment.get(WAY) or "auto"),
        keys=lambda _uid, login, password: own_key(address, login, password),
        live=True,
    )


def _way(name: str) -> Way:
    for way in get_args(Way):
        if name == way:
            found: Way = way
            return found
    raise Misuse(f"expected {WAY} to be one of {', '.join(get_args(Way))}, found {name!r}")


@contextmanager
def serving(engine: Engine) -> Iterator[int]:
    """The engine behind HTTP; its port."""
    server = SandboxServer(engine)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _let_in(engine: Engine, password: str, key: str) -> None:
    with engine.transaction() as env:
        admin = env.ref("base.user_admin")
        env.write("res.users", admin, {"password": password})
        env.create("res.users.apikeys", {"name": "Contract", "user_id": admin, "key": key})


def _given(engine: Engine, uid: int) -> SecretStr:
    """The sandbox has no web client to make a key in."""
    key = token_hex(20)
    with engine.transaction() as env:
        env.create("res.users.apikeys", {"name": "Contract", "user_id": uid, "key": key})
    return SecretStr(key)
