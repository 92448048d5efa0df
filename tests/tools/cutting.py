"""A proxy on loopback between the desk and an Odoo, which cuts requests and answers off where a test says."""

import json
import socket
import struct
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

from domain.calls import READ_METHODS
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.server import SandboxServer
from tools.transports.wire import OdooAddress

Cut = Literal[
    "reset_before",
    "reset_after",
    "answer_lost",
    "half_headers",
    "half_answer",
    "not_json",
    "not_a_call",
    "bad_gateway",
    "moved",
    "older",
    "late",
    "slow",
]
"""``reset_before``: never passed on, by TCP reset; ``reset_after`` and ``answer_lost``: carried out, then reset or
hung up without a word; ``late``: answered, after a while; ``slow``: not answered in time. The others say themselves."""

AT_ONCE = struct.pack("ii", 1, 0)
"""Linger no second: a socket closed like that resets its connection."""
INSTEAD: Mapping[Cut | None, tuple[int, bytes, dict[str, str]]] = {
    "not_json": (200, b"<html>Something else</html>", {}),
    "not_a_call": (200, b"[1, 2]", {}),
    "bad_gateway": (502, b"", {}),
    "moved": (303, b"", {"Location": "/web/login"}),
    "older": (200, b'{"version": "saas~18.4"}', {}),
}
"""What is said in the place of the answer."""
WAITS: Mapping[Cut | None, float] = {"late": 0.1, "slow": 0.5}
HOP = frozenset({"connection", "content-length", "date", "host", "server", "transfer-encoding"})


class Cutting(ThreadingHTTPServer):
    """Passes every request on; the next ones of certain calls lose their answer."""

    daemon_threads = True

    def __init__(self, upstream: OdooAddress) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.upstream = upstream
        self.cuts: list[tuple[str, Cut]] = []
        self.nth_write: tuple[int, Cut] | None = None
        self.cuts_made: list[str] = []
        """Which call was cut how."""
        self.asked: list[str] = []
        """Each request that came: the call as ``model.method``, else its path."""
        self.heads: list[dict[str, str]] = []
        """The headers they came with, their names in small letters."""
        self.connections: list[socket.socket] = []
        self.resets: set[socket.socket] = set()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def writes(self) -> list[str]:
        """The calls that came and change something."""
        return [name for name in self.asked if _writes(name)]

    def cut(self, words: str, how: Cut, times: int = 1) -> None:
        """The next requests whose call holds these words are cut so."""
        self.cuts.extend([(words, how)] * times)

    def cut_write(self, nth: int, how: Cut) -> None:
        """The nth write from now on is cut so."""
        self.nth_write = (len(self.writes) + nth, how)

    def count(self, words: str) -> int:
        """How many requests with these words in their call came."""
        return sum(words in name for name in self.asked)

    def hang_up(self) -> None:
        """Close every connection that is open still, as an idle time-out would."""
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.connections.clear()

    def due(self, name: str) -> Cut | None:
        """How this request, the last that came, is to be cut."""
        how = self._planned(name)
        if how is not None:
            self.cuts_made.append(f"{name}: {how}")
        return how

    def _planned(self, name: str) -> Cut | None:
        if self.nth_write and _writes(name) and len(self.writes) == self.nth_write[0]:
            return self.nth_write[1]
        for at, (words, how) in enumerate(self.cuts):
            if words in name:
                del self.cuts[at]
                return how
        return None

    def shutdown_request(self, request: Any) -> None:
        """A connection that is to be reset says no good-bye first."""
        if request in self.resets:
            request.close()
        else:
            super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """A hung-up connection is what the tests are about."""


def _writes(name: str) -> bool:
    return "/" not in name and name.rpartition(".")[2] not in READ_METHODS | {"context_get"}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Cutting

    def setup(self) -> None:
        super().setup()
        self.server.connections.append(self.connection)

    def do_GET(self) -> None:
        self._pass_on(None)

    def do_POST(self) -> None:
        self._pass_on(self.rfile.read(int(self.headers["Content-Length"])))

    def _pass_on(self, body: bytes | None) -> None:
        name = _named(self.path, body)
        self.server.asked.append(name)
        self.server.heads.append({header.lower(): value for header, value in self.headers.items()})
        how = self.server.due(name)
        if how == "reset_before":
            self._reset()
        else:
            self._answer(*self._upstream(body), how)

    def _answer(self, status: int, headers: dict[str, str], body: bytes, how: Cut | None) -> None:
        if how in INSTEAD:
            status, body, headers = INSTEAD[how]
            return self._say(status, body, headers)
        threading.Event().wait(WAITS.get(how, 0))
        if how is None or how == "late":
            return self._say(status, body, headers)
        if how == "reset_after":
            return self._reset()
        if how == "half_headers":
            self.wfile.write(f"HTTP/1.1 {status} OK\r\nContent-Le".encode())
        if how == "half_answer":
            self._say(status, body, headers, sent=len(body) // 2)
        self.close_connection = True
        return None

    def log_message(self, *_: object) -> None:
        """Tests keep what they want to know themselves."""

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        self.server.resets.add(self.connection)
        self.close_connection = True

    def _upstream(self, body: bytes | None) -> tuple[int, dict[str, str], bytes]:
        """The same method, path, headers and body, sent to the Odoo; what it answered."""
        onward = _connection(self.server.upstream)
        try:
            onward.request(self.command, self.path, body=body, headers=_kept(self.headers.items()))
            answer: HTTPResponse = onward.getresponse()
            return answer.status, _kept(answer.getheaders()), answer.read()
        finally:
            onward.close()

    def _say(self, status: int, body: bytes, headers: dict[str, str], *, sent: int | None = None) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[:sent])


def _named(path: str, body: bytes | None) -> str:
    """``sale.order.write``, however it was asked for."""
    if path.startswith("/json/2/"):
        return path.removeprefix("/json/2/").replace("/", ".")
    params = json.loads(body or b"{}").get("params", {})
    match params.get("args"):
        case [_, _, _, str() as model, str() as method, *_]:
            return f"{model}.{method}"
    return path


def _connection(to: OdooAddress) -> HTTPConnection:
    return (HTTPSConnection if to.ssl else HTTPConnection)(to.host, to.port, timeout=to.timeout_s)


def _kept(headers: Any) -> dict[str, str]:
    return {name: value for name, value in headers if name.lower() not in HOP}


@contextmanager
def served(engine: Engine) -> Iterator[Cutting]:
    """The sandbox behind the proxy, both on loopback, until the block ends."""
    sandbox = SandboxServer(engine)
    address = OdooAddress(host="127.0.0.1", port=sandbox.port, database=engine.database, timeout_s=5)
    with running(sandbox), proxied(address) as proxy:
        yield proxy


def address(proxy: Cutting, *, database: str = "sandbox", timeout_s: float = 5) -> OdooAddress:
    """Where a client finds what is behind the proxy."""
    return OdooAddress(host="127.0.0.1", port=proxy.port, database=database, timeout_s=timeout_s)


@contextmanager
def proxied(upstream: OdooAddress) -> Iterator[Cutting]:
    """The proxy before any Odoo, until the block ends."""
    proxy = Cutting(upstream)
    with running(proxy):
        yield proxy


@contextmanager
def running(server: ThreadingHTTPServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
