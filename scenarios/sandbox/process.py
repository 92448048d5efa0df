"""The sandbox as a process of its own: started when it is needed, found by a port file, gone when nobody asks."""

import fcntl
import json
import os
import subprocess
import sys
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
) -> None:
    """Be the sandbox of that home: bind a loopback port (0: a free one), write the port file, serve until idle."""
    home.mkdir(parents=True, exist_ok=True)
    with _locked(home / "sandbox.serving", wait=False) as alone:
        if not alone:
            raise NoSandbox(f"a sandbox serves {home} already; stop it, or use another home")
        server = SandboxServer(make_engine(), port)
        address = Address("127.0.0.1", server.port, server.engine.database)
        _write_port(home, address)
        try:
            ready(address)
            server.serve_until_idle(idle_s)
        finally:
            (home / PORT_FILE).unlink(missing_ok=True)
            server.server_close()


def ensure(home: Path, command: Sequence[str] | None = None, *, wait_s: float = 30.0) -> Address:
    """The sandbox of that home: the one that runs, or a new one started with this command (arguments of ``app.py``'s
    ``sandbox`` verb unless told otherwise). Two starters end with one server."""
    home.mkdir(parents=True, exist_ok=True)
    with _locked(home / LOCK_FILE, wait=True):
        running = find(home)
        return running if running is not None else _start(home, command or default_command(home), wait_s)


def default_command(home: Path, idle_s: int = 120) -> list[str]:
    """How the program starts its own sandbox."""
    app = Path(__file__).resolve().parents[2] / "app.py"
    return [sys.executable, str(app), "sandbox", "--home", str(home), "--idle", str(idle_s)]


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
def _locked(path: Path, *, wait: bool) -> Iterator[bool]:
    """Whether the lock is ours; the kernel lets go of it when the process dies."""
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
