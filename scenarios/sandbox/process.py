"""The sandbox as a process of its own: started when it is needed, found by a port file, gone when nobody asks."""

import fcntl
import json
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NamedTuple

from domain.errors import DeskError
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.server import SandboxServer

PORT_FILE = "sandbox.port"
LOCK_FILE = "sandbox.lock"
LOG_FILE = "sandbox.log"
SERVING_FILE = "sandbox.serving"


class NoSandbox(DeskError):
    """The sandbox Odoo could not be started."""


class Address(NamedTuple):
    """Where a sandbox answers."""

    host: str
    port: int
    database: str

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"


def serve(
    home: Path,
    make_engine: Callable[[], Engine],
    *,
    idle_s: float | None,
    port: int = 0,
    ready: Callable[[Address], None] = lambda _address: None,
    takeover_s: float = 2.0,
) -> None:
    """Be the sandbox of that home: bind a loopback port (0: a free one), write the port file, serve until idle.

    One that is about to end gets ``takeover_s`` to do so; after that a second one is refused.
    """
    home.mkdir(parents=True, exist_ok=True)
    with _locked(home / SERVING_FILE, takeover_s) as alone:
        if not alone:
            raise NoSandbox(f"a sandbox serves {home} already; stop it, or use another home")
        server = _bound(make_engine(), port)
        address = Address("127.0.0.1", server.port, server.engine.database)
        _write_port(home, address)
        try:
            ready(address)
            server.serve_until_idle(idle_s)
        finally:
            (home / PORT_FILE).unlink(missing_ok=True)
            server.server_close()


def _bound(engine: Engine, port: int) -> SandboxServer:
    try:
        return SandboxServer(engine, port)
    except OSError as problem:
        raise NoSandbox(
            f"expected port {port} to be free for the sandbox, found: {problem}; or name none to get a free one"
        ) from problem


def ensure(home: Path, command: Sequence[str], *, wait_s: float = 30.0) -> Address:
    """The sandbox of that home: the one that runs, or a new one that this command starts, detached. Two starters end
    with one server."""
    home.mkdir(parents=True, exist_ok=True)
    with _locked(home / LOCK_FILE, None):
        running = find(home)
        return running if running is not None else _start(home, command, wait_s)


def find(home: Path) -> Address | None:
    """The sandbox that answers where the port file says; None when there is none."""
    try:
        kept = json.loads((home / PORT_FILE).read_text())
        address = Address(kept["host"], kept["port"], kept["database"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return address if _answers(address) else None


def _answers(address: Address) -> bool:
    connection = HTTPConnection(address.host, address.port, timeout=2)
    try:
        connection.request("GET", "/")
        told = json.loads(connection.getresponse().read())
    except (OSError, HTTPException, ValueError):
        return False
    finally:
        connection.close()
    return isinstance(told, dict) and told.get("sandbox") == address.database


def _start(home: Path, command: Sequence[str], wait_s: float) -> Address:
    log = home / LOG_FILE
    with log.open("ab") as out:
        child = subprocess.Popen(  # noqa: S603
            list(command), stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
    # The server outlives its starter; until then somebody must take note of its end, or it stays behind as a zombie.
    threading.Thread(target=child.wait, daemon=True).start()
    until = time.monotonic() + wait_s
    while time.monotonic() < until:
        address = find(home)
        if address is not None:
            return address
        if child.poll() is not None:
            raise NoSandbox(f"the sandbox ended at once with exit code {child.returncode}; {log} says why")
        time.sleep(0.02)
    child.kill()
    raise NoSandbox(f"the sandbox did not answer within {wait_s:.0f} s; see {log}")


def _write_port(home: Path, address: Address) -> None:
    """For the owner's eyes only, and whole or not at all."""
    fresh = home / f"{PORT_FILE}.{os.getpid()}"
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps({**address._asdict(), "pid": os.getpid()}))
    fresh.replace(home / PORT_FILE)


@contextmanager
def _locked(path: Path, wait_s: float | None) -> Iterator[bool]:
    """Whether the lock became ours in that time (None waits for ever); the kernel lets go when the process dies."""
    with path.open("a") as handle:
        yield _lock(handle.fileno(), wait_s)


def _lock(number: int, wait_s: float | None) -> bool:
    if wait_s is None:
        fcntl.flock(number, fcntl.LOCK_EX)
        return True
    until = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.05)
        else:
            return True
