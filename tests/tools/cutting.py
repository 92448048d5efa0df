"""A proxy on loopback between the desk and the sandbox, which cuts answers off where a test says."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

from scenarios.sandbox.engine import Engine
from scenarios.sandbox.server import SandboxServer

Cut = Literal["answer_lost", "half_answer", "not_json", "not_a_call", "bad_gateway", "moved", "slow"]


class Cutting(ThreadingHTTPServer):
    """Passes every request on; the next ones that hold certain words lose their answer."""

    daemon_threads = True

    def __init__(self, upstream: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.upstream = upstream
        self.cuts: list[tuple[str, Cut]] = []
        self.passed: list[bytes] = []
        self.connections: list[socket.socket] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def cut(self, words: str, how: Cut, times: int = 1) -> None:
        """The next requests that hold these words are carried out, and their answers lost so."""
        self.cuts.extend([(words, how)] * times)

    def count(self, words: str) -> int:
        """How many requests with these words came."""
        return sum(words.encode() in body for body in self.passed)

    def hang_up(self) -> None:
        """Close every connection, as an idle time-out would."""
        for connection in self.connections:
            connection.shutdown(socket.SHUT_RDWR)
        self.connections.clear()

    def due(self, body: bytes) -> Cut | None:
        for at, (words, how) in enumerate(self.cuts):
            if words.encode() in body:
                del self.cuts[at]
                return how
        return None

    def handle_error(self, request: object, client_address: object) -> None:
        """A hung-up connection is what the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Cutting

    def setup(self) -> None:
        super().setup()
        self.server.connections.append(self.connection)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.passed.append(body)
        answer = self._upstream(body)
        match self.server.due(body):
            case None:
                self._say(200, answer)
            case "answer_lost":
                self.close_connection = True
            case "half_answer":
                self._say(200, answer, sent=len(answer) // 2)
                self.close_connection = True
            case "not_json":
                self._say(200, b"<html>Something else</html>")
            case "not_a_call":
                self._say(200, b"[1, 2]")
            case "bad_gateway":
                self._say(502, b"")
            case "moved":
                self._say(303, b"")
            case "slow":
                threading.Event().wait(0.5)
                self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Tests keep what they want to know themselves."""

    def _upstream(self, body: bytes) -> bytes:
        onward = HTTPConnection("127.0.0.1", self.server.upstream, timeout=5)
        try:
            onward.request("POST", self.path, body=body, headers={"Content-Type": "application/json"})
            return onward.getresponse().read()
        finally:
            onward.close()

    def _say(self, status: int, body: bytes, *, sent: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:sent])


@contextmanager
def served(engine: Engine) -> Iterator[Cutting]:
    """The sandbox behind the proxy, both on loopback, until the block ends."""
    sandbox = SandboxServer(engine)
    proxy = Cutting(sandbox.port)
    threads = [threading.Thread(target=each.serve_forever, args=(0.02,), daemon=True) for each in (sandbox, proxy)]
    for thread in threads:
        thread.start()
    try:
        yield proxy
    finally:
        for server in (proxy, sandbox):
            server.shutdown()
            server.server_close()
        for thread in threads:
            thread.join()
